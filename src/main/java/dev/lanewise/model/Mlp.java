package dev.lanewise.model;

import dev.lanewise.Activation;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.model.Architecture.Task;
import dev.lanewise.train.Regularization;
import dev.lanewise.train.TrainerOptions;
import dev.lanewise.train.loss.Loss;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/// How to make a multilayer perceptron of data: its architecture, and how it is trained.
///
/// ```java
/// Classifier digits = Mlp.classification(64, 10).fit(pixels, labels);
/// int[] guesses = digits.predict(others);
/// ```
///
/// | what                   | default                                                         | slides' table           |
/// |------------------------|-----------------------------------------------------------------|-------------------------|
/// | hidden layers          | 2 of 100 units                                                  | 1 to 5 of 10 to 100     |
/// | hidden activation      | ReLU                                                            | ReLU                    |
/// | output                 | none, or softmax                                                | none, or softmax        |
/// | loss                   | mean squared error, or cross-entropy                            | MSE or MAE/Huber, or cross-entropy |
/// | inputs                 | each standardized by the training rows                          | "recommended"           |
/// | targets of regression  | standardized as well; predictions come back in their units, in double |                         |
/// | initial values         | He's, biases 0                                                  | small random values     |
/// | update                 | Adam at a rate of 0.001, batches of 32, 50 epochs               | mini-batches of 16 or 32 |
/// | weight decay           | λ = 0.001, biases exempt                                        | equation 46             |
/// | precision              | float                                                           |                         |
///
/// The same recipe, data and seed give the same model, to the bit, on one machine. Immutable, and safe to share between threads.
///
/// @param architecture the network
/// @param loss what is made small
/// @param standardized whether inputs, and targets of a regression, are standardized
/// @param validation the share of the rows held out of training to watch the loss on, at most ½; 0 for none
/// @param precision what is computed in
/// @param training how parameters are moved
public record Mlp(
    Architecture architecture, Loss loss, boolean standardized, double validation, Precision precision, TrainerOptions training) {

  private static final double DECAY = 1e-3;
  private static final int EPOCHS = 50;

  /// @throws IllegalArgumentException if the share held out is not in 0 to ½
  public Mlp {
    Objects.requireNonNull(architecture, "architecture");
    Objects.requireNonNull(loss, "loss");
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(training, "training");
    if (!(validation >= 0 && validation <= 0.5)) {
      throw new IllegalArgumentException("Mlp: share of validation is " + validation + ", expected 0 to 0.5");
    }
  }

  /// Numbers from numbers.
  ///
  /// @param features the columns of the inputs
  /// @param outputs the columns of the targets
  /// @throws IllegalArgumentException if either is below 1
  public static Mlp regression(int features, int outputs) {
    return of(Task.REGRESSION, features, outputs, Loss.meanSquaredError());
  }

  /// One of several classes from numbers.
  ///
  /// @param features the columns of the inputs
  /// @param classes the labels are 0 to classes − 1
  /// @throws IllegalArgumentException for fewer than 1 feature or 2 classes
  public static Mlp classification(int features, int classes) {
    return of(Task.CLASSIFICATION, features, classes, Loss.softmaxCrossEntropy());
  }

  private static Mlp of(Task task, int features, int outputs, Loss loss) {
    Architecture architecture = new Architecture(task, List.of(features, 100, 100, outputs), Activation.RELU, 0);
    return new Mlp(architecture, loss, true, 0, Precision.FLOAT,
        TrainerOptions.defaults().withEpochs(EPOCHS).withRegularization(Regularization.l2(DECAY)));
  }

  /// With hidden layers of so many units; none for a linear model.
  public Mlp withHidden(int... units) {
    return with(architecture.withHidden(units));
  }

  /// With another activation of the hidden layers.
  public Mlp withActivation(Activation activation) {
    return with(new Architecture(architecture.task(), architecture.widths(), activation, architecture.dropout()));
  }

  /// With hidden units dropped at random in training.
  ///
  /// @throws IllegalArgumentException if the rate is not in 0 ≤ rate < 1
  public Mlp withDropout(double rate) {
    return with(new Architecture(architecture.task(), architecture.widths(), architecture.activation(), rate));
  }

  private Mlp with(Architecture other) {
    return new Mlp(other, loss, standardized, validation, precision, training);
  }

  /// With another loss: [Loss#meanAbsoluteError()] or [Loss#huber] for targets with outliers. Where targets are standardized, it is
  /// taken of the standardized ones: Huber's δ then counts standard deviations.
  public Mlp withLoss(Loss other) {
    return new Mlp(architecture, other, standardized, validation, precision, training);
  }

  /// With inputs and targets as they are.
  public Mlp withoutStandardization() {
    return new Mlp(architecture, loss, false, validation, precision, training);
  }

  /// With this share of the rows held out of training, at random, and of each class alike, each to within one row; a
  /// class of one row is trained on. The loss on them is what the listener hears of and what early stopping goes by.
  ///
  /// @throws IllegalArgumentException if it is not in 0 to ½
  public Mlp withValidation(double share) {
    return new Mlp(architecture, loss, standardized, share, precision, training);
  }

  /// Computed in another precision.
  public Mlp withPrecision(Precision other) {
    return new Mlp(architecture, loss, standardized, validation, other, training);
  }

  /// With the training changed: `mlp.withTraining(training -> training.withEpochs(20))`.
  public Mlp withTraining(UnaryOperator<TrainerOptions> change) {
    return new Mlp(architecture, loss, standardized, validation, precision, change.apply(training));
  }

  /// With another λ of weight decay, the slides' equation 46, and no other penalty.
  ///
  /// @throws IllegalArgumentException if it is negative or no number
  public Mlp withWeightDecay(double lambda) {
    return withTraining(options -> options.withRegularization(Regularization.l2(lambda)));
  }

  /// With another seed of initial values, validation rows, batches and dropout.
  public Mlp withSeed(long seed) {
    return withTraining(options -> options.withSeed(seed));
  }

  /// Trains a regression.
  ///
  /// @param x `[rows, features]`, of either precision
  /// @param y `[rows, outputs]`, of either precision
  /// @throws IllegalArgumentException if this is no regression, shapes do not fit, a value is NaN or infinite (named by row and
  ///     column), or there are fewer than 2 rows to train on
  /// @throws DivergedFitException if the loss does not stay finite, with the model fitted until then
  public Regressor fit(Tensor x, Tensor y) {
    return unchecked(() -> fit(x, y, FitOptions.none()));
  }

  /// Trains a regression, with a listener or checkpoints: see [FitOptions].
  ///
  /// @throws IllegalArgumentException as [#fit(Tensor, Tensor)]
  /// @throws DivergedFitException if the loss does not stay finite, with the model fitted until then
  /// @throws IOException if a checkpoint cannot be read or written, or is of another training
  public Regressor fit(Tensor x, Tensor y, FitOptions options) throws IOException {
    requireTask(Task.REGRESSION, "numbers");
    return new Regressor(new Fitting(this, TrainingRows.regression(this, x, y)).run(options));
  }

  /// Trains a classification.
  ///
  /// @param x `[rows, features]`, of either precision
  /// @param labels the class of each row, 0 to classes − 1
  /// @throws IllegalArgumentException if this is no classification, shapes do not fit, a value is NaN or infinite or a label none
  ///     of the classes (named by row and column), or there are fewer than 2 rows to train on
  /// @throws DivergedFitException if the loss does not stay finite, with the model fitted until then
  public Classifier fit(Tensor x, int[] labels) {
    return unchecked(() -> fit(x, labels, FitOptions.none()));
  }

  /// Trains a classification, with a listener or checkpoints: see [FitOptions].
  ///
  /// @throws IllegalArgumentException as [#fit(Tensor, int[])]
  /// @throws DivergedFitException if the loss does not stay finite, with the model fitted until then
  /// @throws IOException if a checkpoint cannot be read or written, or is of another training
  public Classifier fit(Tensor x, int[] labels, FitOptions options) throws IOException {
    requireTask(Task.CLASSIFICATION, "labels");
    return new Classifier(new Fitting(this, TrainingRows.classification(this, x, labels)).run(options));
  }

  private void requireTask(Task task, String given) {
    if (architecture.task() != task) {
      throw new IllegalArgumentException(this + ": targets are " + given + ", expected "
          + (task == Task.REGRESSION ? "labels" : "numbers"));
    }
  }

  /// Without checkpoints no file is touched.
  private interface Fit<M> {
    M run() throws IOException;
  }

  private static <M> M unchecked(Fit<M> fit) {
    try {
      return fit.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// For example `Mlp[classification 64-100-100-10, RELU]`.
  @Override
  public String toString() {
    return "Mlp[" + architecture + "]";
  }
}
