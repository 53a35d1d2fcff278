package dev.lanewise.model;

import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.model.table.Labels;
import dev.lanewise.nn.Sequential;
import dev.lanewise.train.DivergedException;
import dev.lanewise.train.Progress.Status;
import dev.lanewise.train.Progress;
import dev.lanewise.train.StopHandle;
import dev.lanewise.train.Trainer;
import dev.lanewise.train.data.Dataset;
import dev.lanewise.train.data.Imputer;
import dev.lanewise.train.data.Standardizer;
import dev.lanewise.train.validation.Fold;
import dev.lanewise.train.validation.HoldOut;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;

/// The rows of a data set as a network trains on them: checked, divided, standardized by the training rows alone, and
/// in the network's precision.
///
/// @param training the rows to train on
/// @param validation the rows held out, if any
/// @param inputs the standardizer of inputs, if they are standardized
/// @param targets the standardizer of targets, if they are standardized
/// @param imputer the imputer of inputs, if they may have missing values
/// @param checksum of all values as they were given
record TrainingRows(
    Dataset training, Optional<Dataset> validation, Optional<Standardizer> inputs, Optional<Standardizer> targets,
    Optional<Imputer> imputer, String checksum) {

  static TrainingRows regression(Recipe<?> recipe, Tensor given, Tensor y, FitOptions options) {
    Tensor x = Doors.shaped(recipe.architecture(), given, recipe, "x");
    Doors.requireMatrix(y, recipe.architecture().outputs(), recipe, "y");
    int rows = requireRows(recipe, x, y.shape().dim(0), "targets");
    double[] weights = options.weights().of(rows, recipe);
    Optional<Fold> fold = recipe.validation() == 0 ? Optional.empty() : Optional.of(heldOut(recipe).fold(rows));
    Optional<Standardizer> targets = recipe.standardized()
        ? Optional.of(Standardizer.fit(fold.map(f -> f.training(y)).orElse(y))) : Optional.empty();
    Tensor prepared = Doors.prepared(y, targets, recipe.precision(), recipe, "y");
    return of(recipe, x, prepared, weights, fold, targets, options, checksum(x, y, new int[0], options));
  }

  static TrainingRows classification(Recipe<?> recipe, Tensor given, int[] labels, FitOptions options) {
    Tensor x = Doors.shaped(recipe.architecture(), given, recipe, "x");
    requireRows(recipe, x, labels.length, "labels");
    Labels.require(labels, recipe.architecture().outputs(), recipe);
    double[] weights = options.weights().of(labels, recipe.architecture().outputs(), recipe);
    Optional<Fold> fold = recipe.validation() == 0 ? Optional.empty() : Optional.of(heldOut(recipe).stratified(labels));
    Tensor targets = Labels.targets(labels, recipe.precision());
    return of(recipe, x, targets, weights, fold, Optional.empty(), options,
        checksum(x, Tensor.none(), labels, options));
  }

  /// Checks all rows before dividing them, so that a refusal names a row by its number in the given data.
  private static TrainingRows of(Recipe<?> recipe, Tensor given, Tensor y, double[] weights, Optional<Fold> fold,
      Optional<Standardizer> targets, FitOptions options, String checksum) {
    Architecture architecture = recipe.architecture();
    options.names().requireOf(architecture, recipe);
    Optional<Imputer> imputer = options.imputation().map(imputation -> {
      Doors.requireImputable(architecture, given, recipe, "x");
      return Doors.imputer(architecture, imputation, fold.map(f -> f.training(given)).orElse(given));
    });
    Tensor x = Doors.inputs(architecture, imputer, options.names(), given, recipe, "x");
    Optional<Standardizer> inputs = recipe.standardized()
        ? Optional.of(Doors.standardizer(architecture, fold.map(f -> f.training(x)).orElse(x))) : Optional.empty();
    Tensor prepared = Doors.prepared(x, inputs, recipe.precision(), recipe, "x");
    Precision precision = recipe.precision();
    Dataset training = new Dataset(fold.map(f -> f.training(prepared)).orElse(prepared),
        fold.map(f -> f.training(y)).orElse(y), Weights.normalized(
            weights.length > 0 && fold.isPresent() ? fold.get().training(weights) : weights, precision, recipe,
            "to train on"));
    Optional<Dataset> validation = fold.map(f -> new Dataset(f.heldOut(prepared), f.heldOut(y), Weights.normalized(
        weights.length > 0 ? f.heldOut(weights) : weights, precision, recipe, "held out")));
    return new TrainingRows(training, validation, inputs, targets, imputer, checksum);
  }

  /// Trains a recipe on these rows, from the beginning or from its checkpoint.
  FittedNetwork fit(Recipe<?> recipe, FitOptions options) throws IOException {
    Sequential network = recipe.architecture().network();
    Parameters theta = Parameters.initialize(network.parameters(), recipe.precision(), recipe.training().seed());
    StopHandle stop = options.stop().orElseGet(StopHandle::new);
    Trainer trainer = new Trainer(network, theta, recipe.loss(), training, recipe.training()).stopOn(stop);
    validation.ifPresent(trainer::validateOn);
    Optional<Checkpoint> checkpoint = options.checkpoint().map(path -> new Checkpoint(path, recipe, this));
    if (checkpoint.isPresent()) {
      checkpoint.get().restore(trainer);
    }
    trainer.listenTo(progress -> {
      options.listener().onEpoch(progress);
      if (checkpoint.isPresent() && progress.epoch() % options.everyEpochs() == 0) {
        checkpoint.get().writeUnchecked(trainer.state());
      }
    });
    FittedNetwork fitted =
        new FittedNetwork(recipe.architecture(), network, theta, inputs, targets, imputer, options.names());
    Optional<DivergedException> divergence = Optional.empty();
    try {
      trainer.run();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (DivergedException e) {
      divergence = Optional.of(e);
    }
    Progress end = trainer.progress();
    if (checkpoint.isPresent() && end.epoch() % options.everyEpochs() != 0) {
      checkpoint.get().write(trainer.state());
    }
    if (divergence.isPresent()) {
      throw new DivergedFitException(divergence.get(), fitted);
    } else if (end.status() == Status.STOPPED && !stop.isStopped()) {
      throw new InterruptedFitException(end, fitted);
    }
    return fitted;
  }

  private static int requireRows(Recipe<?> recipe, Tensor x, int found, String name) {
    int rows = x.shape().dim(0);
    if (found != rows) {
      throw new IllegalArgumentException(recipe + ": " + found + " rows of " + name + ", expected " + rows
          + " as x has");
    }
    if (rows < 2) {
      throw new IllegalArgumentException(recipe + ": x has " + rows + " rows, expected at least 2");
    }
    return rows;
  }

  private static HoldOut heldOut(Recipe<?> recipe) {
    return new HoldOut(recipe.validation(), recipe.training().seed());
  }

  /// A checksum of the rows' numbers; absent weights and imputations add nothing to it.
  private static String checksum(Tensor x, Tensor y, int[] labels, FitOptions options) {
    CRC32C checksum = new CRC32C();
    add(x, checksum);
    add(y, checksum);
    for (int label : labels) {
      add(label, checksum);
    }
    options.weights().addTo(checksum);
    options.imputation().ifPresent(each -> checksum.update(each.toString().getBytes(StandardCharsets.UTF_8)));
    return Long.toHexString(checksum.getValue());
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
