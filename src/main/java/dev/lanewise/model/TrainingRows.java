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

  static TrainingRows regression(Mlp mlp, Tensor x, Tensor y) {
    Doors.requireMatrix(x, mlp.architecture().features(), mlp, "x");
    Doors.requireMatrix(y, mlp.architecture().outputs(), mlp, "y");
    int rows = requireRows(mlp, x, y.shape().dim(0), "targets");
    CRC32C checksum = new CRC32C();
    add(x, checksum);
    add(y, checksum);
    Optional<Fold> fold = mlp.validation() == 0 ? Optional.empty() : Optional.of(heldOut(mlp).fold(rows));
    Optional<Standardizer> inputs = standardizer(mlp, fold.map(f -> f.training(x)).orElse(x));
    Optional<Standardizer> targets = standardizer(mlp, fold.map(f -> f.training(y)).orElse(y));
    // Of all rows, before they are divided, so that a refusal names them as they were given.
    Tensor preparedX = Doors.prepared(x, inputs, mlp.precision(), mlp, "x");
    Tensor preparedY = Doors.prepared(y, targets, mlp.precision(), mlp, "y");
    return new TrainingRows(
        new Dataset(fold.map(f -> f.training(preparedX)).orElse(preparedX),
            fold.map(f -> f.training(preparedY)).orElse(preparedY)),
        fold.map(f -> new Dataset(f.heldOut(preparedX), f.heldOut(preparedY))),
        inputs, targets, Long.toHexString(checksum.getValue()));
  }

  static TrainingRows classification(Mlp mlp, Tensor x, int[] labels) {
    Doors.requireMatrix(x, mlp.architecture().features(), mlp, "x");
    requireRows(mlp, x, labels.length, "labels");
    Labels.require(labels, mlp.architecture().outputs(), mlp);
    CRC32C checksum = new CRC32C();
    add(x, checksum);
    for (int label : labels) {
      add(label, checksum);
    }
    Optional<Fold> fold = mlp.validation() == 0 ? Optional.empty() : Optional.of(heldOut(mlp).stratified(labels));
    Optional<Standardizer> inputs = standardizer(mlp, fold.map(f -> f.training(x)).orElse(x));
    Tensor prepared = Doors.prepared(x, inputs, mlp.precision(), mlp, "x");
    Tensor targets = Labels.targets(labels, mlp.precision());
    return new TrainingRows(
        new Dataset(fold.map(f -> f.training(prepared)).orElse(prepared),
            fold.map(f -> f.training(targets)).orElse(targets)),
        fold.map(f -> new Dataset(f.heldOut(prepared), f.heldOut(targets))),
        inputs, Optional.empty(), Long.toHexString(checksum.getValue()));
  }

  private static int requireRows(Mlp mlp, Tensor x, int found, String name) {
    int rows = x.shape().dim(0);
    if (found != rows) {
      throw new IllegalArgumentException(mlp + ": " + found + " rows of " + name + ", expected " + rows + " as x has");
    }
    if (rows < 2) {
      throw new IllegalArgumentException(mlp + ": x has " + rows + " rows, expected at least 2");
    }
    return rows;
  }

  private static HoldOut heldOut(Mlp mlp) {
    return new HoldOut(mlp.validation(), mlp.training().seed());
  }

  private static Optional<Standardizer> standardizer(Mlp mlp, Tensor rows) {
    return mlp.standardized() ? Optional.of(Standardizer.fit(rows)) : Optional.empty();
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
