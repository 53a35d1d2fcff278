package dev.lanewise.onnx;

import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Shape;
import dev.lanewise.file.Draft;
import dev.lanewise.model.Architecture;
import dev.lanewise.model.Classifier;
import dev.lanewise.model.CnnArchitecture;
import dev.lanewise.model.MlpArchitecture;
import dev.lanewise.model.Regressor;
import dev.lanewise.model.SequenceArchitecture;
import dev.lanewise.onnx.format.ExternalData;
import dev.lanewise.onnx.format.FormatException;
import dev.lanewise.onnx.format.ModelProto;
import dev.lanewise.onnx.format.ModelReader;
import dev.lanewise.onnx.format.ModelWriter;
import dev.lanewise.onnx.trace.Refusal;
import dev.lanewise.onnx.writer.Export;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/// Reads and writes ONNX files: an exported network becomes a [Layer][dev.lanewise.Layer], with both modes and second
/// derivatives.
///
/// ```java
/// Network net = Onnx.read(Path.of("dynamics.onnx"));
/// Tensor y = net.forward(x);
/// Tensor jacobian = Jacobians.jacobian(net.layer(), net.parameters(), x);
/// ```
///
/// | of the format     | is read                                                                                    |
/// |-------------------|--------------------------------------------------------------------------------------------|
/// | versions          | IR 3 to 11; operators of versions 6 to 22, and of older ones if unchanged up to 6          |
/// | weights           | float, double; float16 and bfloat16 as float; in the file, or beside it                    |
/// | operators         | those of the table in `docs/onnx.md`, at inference                                         |
/// | batch             | the first axis if its length is open or 1; removed, so that samples stay independent       |
///
/// [Writing][#write(Path, Layer, Parameters, Shape)] makes files with operators of version 17, which ONNX Runtime runs:
/// from any layer of the library, from models, from networks that were read.
///
/// What is not supported is refused, never approximated. Files are not trusted: memory is bounded by the data that is
/// present, and weights beside the file must be in its folder.
public final class Onnx {

  /// The source of bytes, which have no file name.
  private static final String BYTES = "ONNX";
  private static final String INPUT = "x";
  private static final String OUTPUT = "y";
  private static final String TIME = "time";

  private Onnx() {}

  /// {@return the network of a file}
  ///
  /// @throws MalformedOnnxException if it is not an ONNX file, or contradicts itself
  /// @throws UnsupportedOnnxException if it needs something unsupported, or needs [OnnxOptions] to choose one of
  ///     several outputs or the length of an axis
  /// @throws IOException if it cannot be read
  public static Network read(Path path) throws IOException {
    return read(path, OnnxOptions.defaults());
  }

  /// {@return the network of a file, read with these options}
  ///
  /// @throws MalformedOnnxException if it is not an ONNX file, or contradicts itself
  /// @throws UnsupportedOnnxException if it needs something unsupported, or does not have what the options name
  /// @throws IOException if it cannot be read
  public static Network read(Path path, OnnxOptions options) throws IOException {
    return read(path.toString(), () -> ModelReader.read(path), options);
  }

  /// {@return the network in these bytes, a whole file}
  ///
  /// @param bytes are not changed, nor is their position
  /// @throws MalformedOnnxException if they are not an ONNX file, contradict themselves, or have weights beside the
  ///     file
  /// @throws UnsupportedOnnxException if they need something unsupported
  public static Network read(ByteBuffer bytes, OnnxOptions options) throws IOException {
    return read(BYTES, () -> ModelReader.read(bytes.asReadOnlyBuffer(), ExternalData.none()), options);
  }

  /// {@return the network that a stream holds, a whole file} The stream is not closed.
  ///
  /// @throws MalformedOnnxException if it is not an ONNX file, contradicts itself, or has weights beside the file
  /// @throws UnsupportedOnnxException if it needs something unsupported
  /// @throws IOException if it cannot be read
  public static Network read(InputStream in, OnnxOptions options) throws IOException {
    return read(BYTES, () -> ModelReader.read(in), options);
  }

