package dev.lanewise.onnx.operator.form;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.graph.Node;
import dev.lanewise.onnx.format.ElementType;
import dev.lanewise.onnx.trace.Call;
import dev.lanewise.onnx.trace.Condition;
import dev.lanewise.onnx.trace.Integers;
import dev.lanewise.onnx.trace.Numbers;
import dev.lanewise.onnx.trace.Refusal;
import dev.lanewise.onnx.trace.Traced;
import dev.lanewise.onnx.trace.Value;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// Values of any kind in another arrangement: constants are rearranged at once, computed values by nodes.
///
/// The elements of a value with a batch lie in the order [before, batch, after]. A value keeps that order under other
/// dims if one axis of these can hold the batch, with the rest of both sides. That axis is the batch's own if it is 1
/// long, else merged.
final class Arranged {

  private Arranged() {}

  /// {@return how many elements of a sample lie before the batch}
  static long before(Value value) {
    return product(value.dims(), value.batch()) * outer(value);
  }

  private static int outer(Value value) {
    return value instanceof Traced traced ? traced.outer()
        : value instanceof Condition condition ? condition.sign().outer() : 1;
  }

  /// {@return whether an axis of these dims can hold the batch with so many elements before it}
  static boolean holds(int[] dims, int axis, long before) {
    long outside = product(dims, axis);
    return outside > 0 && before % outside == 0 && dims[axis] % (before / outside) == 0;
  }

  /// {@return the product of the first `axes` lengths}
  static long product(int[] dims, int axes) {
    long product = 1;
    for (int axis = 0; axis < axes; axis++) {
      product *= dims[axis];
    }
    return product;
  }

  /// {@return the same elements in the same order under other dims}
  ///
  /// @param batch which of them is to hold the batch; of no meaning for a value without one
  static Value reshape(Call call, Value value, int[] dims, int batch) {
    if (value.batch() >= 0 && !holds(dims, batch, before(value))) {
      throw acrossAxes(call, value, dims);
    }
    return switch (value) {
      case Integers integers when integers.batch() >= 0 && dims[batch] != 1 -> throw Lengths.integersForEach(call);
      case Integers integers -> integers.reshape(dims, integers.batch() < 0 ? -1 : batch);
      case Numbers numbers -> made(call, numbers, "reshape" + Arrays.toString(dims), dims,
          () -> numbers.reshape(dims).tensor(), node -> node.reshape(Traced.inner(dims, -1)));
      case Traced traced -> reshape(traced, dims, batch);
      case Condition condition -> new Condition(reshape(condition.sign(), dims, batch));
    };
  }

  /// {@return the refusal of dims none of which can hold the batch}
  static Refusal acrossAxes(Call call, Value value, int[] dims) {
    return call.refusal("the batch of " + Lengths.text(value) + " would lie across several axes of "
        + Arrays.toString(dims) + ", expected one axis that holds it");
  }

  private static Traced reshape(Traced value, int[] dims, int batch) {
    return value.isBatched() ? of(value.node(), dims, batch, (int) (before(value) / product(dims, batch)))
        : of(value.node(), dims, -1, 1);
  }

  /// {@return a value of these dims, the batch's axis merged if it is longer than 1}
  ///
  /// @param outer how many elements of that axis are outside of the batch
  static Traced of(Node node, int[] dims, int batch, int outer) {
    boolean merged = batch >= 0 && dims[batch] != 1;
    Node shaped = node.reshape(Traced.inner(dims, merged ? -1 : batch));
    return merged ? Traced.merged(shaped, dims, batch, outer) : Traced.of(shaped, dims, batch);
  }

  /// {@return the value with its axes in another order: axis i is its axis `order[i]`}
  static Value permute(Call call, Value value, int[] order) {
    if (value instanceof Condition condition) {
      return new Condition((Traced) permute(call, condition.sign(), order));
    }
    int[] dims = Arrays.stream(order).map(axis -> value.dims()[axis]).toArray();
    int batch = IntStream.range(0, order.length).filter(axis -> order[axis] == value.batch()).findFirst().orElse(-1);
    if (value instanceof Traced traced) {
      int[] inner = Arrays.stream(order).filter(axis -> axis != traced.batch() || traced.isMerged())
          .map(traced::inner).toArray();
      Node node = isInOrder(inner) ? traced.node() : traced.node().permute(inner);
      return Traced.like(traced, node, dims, batch);
    }
    return isInOrder(order) ? value : picked(call, value, "permute" + Arrays.toString(order), dims, batch,
        () -> permuted(value.dims(), order), node -> node.permute(order));
  }

  private static boolean isInOrder(int[] order) {
    return IntStream.range(0, order.length).allMatch(axis -> order[axis] == axis);
  }

  private static int[] permuted(int[] from, int[] order) {
    int[] strides = strides(from);
    int[] dims = new int[order.length];
    int[] steps = new int[order.length];
    for (int axis = 0; axis < order.length; axis++) {
      dims[axis] = from[order[axis]];
      steps[axis] = strides[order[axis]];
    }
    return places(dims, steps);
  }

  /// {@return the distance between neighbours along each axis}
  static int[] strides(int[] dims) {
    int[] strides = new int[dims.length];
    for (int axis = dims.length - 1, stride = 1; axis >= 0; stride *= Math.max(1, dims[axis--])) {
      strides[axis] = stride;
    }
    return strides;
  }

  /// {@return the source of each element of these dims, for these distances between the sources of neighbours}
  static int[] places(int[] dims, int[] steps) {
    int[] places = new int[(int) product(dims, dims.length)];
    int[] own = strides(dims);
    for (int i = 0; i < places.length; i++) {
      for (int axis = 0; axis < dims.length; axis++) {
        places[i] += i / own[axis] % dims[axis] * steps[axis];
      }
    }
    return places;
  }

