package dev.lanewise.model;

import dev.lanewise.Parameters;
import dev.lanewise.RowOps;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.nn.Sequential;
import dev.lanewise.train.data.Standardizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// A trained model that predicts classes: [Mlp#classification], [Cnn#classification] or [Sequence#classification] makes it.
///
/// Immutable, and safe to share between threads.
public final class Classifier {

  private final FittedNetwork fitted;
  private final FittedNetwork inference;
  private final Sequential network;
  private final Parameters theta;

  Classifier(FittedNetwork fitted) {
    this.fitted = fitted;
    this.inference = fitted.forInference();
    this.network = fitted.whole();
    this.theta = Parameters.of(network.parameters(), fitted.theta().flat());
  }

  /// Reads a model that [#save] wrote.
  ///
  /// @throws dev.lanewise.io.MalformedSafetensorsException if the file is damaged, as by being cut off at any byte
  /// @throws MalformedModelException if it is whole, but not of such a model
  /// @throws IOException if it cannot be read
  public static Classifier load(Path path) throws IOException {
    return new Classifier(ModelFile.read(path, Architecture.Task.CLASSIFICATION));
  }

  /// Writes the model, or replaces one: at `path` there is at any time the whole of what was there before, or of this. The file is
  /// in the safetensors format: parameters as `0.weight`, `0.bias`, …, what inputs were standardized with as `standardize.mean`
  /// and `standardize.sd`, and the architecture as its metadata.
  ///
  /// @throws IOException if it cannot be written; `path` is as it was then
  public void save(Path path) throws IOException {
    ModelFile.write(fitted, path);
  }

  /// The most probable class of each row, of equals the first.
  ///
  /// @param x `[rows, …]` as the architecture takes inputs, of either precision
  /// @throws IllegalArgumentException if the shape does not fit, or a value is NaN or infinite, also once it is
  ///     standardized or in the network's outputs, named by row and column
  public int[] predict(Tensor x) {
    return Labels.ofLargest(logits(x, new Workspace()), this, "logits");
  }

  /// The probability of each class: the softmax of the logits, the slides' equation 47.
  ///
  /// @param x `[rows, …]` as the architecture takes inputs, of either precision
  /// @return `[rows, classes]`, in the model's precision and new memory
  /// @throws IllegalArgumentException if the shape does not fit, or a value is NaN or infinite, also once it is
  ///     standardized or in the network's outputs, named by row and column
  public Tensor predictProbabilities(Tensor x) {
    Tensor logits = logits(x, new Workspace());
    RowOps.softmax(logits, logits);
    return logits;
  }

  /// The network's outputs, whose softmax are the probabilities, computed in `ws`, which may have several threads.
  ///
  /// @return `[rows, classes]`, in the model's precision and memory of its own
  /// @throws IllegalArgumentException if the shape does not fit, or a value is NaN or infinite, also once it is
  ///     standardized or in the network's outputs, named by row and column
  public Tensor logits(Tensor x, Workspace ws) {
    Tensor logits = inference.outputs(x, this, ws);
    logits.requireFinite(this, "the logits of x");
    return logits;
  }

  /// Judges the predictions for `x`.
  ///
  /// @param labels the class of each row
  /// @throws IllegalArgumentException if shapes do not fit, there is no row, a value is NaN or infinite, as [#predict]
  ///     says, or a label is none of the classes
  public Evaluation.Classification evaluate(Tensor x, int[] labels) {
    return Evaluation.classification(logits(x, new Workspace()), labels);
  }

  /// What the network looks like.
  public Architecture architecture() {
    return fitted.architecture();
  }

  /// The network from inputs as they are to logits. Its first layer is a [dev.lanewise.nn.Standardization] where inputs
  /// are standardized, the others are those of [Architecture#network()]. It takes inputs in the model's precision:
  /// rounding them to it loses what [#predict], which standardizes in double, does not.
  public Sequential network() {
    return network;
  }

  /// The parameters of [#network()], under its names: `1.weight` is the first where layer 0 standardizes. The flat
  /// tensor is that of [Architecture#network()] as well. Not to be changed.
  public Parameters parameters() {
    return theta;
  }

  /// What inputs are standardized with, if they are.
  public Optional<Standardizer> inputs() {
    return fitted.inputs();
  }

  /// For example `Classifier[classification 64-100-100-10, RELU]`.
  @Override
  public String toString() {
    return "Classifier[" + fitted.architecture() + "]";
  }
}