  /// Writes a network to a file. An existing file is replaced at once: no reader sees a part of the new one. The file
  /// has operators of version 17, an input `x` and an output `y` whose first axis is the batch, of any length, and
  /// weights in the parameters' precision under their names. It computes what the layer computes at inference.
  ///
  /// @param sample the shape of a sample of the input
  /// @throws IllegalArgumentException if θ is not the layer's, or the layer does not take such a sample
  /// @throws UnsupportedOnnxException if a layer inside has no form in ONNX, or mixes samples
  /// @throws IOException if it cannot be written, or takes more than 2 GiB; `path` is then unchanged
  public static void write(Path path, Layer layer, Parameters theta, Shape sample) throws IOException {
    write(path, () -> Export.of(layer, theta, sample, INPUT, OUTPUT));
  }

  /// Writes a network that was read, as [write][#write(Path, Layer, Parameters, Shape)] does, under the file's names
  /// for its output and, if there is only one, its input.
  ///
  /// @throws UnsupportedOnnxException if a layer inside has no form in ONNX
  /// @throws IOException if it cannot be written; `path` is then unchanged
  public static void write(Path path, Network network) throws IOException {
    String input = network.inputs().size() == 1 ? network.inputs().getFirst() : INPUT;
    write(path, () -> Export.of(
        network.layer(), network.parameters(), network.inputShape(), input, network.output()));
  }

  /// Writes a model, as [write][#write(Path, Layer, Parameters, Shape)] does: from raw inputs to predictions in the
  /// targets' units, [Regressor#network()]. Missing values are not filled in. Sequences may have any number of steps,
  /// an axis `time`, unless each comes with its length.
  ///
  /// @throws IOException if it cannot be written; `path` is then unchanged
  public static void write(Path path, Regressor model) throws IOException {
    write(path, model.architecture(), model.network(), model.parameters());
  }

  /// Writes a model, as [write][#write(Path, Layer, Parameters, Shape)] does: from raw inputs to logits,
  /// [Classifier#network()]. Missing values are not filled in. Sequences may have any number of steps, an axis `time`,
  /// unless each comes with its length.
  ///
  /// @throws IOException if it cannot be written; `path` is then unchanged
  public static void write(Path path, Classifier model) throws IOException {
    write(path, model.architecture(), model.network(), model.parameters());
  }

  private static void write(Path path, Architecture architecture, Layer network, Parameters theta)
      throws IOException {
    Map<Integer, String> open = new HashMap<>();
    Shape sample = switch (architecture) {
      case MlpArchitecture mlp -> Shape.of(mlp.features());
      case CnnArchitecture cnn -> cnn.image();
      case SequenceArchitecture sequence when sequence.hasLengths() ->
          Shape.of(sequence.longest() * sequence.features() + 1);
      case SequenceArchitecture sequence -> {
        open.put(0, TIME);
        yield Shape.of(1, sequence.features());
      }
    };
    write(path, () -> Export.of(network, theta, sample, open, INPUT, OUTPUT));
  }

  private static void write(Path path, Supplier<ModelProto> made) throws IOException {
    ModelProto model;
    try {
      model = made.get();
    } catch (Refusal e) {
      throw new UnsupportedOnnxException(path.toString(), e.getMessage());
    }
    try (Draft draft = Draft.of(path)) {
      ModelWriter.write(model, draft.channel());
      draft.publish();
    }
  }

  private interface Reading {
    ModelProto model() throws IOException;
  }

  private static Network read(String source, Reading reading, OnnxOptions options) throws IOException {
    try {
      return new Translation(reading.model(), options).network();
    } catch (FormatException e) {
      throw new MalformedOnnxException(source, e.getMessage());
    } catch (Refusal e) {
      throw new UnsupportedOnnxException(source, e.getMessage());
    }
  }
}
