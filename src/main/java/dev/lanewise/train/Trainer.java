package dev.lanewise.train;

import dev.lanewise.Layer;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.RowOps;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import java.util.Objects;

/// Trains a network's parameters, in place, on a set: gradient descent on batches of it, or a method for the whole of it.
///
/// An update is: gather the batch's rows, linearize, the loss's cotangent, pull, one pass of the update rule over the parameters.
/// It allocates nothing once all shapes have been seen. All that is random follows from the seed; the workspace may have any number
/// of threads without a bit's change.
///
/// A loss or parameters that are not finite end the training with a [DivergedException], and the parameters are those after the
/// last good epoch. [#state()] between any two updates, also of a listener, is enough to go on as if nothing had happened.
///
/// One thread at a time, but for [#stop()].
public final class Trainer {

  private final Parameters theta;
  private final Parameters thetaBar;
  private final Layer network;
  private final Loss loss;
  private final Dataset data;
  private final TrainerOptions options;
  private final Workspace ws;
  private final LossPass pass;
  private final Sampler sampler;
  private final Stretches stretches;
  private final OptimizerState optimizerState;
  private final Step step = new Step();
  private final Tensor good;
  private final Tensor best;
  private final int updatesPerEpoch;
  private LossPass validation;
  private TrainingListener listener = _ -> {};
  private boolean listened;
  private volatile boolean stopped;
  private boolean diverged;

  private long seed;
  private long epoch;
  private int batch;
  private long update;
  private double lossSum;
  private long lossSamples;
  private double epochLoss = Double.NaN;
  private double validationLoss = Double.NaN;
  private double bestLoss = Double.POSITIVE_INFINITY;
  private long bestEpoch;
  private final EpochClock clock = new EpochClock();

  /// All work is done by the calling thread.
  ///
  /// @throws IllegalArgumentException as the other constructor does
  public Trainer(Layer network, Parameters theta, Loss loss, Dataset data, TrainerOptions options) {
    this(network, theta, loss, data, options, new Workspace());
  }

  /// @param theta where to begin, and where the result is
  /// @param ws for the trainer alone while it is in use
  /// @throws IllegalArgumentException if network, parameters, loss, set and options do not fit each other, the set has less than two
  ///     samples or less than a batch, or a parameter is not finite
  public Trainer(Layer network, Parameters theta, Loss loss, Dataset data, TrainerOptions options, Workspace ws) {
    this.network = network;
    this.theta = theta;
    this.loss = loss;
    this.data = data;
    this.options = options;
    this.ws = Objects.requireNonNull(ws, "ws");
    requireParameters();
    requireFit(data);
    options.requirePrecision(theta.precision());
    if (data.samples() < 2) {
      throw new IllegalArgumentException("Trainer: the training set has 1 sample, expected at least 2");
    }
    this.updatesPerEpoch = options.batches().updates(data.samples());
    this.thetaBar = Parameters.zeros(theta.spec(), theta.precision());
    this.pass = new LossPass(network, loss, theta, data, ws);
    this.sampler = new Sampler(options.batches(), data.samples());
    this.stretches = new Stretches(theta.spec(), options.regularization(), options.optimizer() instanceof UpdateRule rule && rule.decays());
    this.optimizerState = OptimizerState.initial(options.optimizer(), theta.precision(), theta.spec().size());
    this.good = theta.flat().copy();
    this.best = theta.flat().copy();
    this.seed = options.seed();
  }

  private void requireParameters() {
    ParameterSpec spec = network.parameters();
    if (spec.size() == 0 || !theta.flat().shape().is(1, spec.size()) || theta.spec().size() != spec.size()) {
      throw new IllegalArgumentException("Trainer: parameters are " + theta.flat().shape() + ", expected [1, " + spec.size()
          + "] of the network, and at least one");
    }
    theta.requireOf(network, "parameters");
    RowOps.requireFinite(theta.flat(), "Trainer", "parameters");
  }

