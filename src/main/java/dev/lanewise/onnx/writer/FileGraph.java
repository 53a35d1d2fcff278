package dev.lanewise.onnx.writer;

import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.onnx.format.AttributeProto;
import dev.lanewise.onnx.format.ElementType;
import dev.lanewise.onnx.format.GraphProto;
import dev.lanewise.onnx.format.NodeProto;
import dev.lanewise.onnx.format.TensorProto;
import dev.lanewise.onnx.format.ValueInfo.Dimension;
import dev.lanewise.onnx.format.ValueInfo;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The graph of a file while it is written: nodes in order, weights, constants. Names are unique: weights have the
/// network's, a node and its output are named after their scope and operator.
final class FileGraph {

  private static final String BATCH = "batch";

  private final Precision precision;
  private final ElementType type;
  private final String input;
  private final Set<String> names = new HashSet<>();
  private final List<NodeProto> nodes = new ArrayList<>();
  private final Map<String, TensorProto> initializers = new LinkedHashMap<>();
  /// Names of constants, batch lengths and transposed values, by their content.
  private final Map<Object, String> known = new HashMap<>();

  /// @param parameters names that are taken
  FileGraph(Precision precision, List<String> parameters, String input) {
    this.precision = precision;
    this.type = precision == Precision.FLOAT ? ElementType.FLOAT : ElementType.DOUBLE;
    names.addAll(parameters);
    this.input = unique(input);
  }

  Precision precision() {
    return precision;
  }

  /// The input's name.
  String input() {
    return input;
  }

  private String unique(String wanted) {
    String name = wanted;
    for (int more = 1; !names.add(name); more++) {
      name = wanted + "_" + more;
    }
    return name;
  }

  /// A node of one output.
  ///
  /// @param scope the place in the network, for example `0/inner`
  /// @return the output's name
  String node(String scope, String operator, List<String> inputs, AttributeProto... attributes) {
    String name = unique(scope + "/" + operator);
    add(name, operator, inputs, List.of(name), attributes);
    return name;
  }

  /// A node of several outputs; those that nothing reads have no name.
  void node(String scope, String operator, List<String> inputs, List<String> outputs, AttributeProto... attributes) {
    add(unique(scope + "/" + operator), operator, inputs, outputs, attributes);
  }

  /// A name for an output.
  String output(String scope, String what) {
    return unique(scope + "/" + what);
  }

  private void add(
      String name, String operator, List<String> inputs, List<String> outputs, AttributeProto... attributes) {
    Map<String, AttributeProto> byName = new LinkedHashMap<>();
    Arrays.stream(attributes).forEach(attribute -> byName.put(attribute.name(), attribute));
    nodes.add(new NodeProto(name, operator, "", inputs, outputs, byName));
  }

  /// A weight, written once.
  String weight(String name, Tensor value) {
    initializers.computeIfAbsent(name, _ -> new TensorProto(name, type, value.shape().toArray(), value));
    return name;
  }

  /// All weights of a layer.
  List<String> weights(Weights own) {
    return IntStream.range(0, own.names().size()).mapToObj(index -> weight(own, index)).toList();
  }

  /// x and all weights of a layer.
  List<String> inputs(Written x, Weights own) {
    return Stream.concat(Stream.of(x.name()), weights(own).stream()).toList();
  }

  /// One weight of a layer.
  String weight(Weights own, int index) {
    return weight(own.names().get(index), own.values().get(index));
  }

  /// A weight in another layout, under a free name.
  String reordered(String wanted, Tensor value) {
    return weight(initializers.containsKey(wanted) || !names.contains(wanted) ? unique(wanted) : wanted, value);
  }

  /// A number without axes, in the network's precision.
  String number(double value) {
    return number(value, type);
  }

  private String number(double value, ElementType of) {
    Tensor one = Tensor.of(new double[] {value}, 1).to(of == ElementType.FLOAT ? Precision.FLOAT : Precision.DOUBLE);
    return constant(List.of(of, Double.doubleToLongBits(value)), () -> new TensorProto("", of, new int[0], one));
  }

  /// Numbers that never change, in the network's precision.
  String numbers(Tensor values) {
    return numbers(values.to(precision), type);
  }

