package dev.lanewise.autodiff.own;

import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.JacobianOptions;
import dev.lanewise.autodiff.PreparedJacobian;
import dev.lanewise.io.Safetensors;
import dev.lanewise.kernel.Uniform;
import dev.lanewise.model.Architecture;
import dev.lanewise.model.Classifier;
import dev.lanewise.model.CnnArchitecture;
import dev.lanewise.model.MlpArchitecture;
import dev.lanewise.model.Regressor;
import dev.lanewise.model.SequenceArchitecture;
import dev.lanewise.onnx.Network;
import dev.lanewise.onnx.Onnx;
import dev.lanewise.train.data.Standardizer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A network from a user's file, at one sample: a model that `save` has written, or an ONNX file.
///
/// @param name the file's name, without its folders
/// @param x random inputs: around the mean if inputs are standardized, otherwise from −1 to 1
record OwnNetwork(String name, String description, Layer layer, Parameters theta, Tensor x) {

  /// The steps of a sequence whose length the file leaves open.
  private static final int STEPS = 50;
  private static final String MODEL = "lanewise.model";
  private static final String ENDINGS = "expected a model in .safetensors or a network in .onnx";

  static OwnNetwork load(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + ": no such file, " + ENDINGS);
    }
    String name = file.getFileName().toString();
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    OwnNetwork network = switch (ending) {
      case "onnx" -> ofOnnx(name, file);
      case "safetensors" -> ofModel(name, file);
      default -> throw new IOException(file + ": ends in ." + ending + ", " + ENDINGS);
    };
    network.requireJacobian(file);
    return network;
  }

  private static OwnNetwork ofOnnx(String name, Path file) throws IOException {
    Network network = Onnx.read(file);
    Precision precision = network.parameters().isNone() ? Precision.FLOAT : network.parameters().precision();
    Tensor x = Uniform.of(precision, network.inputShape().prepend(1), 3);
    return new OwnNetwork(name, network.toString(), network.layer(), network.parameters(), x);
  }

  private static OwnNetwork ofModel(String name, Path file) throws IOException {
    var metadata = Safetensors.read(file).metadata();
    if (!metadata.containsKey(MODEL)) {
      throw new IOException(file
          + ": holds weights alone, which do not say how layers are connected; expected a model that model.save(path) "
          + "has written, or the network as an .onnx file");
    }
    if (Architecture.Task.CLASSIFICATION.name().equals(metadata.get("task"))) {
      Classifier model = Classifier.load(file);
      return of(name, model.toString(), model.architecture(), model.network(), model.parameters(), model.inputs());
    }
    Regressor model = Regressor.load(file);
    return of(name, model.toString(), model.architecture(), model.network(), model.parameters(), model.inputs());
  }

  private static OwnNetwork of(String name, String description, Architecture architecture, Layer network,
      Parameters theta, Optional<Standardizer> inputs) {
    Tensor z = Uniform.of(theta.precision(), sample(architecture).prepend(1), 3);
    Tensor x = inputs.map(standardizer -> standardizer.invert(z, theta.precision())).orElse(z);
    if (architecture instanceof SequenceArchitecture sequence && sequence.hasLengths()) {
      x.set(x.size() - 1, sequence.longest());
    }
    return new OwnNetwork(name, description, network, theta, x);
  }

  private static Shape sample(Architecture architecture) {
    return switch (architecture) {
      case MlpArchitecture mlp -> Shape.of(mlp.features());
      case CnnArchitecture cnn -> Shape.of(cnn.channels(), cnn.height(), cnn.width());
      case SequenceArchitecture sequence -> sequence.hasLengths()
          ? Shape.of(sequence.longest() * sequence.features() + 1)
          : Shape.of(STEPS, sequence.features());
    };
  }

  Precision precision() {
    return x.precision();
  }

  int inputs() {
    return x.size();
  }

  int outputs() {
    return layer.outputShape(x.shape()).size();
  }

  PreparedJacobian prepared(JacobianOptions options) {
    return PreparedJacobian.of(layer, theta, precision(), x.shape(), options);
  }

  private void requireJacobian(Path file) throws IOException {
    try {
      if (inputs() == 0 || outputs() == 0) {
        throw new IOException(file + ": has " + inputs() + " inputs and " + outputs()
            + " outputs, expected at least one of each");
      }
      PreparedJacobian prepared = prepared(JacobianOptions.defaults());
      Tensor y = Tensor.zeros(precision(), layer.outputShape(x.shape()));
      Tensor jacobian = Tensor.zeros(precision(), outputs(), inputs());
      prepared.at(x, y, jacobian);
      y.requireFinite(file, "the value at a drawn sample");
      jacobian.requireFinite(file, "the Jacobian at a drawn sample");
    } catch (IllegalArgumentException noJacobian) {
      throw new IOException(noJacobian.getMessage(), noJacobian);
    }
  }

  /// The report's entry point: prints the content of a file, in lines that the report reads, or one line with the
  /// reason for a refusal.
  ///
  /// @param arguments the file
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try {
      OwnNetwork network = load(Path.of(arguments[0]));
      List<OwnSubject> subjects = OwnSubject.of(network);
      fact(out, "network", network.name);
      fact(out, "description", network.description);
      fact(out, "precision", network.precision().name().toLowerCase(Locale.ROOT));
      fact(out, "inputs", network.inputs());
      fact(out, "outputs", network.outputs());
      fact(out, "subjects", subjects.size());
      fact(out, "left_out", OwnSubject.leftOut(network));
      fact(out, "plan", network.prepared(JacobianOptions.defaults()).plan().explain().stripTrailing()
          .replace("\n", "\\n"));
    } catch (IOException refused) {
      out.println("[refused] " + refused.getMessage().replace('\n', ' '));
      System.exit(2);
    }
  }

  private static void fact(PrintStream out, String name, Object fact) {
    out.println("[machine] own." + name + ": " + fact);
  }
}
