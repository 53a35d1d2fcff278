package dev.lanewise.model;

import dev.lanewise.Tensor;
import dev.lanewise.io.Safetensors;
import dev.lanewise.train.Trainer;
import dev.lanewise.train.TrainerOptions;
import dev.lanewise.train.TrainerState;
import dev.lanewise.train.optimizer.BatchMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// A training between two epochs as a safetensors file: a [TrainerState], and the recipe and data it belongs to.
final class Checkpoint {

  private static final String STATE = "state.";
  private static final String FIT = "fit.";

  private final Path path;
  private final TrainerOptions training;
  private final Map<String, String> identity;

  Checkpoint(Path path, Recipe<?> recipe, TrainingRows rows) {
    this.path = path;
    this.training = recipe.training();
    this.identity = identity(recipe, rows);
  }

  /// What the steps of a training depend on besides its state, except the number of epochs: a training may continue for
  /// longer.
  private static Map<String, String> identity(Recipe<?> recipe, TrainingRows rows) {
    TrainerOptions training = recipe.training();
    Map<String, String> identity = new LinkedHashMap<>();
    identity.put("lanewise.checkpoint", "1");
    identity.put(FIT + "architecture", recipe.architecture().toString());
    identity.put(FIT + "loss", nameOf(recipe.loss()));
    identity.put(FIT + "precision", recipe.precision().name());
    identity.put(FIT + "standardized", Boolean.toString(recipe.standardized()));
    identity.put(FIT + "validation", Double.toString(recipe.validation()));
    identity.put(FIT + "optimizer", nameOf(training.optimizer()));
    identity.put(FIT + "batches", training.batches().toString());
    identity.put(FIT + "regularization", training.regularization().toString());
    identity.put(FIT + "seed", Long.toString(training.seed()));
    identity.put(FIT + "data", rows.checksum());
    return identity;
  }

  /// Some rates of the steps done, which stand for the schedule, a function. Later steps are not evaluated: a table of
  /// rates may end with the training, and later rates may change.
  private static String rates(TrainerOptions training, long epoch, long update) {
    if (training.optimizer() instanceof BatchMethod) {
      return "none";
    }
    long done = training.rateCounts() == TrainerOptions.RateCounts.EPOCHS ? epoch : update;
    LongStream steps = LongStream.concat(LongStream.iterate(1, step -> step > 0 && step < done, step -> 2 * step),
        LongStream.of(done));
    return training.rateCounts() + steps.filter(step -> step > 0)
        .mapToObj(step -> " " + step + ":" + training.schedule().rate(step)).collect(Collectors.joining());
  }

  /// A record's text; the class name of anything else, whose text may differ between processes.
  private static String nameOf(Object part) {
    return part instanceof Record || part instanceof Enum ? part.toString() : part.getClass().getName();
  }

  void write(TrainerState state) throws IOException {
    uninterrupted(() -> file(state).write(path));
  }

  void writeUnchecked(TrainerState state) {
    try {
      write(state);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Safetensors file(TrainerState state) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put(STATE + "parameters", state.parameters());
    tensors.put(STATE + "best_parameters", state.bestParameters());
    tensors.put(STATE + "optimizer_vectors", state.optimizerVectors());
    tensors.put(STATE + "optimizer_numbers", state.optimizerNumbers());
    Map<String, String> metadata = new LinkedHashMap<>(identity);
    metadata.put(FIT + "rates", rates(training, state.epoch(), state.update()));
    metadata.put(STATE + "epoch", Long.toString(state.epoch()));
    metadata.put(STATE + "update", Long.toString(state.update()));
    metadata.put(STATE + "loss", Double.toString(state.loss()));
    metadata.put(STATE + "validation_loss", Double.toString(state.validationLoss()));
    metadata.put(STATE + "rate", Double.toString(state.rate()));
    metadata.put(STATE + "best_loss", Double.toString(state.bestLoss()));
    metadata.put(STATE + "best_epoch", Long.toString(state.bestEpoch()));
    return Safetensors.of(tensors, metadata);
  }

  /// Continues the trainer from the file, if it exists.
  void restore(Trainer trainer) throws IOException {
    uninterrupted(() -> read(trainer));
  }

  private void read(Trainer trainer) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    Safetensors file = Safetensors.read(path);
    String source = path.toString();
    Metadata texts = new Metadata(file, source);
    texts.require(identity);
    long epoch;
    long update;
    try {
      epoch = natural(texts, "epoch");
      update = natural(texts, "update");
      Tensor parameters = file.get(STATE + "parameters");
      Tensor vectors = file.get(STATE + "optimizer_vectors");
      Tensor numbers = file.get(STATE + "optimizer_numbers");
      trainer.restore(new TrainerState(parameters, vectors, numbers, parameters, vectors, numbers,
          file.get(STATE + "best_parameters"), training.seed(), epoch, 0, update, 0, 0, number(texts, "loss"),
          number(texts, "validation_loss"), number(texts, "rate"),
          number(texts, "best_loss"), natural(texts, "best_epoch")));
    } catch (IllegalArgumentException doesNotFit) {
      throw new MalformedModelException(source, "is no checkpoint of this training: " + doesNotFit.getMessage());
    }
    if (epoch > training.epochs()) {
      throw new MalformedModelException(source, "has " + epoch + " epochs done, expected at most " + training.epochs());
    }
    texts.require(FIT + "rates", rates(training, epoch, update));
  }

  private static long natural(Metadata texts, String name) throws MalformedModelException {
    return Long.parseLong(texts.text(STATE + name));
  }

  private static double number(Metadata texts, String name) throws MalformedModelException {
    return Double.parseDouble(texts.text(STATE + name));
  }

  @FunctionalInterface
  private interface Access {

    void run() throws IOException;
  }

  /// An interruption closes the thread's channels. So it is set aside while the checkpoint is read or written, even if
  /// it comes meanwhile, and restored afterwards.
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
