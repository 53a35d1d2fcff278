package dev.lanewise.train;

import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.RowOps;
import dev.lanewise.Workspace;
import dev.lanewise.train.Progress.Status;
import dev.lanewise.train.data.Dataset;
import dev.lanewise.train.loss.Loss;
import dev.lanewise.train.optimizer.BatchMethod;
import dev.lanewise.train.optimizer.UpdateRule;
import java.util.Objects;

/// Trains a network's parameters in place, by gradient descent on batches of a data set or by a method for the whole
/// set.
///
/// An update gathers the batch's rows, linearizes, pulls back the loss's cotangent, and applies the update rule in one
/// pass over the parameters. It allocates nothing once all shapes have been seen. All random choices follow from the
/// seed, and the bits do not depend on the workspace's number of threads.
///
/// A loss or parameter that is not finite ends the training with a [DivergedException]. The trainer then returns to the
/// last good epoch, as it does when a step fails otherwise, say because a layer threw an exception. A copy of
/// [#state()], which a listener may take too, is enough to continue as if nothing had happened.
///
/// Not safe for use by several threads at once, except [#stop()].
public final class Trainer {

  private static final TrainingListener NOBODY = _ -> {};

  private final Layer network;
  private final Parameters theta;
  private final Loss loss;
  private final TrainerOptions options;
  private final Workspace ws;
  private final LiveState state;
  private final Position at;
  private final Descent descent;
  private final Ending ending = new Ending();
  private final EpochClock clock = new EpochClock(System::nanoTime);
  private LossPass validation;
  private TrainingListener listener = NOBODY;

  /// Does all work on the calling thread.
  ///
  /// @throws IllegalArgumentException as the other constructor does
  public Trainer(Layer network, Parameters theta, Loss loss, Dataset data, TrainerOptions options) {
    this(network, theta, loss, data, options, new Workspace());
  }

  /// @param theta the initial parameters, which training changes
  /// @param ws for the trainer alone while it is in use
  /// @throws IllegalArgumentException if network, parameters, loss, set and options do not fit each other, the set has
  ///     fewer than two samples, or a parameter is not finite
  public Trainer(Layer network, Parameters theta, Loss loss, Dataset data, TrainerOptions options, Workspace ws) {
    this.network = network;
    this.theta = theta;
    this.loss = loss;
    this.options = options;
    this.ws = Objects.requireNonNull(ws, "ws");
    LossPass.requireParameters(network, theta);
    LossPass.requireFit(network, loss, theta, data);
    options.requirePrecision(theta.precision());
    if (data.samples() < 2) {
      throw new IllegalArgumentException("Trainer: the training set has 1 sample, expected at least 2");
    }
    this.state = new LiveState(theta, options, data.samples());
    this.at = state.position();
    this.descent = new Descent(network, theta, loss, data, options, state.optimizer(), ws);
  }

  /// Computes the mean loss over these samples after each epoch, for the listener and for early stopping.
  ///
  /// @return this
  /// @throws IllegalArgumentException if they do not fit network and loss
  public Trainer validateOn(Dataset samples) {
    LossPass.requireFit(network, loss, theta, samples);
    validation = new LossPass(network, loss, theta, samples, ws);
    return this;
  }

  /// {@return this, which tells `listener` of each epoch}
  public Trainer listenTo(TrainingListener listener) {
    this.listener = Objects.requireNonNull(listener, "listener");
    return this;
  }

  /// Ends [#run()] after the current epoch. If no run is under way, the next one ends before its first epoch. A later
  /// run continues. Any thread may call this, and so may a listener.
  public void stop() {
    ending.stop();
  }

  /// Lets [#run()] end when `handle` says so or, between two updates, when its thread is interrupted; the thread stays
  /// interrupted. The unfinished epoch is discarded. The parameters are then those of the best epoch if there is a
  /// validation set, otherwise those of the last whole epoch.
  ///
  /// @return this
  public Trainer stopOn(StopHandle handle) {
    ending.follow(handle);
    return this;
  }

  /// Trains until the last epoch, unless early stopping, [#stop()] or a [BatchMethod] without progress ends it before.
  /// [Progress#status()] says which of these it was.
  ///
  /// With early stopping the parameters are then those of the best epoch. Another run, step or state still continues
  /// from those of the last epoch.
  ///
  /// @return how far the training is, and why it ended
  /// @throws DivergedException if loss or parameters are no longer finite
  /// @throws IllegalArgumentException if the schedule's rate is negative, NaN or infinite
  /// @throws IllegalStateException if early stopping has no validation set, or an earlier run diverged
  public Progress run() {
    requireNoDivergence();
    boolean early = options.earlyStopping().watching();
    if (early && validation == null) {
      throw new IllegalStateException("Trainer: early stopping without validation set, expected validateOn before");
    }
    try {
      while (status() == Status.TRAINING) {
        if (ending.isNow() && at.batch() > 0) {
          goBack();
        } else {
          step();
        }
      }
      Progress end = progress();
      if (early || end.status() == Status.STOPPED && ending.isByHandle()) {
        state.showBest();
      }
      return end;
    } finally {
      ending.begin();
      clock.pause();
    }
  }

