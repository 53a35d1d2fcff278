package dev.lanewise.onnx.format;

import dev.lanewise.Shape;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/// Writes ONNX files: equal models always as equal bytes.
///
/// Tensors are raw data in the file, so it has at most 2 GiB. [ModelReader] reads an equal model from it.
public final class ModelWriter {

  private ModelWriter() {}

  /// Writes a model. The channel stays open.
  ///
  /// @throws IOException if the channel fails, or if the model is too large for a file; then nothing is written
  /// @throws IllegalArgumentException if a part of it cannot be written: functions, values that were not read, dims
  ///     that do not fit the elements, texts that are not Unicode; then nothing is written
  public static void write(ModelProto model, WritableByteChannel channel) throws IOException {
    message(model).writeTo(channel);
  }

  private static WireWriter message(ModelProto model) throws IOException {
    if (model.functions() > 0) {
      throw new IllegalArgumentException("Model: has " + model.functions() + " functions of its own, expected none");
    }
    WireWriter message = new WireWriter();
    message.varint(1, model.irVersion());
    message.textUnlessEmpty(2, model.producer());
    message.message(7, GraphWriter.message(model.graph()));
    model.opsets().forEach((domain, version) -> {
      WireWriter opset = new WireWriter();
      opset.text(1, domain);
      opset.varint(2, version);
      message.message(8, opset);
    });
    model.metadata().forEach((key, value) -> {
      WireWriter entry = new WireWriter();
      entry.text(1, key);
      entry.text(2, value);
      message.message(14, entry);
    });
    if (message.size() > Shape.LARGEST_ARRAY) {
      throw new IOException("the model takes " + message.size() + " bytes, expected at most " + Shape.LARGEST_ARRAY);
    }
    return message;
  }
}
