package dev.lanewise.model;

import dev.lanewise.train.StopHandle;
import dev.lanewise.train.TrainingListener;
import dev.lanewise.train.data.Imputation;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/// What else is known of the data, and what else is to happen, while a model is fitted.
///
/// With a checkpoint, all that the training is at that moment is written to a file, which holds at any time the whole
/// of the newest one or of the one before, also if the process is killed. Where the file is there when a fit begins,
/// the fit goes on from it, and ends with the same bits as one that was never interrupted; one that was done gives its
/// model at once. A file that another recipe or other data left is refused, not overwritten.
///
/// A fit ends early where its [StopHandle] says so, and gives the model of the best epoch where rows are held out, of
/// the last whole one otherwise. Where its thread is interrupted, it ends after the update that is being done, with an
/// [InterruptedFitException] that has that model; the thread stays interrupted. Either way the last whole epoch's
/// checkpoint is written.
///
/// Rows with missing values, NaN, are refused, naming row and feature, unless an imputation is stated: it is fitted on
/// the rows to train on, kept in the model and its file, and applied to what the model is asked later. Targets are
/// never filled in.
///
/// @param listener hears of each epoch
/// @param checkpoint the file, if any
/// @param everyEpochs how many epochs lie between two checkpoints; there is another one at the end
/// @param stop ends the fit early
/// @param weights how much rows and classes count
/// @param imputation what stands for a missing value of the inputs, if it may be missing
/// @param names what features and outputs are called
public record FitOptions(
    TrainingListener listener, Optional<Path> checkpoint, int everyEpochs, Optional<StopHandle> stop, Weights weights,
    Optional<Imputation> imputation, Names names) {

  private static final FitOptions NONE = new FitOptions(
      _ -> {}, Optional.empty(), 1, Optional.empty(), Weights.none(), Optional.empty(), Names.none());

  /// @throws IllegalArgumentException for fewer than 1 epoch between checkpoints
  public FitOptions {
    Objects.requireNonNull(listener, "listener");
    Objects.requireNonNull(checkpoint, "checkpoint");
    Objects.requireNonNull(stop, "stop");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(imputation, "imputation");
    Objects.requireNonNull(names, "names");
    if (everyEpochs < 1) {
      throw new IllegalArgumentException("FitOptions: a checkpoint every " + everyEpochs
          + " epochs, expected at least 1");
    }
  }

  /// {@return options with nothing else}
  public static FitOptions none() {
    return NONE;
  }

  /// {@return the same with a listener}
  public FitOptions withListener(TrainingListener other) {
    return new FitOptions(other, checkpoint, everyEpochs, stop, weights, imputation, names);
  }

  /// {@return the same with checkpoints in `file`}
  ///
  /// @throws IllegalArgumentException for fewer than 1 epoch between two
  public FitOptions withCheckpoint(Path file, int everyEpochs) {
    return new FitOptions(listener, Optional.of(file), everyEpochs, stop, weights, imputation, names);
  }

  /// {@return the same with a handle that may end the fit early}
  public FitOptions withStop(StopHandle handle) {
    return new FitOptions(listener, checkpoint, everyEpochs, Optional.of(handle), weights, imputation, names);
  }

  /// {@return the same with these weights, of rows, of classes, or of both:
  /// `Weights.ofRows(w).and(Weights.balanced())`}
  public FitOptions withWeights(Weights other) {
    return new FitOptions(listener, checkpoint, everyEpochs, stop, other, imputation, names);
  }

  /// {@return the same with missing values of the inputs filled in}
  public FitOptions withImputation(Imputation other) {
    return new FitOptions(listener, checkpoint, everyEpochs, stop, weights, Optional.of(other), names);
  }

  /// {@return the same with names of features and outputs}
  public FitOptions withNames(Names other) {
    return new FitOptions(listener, checkpoint, everyEpochs, stop, weights, imputation, other);
  }
}