  private Status status() {
    return state.hasDiverged() ? Status.DIVERGED : ending.status(at, options, state.optimizer(), state.best());
  }

  /// Makes one update, and ends the epoch if it is the epoch's last.
  ///
  /// @return the mean loss over the batch before the update; after it, for a [BatchMethod]
  /// @throws DivergedException if loss or parameters are no longer finite
  /// @throws IllegalArgumentException if the schedule's rate is negative, NaN or infinite
  /// @throws IllegalStateException if an earlier step diverged
  public double step() {
    requireNoDivergence();
    double rate = options.optimizer() instanceof UpdateRule ? options.rate(at) : Double.NaN;
    state.showLast();
    clock.run(at.epochs());
    double value;
    try {
      value = switch (options.optimizer()) {
        case UpdateRule rule -> descend(rule, rate);
        case BatchMethod method -> iterate(method);
      };
      if (at.isEpochWhole()) {
        endEpoch(rate);
      }
    } catch (RuntimeException | Error failure) {
      if (!state.hasDiverged()) {
        goBack();
      }
      throw failure;
    }
    if (listener != NOBODY && at.batch() == 0) {
      listener.onEpoch(progress());
    }
    return value;
  }

  private void requireNoDivergence() {
    if (state.hasDiverged()) {
      throw new IllegalStateException("Trainer: has diverged, expected another start or restore");
    }
  }

  private double descend(UpdateRule rule, double rate) {
    double value = descent.gradient(at);
    if (!Double.isFinite(value)) {
      throw diverge("loss is " + value, true);
    }
    if (at.update() == 0 && !descent.hasFiniteGradient()) {
      throw diverge("the gradient is not finite", true);
    }
    descent.move(rule, rate, at.update() + 1);
    at.advance(value, descent.samples());
    return value;
  }

  private double iterate(BatchMethod method) {
    double value = descent.iterate(method);
    if (!Double.isFinite(value)) {
      throw diverge("cost is " + value, true);
    }
    at.advance(value - options.regularization().penalty(theta), 1);
    return value;
  }

  private void endEpoch(double rate) {
    if (!RowOps.isFinite(theta.flat())) {
      throw diverge("a parameter is not finite", true);
    }
    double validationLoss = validation == null ? Double.NaN : validation.value();
    if (validation != null && !Double.isFinite(validationLoss)) {
      // Where the training loss still falls, the validation set is the cause.
      throw diverge("validation loss is " + validationLoss + " beside a training loss of " + at.lossSoFar(),
          at.lossSoFar() > at.loss());
    }
    state.endEpoch(validationLoss, rate);
  }

  private void goBack() {
    state.goBack();
    descent.reset();
  }

  /// @param byRate whether a rate that is too large may be the cause, if steps have been taken with one
  private DivergedException diverge(String what, boolean byRate) {
    String where = at.toString();
    boolean stepped = at.update() > 0;
    state.diverge();
    descent.reset();
    long shown = state.shownEpoch();
    String hint = !stepped ? ". No step was taken before: look at inputs, targets and initial parameters"
        : byRate && options.optimizer() instanceof UpdateRule ? ". A smaller rate may help" : "";
    return new DivergedException("Trainer: " + what + " " + where + "; the parameters are those "
        + (shown == 0 ? "of the beginning" : "after epoch " + shown) + hint, at.epoch() + 1, progress());
  }

  /// {@return how far the training is; at any time, also between two updates}
  public Progress progress() {
    return new Progress(at.epoch(), options.epochs(), at.update(), at.loss(), at.validationLoss(),
        state.best().epoch(), at.rate(), clock.elapsed(), clock.left(at.epochs(), options.epochs()), status());
  }

  /// {@return the parameters, which each step changes}
  public Parameters parameters() {
    return theta;
  }

  /// {@return a copy of the training's state; after a divergence, of its state after the last good epoch, where a
  /// [BatchMethod] begins anew}
  public TrainerState state() {
    return state.copy();
  }

  /// Continues from `state`, taken from a training with the same network, loss, sets and options: all that follows has
  /// the same bits as there.
  ///
  /// @throws IllegalArgumentException if the state is of other parameters, another optimizer or another number of
  ///     batches
  public void restore(TrainerState state) {
    this.state.restore(state);
    descent.reset();
    clock.reset();
  }
}
