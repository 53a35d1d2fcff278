package dev.lanewise.model;

import dev.lanewise.Precision;
import dev.lanewise.RowOps;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.model.Architecture.Task;
import dev.lanewise.model.table.Sequences;
import dev.lanewise.train.TrainerOptions;
import dev.lanewise.train.data.Imputation;
import dev.lanewise.train.data.Imputer;
import dev.lanewise.train.data.Standardizer;
import dev.lanewise.train.loss.Loss;
import dev.lanewise.train.optimizer.Schedule;
import java.util.Objects;
import java.util.Optional;

/// Checks of recipes and data, and the shapes that each architecture takes.
final class Doors {

  private Doors() {}

  static void requireRecipe(String name, Loss loss, double validation, Precision precision, TrainerOptions training) {
    Objects.requireNonNull(loss, "loss");
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(training, "training");
    if (!(validation >= 0 && validation <= 0.5)) {
      throw new IllegalArgumentException(name + ": share of validation is " + validation + ", expected 0 to 0.5");
    }
  }

  /// This many epochs, over which the rate falls from `rate` along half a cosine.
  static TrainerOptions fading(TrainerOptions training, double rate, int epochs) {
    return training.withEpochs(epochs).withRatePerEpoch(Schedule.cosine(rate, 0, epochs + 1L, 0));
  }

  /// Checks that a recipe's task is that of the given data.
  static void requireTask(Recipe<?> recipe, Task given, String targets, String expected) {
    if (recipe.architecture().task() != given) {
      throw new IllegalArgumentException(recipe + ": targets are " + targets + ", expected " + expected);
    }
  }

  /// Checks that these are rows of `columns` finite numbers.
  static void requireMatrix(Tensor rows, int columns, Object owner, String name) {
    RowOps.requireRows(rows, columns, owner, name);
    rows.requireFinite(owner, name);
  }

  /// Inputs as the architecture's network takes them: in its shape, missing values filled in, finite. Copied only to
  /// fill in values.
  static Tensor inputs(
      Architecture architecture, Optional<Imputer> imputer, Names names, Tensor x, Object owner, String name) {
    Tensor given = shaped(architecture, x, owner, name);
    Tensor inputs = imputer.map(each -> each.apply(given)).orElse(given);
    if (!names.features().isEmpty() && !RowOps.isFinite(inputs)) {
      throw notFinite(architecture, names, inputs, owner, name);
    }
    inputs.requireFinite(owner, name);
    requireLengths(architecture, inputs, owner, name);
    return inputs;
  }

  private static IllegalArgumentException notFinite(
      Architecture architecture, Names names, Tensor x, Object owner, String name) {
    int position = 0;
    while (Double.isFinite(x.get(position))) {
      position++;
    }
    Shape sample = x.shape().withoutFirst();
    int column = position % sample.size();
    return new IllegalArgumentException(owner + ": " + name + " has " + x.get(position) + " at row "
        + position / sample.size() + ", column " + column + " (" + names.ofSample(architecture, sample).get(column)
        + "), expected a finite number");
  }

  private static void requireLengths(Architecture architecture, Tensor inputs, Object owner, String name) {
    if (architecture instanceof SequenceArchitecture sequence && sequence.hasLengths()) {
      Sequences.requireLengths(inputs, sequence.longest(), owner, name);
    }
  }

  /// Checks that the data for an imputer have finite or missing numbers, and valid lengths.
  static void requireImputable(Architecture architecture, Tensor x, Object owner, String name) {
    for (int position = 0; position < x.size(); position++) {
      if (Double.isInfinite(x.get(position))) {
        int columns = x.shape().withoutFirst().size();
        throw new IllegalArgumentException(owner + ": " + name + " has " + x.get(position) + " at row "
            + position / columns + ", column " + position % columns + ", expected a finite number or NaN");
      }
    }
    requireLengths(architecture, x, owner, name);
  }

  /// Inputs in the shape that the architecture's network takes; not copied.
  static Tensor shaped(Architecture architecture, Tensor x, Object owner, String name) {
    Shape shape = x.shape();
    if (architecture instanceof CnnArchitecture cnn && !x.isNone() && shape.rank() == 2
        && shape.dim(1) == cnn.features()) {
      return x.reshape(shape.dim(0), cnn.channels(), cnn.height(), cnn.width());
    }
    if (x.isNone() || !takes(architecture, shape)) {
      throw new IllegalArgumentException(owner + ": " + name + " has shape " + shape + ", expected "
          + expected(architecture));
    }
    return x;
  }

  static boolean takes(Architecture architecture, Shape shape) {
    return switch (architecture) {
      case MlpArchitecture mlp -> shape.rank() == 2 && shape.dim(1) == mlp.features();
      case CnnArchitecture cnn -> shape.rank() == 4 && shape.is(shape.dim(0), cnn.image());
      case SequenceArchitecture sequence when sequence.hasLengths() ->
          shape.rank() == 2 && shape.dim(1) == sequence.rowLength();
      case SequenceArchitecture sequence ->
          shape.rank() == 3 && shape.last() == sequence.features() && shape.dim(1) > 0;
    };
  }

  static String expected(Architecture architecture) {
    int features = architecture.features();
    return switch (architecture) {
      case MlpArchitecture _ -> "[rows, " + features + "]";
      case CnnArchitecture cnn ->
          "[rows, " + cnn.channels() + ", " + cnn.height() + ", " + cnn.width() + "] or [rows, " + features + "]";
      case SequenceArchitecture sequence when sequence.hasLengths() ->
          "[rows, " + sequence.rowLength() + "], " + sequence.longest() + " steps of " + features + " and a length";
      case SequenceArchitecture _ -> "[rows, time, " + features + "] of at least 1 step";
    };
  }

  /// The columns of a standardizer of inputs: channels of images, the numbers of a row of sequences with lengths,
  /// otherwise features.
  static int columns(Architecture architecture) {
    return switch (architecture) {
      case CnnArchitecture cnn -> cnn.channels();
      case SequenceArchitecture sequence when sequence.hasLengths() -> sequence.rowLength();
      default -> architecture.features();
    };
  }

  static Standardizer standardizer(Architecture architecture, Tensor inputs) {
    return switch (architecture) {
      case CnnArchitecture _ -> Standardizer.fitChannels(inputs);
      case SequenceArchitecture sequence when sequence.hasLengths() ->
          Sequences.standardizer(inputs, sequence.features());
      default -> Standardizer.fit(inputs);
    };
  }

  static Imputer imputer(Architecture architecture, Imputation imputation, Tensor inputs) {
    return switch (architecture) {
      case CnnArchitecture _ -> Imputer.fitChannels(imputation, inputs);
      case SequenceArchitecture sequence when sequence.hasLengths() ->
          Sequences.imputer(imputation, inputs, sequence.features());
      default -> Imputer.fit(imputation, inputs);
    };
  }

  /// Finite numbers as a network takes them: standardized if asked for, and rounded once to its precision.
  static Tensor prepared(
      Tensor rows, Optional<Standardizer> standardizer, Precision precision, Object owner, String name) {
    if (standardizer.isPresent()) {
      return standardizer.get().apply(rows, precision, owner, name);
    }
    return RowOps.rounded(rows, precision, owner, name);
  }
}
