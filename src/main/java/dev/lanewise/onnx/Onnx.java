package dev.lanewise.onnx;

import dev.lanewise.onnx.format.ExternalData;
import dev.lanewise.onnx.format.FormatException;
import dev.lanewise.onnx.format.ModelProto;
import dev.lanewise.onnx.format.ModelReader;
import dev.lanewise.onnx.trace.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// ONNX files: any exported network as a [Layer][dev.lanewise.Layer], with both modes and second derivatives.
///
/// ```java
/// Network net = Onnx.read(Path.of("dynamics.onnx"));
/// Tensor y = net.forward(x);
/// Tensor jacobian = Jacobians.jacobian(net.layer(), net.parameters(), x);
/// ```
///
/// | of the format     | is read                                                                                    |
/// |-------------------|--------------------------------------------------------------------------------------------|
/// | versions          | IR 3 to 11, operators 6 to 22                                                              |
/// | weights           | float, double; float16 and bfloat16 as float; in the file, or beside it                    |
/// | operators         | those of the table in `docs/onnx.md`, at inference                                         |
/// | batch             | the first axis where its length is open or 1; taken out, so that samples stay apart        |
///
/// What is not supported is refused, never approximated. The file is not trusted: memory is bounded by what is really
/// there, and weights beside the file must lie in its folder.
public final class Onnx {

  /// The name of what has none.
  private static final String BYTES = "ONNX";

  private Onnx() {}

  /// {@return the network of a file}
  ///
  /// @throws MalformedOnnxException if it is no ONNX file, or contradicts itself
  /// @throws UnsupportedOnnxException if it needs what is not supported, or [OnnxOptions]: an output of several, the
  ///     length of an axis
  /// @throws IOException if it cannot be read
  public static Network read(Path path) throws IOException {
    return read(path, OnnxOptions.defaults());
  }

  /// {@return the network of a file, as the options have it}
  ///
  /// @throws MalformedOnnxException if it is no ONNX file, or contradicts itself
  /// @throws UnsupportedOnnxException if it needs what is not supported, or does not have what the options name
  /// @throws IOException if it cannot be read
  public static Network read(Path path, OnnxOptions options) throws IOException {
    String source = path.toString();
    try {
      return translate(source, ModelReader.read(path), options);
    } catch (FormatException e) {
      throw new MalformedOnnxException(source, e.getMessage());
    }
  }

  /// {@return the network in these bytes, a whole file}
  ///
  /// @param bytes are not changed, nor is their position
  /// @throws MalformedOnnxException if they are no ONNX file, or contradict themselves
  /// @throws UnsupportedOnnxException if they need what is not supported, weights beside a file among it
  public static Network read(ByteBuffer bytes, OnnxOptions options) throws IOException {
    try {
      return translate(BYTES, ModelReader.read(bytes.asReadOnlyBuffer(), ExternalData.none()), options);
    } catch (FormatException e) {
      throw new MalformedOnnxException(BYTES, e.getMessage());
    }
  }

  /// {@return the network that a stream holds, a whole file} The stream is not closed.
  ///
  /// @throws MalformedOnnxException if it is no ONNX file, or contradicts itself
  /// @throws UnsupportedOnnxException if it needs what is not supported, weights beside a file among it
  /// @throws IOException if it cannot be read
  public static Network read(InputStream in, OnnxOptions options) throws IOException {
    try {
      return translate(BYTES, ModelReader.read(in), options);
    } catch (FormatException e) {
      throw new MalformedOnnxException(BYTES, e.getMessage());
    }
  }

  private static Network translate(String source, ModelProto model, OnnxOptions options)
      throws MalformedOnnxException, UnsupportedOnnxException {
    try {
      return new Translation(model, options).network();
    } catch (FormatException e) {
      throw new MalformedOnnxException(source, e.getMessage());
    } catch (Refusal e) {
      throw new UnsupportedOnnxException(source, e.getMessage());
    }
  }
}
