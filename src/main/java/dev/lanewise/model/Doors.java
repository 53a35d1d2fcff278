package dev.lanewise.model;

import dev.lanewise.Precision;
import dev.lanewise.RowOps;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.model.Architecture.Task;
import dev.lanewise.train.TrainerOptions;
import dev.lanewise.train.data.Standardizer;
import dev.lanewise.train.loss.Loss;
import java.util.Objects;
import java.util.Optional;

/// The door for recipes and data that all of the package share.
final class Doors {

  private Doors() {}

  /// Checks what all recipes have.
  static void requireRecipe(String name, Loss loss, double validation, Precision precision, TrainerOptions training) {
    Objects.requireNonNull(loss, "loss");
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(training, "training");
    if (!(validation >= 0 && validation <= 0.5)) {
      throw new IllegalArgumentException(name + ": share of validation is " + validation + ", expected 0 to 0.5");
    }
  }

  /// Checks that a recipe is for what is given to fit it on.
  static void requireTask(Recipe<?> recipe, Task given, String targets, String expected) {
    if (recipe.architecture().task() != given) {
      throw new IllegalArgumentException(recipe + ": targets are " + targets + ", expected " + expected);
    }
  }

  /// Checks that these are rows of `columns` finite numbers.
  ///
  /// @throws IllegalArgumentException naming both shapes, or row and column of the first number that is not finite
  static void requireMatrix(Tensor rows, int columns, Object owner, String name) {
    RowOps.requireRows(rows, columns, owner, name);
    rows.requireFinite(owner, name);
  }

  /// Inputs in the shape that the architecture's network takes; not copied.
  ///
  /// @throws IllegalArgumentException naming both shapes, or row and column of the first number that is not finite
  static Tensor inputs(Architecture architecture, Tensor x, Object owner, String name) {
    Shape shape = x.shape();
    int features = architecture.features();
    Tensor inputs = switch (architecture) {
      case MlpArchitecture _ when !x.isNone() && shape.rank() == 2 && shape.dim(1) == features -> x;
      case CnnArchitecture cnn when !x.isNone() && shape.rank() == 2 && shape.dim(1) == features ->
          x.reshape(shape.dim(0), cnn.channels(), cnn.height(), cnn.width());
      case CnnArchitecture cnn when shape.rank() == 4 && shape.is(shape.dim(0), cnn.image()) -> x;
      case SequenceArchitecture sequence when sequence.hasLengths() && shape.is(shape.dim(0), sequence.rowLength()) ->
          x;
      case SequenceArchitecture sequence when !sequence.hasLengths() && shape.rank() == 3 && shape.last() == features
          && shape.dim(1) > 0 -> x;
      default -> throw new IllegalArgumentException(owner + ": " + name + " has shape " + shape + ", expected "
          + expected(architecture));
    };
    inputs.requireFinite(owner, name);
    if (architecture instanceof SequenceArchitecture sequence && sequence.hasLengths()) {
      Sequences.requireLengths(inputs, sequence.longest(), owner, name);
    }
    return inputs;
  }

  private static String expected(Architecture architecture) {
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

  /// How many columns a standardizer of inputs has: channels of images, the numbers of a row of sequences with lengths,
  /// else features.
  static int columns(Architecture architecture) {
    return switch (architecture) {
      case CnnArchitecture cnn -> cnn.channels();
      case SequenceArchitecture sequence when sequence.hasLengths() -> sequence.rowLength();
      default -> architecture.features();
    };
  }

  /// A standardizer of inputs, fitted on these.
  static Standardizer standardizer(Architecture architecture, Tensor inputs) {
    return switch (architecture) {
      case CnnArchitecture _ -> Standardizer.fitChannels(inputs);
      case SequenceArchitecture sequence when sequence.hasLengths() ->
          Sequences.standardizer(inputs, sequence.features());
      default -> Standardizer.fit(inputs);
    };
  }

  /// Finite numbers as a network takes them: standardized if they are to be, and rounded once to its precision.
  ///
  /// @throws IllegalArgumentException if one is infinite then, naming the number as it was given with its row and
  ///     column
  static Tensor prepared(
      Tensor rows, Optional<Standardizer> standardizer, Precision precision, Object owner, String name) {
    if (standardizer.isPresent()) {
      return standardizer.get().apply(rows, precision, owner, name);
    }
    return RowOps.rounded(rows, precision, owner, name);
  }
}
