package dev.lanewise.model;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.model.Architecture.Task;
import dev.lanewise.train.Regularization;
import dev.lanewise.train.TrainerOptions;
import dev.lanewise.train.loss.Loss;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.UnaryOperator;

/// How to make a model from data: the architecture of a network, and how it is trained. Each recipe has its own
/// defaults.
///
/// The same recipe, data and seed give the same model, to the bit. Immutable, and safe to share between threads.
///
/// @param <R> the recipe itself
public sealed interface Recipe<R extends Recipe<R>> permits Mlp, Cnn, Sequence {

  /// {@return the network's architecture}
  Architecture architecture();

  /// {@return what training minimizes}
  Loss loss();

  /// {@return whether inputs, and targets of a regression, are standardized}
  boolean standardized();

  /// {@return the share of the rows held out to watch the loss on, at most ½; 0 for none}
  double validation();

  /// {@return the precision of all computation}
  Precision precision();

  /// {@return how parameters are moved}
  TrainerOptions training();

  /// {@return a recipe of the same network, trained differently}
  ///
  /// @throws IllegalArgumentException if the share held out is not in 0 to ½
  R with(Loss loss, boolean standardized, double validation, Precision precision, TrainerOptions training);

  /// {@return this recipe with another loss: [Loss#meanAbsoluteError()] or [Loss#huber] for targets with outliers}
  /// It applies to standardized targets where they are standardized: Huber's δ then counts standard deviations.
  default R withLoss(Loss other) {
    return with(other, standardized(), validation(), precision(), training());
  }

  /// {@return this recipe without standardization of inputs and targets}
  default R withoutStandardization() {
    return with(loss(), false, validation(), precision(), training());
  }

  /// {@return this recipe with this share of the rows held out at random, and of each class, to within one row; a class
  /// of one row is trained on} The listener and early stopping get the loss on them.
  ///
  /// @throws IllegalArgumentException if it is not in 0 to ½
  default R withValidation(double share) {
    return with(loss(), standardized(), share, precision(), training());
  }

  /// {@return this recipe computed in another precision}
  default R withPrecision(Precision other) {
    return with(loss(), standardized(), validation(), other, training());
  }

  /// {@return this recipe with the training changed: `recipe.withTraining(training -> training.withRate(0.01))`}
  default R withTraining(UnaryOperator<TrainerOptions> change) {
    return with(loss(), standardized(), validation(), precision(), change.apply(training()));
  }

  /// {@return this recipe with at most this many passes through the rows, over which a falling rate is spread}
  ///
  /// @throws IllegalArgumentException if there is none
  default R withEpochs(int epochs) {
    return withTraining(options -> options.withEpochs(epochs));
  }

  /// {@return this recipe with another λ of weight decay, and no other penalty} Slides, equation [46].
  ///
  /// [46]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-46
  ///
  /// @throws IllegalArgumentException if it is negative or no number
  default R withWeightDecay(double lambda) {
    return withTraining(options -> options.withRegularization(Regularization.l2(lambda)));
  }

  /// {@return this recipe with another seed of initial values, validation rows, batches and dropout}
  default R withSeed(long seed) {
    return withTraining(options -> options.withSeed(seed));
  }

  /// Trains a regression.
  ///
  /// @param x `[rows, …]` as the architecture takes inputs, of either precision
  /// @param y `[rows, outputs]`, of either precision
  /// @return the trained model
  /// @throws IllegalArgumentException if this is no regression, shapes do not fit, a value is NaN or infinite (named by
  ///     row and column), or there are fewer than 2 rows to train on
  /// @throws DivergedFitException if the loss does not stay finite, with the model fitted until then
  /// @throws InterruptedFitException if the thread is interrupted, with the model fitted until then
  default Regressor fit(Tensor x, Tensor y) {
    try {
      return fit(x, y, FitOptions.none());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Trains a regression with [FitOptions]. It throws what [#fit(Tensor, Tensor)] throws.
  ///
  /// @return the trained model
  /// @throws IllegalArgumentException as [#fit(Tensor, Tensor)], or if weights or names do not match rows, classes or
  ///     features, or all weights of the rows to train on or held out are 0
  /// @throws IOException if a checkpoint cannot be read or written, or is of another training
  default Regressor fit(Tensor x, Tensor y, FitOptions options) throws IOException {
    Doors.requireTask(this, Task.REGRESSION, "numbers", "labels");
    return new Regressor(TrainingRows.regression(this, x, y, options).fit(this, options));
  }

  /// Trains a classification.
  ///
  /// @param x `[rows, …]` as the architecture takes inputs, of either precision
  /// @param labels the class of each row, 0 to classes − 1
  /// @return the trained model
  /// @throws IllegalArgumentException if this is no classification, shapes do not fit, a value is NaN or infinite or a
  ///     label none of the classes (named by row and column), or there are fewer than 2 rows to train on
  /// @throws DivergedFitException if the loss does not stay finite, with the model fitted until then
  /// @throws InterruptedFitException if the thread is interrupted, with the model fitted until then
  default Classifier fit(Tensor x, int[] labels) {
    try {
      return fit(x, labels, FitOptions.none());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Trains a classification with [FitOptions]. It throws what `fit(Tensor, int[])` throws.
  ///
  /// @return the trained model
  /// @throws IllegalArgumentException as [#fit(Tensor, int[])], or if weights or names do not match rows, classes or
  ///     features, or all weights of the rows to train on or held out are 0
  /// @throws IOException if a checkpoint cannot be read or written, or is of another training
  default Classifier fit(Tensor x, int[] labels, FitOptions options) throws IOException {
    Doors.requireTask(this, Task.CLASSIFICATION, "labels", "numbers");
    return new Classifier(TrainingRows.classification(this, x, labels, options).fit(this, options));
  }
}
