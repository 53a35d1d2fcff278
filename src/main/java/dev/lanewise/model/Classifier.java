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
import dev.lanewise.nn.Sequential;
import dev.lanewise.train.data.Imputer;
import dev.lanewise.train.data.Standardizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// A trained model that predicts classes: [Mlp#classification], [Cnn#classification] or [Sequence#classification] makes
/// it.
///
/// Immutable, and safe to share between threads.
public final class Classifier {

  /// What a derivative is taken of.
  public enum Output {
    /// The network's outputs, whose softmax are the probabilities: what [#logits] gives.
    LOGITS,
    /// The probabilities of the classes: what [#predictProbabilities] gives.
    PROBABILITIES
  }

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

  /// {@return a model with parameters that were trained elsewhere, as by a [dev.lanewise.train.Trainer] of one's own on
  /// the architecture's network: without standardization, names, or missing values, which [#withInputs], [#withNames]
  /// and [#withImputer] add}
  ///
  /// @param theta of [Architecture#network()]; copied
  /// @throws IllegalArgumentException if the architecture is no classification, θ is not its network's, or a parameter
  ///     is not finite
  public static Classifier of(Architecture architecture, Parameters theta) {
    return new Classifier(FittedNetwork.of(architecture, theta, Architecture.Task.CLASSIFICATION, "Classifier"));
  }

  /// {@return the same model, whose inputs are standardized before its network takes them}
  ///
  /// @throws IllegalArgumentException if the standardizer has other columns than the inputs; of images, channels
  public Classifier withInputs(Standardizer standardizer) {
    return new Classifier(fitted.withInputs(standardizer, this));
  }

  /// {@return the same model, whose inputs may have missing values, NaN}
  ///
  /// @throws IllegalArgumentException if the imputer has other columns than the inputs; of images, channels
  public Classifier withImputer(Imputer imputer) {
    return new Classifier(fitted.withImputer(imputer, this));
  }

  /// {@return the same model with names; those of the outputs are the classes'}
  ///
  /// @throws IllegalArgumentException if there are more or fewer than features or classes
  public Classifier withNames(Names names) {
    return new Classifier(fitted.withNames(names, this));
  }

  /// Reads a model that [#save] wrote.
  ///
  /// @return the model
  /// @throws dev.lanewise.io.MalformedSafetensorsException if the file is damaged, as by being cut off at any byte
  /// @throws MalformedModelException if it is whole, but not of such a model
  /// @throws IOException if it cannot be read
  public static Classifier load(Path path) throws IOException {
    return new Classifier(ModelFile.read(path, Architecture.Task.CLASSIFICATION));
  }

  /// Writes the model, or replaces one: at `path` there is at any time the whole of what was there before, or of this.
  /// The file is in the safetensors format: parameters as `0.weight`, `0.bias`, …, what inputs were standardized with
  /// as `standardize.mean` and `standardize.sd`, what fills in missing values as `impute.values`, and architecture and
  /// names as its metadata.
  ///
  /// @throws IOException if it cannot be written; `path` is as it was then
  public void save(Path path) throws IOException {
    ModelFile.write(fitted, path);
  }

  /// {@return the most probable class of each row, of equals the first}
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
  /// @return how good they are
  /// @throws IllegalArgumentException if shapes do not fit, there is no row, a value is NaN or infinite, as [#predict]
  ///     says, or a label is none of the classes
  public Evaluation.Classification evaluate(Tensor x, int[] labels) {
    return Evaluation.classification(logits(x, new Workspace()), labels, fitted.names().outputs());
  }

  /// The derivatives of logits or probabilities by the inputs as they are given, of each row. By a value that is
  /// missing, it is what it were if the value put there had been given. In a loop, [#prepareJacobian].
  ///
  /// @param x `[rows, …]` as the architecture takes inputs, of either precision
  /// @return `[rows, M, D]`, M classes by the D numbers of a row, in new memory and in double
  /// @throws IllegalArgumentException if the shape does not fit, or a value is NaN or infinite, also once it is
  ///     standardized, named by row and column, or there are more numbers than an array holds
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
  /// @param x `[rows, …]` as the architecture takes inputs, of either precision
  /// @throws IllegalArgumentException if the shape does not fit, a value is NaN or infinite, also once it is
  ///     standardized, or there are fewer than 2 rows
  public Sensitivity sensitivity(Tensor x, Output of) {
    return explaining(of).sensitivity(x);
  }

  /// {@return how much the log-loss rises once a feature is shuffled between the rows}
  ///
  /// @param labels the class of each row
  /// @param repeats how often each feature is shuffled
  /// @param seed what the shuffles follow from
  /// @throws IllegalArgumentException as [#evaluate] says, for fewer than 2 rows, or no repeat
  public PermutationImportance permutationImportance(Tensor x, int[] labels, int repeats, long seed) {
    return permutationImportance(x, labels, repeats, seed, Evaluation.Classification::logLoss);
  }

  /// {@return how much a loss of one's own rises once a feature is shuffled: `judged -> -judged.accuracy()` for the
  /// fall of the accuracy}
  ///
  /// @param labels the class of each row
  /// @param repeats how often each feature is shuffled
  /// @param seed what the shuffles follow from
  /// @param loss the less, the better
  /// @throws IllegalArgumentException as [#evaluate] says, for fewer than 2 rows, or no repeat
  public PermutationImportance permutationImportance(
      Tensor x, int[] labels, int repeats, long seed, ToDoubleFunction<Evaluation.Classification> loss) {
    return explaining(Output.LOGITS)
        .permutationImportance(x, repeats, seed, shuffled -> loss.applyAsDouble(evaluate(shuffled, labels)));
  }

  private Explaining explaining(Output of) {
    return new Explaining(inference, Objects.requireNonNull(of, "of") == Output.PROBABILITIES, this);
  }

  /// {@return what the network looks like}
  public Architecture architecture() {
    return fitted.architecture();
  }

  /// {@return the network from inputs as they are to logits} Its first layer is a [dev.lanewise.nn.Standardization]
  /// where inputs are standardized, the others are those of [Architecture#network()]. It takes inputs in the model's
  /// precision: rounding them to it loses what [#predict], which standardizes in double, does not.
  public Sequential network() {
    return network;
  }

  /// {@return the parameters of [#network()], under its names: `1.weight` is the first where layer 0 standardizes} The
  /// flat tensor is that of [Architecture#network()] as well. Not to be changed.
  public Parameters parameters() {
    return theta;
  }

  /// {@return what inputs are standardized with, if they are}
  public Optional<Standardizer> inputs() {
    return fitted.inputs();
  }

  /// {@return what fills in missing values of inputs, if they may be missing}
  public Optional<Imputer> imputer() {
    return fitted.imputer();
  }

  /// {@return what features and classes are called}
  public Names names() {
    return fitted.names();
  }

  /// For example `Classifier[classification 64-100-100-10, RELU]`.
  @Override
  public String toString() {
    return "Classifier[" + fitted.architecture() + "]";
  }
}