  private void requireFit(Dataset data) {
    if (data.precision() != theta.precision()) {
      throw new IllegalArgumentException("Trainer: " + data + ", expected " + theta.precision() + " as the parameters are");
    }
    loss.requireTargets(theta.precision(), network.outputShape(data.inputs().shape()), data.targets(), data.weights());
  }

  /// Takes the mean loss over these samples after each epoch, for the listener and for early stopping.
  ///
  /// @throws IllegalArgumentException if they do not fit network and loss
  public Trainer validateOn(Dataset samples) {
    requireFit(samples);
    validation = new LossPass(network, loss, theta, samples, ws);
    return this;
  }

  /// Tells `listener` of each epoch.
  public Trainer listenTo(TrainingListener listener) {
    this.listener = Objects.requireNonNull(listener, "listener");
    listened = true;
    return this;
  }

  /// Ends [#run()] after the epoch that is being done. May be called by any thread, and by a listener.
  public void stop() {
    stopped = true;
  }

  /// Trains until the last epoch, or until early stopping, [#stop()] or a [BatchMethod] without progress ends it before. With early
  /// stopping the parameters are then those of the best epoch.
  ///
  /// @throws DivergedException if loss or parameters are not finite any more
  /// @throws IllegalStateException if early stopping has no validation set, or an earlier run diverged
  public Progress run() {
    boolean early = !options.earlyStopping().equals(EarlyStopping.never());
    if (early && validation == null) {
      throw new IllegalStateException("Trainer: early stopping without validation set, expected validateOn before");
    }
    stopped = false;
    while (epoch < options.epochs() && !stopped && !hasConverged()) {
      step();
    }
    if (early && bestEpoch > 0) {
      theta.flat().copyFrom(best);
    }
    return progress();
  }

  private boolean hasConverged() {
    return batch == 0 && epoch > 0
        && (options.optimizer() instanceof BatchMethod method && method.hasStalled(optimizerState)
            || bestEpoch > 0 && epoch - bestEpoch >= options.earlyStopping().patience());
  }

  /// One update, and where it is the epoch's last what belongs to the end of an epoch.
  ///
  /// @return the mean loss over the batch before the update; after it, for a [BatchMethod]
  /// @throws DivergedException if loss or parameters are not finite any more
  /// @throws IllegalStateException if an earlier step diverged
  public double step() {
    if (diverged) {
      throw new IllegalStateException("Trainer: has diverged, expected another start or restore");
    }
    clock.begin(epoch);
    double value = switch (options.optimizer()) {
      case UpdateRule rule -> descend(rule);
      case BatchMethod method -> iterate(method);
    };
    batch++;
    update++;
    if (batch == updatesPerEpoch) {
      endEpoch();
    }
    return value;
  }

  /// θ ← θ − ρ·(1/B)·Σ ∂L_n/∂θ and its like: slides, equations 42 to 45.
  private double descend(UpdateRule rule) {
    sampler.choose(seed, epoch, batch, update);
    long draws = Draws.key(seed, Draws.LAYERS, update);
    double value = sampler.isWhole()
        ? pass.gradient(thetaBar, true, draws)
        : pass.gradient(sampler.order(), sampler.from(), sampler.count(), thetaBar, draws);
    requireFinite(value, "loss");
    step.begin(update + 1, rate());
    for (int stretch = 0; stretch < stretches.count(); stretch++) {
      step.penalise(options.regularization(), stretches.isExempt(stretch));
      rule.update(theta.flat(), thetaBar.flat(), optimizerState.vectors(), stretches.from(stretch), stretches.size(stretch), step);
    }
    lossSum += value * sampler.count();
    lossSamples += sampler.count();
    return value;
  }

  private double rate() {
    return options.schedule().rate(options.rateCounts() == TrainerOptions.RateCounts.EPOCHS ? epoch + 1 : update + 1);
  }

  private double iterate(BatchMethod method) {
    double value = method.iterate(new PenalisedLoss(pass, theta, options.regularization()), optimizerState);
    requireFinite(value, "cost");
    lossSum = (value - options.regularization().penalty(theta)) * data.samples();
    lossSamples = data.samples();
    return value;
  }

