package dev.lanewise.onnx.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;

/// Messages as bytes, and from bytes.
public final class Protos {

  private Protos() {}

  /// {@return a model as the bytes of its file}
  public static byte[] bytes(ModelProto model) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ModelWriter.write(model, Channels.newChannel(bytes));
    return bytes.toByteArray();
  }

  /// {@return a single tensor, as in the `.pb` files of ONNX's own tests}
  public static TensorProto tensor(ByteBuffer bytes) throws IOException {
    return GraphReader.tensor(new WireReader(bytes, "TensorProto"), ExternalData.none());
  }
}
