package dev.lanewise.model;

import dev.lanewise.Parameters;
import dev.lanewise.RowOps;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.model.evaluation.Evaluation;
import dev.lanewise.model.explanation.PermutationImportance;
import dev.lanewise.model.explanation.PreparedModelJacobian;
import dev.lanewise.model.explanation.Sensitivity;
import dev.lanewise.model.table.Labels;
import dev.lanewise.train.data.Imputer;
import dev.lanewise.train.data.Standardizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/// A trained model that predicts classes: [Mlp#classification], [Cnn#classification] or [Sequence#classification] makes
/// it.
///
/// Immutable, and safe to share between threads.
public final class Classifier extends FittedModel {

  /// What a derivative is taken of.
  public enum Output {
    /// The network's outputs, whose softmax are the probabilities: what [#logits] gives.
    LOGITS,
    /// The probabilities of the classes: what [#predictProbabilities] gives.
    PROBABILITIES
  }

  Classifier(FittedNetwork fitted) {
    super(fitted);
  }

  /// {@return a model with parameters trained elsewhere, say by a [dev.lanewise.train.Trainer] on the architecture's
  /// network: without standardization, names, or missing values, which [#withInputs], [#withNames]
  /// and [#withImputer] add}
  ///
  /// @param theta of [Architecture#network()]; copied
  /// @throws IllegalArgumentException if the architecture is no classification, θ is not its network's, or a parameter
  ///     is not finite
  public static Classifier of(Architecture architecture, Parameters theta) {
    return new Classifier(FittedNetwork.of(architecture, theta, Architecture.Task.CLASSIFICATION, "Classifier"));
  }

  /// {@return this model, whose inputs are standardized before its network takes them}
  ///
  /// @throws IllegalArgumentException if the standardizer has other columns than the inputs; of images, channels
  public Classifier withInputs(Standardizer standardizer) {
    return new Classifier(fitted.withInputs(standardizer, this));
  }

  /// {@return this model, whose inputs may have missing values, NaN}
  ///
  /// @throws IllegalArgumentException if the imputer has other columns than the inputs; of images, channels
  public Classifier withImputer(Imputer imputer) {
    return new Classifier(fitted.withImputer(imputer, this));
  }

  /// {@return this model with names; those of the outputs are the classes'}
  ///
  /// @throws IllegalArgumentException if there are more or fewer than features or classes
  public Classifier withNames(Names names) {
    return new Classifier(fitted.withNames(names, this));
  }

  /// Reads a model that [#save] wrote.
  ///
  /// @return the model
  /// @throws dev.lanewise.io.MalformedSafetensorsException if the file is damaged, such as truncated
  /// @throws MalformedModelException if it is intact, but not such a model
  /// @throws IOException if it cannot be read
  public static Classifier load(Path path) throws IOException {
    return new Classifier(ModelFile.read(path, Architecture.Task.CLASSIFICATION));
  }

  /// {@return the most probable class of each row; ties go to the lowest class}
  ///
  /// @param x `[rows, …]` as the architecture takes inputs, of either precision
  /// @throws IllegalArgumentException if the shape does not fit, or a value is NaN or infinite, also once it is
  ///     standardized or in the network's outputs, named by row and column
  public int[] predict(Tensor x) {
    return Labels.ofLargest(logits(x, new Workspace()), this, "logits");
  }

  /// The probability of each class: the softmax of the logits, the slides' equation [47].
  ///
  /// [47]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-47
  ///
  /// @param x `[rows, …]` as the architecture takes inputs, of either precision
  /// @return `[rows, classes]`, in the model's precision and new memory
  /// @throws IllegalArgumentException as [#predict] says
  public Tensor predictProbabilities(Tensor x) {
    Tensor logits = logits(x, new Workspace());
    RowOps.softmax(logits, logits);
    return logits;
  }

  /// The network's outputs, whose softmax gives the probabilities, computed in `ws`, which may have several threads.
  ///
  /// @return `[rows, classes]`, in the model's precision and new memory
  /// @throws IllegalArgumentException as [#predict] says
  public Tensor logits(Tensor x, Workspace ws) {
    Tensor logits = inference.outputs(x, this, ws);
    logits.requireFinite(this, "the logits of x");
    return logits;
  }

  /// Evaluates the predictions for `x`.
  ///
  /// @param labels the class of each row
  /// @return how good they are
  /// @throws IllegalArgumentException if shapes do not fit, there is no row, a value is NaN or infinite, as [#predict]
  ///     says, or a label is none of the classes
  public Evaluation.Classification evaluate(Tensor x, int[] labels) {
    return Evaluation.classification(logits(x, new Workspace()), labels, fitted.names().outputs());
  }

  /// The derivatives of logits or probabilities by the raw inputs, for each row. By a missing value they are the
  /// derivatives at the value that replaces it. In a loop use [#prepareJacobian].
  ///
  /// @param x `[rows, …]` as the architecture takes inputs, of either precision
  /// @return `[rows, M, D]`, M classes by the D numbers of a row, in new memory and in double
  /// @throws IllegalArgumentException as [#predict] says, or for more numbers than an array holds
  public Tensor jacobian(Tensor x, Output of) {
    return explaining(of).jacobian(x);
  }

  /// {@return [#jacobian] for inputs of one shape, planned once: for loops}
  ///
  /// @param input `[rows, …]` as the architecture takes inputs, of images `[rows, channels, height, width]`
  /// @throws IllegalArgumentException if the shape does not fit, there is no row, or there are more numbers than an
  ///     array holds
  public PreparedModelJacobian prepareJacobian(Shape input, Output of) {
    return explaining(of).prepare(input);
  }

  /// {@return how strongly logits or probabilities depend on each number of a row: the mean |∂y/∂x| over these rows,
  /// times the feature's standard deviation in them}
  ///
  /// @throws IllegalArgumentException as [#predict] says, or for fewer than 2 rows
  public Sensitivity sensitivity(Tensor x, Output of) {
    return explaining(of).sensitivity(x);
  }

  /// {@return how much the log-loss rises once a feature is shuffled between the rows}
  ///
  /// @param labels the class of each row
  /// @param repeats how often each feature is shuffled
  /// @param seed of the shuffles
  /// @throws IllegalArgumentException as [#evaluate] says, for fewer than 2 rows, or no repeat
  public PermutationImportance permutationImportance(Tensor x, int[] labels, int repeats, long seed) {
    return permutationImportance(x, labels, repeats, seed, Evaluation.Classification::logLoss);
  }

  /// {@return how much another loss rises once a feature is shuffled: `judged -> -judged.accuracy()` for the
  /// fall of the accuracy}
  ///
  /// @param labels the class of each row
  /// @param repeats how often each feature is shuffled
  /// @param seed of the shuffles
  /// @param loss less is better
  /// @throws IllegalArgumentException as [#evaluate] says, for fewer than 2 rows, or no repeat
  public PermutationImportance permutationImportance(
      Tensor x, int[] labels, int repeats, long seed, ToDoubleFunction<Evaluation.Classification> loss) {
    return explaining(Output.LOGITS)
        .permutationImportance(x, repeats, seed, shuffled -> loss.applyAsDouble(evaluate(shuffled, labels)));
  }

  private Explaining explaining(Output of) {
    return new Explaining(inference, Objects.requireNonNull(of, "of") == Output.PROBABILITIES, this);
  }

  /// For example `Classifier[classification 64-100-100-10, RELU]`.
  @Override
  public String toString() {
    return "Classifier[" + fitted.architecture() + "]";
  }
}
