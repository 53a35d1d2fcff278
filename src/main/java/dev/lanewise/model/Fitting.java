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

  private final Mlp mlp;
  private final TrainingRows rows;

  Fitting(Mlp mlp, TrainingRows rows) {
    this.mlp = mlp;
    this.rows = rows;
  }

  FittedNetwork run(FitOptions options) throws IOException {
    Sequential network = mlp.architecture().network();
    Parameters theta = Parameters.initialize(network.parameters(), mlp.precision(), mlp.training().seed());
    Trainer trainer = new Trainer(network, theta, mlp.loss(), rows.training(), mlp.training());
    rows.validation().ifPresent(trainer::validateOn);
    Optional<Checkpoint> checkpoint = options.checkpoint().map(path -> new Checkpoint(path, mlp, rows));
    if (checkpoint.isPresent()) {
      checkpoint.get().restore(trainer);
    }
    trainer.listenTo(progress -> {
      options.listener().onEpoch(progress);
      if (checkpoint.isPresent() && progress.epoch() % options.everyEpochs() == 0) {
        write(checkpoint.get(), trainer);
      }
    });
    FittedNetwork fitted = new FittedNetwork(mlp.architecture(), network, theta, rows.inputs(), rows.targets());
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
