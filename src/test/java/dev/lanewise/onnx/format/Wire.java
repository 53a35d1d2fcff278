package dev.lanewise.onnx.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Bytes of protobuf's wire format by hand, right ones and wrong ones.
final class Wire {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  static Wire of() {
    return new Wire();
  }

  /// A model that holds this graph.
  static byte[] model(Wire graph) {
    return of().varint(1, 8).block(7, graph).block(8, of().block(1, "").varint(2, 17)).bytes();
  }

  /// A model that holds this initializer.
  static byte[] initializer(Wire tensor) {
    return model(of().block(5, tensor));
  }

  /// A model that holds a node with this attribute.
  static byte[] attribute(Wire attribute) {
    return model(of().block(1, of().block(3, "n").block(4, "Op").block(5, attribute)));
  }

  Wire raw(int... bytes) {
    for (int b : bytes) {
      out.write(b);
    }
    return this;
  }

  Wire raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  Wire number(long varint) {
    long left = varint;
    for (; left >>> 7 != 0; left >>>= 7) {
      out.write((int) left | 0x80);
    }
    out.write((int) left);
    return this;
  }

  Wire tag(int field, int wireType) {
    return number((long) field << 3 | wireType);
  }

  Wire varint(int field, long value) {
    return tag(field, 0).number(value);
  }

  Wire fixed(int field, float value) {
    return tag(field, 5).raw(little(4).putFloat(value).array());
  }

  Wire fixed(int field, double value) {
    return tag(field, 1).raw(little(8).putDouble(value).array());
  }

  static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  Wire block(int field, byte... bytes) {
    return tag(field, 2).number(bytes.length).raw(bytes);
  }

  Wire block(int field, String text) {
    return block(field, text.getBytes(StandardCharsets.UTF_8));
  }

  Wire block(int field, Wire message) {
    return block(field, message.bytes());
  }

  /// Integers packed into one field.
  Wire packed(int field, long... values) {
    Wire numbers = of();
    for (long value : values) {
      numbers.number(value);
    }
    return block(field, numbers);
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  static ModelProto read(byte[] model) throws IOException {
    return ModelReader.read(ByteBuffer.wrap(model), ExternalData.none());
  }
}
