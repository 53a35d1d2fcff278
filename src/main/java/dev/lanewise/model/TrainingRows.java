package dev.lanewise.model;

import dev.lanewise.Tensor;
import dev.lanewise.train.data.Dataset;
import dev.lanewise.train.data.Standardizer;
import dev.lanewise.train.validation.Fold;
import dev.lanewise.train.validation.HoldOut;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/// The rows of a data set as a network trains on them: checked, divided, standardized by the training rows alone, and in the
/// network's precision.
///
/// @param training what is trained on
/// @param validation what is watched, if anything
/// @param inputs of the inputs, if they are standardized
/// @param targets of the targets, if they are standardized
/// @param checksum of all values as they were given
record TrainingRows(
    Dataset training, Optional<Dataset> validation, Optional<Standardizer> inputs, Optional<Standardizer> targets, String checksum) {

  static TrainingRows regression(Recipe<?> recipe, Tensor given, Tensor y) {
    Tensor x = Doors.inputs(recipe.architecture(), given, recipe, "x");
    Doors.requireMatrix(y, recipe.architecture().outputs(), recipe, "y");
    int rows = requireRows(recipe, x, y.shape().dim(0), "targets");
    CRC32C checksum = new CRC32C();
    add(x, checksum);
    add(y, checksum);
    Optional<Fold> fold = recipe.validation() == 0 ? Optional.empty() : Optional.of(heldOut(recipe).fold(rows));
    Optional<Standardizer> inputs = inputs(recipe, fold.map(f -> f.training(x)).orElse(x));
    Optional<Standardizer> targets = targets(recipe, fold.map(f -> f.training(y)).orElse(y));
    // Of all rows, before they are divided, so that a refusal names them as they were given.
    Tensor preparedX = Doors.prepared(x, inputs, recipe.precision(), recipe, "x");
    Tensor preparedY = Doors.prepared(y, targets, recipe.precision(), recipe, "y");
    return new TrainingRows(
        new Dataset(fold.map(f -> f.training(preparedX)).orElse(preparedX),
            fold.map(f -> f.training(preparedY)).orElse(preparedY)),
        fold.map(f -> new Dataset(f.heldOut(preparedX), f.heldOut(preparedY))),
        inputs, targets, Long.toHexString(checksum.getValue()));
  }

  static TrainingRows classification(Recipe<?> recipe, Tensor given, int[] labels) {
    Tensor x = Doors.inputs(recipe.architecture(), given, recipe, "x");
    requireRows(recipe, x, labels.length, "labels");
    Labels.require(labels, recipe.architecture().outputs(), recipe);
    CRC32C checksum = new CRC32C();
    add(x, checksum);
    for (int label : labels) {
      add(label, checksum);
    }
    Optional<Fold> fold = recipe.validation() == 0 ? Optional.empty() : Optional.of(heldOut(recipe).stratified(labels));
    Optional<Standardizer> inputs = inputs(recipe, fold.map(f -> f.training(x)).orElse(x));
    Tensor prepared = Doors.prepared(x, inputs, recipe.precision(), recipe, "x");
    Tensor targets = Labels.targets(labels, recipe.precision());
    return new TrainingRows(
        new Dataset(fold.map(f -> f.training(prepared)).orElse(prepared),
            fold.map(f -> f.training(targets)).orElse(targets)),
        fold.map(f -> new Dataset(f.heldOut(prepared), f.heldOut(targets))),
        inputs, Optional.empty(), Long.toHexString(checksum.getValue()));
  }

  private static int requireRows(Recipe<?> recipe, Tensor x, int found, String name) {
    int rows = x.shape().dim(0);
    if (found != rows) {
      throw new IllegalArgumentException(recipe + ": " + found + " rows of " + name + ", expected " + rows + " as x has");
    }
    if (rows < 2) {
      throw new IllegalArgumentException(recipe + ": x has " + rows + " rows, expected at least 2");
    }
    return rows;
  }

  private static HoldOut heldOut(Recipe<?> recipe) {
    return new HoldOut(recipe.validation(), recipe.training().seed());
  }

  private static Optional<Standardizer> inputs(Recipe<?> recipe, Tensor rows) {
    return recipe.standardized() ? Optional.of(Doors.standardizer(recipe.architecture(), rows)) : Optional.empty();
  }

  private static Optional<Standardizer> targets(Recipe<?> recipe, Tensor rows) {
    return recipe.standardized() ? Optional.of(Standardizer.fit(rows)) : Optional.empty();
  }

  private static void add(Tensor values, CRC32C checksum) {
    for (int position = 0; position < values.size(); position++) {
      add(Double.doubleToRawLongBits(values.get(position)), checksum);
    }
  }

  private static void add(long bits, CRC32C checksum) {
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      checksum.update((int) (bits >>> shift) & 0xff);
    }
  }
}
