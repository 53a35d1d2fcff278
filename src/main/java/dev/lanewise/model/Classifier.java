package dev.lanewise.model;

import dev.lanewise.Parameters;
import dev.lanewise.RowOps;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.nn.Sequential;
import dev.lanewise.train.Standardizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// A trained model that predicts classes: [Mlp#classification] makes it.
///
/// Immutable, and safe to share between threads.
public final class Classifier {

  private final FittedNetwork fitted;

  Classifier(FittedNetwork fitted) {
    this.fitted = fitted;
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
  /// @param x `[rows, features]`, of either precision
  /// @throws IllegalArgumentException if the shape does not fit, or a value is NaN or infinite, named by row and column
  public int[] predict(Tensor x) {
    return Labels.ofLargest(logits(x, new Workspace()));
  }

  /// The probability of each class: the softmax of the logits, the slides' equation 47.
  ///
  /// @param x `[rows, features]`, of either precision
  /// @return `[rows, classes]`, in the model's precision and new memory
  /// @throws IllegalArgumentException if the shape does not fit, or a value is NaN or infinite, named by row and column
  public Tensor predictProbabilities(Tensor x) {
    Tensor logits = logits(x, new Workspace());
    RowOps.softmax(logits, logits);
    return logits;
  }

  /// The network's outputs, whose softmax are the probabilities, computed in `ws`, which may have several threads.
  ///
  /// @return `[rows, classes]`, in the model's precision and memory of its own
  /// @throws IllegalArgumentException if the shape does not fit, or a value is NaN or infinite, named by row and column
  public Tensor logits(Tensor x, Workspace ws) {
    return fitted.outputs(x, this, ws);
  }

  /// Judges the predictions for `x`.
  ///
  /// @param labels the class of each row
  /// @throws IllegalArgumentException if shapes do not fit, there is no row, a value is NaN or infinite, or a label is none of the
  ///     classes
  public Evaluation.Classification evaluate(Tensor x, int[] labels) {
    return Evaluation.classification(logits(x, new Workspace()), labels);
  }

  /// What the network looks like.
  public Architecture architecture() {
    return fitted.architecture();
  }

  /// The network, from standardized inputs to logits.
  public Sequential network() {
    return fitted.network();
  }

  /// Its parameters. Not to be changed.
  public Parameters parameters() {
    return fitted.theta();
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
