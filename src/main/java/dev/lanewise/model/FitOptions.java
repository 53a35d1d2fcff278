package dev.lanewise.model;

import dev.lanewise.train.TrainingListener;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/// What else is to happen while a model is fitted.
///
/// With a checkpoint, all that the training is at that moment is written to a file, which holds at any time the whole of the
/// newest one or of the one before, also if the process is killed. Where the file is there when a fit begins, the fit goes on from
/// it, and ends with the same bits as one that was never interrupted; one that was done gives its model at once. A file that
/// another recipe or other data left is refused, not overwritten.
///
/// @param listener hears of each epoch
/// @param checkpoint the file, if any
/// @param everyEpochs how many epochs lie between two checkpoints; there is another one at the end
public record FitOptions(TrainingListener listener, Optional<Path> checkpoint, int everyEpochs) {

  private static final FitOptions NONE = new FitOptions(_ -> {}, Optional.empty(), 1);

  /// @throws IllegalArgumentException for fewer than 1 epoch between checkpoints
  public FitOptions {
    Objects.requireNonNull(listener, "listener");
    Objects.requireNonNull(checkpoint, "checkpoint");
    if (everyEpochs < 1) {
      throw new IllegalArgumentException("FitOptions: a checkpoint every " + everyEpochs + " epochs, expected at least 1");
    }
  }

  /// Nothing else.
  public static FitOptions none() {
    return NONE;
  }

  /// With a listener.
  public FitOptions withListener(TrainingListener other) {
    return new FitOptions(other, checkpoint, everyEpochs);
  }

  /// With checkpoints in `file`.
  ///
  /// @throws IllegalArgumentException for fewer than 1 epoch between two
  public FitOptions withCheckpoint(Path file, int everyEpochs) {
    return new FitOptions(listener, Optional.of(file), everyEpochs);
  }
}
