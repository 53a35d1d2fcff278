package dev.lanewise.train;

import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.RowOps;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.train.Progress.Status;
import dev.lanewise.train.data.Dataset;
import dev.lanewise.train.loss.Loss;
import dev.lanewise.train.optimizer.BatchMethod;
import dev.lanewise.train.optimizer.OptimizerState;
import dev.lanewise.train.optimizer.UpdateRule;
import java.util.Objects;

/// Trains a network's parameters, in place, on a set: gradient descent on batches of it, or a method for the whole of
/// it.
///
/// An update is: gather the batch's rows, linearize, the loss's cotangent, pull, one pass of the update rule over the
/// parameters. It allocates nothing once all shapes have been seen. All that is random follows from the seed; the
/// workspace may have any number of threads without a bit's change.
///
/// A loss or parameters that are not finite end the training with a [DivergedException]. The trainer then is where it
/// was after the last good epoch, and so it is after a step that failed otherwise, as a layer threw an exception.
/// [#state()] at any time, also of a listener and after a divergence, is enough to go on as if nothing had happened.
///
/// One thread at a time, but for [#stop()].
public final class Trainer {

  private final Parameters theta;
  private final Layer network;
  private final Loss loss;
  private final TrainerOptions options;
  private final Workspace ws;
  private final OptimizerState optimizerState;
  private final Descent descent;
  private final Position at;
  private final GoodEpoch good;
  private final BestEpoch best;
  private final EpochClock clock = new EpochClock(System::nanoTime);
  private LossPass validation;
  private TrainingListener listener = _ -> {};
  private boolean listened;
  private final Ending ending = new Ending();
  private boolean diverged;
  /// Whether θ holds the best epoch's parameters: training goes on from the good ones.
  private boolean showsBest;

  /// All work is done by the calling thread.
  ///
  /// @throws IllegalArgumentException as the other constructor does
  public Trainer(Layer network, Parameters theta, Loss loss, Dataset data, TrainerOptions options) {
    this(network, theta, loss, data, options, new Workspace());
  }

