package dev.lanewise.model;

import dev.lanewise.Parameters;
import dev.lanewise.nn.Sequential;
import dev.lanewise.train.DivergedException;
import dev.lanewise.train.Progress;
import dev.lanewise.train.Progress.Status;
import dev.lanewise.train.StopHandle;
import dev.lanewise.train.Trainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Optional;

/// One training of a recipe on rows, from its beginning or from a checkpoint.
final class Fitting {

  private final Recipe<?> recipe;
  private final TrainingRows rows;

  Fitting(Recipe<?> recipe, TrainingRows rows) {
    this.recipe = recipe;
    this.rows = rows;
  }

  FittedNetwork run(FitOptions options) throws IOException {
    Sequential network = recipe.architecture().network();
    Parameters theta = Parameters.initialize(network.parameters(), recipe.precision(), recipe.training().seed());
    StopHandle stop = options.stop().orElseGet(StopHandle::new);
    Trainer trainer = new Trainer(network, theta, recipe.loss(), rows.training(), recipe.training()).stopOn(stop);
    rows.validation().ifPresent(trainer::validateOn);
    Optional<Checkpoint> checkpoint = options.checkpoint().map(path -> new Checkpoint(path, recipe, rows));
    if (checkpoint.isPresent()) {
      uninterrupted(() -> checkpoint.get().restore(trainer));
    }
    trainer.listenTo(progress -> {
      options.listener().onEpoch(progress);
      if (checkpoint.isPresent() && progress.epoch() % options.everyEpochs() == 0) {
        write(checkpoint.get(), trainer);
      }
    });
    FittedNetwork fitted = new FittedNetwork(recipe.architecture(), network, theta, rows.inputs(), rows.targets(),
        rows.imputer(), options.names());
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
      uninterrupted(() -> checkpoint.get().write(trainer.state()));
    }
    if (divergence.isPresent()) {
      throw new DivergedFitException(divergence.get(), fitted);
    } else if (end.status() == Status.STOPPED && !stop.isStopped()) {
      throw new InterruptedFitException(end, fitted);
    }
    return fitted;
  }

  private static void write(Checkpoint checkpoint, Trainer trainer) {
    try {
      uninterrupted(() -> checkpoint.write(trainer.state()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What reads or writes a file.
  @FunctionalInterface
  private interface Access {

    void run() throws IOException;
  }

  /// A thread that is interrupted has its channels closed. So the interruption is put aside while a checkpoint is read
  /// or written, again where it comes meanwhile, and is there afterwards.
  private static void uninterrupted(Access access) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      boolean done = false;
      while (!done) {
        try {
          access.run();
          done = true;
        } catch (ClosedByInterruptException _) {
          interrupted = true;
          Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