  /// @param way the same form of a node, or null
  private static Value picked(Call call, Value constant, String form, int[] dims, int batch, Supplier<int[]> places,
      UnaryOperator<Node> way) {
    return switch (constant) {
      case Integers integers -> pick(integers, places.get(), dims, batch);
      case Numbers numbers -> made(call, numbers, form, dims, () -> pick(numbers, places.get(), dims).tensor(), way);
      case Traced _, Condition _ -> throw new AssertionError(constant);
    };
  }

  /// A weight in the same form is the same tensor each time.
  private static Numbers made(
      Call call, Numbers numbers, String form, int[] dims, Supplier<Tensor> tensor, UnaryOperator<Node> way) {
    if (!numbers.isParameter()) {
      return numbers.with(tensor.get(), dims);
    }
    String whole = form + " of " + Arrays.toString(numbers.dims());
    return numbers.with(way == null ? call.trace().inForm(numbers.tensor(), whole, _ -> tensor.get())
        : call.trace().inForm(numbers.tensor(), whole, _ -> tensor.get(), way), dims);
  }

  /// {@return the elements of a constant without a batch at these places}
  static Value pick(Value constant, int[] places, int[] dims) {
    return switch (constant) {
      case Integers integers -> pick(integers, places, dims, -1);
      case Numbers numbers -> pick(numbers, places, dims);
      case Traced _, Condition _ -> throw new AssertionError(constant);
    };
  }

  private static Numbers pick(Numbers constant, int[] places, int[] dims) {
    Tensor picked = Tensor.zeros(constant.tensor().precision(), Traced.inner(dims, -1));
    for (int i = 0; i < places.length; i++) {
      picked.set(i, constant.tensor().get(places[i]));
    }
    return constant.with(picked, dims);
  }

  private static Integers pick(Integers constant, int[] places, int[] dims, int batch) {
    return constant.map(dims, batch, from -> Arrays.stream(places).mapToLong(place -> from[place]).toArray());
  }

  /// {@return the parts of a value at these coordinates along an axis, in any number and order}
  static Value along(Call call, Value value, int axis, int[] coordinates) {
    if (value instanceof Condition condition) {
      Value sign = along(call, condition.sign(), axis, coordinates);
      return sign instanceof Traced traced ? new Condition(traced) : sign;
    }
    int[] dims = value.dims();
    dims[axis] = coordinates.length;
    if (axis == value.batch() && value instanceof Integers) {
      throw Lengths.integersForEach(call);
    }
    if (!(value instanceof Traced) && !(isWeight(value) && repeats(coordinates, value.dims()[axis]))) {
      return isWhole(coordinates, value.dims()[axis]) ? value
          : picked(call, value, "along" + axis + Arrays.toString(coordinates), dims, value.batch(),
              () -> along(call, value.dims(), dims, axis, coordinates), null);
    }
    Traced traced = call.traced(value);
    int inner = call.inner(traced, axis);
    if (coordinates.length == 0) {
      return empty(dims);
    }
    return Traced.like(traced, along(traced.node(), inner, coordinates), dims, traced.batch());
  }

  /// {@return a value of no elements, which is a constant}
  static Numbers empty(int[] dims) {
    return Numbers.constant(Tensor.zeros(Precision.FLOAT, dims), dims);
  }

  /// {@return whether a value becomes a parameter: then none of its elements may be duplicated}
  static boolean isWeight(Value value) {
    return value instanceof Numbers numbers && numbers.isParameter();
  }

  private static boolean repeats(int[] coordinates, int length) {
    boolean[] seen = new boolean[length];
    for (int coordinate : coordinates) {
      if (seen[coordinate]) {
        return true;
      }
      seen[coordinate] = true;
    }
    return false;
  }

  private static boolean isWhole(int[] coordinates, int length) {
    return coordinates.length == length && isInOrder(coordinates);
  }

  private static Node along(Node node, int axis, int[] coordinates) {
    if (isWhole(coordinates, node.shape().dim(axis))) {
      return node;
    }
    int first = coordinates[0];
    int step = coordinates.length == 1 ? 1 : coordinates[1] - first;
    boolean even = step > 0
        && IntStream.range(0, coordinates.length).allMatch(i -> coordinates[i] == first + i * step);
    return even ? node.slice(axis, first, coordinates[coordinates.length - 1] + 1, step)
        : node.gather(axis, coordinates);
  }

  private static int[] along(Call call, int[] from, int[] dims, int axis, int[] coordinates) {
    int inner = strides(from)[axis];
    int[] places = new int[call.constantSize(dims)];
    for (int i = 0; i < places.length; i++) {
      int source = coordinates[i / inner % coordinates.length];
      places[i] = (i / inner / coordinates.length * from[axis] + source) * inner + i % inner;
    }
    return places;
  }

  /// {@return a value as computed; of a condition, its sign}
  static Traced computed(Call call, Value value) {
    return value instanceof Condition condition ? condition.sign() : call.traced(value);
  }

  /// {@return a result computed from a value; a condition if the value is one}
  static Value as(Value value, Traced computed) {
    return value instanceof Condition ? new Condition(computed) : computed;
  }

  /// {@return the type of a value's elements; FLOAT for computed ones, which have the network's}
  static ElementType type(Value value) {
    return switch (value) {
      case Integers integers -> integers.type();
      case Numbers numbers when numbers.tensor().precision() == Precision.DOUBLE -> ElementType.DOUBLE;
      case Numbers _, Traced _ -> ElementType.FLOAT;
      case Condition _ -> ElementType.BOOL;
    };
  }
}
