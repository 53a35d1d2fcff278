package dev.lanewise.onnx.operator.form;

import dev.lanewise.onnx.format.AttributeProto;
import dev.lanewise.onnx.format.ModelProto;
import dev.lanewise.onnx.format.NodeProto;
import dev.lanewise.onnx.format.TensorProto;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/// A file of operators that move elements, computed as it stands: node after node, the batch an axis like any other.
final class PlainFile {

  /// A value, its elements row-major. Integers are numbers that are whole.
  record Array(double[] values, int... dims) {

    int rank() {
      return dims.length;
    }
  }

  private final Map<String, Array> values = new HashMap<>();

  private PlainFile() {}

  /// The value of a name, the input x being this.
  static Array compute(ModelProto model, Array x, String name) {
    PlainFile file = new PlainFile();
    file.values.put("x", x);
    for (TensorProto tensor : model.graph().initializers()) {
      double[] numbers = tensor.type().isFloating() ? tensor.numbers().toDoubles()
          : Arrays.stream(tensor.integers()).asDoubleStream().toArray();
      file.values.put(tensor.name(), new Array(numbers, tensor.dims()));
    }
    for (NodeProto node : model.graph().nodes()) {
      Array[] outputs = file.compute(node);
      for (int i = 0; i < node.outputs().size(); i++) {
        file.values.put(node.outputs().get(i), outputs[i]);
      }
    }
    return file.values.get(name);
  }

  private Array[] compute(NodeProto node) {
    List<Array> in = node.inputs().stream().map(values::get).toList();
    Array x = in.getFirst();
    long axis = number(node, "axis", 0);
    return switch (node.operator()) {
      case "Shape" -> one(new Array(Arrays.stream(x.dims).asDoubleStream().toArray(), x.rank()));
      case "Mul" -> one(new Array(IntStream.range(0, x.values.length)
          .mapToDouble(i -> x.values[i] * in.get(1).values[i]).toArray(), x.dims));
      case "Concat" -> one(concat(in, (int) axis));
      case "Reshape" -> one(reshape(x, integers(in.get(1))));
      case "Flatten" -> one(reshape(x, new int[] {product(x.dims, 0, (int) number(node, "axis", 1)), -1}));
      case "Transpose" -> one(transpose(x, Arrays.stream((long[]) attribute(node, "perm")).mapToInt(i -> (int) i)
          .toArray()));
      case "Unsqueeze" -> one(new Array(x.values, inserted(x.dims, integers(in.get(1))[0])));
      case "Squeeze" -> one(new Array(x.values, removed(x.dims, integers(in.get(1))[0])));
      case "Gather" -> one(gather(x, in.get(1), (int) axis));
      case "Slice" -> one(slice(x, in));
      case "Split" -> split(x, integers(in.get(1)), (int) axis);
      case "Tile" -> one(tile(x, integers(in.get(1))));
      case "Pad" -> one(pad(x, integers(in.get(1)), (String) attribute(node, "mode")));
      default -> throw new AssertionError(node);
    };
  }

  private static Array[] one(Array array) {
    return new Array[] {array};
  }

  private static Object attribute(NodeProto node, String name) {
    AttributeProto attribute = node.attributes().get(name);
    return attribute == null ? null : attribute.value();
  }

  private static long number(NodeProto node, String name, long otherwise) {
    Object value = attribute(node, name);
    return value == null ? otherwise : (Long) value;
  }

  private static int[] integers(Array array) {
    return Arrays.stream(array.values).mapToInt(each -> (int) each).toArray();
  }

  private static int product(int[] dims, int from, int to) {
    return Arrays.stream(dims, from, to).reduce(1, (a, b) -> a * b);
  }

  /// What moves along one axis: coordinate i comes from `source` of i, or is 0 where that is negative.
  private static Array along(Array x, int axis, int length, IntUnaryOperator source) {
    int[] dims = x.dims.clone();
    dims[axis] = length;
    int inner = product(x.dims, axis + 1, x.rank());
    double[] moved = new double[product(dims, 0, dims.length)];
    for (int i = 0; i < moved.length; i++) {
      int from = source.applyAsInt(i / inner % length);
      moved[i] = from < 0 ? 0 : x.values[(i / inner / length * x.dims[axis] + from) * inner + i % inner];
    }
    return new Array(moved, dims);
  }

