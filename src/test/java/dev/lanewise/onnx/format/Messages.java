package dev.lanewise.onnx.format;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/// A model as lines of text: floats by their bits, the elements of tensors by a checksum of their bytes. Two models of
/// the same lines are the same.
final class Messages {

  private Messages() {}

  static List<String> lines(ModelProto model) {
    List<String> lines = new ArrayList<>();
    lines.add("model " + model.irVersion() + " " + model.producer() + " " + model.functions());
    model.opsets().forEach((domain, version) -> lines.add("opset " + domain + "=" + version));
    GraphProto graph = model.graph();
    lines.add("graph " + graph.name());
    graph.inputs().forEach(value -> lines.add("input " + text(value)));
    graph.outputs().forEach(value -> lines.add("output " + text(value)));
    graph.values().forEach(value -> lines.add("value " + text(value)));
    graph.initializers().forEach(tensor -> lines.add("initializer " + tensor.name() + " " + text(tensor)));
    for (NodeProto node : graph.nodes()) {
      lines.add("node " + node.name() + " " + node.operator() + " " + node.domain() + " " + node.inputs() + " -> "
          + node.outputs());
      node.attributes().forEach((name, attribute) -> lines.add("  " + text(name, attribute)));
    }
    model.metadata().forEach((key, value) -> lines.add("metadata " + key + "=" + value));
    return lines;
  }

  private static String text(ValueInfo value) {
    return value.name() + " " + value.type() + " " + value.shape().map(shape -> shape.stream()
        .map(axis -> axis.length() >= 0 ? "" + axis.length() : axis.symbol()).toList().toString()).orElse("?");
  }

  private static String text(String key, AttributeProto attribute) {
    Object value = attribute.value();
    String text = switch (attribute.kind()) {
      case FLOAT -> bits((float) value);
      case TENSOR -> text((TensorProto) value);
      case FLOATS ->
          IntStream.range(0, ((float[]) value).length).mapToObj(i -> bits(((float[]) value)[i])).toList().toString();
      case INTS -> Arrays.toString((long[]) value);
      case INT, STRING, STRINGS, OTHER -> String.valueOf(value);
    };
    return (key.equals(attribute.name()) ? key : key + " is " + attribute.name()) + " " + attribute.kind() + " " + text;
  }

  private static String bits(float value) {
    return "%08x".formatted(Float.floatToRawIntBits(value));
  }

  static String text(TensorProto tensor) {
    String dims = Arrays.stream(tensor.dims()).mapToObj(Integer::toString).collect(Collectors.joining(", ", "[", "]"));
    return tensor.type() + " " + dims + " " + (tensor.content() == null ? null : checksum(tensor));
  }

  private static String checksum(TensorProto tensor) {
    CRC32 crc = new CRC32();
    crc.update(tensor.type().isInteger() ? integers(tensor) : numbers(tensor));
    return "%08x".formatted(crc.getValue());
  }

  private static ByteBuffer numbers(TensorProto tensor) {
    Tensor numbers = tensor.numbers();
    int count = numbers.size();
    ByteBuffer bytes = ByteBuffer.allocate((int) tensor.type().bytes(count)).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      if (numbers.precision() == Precision.DOUBLE) {
        bytes.putDouble(numbers.doubles()[numbers.offset() + i]);
      } else if (tensor.type() == ElementType.FLOAT) {
        bytes.putFloat(numbers.floats()[numbers.offset() + i]);
      } else {
        float value = numbers.floats()[numbers.offset() + i];
        bytes.putShort(tensor.type() == ElementType.FLOAT16 ? Float.floatToFloat16(value)
            : (short) (Float.floatToRawIntBits(value) >>> Short.SIZE));
      }
    }
    return bytes.flip();
  }

  private static ByteBuffer integers(TensorProto tensor) {
    long[] integers = tensor.integers();
    ByteBuffer bytes = ByteBuffer.allocate((int) tensor.type().bytes(integers.length)).order(ByteOrder.LITTLE_ENDIAN);
    for (long integer : integers) {
      switch (tensor.type().bits()) {
        case Byte.SIZE -> bytes.put((byte) integer);
        case Short.SIZE -> bytes.putShort((short) integer);
        case Integer.SIZE -> bytes.putInt((int) integer);
        default -> bytes.putLong(integer);
      }
    }
    return bytes.flip();
  }
}
