package dev.lanewise.model;

import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.model.evaluation.Evaluation;
import dev.lanewise.model.explanation.PermutationImportance;
import dev.lanewise.model.explanation.PreparedModelJacobian;
import dev.lanewise.model.explanation.Sensitivity;
import dev.lanewise.train.data.Imputer;
import dev.lanewise.train.data.Standardizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// A trained model that predicts numbers: [Mlp#regression], [Cnn#regression] or [Sequence#regression] makes it.
///
/// Immutable, and safe to share between threads.
public final class Regressor extends FittedModel {

  Regressor(FittedNetwork fitted) {
    super(fitted);
  }

  /// {@return a model with parameters trained elsewhere, say by a [dev.lanewise.train.Trainer] on the architecture's
  /// network: without standardization, names, or missing values, which [#withInputs],
  /// [#withTargets], [#withNames] and [#withImputer] add}
  ///
  /// @param theta of [Architecture#network()]; copied
  /// @throws IllegalArgumentException if the architecture is no regression, θ is not its network's, or a parameter is
  ///     not finite
  public static Regressor of(Architecture architecture, Parameters theta) {
    return new Regressor(FittedNetwork.of(architecture, theta, Architecture.Task.REGRESSION, "Regressor"));
  }

  /// {@return this model, whose inputs are standardized before its network takes them}
  ///
  /// @throws IllegalArgumentException if the standardizer has other columns than the inputs; of images, channels
  public Regressor withInputs(Standardizer standardizer) {
    return new Regressor(fitted.withInputs(standardizer, this));
  }

  /// {@return this model, whose network's outputs are brought to the units that targets had before they were
  /// standardized}
  ///
  /// @throws IllegalArgumentException if the standardizer has other columns than the outputs
  public Regressor withTargets(Standardizer standardizer) {
    return new Regressor(fitted.withTargets(standardizer, this));
  }

  /// {@return this model, whose inputs may have missing values, NaN}
  ///
  /// @throws IllegalArgumentException if the imputer has other columns than the inputs; of images, channels
  public Regressor withImputer(Imputer imputer) {
    return new Regressor(fitted.withImputer(imputer, this));
  }

  /// {@return this model with names}
  ///
  /// @throws IllegalArgumentException if there are more or fewer than features or outputs
  public Regressor withNames(Names names) {
    return new Regressor(fitted.withNames(names, this));
  }

  /// Reads a model that [#save] wrote.
  ///
  /// @return the model
  /// @throws dev.lanewise.io.MalformedSafetensorsException if the file is damaged, such as truncated
  /// @throws MalformedModelException if it is intact, but not such a model
  /// @throws IOException if it cannot be read
  public static Regressor load(Path path) throws IOException {
    return new Regressor(ModelFile.read(path, Architecture.Task.REGRESSION));
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
  /// @return `[rows, outputs]`, in new memory and in double
  /// @throws IllegalArgumentException as [#predict(Tensor)] says
  public Tensor predict(Tensor x, Workspace ws) {
    Tensor outputs = inference.outputs(x, this, ws);
    Tensor predictions = fitted.targets().map(standardizer -> standardizer.invert(outputs, Precision.DOUBLE))
        .orElseGet(() -> outputs.to(Precision.DOUBLE));
    predictions.requireFinite(this, "the prediction for x");
    return predictions;
  }

  /// Evaluates the predictions for `x`.
  ///
  /// @param y the targets, `[rows, outputs]`, of either precision
  /// @return how good they are
  /// @throws IllegalArgumentException if shapes do not fit, there is no row, or a value is NaN or infinite
  public Evaluation.Regression evaluate(Tensor x, Tensor y) {
    Doors.requireMatrix(y, fitted.architecture().outputs(), this, "y");
    return Evaluation.regression(predict(x), y, fitted.names().outputs());
  }

  /// ∂y/∂x of each row, of the predictions by the raw inputs, in the units of the data. By a missing value it is the
  /// derivative at the value that replaces it. In a loop use [#prepareJacobian].
  ///
  /// @param x `[rows, …]` as the architecture takes inputs, of either precision
  /// @return `[rows, M, D]`, M outputs by the D numbers of a row, in new memory and in double as predictions are
  /// @throws IllegalArgumentException as [#predict(Tensor)] says, or for more numbers than an array holds
  public Tensor jacobian(Tensor x) {
    return explaining().jacobian(x);
  }

  /// {@return [#jacobian] for inputs of one shape, planned once: for loops}
  ///
  /// @param input `[rows, …]` as the architecture takes inputs, of images `[rows, channels, height, width]`
  /// @throws IllegalArgumentException if the shape does not fit, there is no row, or there are more numbers than an
  ///     array holds
  public PreparedModelJacobian prepareJacobian(Shape input) {
    return explaining().prepare(input);
  }

  /// {@return how strongly the predictions depend on each number of a row: the mean |∂y/∂x| over these rows, times the
  /// feature's standard deviation in them}
  ///
  /// @throws IllegalArgumentException as [#predict(Tensor)] says, or for fewer than 2 rows
  public Sensitivity sensitivity(Tensor x) {
    return explaining().sensitivity(x);
  }

  /// {@return how much the mean squared error rises once a feature is shuffled between the rows}
  ///
  /// @param y the targets, `[rows, outputs]`
  /// @param repeats how often each feature is shuffled
  /// @param seed of the shuffles
  /// @throws IllegalArgumentException as [#evaluate] says, for fewer than 2 rows, or no repeat
  public PermutationImportance permutationImportance(Tensor x, Tensor y, int repeats, long seed) {
    return permutationImportance(x, y, repeats, seed, Evaluation.Regression::meanSquaredError);
  }

  /// {@return how much another loss rises once a feature is shuffled: `judged -> -judged.r2()` for the fall of
  /// R²}
  ///
  /// @param y the targets, `[rows, outputs]`
  /// @param repeats how often each feature is shuffled
  /// @param seed of the shuffles
  /// @param loss less is better
  /// @throws IllegalArgumentException as [#evaluate] says, for fewer than 2 rows, or no repeat
  public PermutationImportance permutationImportance(
      Tensor x, Tensor y, int repeats, long seed, ToDoubleFunction<Evaluation.Regression> loss) {
    return explaining().permutationImportance(x, repeats, seed, shuffled -> loss.applyAsDouble(evaluate(shuffled, y)));
  }

  private Explaining explaining() {
    return new Explaining(inference, false, this);
  }

  /// {@return the standardizer of targets, if they were standardized}
  public Optional<Standardizer> targets() {
    return fitted.targets();
  }

  /// For example `Regressor[regression 10-100-100-1, RELU]`.
  @Override
  public String toString() {
    return "Regressor[" + fitted.architecture() + "]";
  }
}
