package dev.lanewise.model;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.model.Architecture.Task;
import dev.lanewise.model.SequenceArchitecture.Cell;
import dev.lanewise.model.table.Sequences;
import dev.lanewise.train.TrainerOptions;
import dev.lanewise.train.loss.Loss;
import java.util.List;
import java.util.Objects;

/// A recipe for a recurrent network of sequences: its architecture, and how it is trained.
///
/// ```java
/// Regressor sums = Sequence.regression(2, 1).fit(sequences, targets);
/// Tensor predictions = sums.predict(others);
/// ```
///
/// Sequences are `[rows, time, features]`; a model also takes longer or shorter ones than it was trained on. [#rows]
/// makes one tensor of sequences of different lengths, for a recipe [#withLengths].
///
/// | what         | default                                                                         |
/// |--------------|---------------------------------------------------------------------------------|
/// | network      | one LSTM of 64 units, its last state, a dense layer; forget biases start near 1 |
/// | loss         | mean squared error, or cross-entropy                                            |
/// | inputs       | each feature standardized, over all steps of the training rows                  |
/// | targets      | standardized; predictions in their units, in double                             |
/// | update       | Adam, batches of 32, 20 epochs; the rate falls from 0.003 along half a cosine   |
/// | weight decay | none                                                                            |
/// | precision    | float                                                                           |
///
/// The same recipe, data and seed give the same model, to the bit. Immutable, and safe to share between threads.
///
/// @param architecture the network
/// @param loss what training minimizes
/// @param standardized whether inputs, and targets of a regression, are standardized
/// @param validation the share of the rows held out to watch the loss on, at most ½; 0 for none
/// @param precision of all computation
/// @param training how parameters are moved
public record Sequence(
    SequenceArchitecture architecture, Loss loss, boolean standardized, double validation, Precision precision,
    TrainerOptions training)
    implements Recipe<Sequence> {

  private static final int UNITS = 64;
  private static final double RATE = 3e-3;
  private static final int EPOCHS = 20;

  /// @throws IllegalArgumentException if the share held out is not in 0 to ½
  public Sequence {
    Objects.requireNonNull(architecture, "architecture");
    Doors.requireRecipe("Sequence", loss, validation, precision, training);
  }

  /// {@return a recipe for numbers from sequences}
  ///
  /// @param features the numbers of each step
  /// @param outputs the columns of the targets
  /// @throws IllegalArgumentException if either is below 1
  public static Sequence regression(int features, int outputs) {
    return of(Task.REGRESSION, features, outputs, Loss.meanSquaredError());
  }

  /// {@return a recipe for one of several classes from sequences}
  ///
  /// @param features the numbers of each step
  /// @param classes the labels are 0 to classes − 1
  /// @throws IllegalArgumentException for fewer than 1 feature or 2 classes
  public static Sequence classification(int features, int classes) {
    return of(Task.CLASSIFICATION, features, classes, Loss.softmaxCrossEntropy());
  }

  private static Sequence of(Task task, int features, int outputs, Loss loss) {
    SequenceArchitecture architecture =
        new SequenceArchitecture(task, features, outputs, Cell.LSTM, UNITS, 1, false, 0, 0);
    return new Sequence(architecture, loss, true, 0, Precision.FLOAT, TrainerOptions.defaults()).withEpochs(EPOCHS);
  }

  /// {@return this recipe with another cell}
  public Sequence withCell(Cell cell) {
    SequenceArchitecture a = architecture;
    return with(cell, a.units(), a.layers(), a.bidirectional(), a.longest(), a.dropout());
  }

  /// {@return this recipe with states of `units` units, in each layer and direction}
  ///
  /// @throws IllegalArgumentException for fewer than 1 or more than 2²⁰
  public Sequence withUnits(int units) {
    SequenceArchitecture a = architecture;
    return with(a.cell(), units, a.layers(), a.bidirectional(), a.longest(), a.dropout());
  }

  /// {@return this recipe with `layers` layers, each over the states of the one before}
  ///
  /// @throws IllegalArgumentException for fewer than 1
  public Sequence withLayers(int layers) {
    SequenceArchitecture a = architecture;
    return with(a.cell(), a.units(), layers, a.bidirectional(), a.longest(), a.dropout());
  }

  /// {@return this recipe with layers that go through time in both directions}
  public Sequence withBothDirections() {
    SequenceArchitecture a = architecture;
    return with(a.cell(), a.units(), a.layers(), true, a.longest(), a.dropout());
  }

  /// {@return this recipe with sequences of 1 to `longest` steps, each with its length: `[rows, longest·features + 1]`,
  /// as [#rows] makes them} Numbers beyond a sequence's length are ignored, also for standardization; the last state is
  /// the one at its length.
  ///
  /// @throws IllegalArgumentException for fewer than 1, or more than fit into an array
  public Sequence withLengths(int longest) {
    if (longest < 1) {
      throw new IllegalArgumentException("Sequence: the longest has " + longest + " steps, expected at least 1");
    }
    SequenceArchitecture a = architecture;
    return with(a.cell(), a.units(), a.layers(), a.bidirectional(), longest, a.dropout());
  }

  /// {@return this recipe with units of the last state dropped at this rate in training}
  ///
  /// @throws IllegalArgumentException if the rate is not in 0 ≤ rate < 1
  public Sequence withDropout(double rate) {
    SequenceArchitecture a = architecture;
    return with(a.cell(), a.units(), a.layers(), a.bidirectional(), a.longest(), rate);
  }

  private Sequence with(Cell cell, int units, int layers, boolean bidirectional, int longest, double dropout) {
    SequenceArchitecture a = architecture;
    SequenceArchitecture other = new SequenceArchitecture(
        a.task(), a.features(), a.outputs(), cell, units, layers, bidirectional, longest, dropout);
    return new Sequence(other, loss, standardized, validation, precision, training);
  }

  /// Sequences of different lengths as a recipe [#withLengths] and its model take them: the steps, zeros up to the
  /// longest, the length.
  ///
  /// @param longest the most steps of a sequence
  /// @param sequences `[time, features]` each, with as many features as the first
  /// @return `[sequences, longest·features + 1]`, in the first's precision
  /// @throws IllegalArgumentException if there is none, or one has no step, more than `longest`, or another number of
  ///     features
  public static Tensor rows(int longest, List<Tensor> sequences) {
    return Sequences.rows(longest, sequences);
  }

  @Override
  public Sequence with(Loss loss, boolean standardized, double validation, Precision precision,
      TrainerOptions training) {
    return new Sequence(architecture, loss, standardized, validation, precision, training);
  }

  /// With `epochs` passes through the rows, over which the rate falls from 0.003 along half a cosine.
  ///
  /// @throws IllegalArgumentException if there is none
  @Override
  public Sequence withEpochs(int epochs) {
    return withTraining(training -> Doors.fading(training, RATE, epochs));
  }

  /// For example `Sequence[regression 2-64-1, LSTM of 1 layer]`.
  @Override
  public String toString() {
    return "Sequence[" + architecture + "]";
  }
}
