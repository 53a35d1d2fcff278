package dev.lanewise.model;

import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.nn.Sequential;
import dev.lanewise.train.data.Standardizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// A trained model that predicts numbers: [Mlp#regression], [Cnn#regression] or [Sequence#regression] makes it.
///
/// Immutable, and safe to share between threads.
public final class Regressor {

  private final FittedNetwork fitted;
  private final FittedNetwork inference;
  private final Sequential network;
  private final Parameters theta;

  Regressor(FittedNetwork fitted) {
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
  public static Regressor load(Path path) throws IOException {
    return new Regressor(ModelFile.read(path, Architecture.Task.REGRESSION));
  }

  /// Writes the model, or replaces one: at `path` there is at any time the whole of what was there before, or of this. The file is
  /// in the safetensors format: parameters as `0.weight`, `0.bias`, …, what inputs and targets were standardized with as
  /// `standardize.mean`, `standardize.sd`, `targets.mean`, `targets.sd`, and the architecture as its metadata.
  ///
  /// @throws IOException if it cannot be written; `path` is as it was then
  public void save(Path path) throws IOException {
    ModelFile.write(fitted, path);
  }

  /// Predictions, in the targets' units.
  ///
  /// @param x `[rows, …]` as the architecture takes inputs, of either precision
  /// @return `[rows, outputs]`, in new memory and in double whatever the model's precision, as targets may lie far from
  ///     0
  /// @throws IllegalArgumentException if the shape does not fit, or a value is NaN or infinite, also once it is
  ///     standardized or in the network's outputs, named by row and column
  public Tensor predict(Tensor x) {
    return predict(x, new Workspace());
  }

  /// Predictions, computed in `ws`, which may have several threads.
  ///
  /// @return `[rows, outputs]`, in double and memory of its own
  /// @throws IllegalArgumentException if the shape does not fit, or a value is NaN or infinite, also once it is
  ///     standardized or in the network's outputs, named by row and column
  public Tensor predict(Tensor x, Workspace ws) {
    Tensor outputs = inference.outputs(x, this, ws);
    Tensor predictions = fitted.targets().map(standardizer -> standardizer.invert(outputs, Precision.DOUBLE))
        .orElseGet(() -> outputs.to(Precision.DOUBLE));
    predictions.requireFinite(this, "the prediction for x");
    return predictions;
  }

  /// Judges the predictions for `x`.
  ///
  /// @param y what was to be predicted, `[rows, outputs]`, of either precision
  /// @throws IllegalArgumentException if shapes do not fit, there is no row, or a value is NaN or infinite
  public Evaluation.Regression evaluate(Tensor x, Tensor y) {
    Doors.requireMatrix(y, fitted.architecture().outputs(), this, "y");
    return Evaluation.regression(predict(x), y);
  }

  /// What the network looks like.
  public Architecture architecture() {
    return fitted.architecture();
  }

  /// The network from inputs as they are to outputs in the targets' units. Where the model standardizes, its first
  /// layer and its last are each a [dev.lanewise.nn.Standardization]; the others are those of [Architecture#network()].
  /// It takes and gives the model's precision: rounding to it loses what [#predict], which standardizes and goes back
  /// in double, does not. Derivatives are those of the model, as a mean has no part in them.
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

  /// What targets were standardized with, if they were.
  public Optional<Standardizer> targets() {
    return fitted.targets();
  }

  /// For example `Regressor[regression 10-100-100-1, RELU]`.
  @Override
  public String toString() {
    return "Regressor[" + fitted.architecture() + "]";
  }
}