  /// @param theta where to begin, and where the result is
  /// @param ws for the trainer alone while it is in use
  /// @throws IllegalArgumentException if network, parameters, loss, set and options do not fit each other, the set has
  ///     less than two samples, or a parameter is not finite
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
    this.optimizerState = OptimizerState.initial(options.optimizer(), theta.precision(), theta.spec().size());
    this.descent = new Descent(network, theta, loss, data, options, optimizerState, ws);
    this.at = new Position(options.seed(), options.batches().updates(data.samples()));
    this.good = new GoodEpoch(theta.flat(), options.optimizer(), optimizerState);
    this.best = new BestEpoch(options.earlyStopping(), theta.flat());
  }

  /// Takes the mean loss over these samples after each epoch, for the listener and for early stopping.
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
    listened = true;
    return this;
  }

  /// Ends [#run()] after the epoch that is being done; where none is, the next run before its first one. A later run
  /// goes on. May be called by any thread, and by a listener.
  public void stop() {
    ending.stop();
  }

  /// Lets [#run()] end as `handle` says, or as soon as its thread is interrupted, which stays so: between two
  /// updates. What is done of an epoch then is forgotten, and the parameters are those of the best epoch where there is
  /// a validation set, of the last whole one otherwise.
  ///
  /// @return this
  public Trainer stopOn(StopHandle handle) {
    ending.follow(handle);
    return this;
  }

  /// Trains until the last epoch, or until early stopping, [#stop()] or a [BatchMethod] without progress ends it
  /// before: [Progress#status()] says which.
  ///
  /// With early stopping the parameters are then those of the best epoch. Another run, a step or a state goes on from
  /// those of the last one, as if this one had not ended.
  ///
  /// @return how far the training is, and why it ended
  /// @throws DivergedException if loss or parameters are not finite any more
  /// @throws IllegalArgumentException if the schedule's rate is negative or no number
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
        showBest();
      }
      return end;
    } finally {
      ending.begin();
      clock.pause();
    }
  }

  private Status status() {
    return diverged ? Status.DIVERGED : ending.status(at, options, optimizerState, best);
  }

  /// One update, and where it is the epoch's last what belongs to the end of an epoch.
  ///
  /// @return the mean loss over the batch before the update; after it, for a [BatchMethod]
  /// @throws DivergedException if loss or parameters are not finite any more
  /// @throws IllegalArgumentException if the schedule's rate is negative or no number
  /// @throws IllegalStateException if an earlier step diverged
  public double step() {
    requireNoDivergence();
    double rate = options.optimizer() instanceof UpdateRule ? options.rate(at) : Double.NaN;
    if (showsBest) {
      theta.flat().copyFrom(good.theta());
      showsBest = false;
    }
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
      if (!diverged) {
        goBack();
      }
      throw failure;
    }
    if (listened && at.batch() == 0) {
      listener.onEpoch(progress());
    }
    return value;
  }

  private void requireNoDivergence() {
    if (diverged) {
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
    double validationLoss = Double.NaN;
    if (validation != null) {
      validationLoss = validation.value();
      if (!Double.isFinite(validationLoss)) {
        // Where the training loss still falls, the validation set is the cause.
        throw diverge("validation loss is " + validationLoss + " beside a training loss of " + at.lossSoFar(),
            at.lossSoFar() > at.loss());
      }
    }
    at.endEpoch(validationLoss, rate);
    good.keep(theta.flat(), optimizerState.vectors(), optimizerState.numbers());
    if (validation != null) {
      best.judge(at.epoch(), validationLoss, theta.flat());
    }
  }

  /// To where it was after the last good epoch.
  private void goBack() {
    good.putBack(theta.flat(), optimizerState);
    descent.reset();
    at.goBack();
  }

  /// @param byRate whether a rate that is too large may be the cause, if steps have been taken with one
  private DivergedException diverge(String what, boolean byRate) {
    String where = at.toString();
    boolean stepped = at.update() > 0;
    diverged = true;
    goBack();
    showBest();
    long shown = showsBest ? best.epoch() : at.epoch();
    String hint = !stepped ? ". No step was taken before: look at inputs, targets and initial parameters"
        : byRate && options.optimizer() instanceof UpdateRule ? ". A smaller rate may help" : "";
    return new DivergedException("Trainer: " + what + " " + where + "; the parameters are those "
        + (shown == 0 ? "of the beginning" : "after epoch " + shown) + hint, at.epoch() + 1, progress());
  }

  private void showBest() {
    if (best.epoch() > 0 && !showsBest) {
      good.keep(theta.flat(), optimizerState.vectors(), optimizerState.numbers());
      theta.flat().copyFrom(best.theta());
      showsBest = true;
    }
  }

  /// {@return how far it is, at any time: also between two updates}
  public Progress progress() {
    return new Progress(at.epoch(), options.epochs(), at.update(), at.loss(), at.validationLoss(), best.epoch(),
        at.rate(), clock.elapsed(), clock.left(at.epochs(), options.epochs()), status());
  }

  /// {@return the parameters, which each step changes}
  public Parameters parameters() {
    return theta;
  }

  /// {@return a copy of all that the training is now; after a divergence, of what it was after the last good epoch,
  /// where a [BatchMethod] begins anew}
  public TrainerState state() {
    Tensor parameters = showsBest ? good.theta() : theta.flat();
    return new TrainerState(parameters.copy(), optimizerState.vectors().copy(), optimizerState.numbers().copy(),
        good.theta().copy(), good.optimizer().vectors().copy(), good.optimizer().numbers().copy(),
        best.theta().copy(), at.seed(), at.epoch(), at.batch(), at.update(), at.lossSum(), at.lossSamples(),
        at.loss(), at.validationLoss(), at.rate(), best.loss(), best.epoch());
  }

  /// Goes on from `state`, of a training with the same network, loss, sets and options: what follows is what would have
  /// followed there, to the bit.
  ///
  /// @throws IllegalArgumentException if the state is of other parameters, another optimizer or another number of
  ///     batches
  public void restore(TrainerState state) {
    state.require(theta.flat(), optimizerState, at.updatesPerEpoch());
    optimizerState.set(state.optimizerVectors(), state.optimizerNumbers());
    theta.flat().copyFrom(state.parameters());
    good.keep(state.goodParameters(), state.goodOptimizerVectors(), state.goodOptimizerNumbers());
    best.set(state.bestEpoch(), state.bestLoss(), state.bestParameters());
    at.set(state);
    descent.reset();
    clock.reset();
    diverged = false;
    showsBest = false;
  }
}
