package dev.lanewise.model;

import dev.lanewise.train.StopHandle;
import dev.lanewise.train.TrainingListener;
import dev.lanewise.train.data.Imputation;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/// Optional settings of a fit: listener, checkpoints, early end, weights, missing values, names.
///
/// With a checkpoint, the training's state is regularly written to a file, which holds one whole state at any time,
/// even if the process is killed. If the file exists when a fit begins, the fit continues from it and ends with the
/// same bits as an uninterrupted one; a finished one returns its model at once. A file of another recipe or other data
/// is refused, not overwritten.
///
/// A fit ends early when its [StopHandle] says so, and returns the model of the best epoch if rows are held out,
/// otherwise of the last whole one. When its thread is interrupted, it ends after the current update, with an
/// [InterruptedFitException] that holds that model; the thread stays interrupted. Both write the last whole epoch's
/// checkpoint.
///
/// Rows with missing values, NaN, are refused, naming row and feature, unless there is an imputation: it is fitted on
/// the training rows, saved with the model, and applied to later inputs. Targets are never filled in.
///
/// @param listener is told of each epoch
/// @param checkpoint the file, if any
/// @param everyEpochs the number of epochs between checkpoints; there is another one at the end
/// @param stop ends the fit early
/// @param weights of rows and classes
/// @param imputation replaces missing values of inputs, if they may be missing
/// @param names of features and outputs
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

  /// {@return no options}
  public static FitOptions none() {
    return NONE;
  }

  /// {@return these options with a listener}
  public FitOptions withListener(TrainingListener other) {
    return new FitOptions(other, checkpoint, everyEpochs, stop, weights, imputation, names);
  }

  /// {@return these options with checkpoints in `file`}
  ///
  /// @throws IllegalArgumentException for fewer than 1 epoch between two
  public FitOptions withCheckpoint(Path file, int everyEpochs) {
    return new FitOptions(listener, Optional.of(file), everyEpochs, stop, weights, imputation, names);
  }

  /// {@return these options with a handle that may end the fit early}
  public FitOptions withStop(StopHandle handle) {
    return new FitOptions(listener, checkpoint, everyEpochs, Optional.of(handle), weights, imputation, names);
  }

  /// {@return these options with these weights, of rows, of classes, or of both:
  /// `Weights.ofRows(w).and(Weights.balanced())`}
  public FitOptions withWeights(Weights other) {
    return new FitOptions(listener, checkpoint, everyEpochs, stop, other, imputation, names);
  }

  /// {@return these options with missing values of the inputs filled in}
  public FitOptions withImputation(Imputation other) {
    return new FitOptions(listener, checkpoint, everyEpochs, stop, weights, Optional.of(other), names);
  }

  /// {@return these options with names of features and outputs}
  public FitOptions withNames(Names other) {
    return new FitOptions(listener, checkpoint, everyEpochs, stop, weights, imputation, other);
  }
}