  private static Array reshape(Array x, int[] target) {
    int[] dims = target.clone();
    for (int axis = 0; axis < dims.length; axis++) {
      dims[axis] = target[axis] == 0 ? x.dims[axis] : target[axis];
    }
    int others = Arrays.stream(dims).filter(length -> length > 0).reduce(1, (a, b) -> a * b);
    dims = Arrays.stream(dims).map(length -> length < 0 ? x.values.length / others : length).toArray();
    if (product(dims, 0, dims.length) != x.values.length) {
      throw new IllegalArgumentException(Arrays.toString(x.dims) + " to " + Arrays.toString(target));
    }
    return new Array(x.values, dims);
  }

  private static Array transpose(Array x, int[] order) {
    int[] dims = Arrays.stream(order).map(axis -> x.dims[axis]).toArray();
    double[] moved = new double[x.values.length];
    for (int i = 0; i < moved.length; i++) {
      int from = 0;
      for (int axis = dims.length - 1, rest = i; axis >= 0; rest /= dims[axis--]) {
        from += rest % dims[axis] * product(x.dims, order[axis] + 1, dims.length);
      }
      moved[i] = x.values[from];
    }
    return new Array(moved, dims);
  }

  private static int[] inserted(int[] dims, int axis) {
    return IntStream.range(0, dims.length + 1).map(i -> i < axis ? dims[i] : i == axis ? 1 : dims[i - 1]).toArray();
  }

  private static int[] removed(int[] dims, int axis) {
    return IntStream.range(0, dims.length).filter(i -> i != axis).map(i -> dims[i]).toArray();
  }

  private static Array gather(Array x, Array places, int axis) {
    int[] at = integers(places);
    Array picked = along(x, axis, at.length, i -> at[i]);
    return places.rank() > 0 ? picked : new Array(picked.values, removed(picked.dims, axis));
  }

  private static Array slice(Array x, List<Array> in) {
    int start = integers(in.get(1))[0];
    int end = integers(in.get(2))[0];
    int axis = integers(in.get(3))[0];
    int step = integers(in.get(4))[0];
    int[] at = IntStream.iterate(start, i -> step > 0 ? i < Math.min(end, x.dims[axis]) : i > Math.max(end, -1),
        i -> i + step)
        .toArray();
    return along(x, axis, at.length, i -> at[i]);
  }

  private static Array[] split(Array x, int[] lengths, int axis) {
    return IntStream.range(0, lengths.length).mapToObj(part -> along(x, axis, lengths[part],
        i -> i + before(lengths, part))).toArray(Array[]::new);
  }

  private static int before(int[] lengths, int part) {
    return Arrays.stream(lengths, 0, part).sum();
  }

  private static Array concat(List<Array> in, int axis) {
    Array joined = in.getFirst();
    for (Array next : in.subList(1, in.size())) {
      int length = joined.dims[axis];
      Array before = along(joined, axis, length + next.dims[axis], i -> i < length ? i : -1);
      Array behind = along(next, axis, length + next.dims[axis], i -> i - length);
      joined = new Array(IntStream.range(0, before.values.length)
          .mapToDouble(i -> before.values[i] + behind.values[i]).toArray(), before.dims);
    }
    return joined;
  }

  private static Array tile(Array x, int[] times) {
    Array tiled = x;
    for (int axis = 0; axis < times.length; axis++) {
      int length = x.dims[axis];
      tiled = along(tiled, axis, length * times[axis], i -> i % length);
    }
    return tiled;
  }

  private static Array pad(Array x, int[] pads, String mode) {
    Array padded = x;
    for (int axis = 0; axis < x.rank(); axis++) {
      int length = x.dims[axis];
      int before = pads[axis];
      padded = along(padded, axis, before + length + pads[x.rank() + axis], i -> {
        int at = i - before;
        return at >= 0 && at < length ? at : switch (mode) {
          case "edge" -> at < 0 ? 0 : length - 1;
          case "wrap" -> (at + length) % length;
          default -> -1;
        };
      });
    }
    return padded;
  }
}
