package dev.lanewise.train;

import dev.lanewise.Precision;
import dev.lanewise.train.optimizer.BatchMethod;
import dev.lanewise.train.optimizer.Optimizer;
import dev.lanewise.train.optimizer.Schedule;
import dev.lanewise.train.optimizer.UpdateRule;
import java.util.Objects;

/// How a network is trained.
///
/// @param optimizer how parameters are moved
/// @param schedule the rate; a [BatchMethod] finds its own
/// @param rateCounts what the schedule's steps count
/// @param batches which samples an update is computed from
/// @param regularization penalties on large parameters
/// @param epochs the most passes through the set
/// @param seed what all random choices follow from
/// @param earlyStopping when to stop before the last epoch
public record TrainerOptions(
    Optimizer optimizer, Schedule schedule, RateCounts rateCounts, Batches batches, Regularization regularization,
    long epochs, long seed, EarlyStopping earlyStopping) {

  /// What the index r of a [Schedule]'s rate ρ_r counts.
  public enum RateCounts {
    /// Updates of the parameters.
    UPDATES,
    /// Passes through the set.
    EPOCHS
  }

  /// @throws IllegalArgumentException if there is no epoch, or a [BatchMethod] is to work on batches or with an ℓ₁
  ///     penalty
  public TrainerOptions {
    Objects.requireNonNull(schedule, "schedule");
    Objects.requireNonNull(rateCounts, "rateCounts");
    Objects.requireNonNull(earlyStopping, "earlyStopping");
    if (epochs < 1) {
      throw new IllegalArgumentException("TrainerOptions: " + epochs + " epochs, expected at least 1");
    }
    if (optimizer instanceof BatchMethod && batches.kind() != Batches.Kind.WHOLE) {
      throw new IllegalArgumentException("TrainerOptions: " + optimizer + " with " + batches
          + ", expected Batches.whole()");
    }
    if (optimizer instanceof BatchMethod && regularization.l1() > 0) {
      throw new IllegalArgumentException(
          "TrainerOptions: " + optimizer + " with an l1 penalty, expected a smooth cost or an update rule");
    }
  }

  /// Checks that penalties and the first rate are valid in this precision too. Later rates may fade to 0.
  void requirePrecision(Precision precision) {
    regularization.requirePrecision(precision);
    if (optimizer instanceof UpdateRule && schedule.rate(1) > 0) {
      precision.requirePositive(schedule.rate(1), "TrainerOptions", "the first rate");
    }
  }

  /// {@return Adam at a constant rate of 0.001, shuffled batches of 32, no penalty, 100 epochs, seed 0, no early
  /// stopping}
  public static TrainerOptions defaults() {
    return new TrainerOptions(Optimizer.adam(), Schedule.constant(1e-3), RateCounts.UPDATES, Batches.shuffled(32),
        Regularization.none(), 100, 0, EarlyStopping.never());
  }

  /// {@return these options with another update rule}
  public TrainerOptions withOptimizer(UpdateRule rule) {
    return new TrainerOptions(rule, schedule, rateCounts, batches, regularization, epochs, seed, earlyStopping);
  }

  /// {@return these options with a method that works on the whole set}
  public TrainerOptions withOptimizer(BatchMethod method) {
    return new TrainerOptions(method, schedule, rateCounts, Batches.whole(), regularization, epochs, seed,
        earlyStopping);
  }

  /// {@return these options at a constant rate}
  ///
  /// @throws IllegalArgumentException if it is not a positive number
  public TrainerOptions withRate(double rate) {
    return withRatePerUpdate(Schedule.constant(rate));
  }

  /// {@return these options at a rate that changes with the updates} The schedule is evaluated only for updates that
  /// are made; a negative rate is refused then.
  public TrainerOptions withRatePerUpdate(Schedule schedule) {
    return new TrainerOptions(optimizer, schedule, RateCounts.UPDATES, batches, regularization, epochs, seed,
        earlyStopping);
  }

  /// {@return these options at a rate that changes with the epochs} The schedule is evaluated only for epochs that
  /// begin; a negative rate is refused then.
  public TrainerOptions withRatePerEpoch(Schedule schedule) {
    return new TrainerOptions(optimizer, schedule, RateCounts.EPOCHS, batches, regularization, epochs, seed,
        earlyStopping);
  }

  /// {@return these options with other batches}
  public TrainerOptions withBatches(Batches batches) {
    return new TrainerOptions(optimizer, schedule, rateCounts, batches, regularization, epochs, seed, earlyStopping);
  }

  /// {@return these options with penalties}
  public TrainerOptions withRegularization(Regularization regularization) {
    return new TrainerOptions(optimizer, schedule, rateCounts, batches, regularization, epochs, seed, earlyStopping);
  }

  /// {@return these options with at most this many epochs}
  public TrainerOptions withEpochs(long epochs) {
    return new TrainerOptions(optimizer, schedule, rateCounts, batches, regularization, epochs, seed, earlyStopping);
  }

  /// {@return these options with another seed}
  public TrainerOptions withSeed(long seed) {
    return new TrainerOptions(optimizer, schedule, rateCounts, batches, regularization, epochs, seed, earlyStopping);
  }

  /// {@return these options stopping once the validation loss no longer falls}
  public TrainerOptions withEarlyStopping(EarlyStopping earlyStopping) {
    return new TrainerOptions(optimizer, schedule, rateCounts, batches, regularization, epochs, seed, earlyStopping);
  }

  /// ρ of the next update.
  double rate(Position at) {
    long r = 1 + (rateCounts == RateCounts.UPDATES ? at.update() : at.epoch());
    double rate = schedule.rate(r);
    if (!(rate >= 0 && rate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("TrainerOptions: the schedule's rate is " + rate + " at step " + r + " of "
          + rateCounts + ", expected a number, at least 0");
    }
    return rate;
  }
}
