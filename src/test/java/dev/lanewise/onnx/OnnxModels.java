package dev.lanewise.onnx;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.onnx.format.AttributeProto.Kind;
import dev.lanewise.onnx.format.AttributeProto;
import dev.lanewise.onnx.format.ElementType;
import dev.lanewise.onnx.format.GraphProto;
import dev.lanewise.onnx.format.ModelProto;
import dev.lanewise.onnx.format.NodeProto;
import dev.lanewise.onnx.format.Protos;
import dev.lanewise.onnx.format.TensorProto;
import dev.lanewise.onnx.format.ValueInfo.Dimension;
import dev.lanewise.onnx.format.ValueInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Files for tests, in a few lines:
///
/// ```java
/// ModelProto model = OnnxModels.opset(13)
///     .input("x", "batch", 4)
///     .weights("w", new int[] {2, 4}, 1, 2, 3, 4, 5, 6, 7, 8)
///     .node("Gemm", "x, w -> z", "transB", 1)
///     .integers("axes", 1)
///     .node("Unsqueeze", "z, axes -> y")
///     .output("y")
///     .model();
/// ```
public final class OnnxModels {

  private final long opset;
  private final List<NodeProto> nodes = new ArrayList<>();
  private final List<TensorProto> initializers = new ArrayList<>();
  private final List<ValueInfo> inputs = new ArrayList<>();
  private final List<ValueInfo> outputs = new ArrayList<>();

  private OnnxModels(long opset) {
    this.opset = opset;
  }

  /// A file of operators of this version.
  public static OnnxModels opset(long opset) {
    return new OnnxModels(opset);
  }

  /// An input of floats. Each dim is a length, or the name of an axis whose length is open.
  public OnnxModels input(String name, Object... dims) {
    return input(name, ElementType.FLOAT, dims);
  }

  public OnnxModels input(String name, ElementType type, Object... dims) {
    inputs.add(info(name, type, dims));
    return this;
  }

  /// An output of floats of whose shape nothing is said.
  public OnnxModels output(String name) {
    outputs.add(new ValueInfo(name, ElementType.FLOAT, Optional.empty()));
    return this;
  }

  public OnnxModels output(String name, ElementType type, Object... dims) {
    outputs.add(info(name, type, dims));
    return this;
  }

  private static ValueInfo info(String name, ElementType type, Object... dims) {
    List<Dimension> shape = Arrays.stream(dims)
        .map(dim -> dim instanceof Integer length ? Dimension.of(length) : Dimension.open((String) dim)).toList();
    return new ValueInfo(name, type, Optional.of(shape));
  }

  /// An initializer of floats; no dims for a single number.
  public OnnxModels weights(String name, int[] dims, double... values) {
    return initializer(name, floats(dims, values));
  }

  /// An initializer of int64 along one axis.
  public OnnxModels integers(String name, long... values) {
    return initializer(name, longs(ElementType.INT64, new int[] {values.length}, values));
  }

  /// An initializer that is one int64.
  public OnnxModels integer(String name, long value) {
    return initializer(name, longs(ElementType.INT64, new int[0], value));
  }

  public OnnxModels initializer(String name, TensorProto tensor) {
    initializers.add(new TensorProto(name, tensor.type(), tensor.dims(), tensor.content()));
    return this;
  }

  /// A tensor of floats; no dims for a single number.
  public static TensorProto floats(int[] dims, double... values) {
    return new TensorProto("", ElementType.FLOAT, dims, Tensor.of(values, shape(dims)).to(Precision.FLOAT));
  }

  /// A tensor of doubles.
  public static TensorProto doubles(int[] dims, double... values) {
    return new TensorProto("", ElementType.DOUBLE, dims, Tensor.of(values, shape(dims)));
  }

  /// A tensor of integers or booleans.
  public static TensorProto longs(ElementType type, int[] dims, long... values) {
    return new TensorProto("", type, dims, values);
  }

  private static int[] shape(int[] dims) {
    return dims.length == 0 ? new int[] {1} : dims;
  }

  /// A node.
  ///
  /// @param operator with its domain before a dot, if that is not ONNX's own
  /// @param values inputs and outputs, `a, b -> c`; nothing between two commas for one that is left out
  /// @param attributes by name and value in turn: a whole number, a decimal one, a text, an array or a list of them, or
  ///     a tensor
  public OnnxModels node(String operator, String values, Object... attributes) {
    return named(operator + "_" + nodes.size(), operator, values, attributes);
  }

  /// A node with a name.
  public OnnxModels named(String name, String operator, String values, Object... attributes) {
    int dot = operator.lastIndexOf('.');
    String[] sides = values.split("->", 2);
    Map<String, AttributeProto> all = new LinkedHashMap<>();
    for (int at = 0; at < attributes.length; at += 2) {
      all.put((String) attributes[at], attribute((String) attributes[at], attributes[at + 1]));
    }
    nodes.add(new NodeProto(name, operator.substring(dot + 1), operator.substring(0, Math.max(0, dot)),
        names(sides[0]), names(sides[1]), all));
    return this;
  }

  private static List<String> names(String list) {
    return list.isBlank() ? List.of() : Arrays.stream(list.split(",", -1)).map(String::strip).toList();
  }

  private static AttributeProto attribute(String name, Object value) {
    return switch (value) {
      case Integer whole -> new AttributeProto(name, Kind.INT, (long) whole);
      case Long whole -> new AttributeProto(name, Kind.INT, whole);
      case Float decimal -> new AttributeProto(name, Kind.FLOAT, decimal);
      case Double decimal -> new AttributeProto(name, Kind.FLOAT, decimal.floatValue());
      case String text -> new AttributeProto(name, Kind.STRING, text);
      case int[] many -> new AttributeProto(name, Kind.INTS, Arrays.stream(many).asLongStream().toArray());
      case long[] many -> new AttributeProto(name, Kind.INTS, many);
      case float[] many -> new AttributeProto(name, Kind.FLOATS, many);
      case List<?> texts -> new AttributeProto(name, Kind.STRINGS, texts);
      case TensorProto tensor -> new AttributeProto(name, Kind.TENSOR, tensor);
      case AttributeProto whole -> whole;
      default -> throw new IllegalArgumentException(name + " is " + value + ", expected what an attribute can be");
    };
  }

  public ModelProto model() {
    return new ModelProto(8, "test", Map.of("", opset),
        new GraphProto("test", List.copyOf(nodes), List.copyOf(initializers), List.copyOf(inputs), List.copyOf(outputs),
            List.of()),
        Map.of(), 0);
  }

  /// What is read of the file's bytes.
  public Network network(OnnxOptions options) throws IOException {
    return Onnx.read(ByteBuffer.wrap(Protos.bytes(model())), options);
  }

  /// What is read of the file's bytes, in double.
  public Network network() throws IOException {
    return network(OnnxOptions.defaults().precision(Precision.DOUBLE));
  }
}