  /// Numbers that never change, in double.
  String doubles(double[] values, int... dims) {
    return numbers(Tensor.of(values, dims), ElementType.DOUBLE);
  }

  private String numbers(Tensor values, ElementType of) {
    long[] bits = Arrays.stream(values.toDoubles()).mapToLong(Double::doubleToLongBits).toArray();
    List<Object> what = List.of(of, values.shape(), LongBuffer.wrap(bits)); // a buffer is equal by content
    return constant(what, () -> new TensorProto("", of, values.shape().toArray(), values));
  }

  /// Integers along one axis.
  String integers(int... values) {
    long[] longs = Arrays.stream(values).asLongStream().toArray();
    return constant(List.of(ElementType.INT64, Arrays.stream(longs).boxed().toList()),
        () -> new TensorProto("", ElementType.INT64, new int[] {longs.length}, longs));
  }

  private String constant(Object what, Supplier<TensorProto> value) {
    return known.computeIfAbsent(what,
        _ -> node("", "Constant", List.of(), Attribute.of("value", value.get())));
  }

  /// The length of a value's first axis, the batch's, as integers along one axis.
  String batch(String scope, String value) {
    return known.computeIfAbsent("batch of " + value, _ -> node(scope, "Shape", List.of(value),
        Attribute.of("start", 0L), Attribute.of("end", 1L)));
  }

  /// The same elements under other dims: 0 keeps an axis, the length of −1 follows.
  String reshape(String scope, String value, int... dims) {
    return node(scope, "Reshape", List.of(value, integers(dims)));
  }

  /// A value with its axes in another order, written once.
  String transpose(String scope, String value, int... order) {
    return known.computeIfAbsent("transpose " + value + Arrays.toString(order),
        _ -> node(scope, "Transpose", List.of(value), Attribute.list("perm", order)));
  }

  /// The complete graph, for its output.
  ///
  /// @param open the names of open axes of the input's sample
  GraphProto end(Written last, Shape sample, Map<Integer, String> open, String wantedOutput) {
    String output = unique(wantedOutput);
    Map<String, String> renamed = new HashMap<>();
    boolean made = nodes.stream().anyMatch(node -> node.outputs().contains(last.name()));
    if (made) {
      renamed.put(last.name(), output);
    } else {
      add(unique("/Identity"), "Identity", List.of(last.name()), List.of(output));
    }
    boolean integers = takeIntegers(renamed);
    List<NodeProto> all = nodes.stream()
        .map(node -> node.with(renamed(node.inputs(), renamed), renamed(node.outputs(), renamed))).toList();
    return new GraphProto("network", all, List.copyOf(initializers.values()),
        List.of(info(input, integers ? ElementType.INT64 : type, sample, open)),
        List.of(info(output, type, last.shape(), Map.of())), List.of());
  }

  /// Removes casts of the input to integers if nothing else reads it, except for the batch's length: then the input has
  /// integers itself.
  private boolean takeIntegers(Map<String, String> renamed) {
    List<NodeProto> casts = new ArrayList<>();
    for (NodeProto node : nodes) {
      AttributeProto to = node.attributes().get("to");
      boolean cast = node.operator().equals("Cast") && to.value().equals((long) ElementType.INT64.number());
      if (node.inputs().contains(input)) {
        if (cast) {
          casts.add(node);
        } else if (!node.operator().equals("Shape")) {
          return false;
        }
      }
    }
    nodes.removeAll(casts);
    casts.forEach(cast -> renamed.put(cast.outputs().getFirst(), input));
    return !casts.isEmpty();
  }

  private static List<String> renamed(List<String> values, Map<String, String> names) {
    return values.stream().map(value -> names.getOrDefault(value, value)).toList();
  }

  private ValueInfo info(String name, ElementType elements, Shape sample, Map<Integer, String> open) {
    List<Dimension> dims = new ArrayList<>(List.of(Dimension.open(BATCH)));
    for (int axis = 0; axis < sample.rank(); axis++) {
      dims.add(open.containsKey(axis) ? Dimension.open(open.get(axis)) : Dimension.of(sample.dim(axis)));
    }
    return new ValueInfo(name, elements, Optional.of(List.copyOf(dims)));
  }
}
