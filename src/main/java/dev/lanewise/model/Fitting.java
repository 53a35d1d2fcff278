package dev.lanewise.model;

import dev.lanewise.Parameters;
import dev.lanewise.nn.Sequential;
import dev.lanewise.train.DivergedException;
import dev.lanewise.train.Trainer;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    Trainer trainer = new Trainer(network, theta, recipe.loss(), rows.training(), recipe.training());
    rows.validation().ifPresent(trainer::validateOn);
    Optional<Checkpoint> checkpoint = options.checkpoint().map(path -> new Checkpoint(path, recipe, rows));
    if (checkpoint.isPresent()) {
      checkpoint.get().restore(trainer);
    }
    trainer.listenTo(progress -> {
      options.listener().onEpoch(progress);
      if (checkpoint.isPresent() && progress.epoch() % options.everyEpochs() == 0) {
        write(checkpoint.get(), trainer);
      }
    });
    FittedNetwork fitted = new FittedNetwork(recipe.architecture(), network, theta, rows.inputs(), rows.targets());
    Optional<DivergedException> divergence = Optional.empty();
    try {
      trainer.run();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (DivergedException e) {
      divergence = Optional.of(e);
    }
    if (checkpoint.isPresent() && trainer.progress().epoch() % options.everyEpochs() != 0) {
      checkpoint.get().write(trainer.state());
    }
    if (divergence.isPresent()) {
      throw new DivergedFitException(divergence.get(), fitted);
    }
    return fitted;
  }

  private static void write(Checkpoint checkpoint, Trainer trainer) {
    try {
      checkpoint.write(trainer.state());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