  private void endEpoch() {
    if (!RowOps.isFinite(theta.flat())) {
      throw diverge("a parameter is not finite");
    }
    if (validation != null) {
      validationLoss = validation.value();
      requireFinite(validationLoss, "validation loss");
    }
    epoch++;
    batch = 0;
    epochLoss = lossSum / lossSamples;
    lossSum = 0;
    lossSamples = 0;
    good.copyFrom(theta.flat());
    if (validation != null && validationLoss < bestLoss - (bestEpoch == 0 ? 0 : options.earlyStopping().leastGain())) {
      bestLoss = validationLoss;
      bestEpoch = epoch;
      best.copyFrom(theta.flat());
    }
    if (listened) {
      listener.onEpoch(progress());
    }
  }

  private void requireFinite(double value, String name) {
    if (!(Math.abs(value) < Double.POSITIVE_INFINITY)) {
      throw diverge(name + " is " + value);
    }
  }

  private DivergedException diverge(String what) {
    diverged = true;
    theta.flat().copyFrom(good);
    thetaBar.flat().fill(0);
    int updateOfEpoch = Math.min(batch + 1, updatesPerEpoch);
    return new DivergedException("Trainer: " + what + " in epoch " + (epoch + 1) + ", update " + updateOfEpoch + " of " + updatesPerEpoch
        + "; the parameters are those " + (epoch == 0 ? "of the beginning" : "after epoch " + epoch) + ". A smaller rate may help", epoch + 1);
  }

  private Progress progress() {
    double rate = options.optimizer() instanceof BatchMethod || update == 0 ? Double.NaN : step.rate();
    return new Progress(epoch, options.epochs(), update, epochLoss, validationLoss, bestEpoch, rate,
        clock.elapsed(), clock.left(epoch, options.epochs()));
  }

  /// The parameters, which each step changes.
  public Parameters parameters() {
    return theta;
  }

  /// A copy of all that the training is now.
  ///
  /// @throws IllegalStateException if it has diverged
  public TrainerState state() {
    if (diverged) {
      throw new IllegalStateException("Trainer: has diverged, expected state() before");
    }
    return new TrainerState(theta.flat().copy(), optimizerState.vectors().copy(), optimizerState.numbers().copy(), good.copy(), best.copy(),
        seed, epoch, batch, update, lossSum, lossSamples, epochLoss, bestLoss, bestEpoch);
  }

  /// Goes on from `state`, of a training with the same network, loss, sets and options: what follows is what would have followed
  /// there, to the bit.
  ///
  /// @throws IllegalArgumentException if the state is of other parameters, another optimizer or another number of batches
  public void restore(TrainerState state) {
    if (state.epoch() < 0 || state.batch() < 0 || state.batch() >= updatesPerEpoch || state.update() < state.batch()) {
      throw new IllegalArgumentException("Trainer: state of epoch " + state.epoch() + ", batch " + state.batch() + ", update "
          + state.update() + ", expected a batch of 0 to " + (updatesPerEpoch - 1));
    }
    Precision precision = theta.precision();
    state.parameters().require(precision, theta.flat().shape(), "Trainer", "state's parameters");
    state.goodParameters().require(precision, theta.flat().shape(), "Trainer", "state's good parameters");
    state.bestParameters().require(precision, theta.flat().shape(), "Trainer", "state's best parameters");
    optimizerState.set(state.optimizerVectors(), state.optimizerNumbers());
    theta.flat().copyFrom(state.parameters());
    good.copyFrom(state.goodParameters());
    best.copyFrom(state.bestParameters());
    thetaBar.flat().fill(0);
    sampler.forget();
    seed = state.seed();
    epoch = state.epoch();
    batch = state.batch();
    update = state.update();
    lossSum = state.lossSum();
    lossSamples = state.lossSamples();
    epochLoss = state.loss();
    bestLoss = state.bestLoss();
    bestEpoch = state.bestEpoch();
    clock.stop();
    diverged = false;
  }
}
