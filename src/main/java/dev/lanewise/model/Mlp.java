package dev.lanewise.model;

import dev.lanewise.Activation;
import dev.lanewise.Precision;
import dev.lanewise.model.Architecture.Task;
import dev.lanewise.train.Regularization;
import dev.lanewise.train.TrainerOptions;
import dev.lanewise.train.loss.Loss;
import java.util.List;
import java.util.Objects;

/// A recipe for a multilayer perceptron: its architecture, and how it is trained.
///
/// ```java
/// Classifier digits = Mlp.classification(64, 10).fit(pixels, labels);
/// int[] guesses = digits.predict(others);
/// ```
///
/// | what              | default                                           | slides' table                      |
/// |-------------------|---------------------------------------------------|------------------------------------|
/// | hidden layers     | 2 of 100 units                                    | 1 to 5 of 10 to 100                |
/// | hidden activation | ReLU                                              | ReLU                               |
/// | output            | none, or softmax                                  | none, or softmax                   |
/// | loss              | mean squared error, or cross-entropy              | MSE or MAE/Huber, or cross-entropy |
/// | inputs            | standardized by the training rows                 | "recommended"                      |
/// | targets           | standardized; predictions in their units, in double |                                  |
/// | initial values    | He's, biases 0                                    | small random values                |
/// | update            | Adam at a rate of 0.001, batches of 32, 50 epochs | mini-batches of 16 or 32           |
/// | weight decay      | λ = 0.001, biases exempt                          | equation 46                        |
/// | precision         | float                                             |                                    |
///
/// The same recipe, data and seed give the same model, to the bit. Immutable, and safe to share between threads.
///
/// @param architecture the network
/// @param loss what training minimizes
/// @param standardized whether inputs, and targets of a regression, are standardized
/// @param validation the share of the rows held out to watch the loss on, at most ½; 0 for none
/// @param precision of all computation
/// @param training how parameters are moved
public record Mlp(MlpArchitecture architecture, Loss loss, boolean standardized, double validation, Precision precision,
    TrainerOptions training)
    implements Recipe<Mlp> {

  private static final double DECAY = 1e-3;
  private static final int EPOCHS = 50;

  /// @throws IllegalArgumentException if the share held out is not in 0 to ½
  public Mlp {
    Objects.requireNonNull(architecture, "architecture");
    Doors.requireRecipe("Mlp", loss, validation, precision, training);
  }

  /// {@return a recipe for numbers from numbers}
  ///
  /// @param features the columns of the inputs
  /// @param outputs the columns of the targets
  /// @throws IllegalArgumentException if either is below 1
  public static Mlp regression(int features, int outputs) {
    return of(Task.REGRESSION, features, outputs, Loss.meanSquaredError());
  }

  /// {@return a recipe for one of several classes from numbers}
  ///
  /// @param features the columns of the inputs
  /// @param classes the labels are 0 to classes − 1
  /// @throws IllegalArgumentException for fewer than 1 feature or 2 classes
  public static Mlp classification(int features, int classes) {
    return of(Task.CLASSIFICATION, features, classes, Loss.softmaxCrossEntropy());
  }

  private static Mlp of(Task task, int features, int outputs, Loss loss) {
    MlpArchitecture architecture = new MlpArchitecture(task, List.of(features, 100, 100, outputs), Activation.RELU, 0);
    return new Mlp(architecture, loss, true, 0, Precision.FLOAT,
        TrainerOptions.defaults().withEpochs(EPOCHS).withRegularization(Regularization.l2(DECAY)));
  }

  /// {@return this recipe with hidden layers of these units; none for a linear model}
  public Mlp withHidden(int... units) {
    return with(architecture.withHidden(units));
  }

  /// {@return this recipe with another activation of the hidden layers}
  public Mlp withActivation(Activation activation) {
    return with(new MlpArchitecture(architecture.task(), architecture.widths(), activation, architecture.dropout()));
  }

  /// {@return this recipe with hidden units dropped at random in training}
  ///
  /// @throws IllegalArgumentException if the rate is not in 0 ≤ rate < 1
  public Mlp withDropout(double rate) {
    return with(new MlpArchitecture(architecture.task(), architecture.widths(), architecture.activation(), rate));
  }

  private Mlp with(MlpArchitecture other) {
    return new Mlp(other, loss, standardized, validation, precision, training);
  }

  @Override
  public Mlp with(Loss loss, boolean standardized, double validation, Precision precision, TrainerOptions training) {
    return new Mlp(architecture, loss, standardized, validation, precision, training);
  }

  /// For example `Mlp[classification 64-100-100-10, RELU]`.
  @Override
  public String toString() {
    return "Mlp[" + architecture + "]";
  }
}
