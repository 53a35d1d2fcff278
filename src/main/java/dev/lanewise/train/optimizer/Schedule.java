package dev.lanewise.train.optimizer;

/// The rate ρ_r of step r = 1, 2, 3, …, where steps are updates or epochs as the [dev.lanewise.train.TrainerOptions]
/// say.
///
/// | schedule       | ρ_r                                                        | source                   |
/// |----------------|------------------------------------------------------------|--------------------------|
/// | [#constant]    | ρ                                                          |                          |
/// | [#inverse]     | ρ/(1 + (r − 1)/τ); the slides' ρ/r for τ = 1               | Robbins & Monro 1951     |
/// | [#step]        | ρ·factor^⌊(r − 1)/every⌋                                   |                          |
/// | [#exponential] | ρ·factor^(r − 1)                                           |                          |
/// | [#cosine]      | ρ·r/warmUp up to warmUp, then half a cosine down to least  | Loshchilov & Hutter 2017 |
@FunctionalInterface
public interface Schedule {

  /// {@return ρ_r}
  ///
  /// @param r the step, from 1
  double rate(long r);

  /// {@return ρ, always}
  ///
  /// @throws IllegalArgumentException if ρ is not a positive number
  static Schedule constant(double rate) {
    requirePositive("constant", "rate", rate);
    return r -> rate;
  }

  /// {@return ρ/r: Σρ_r diverges and Σρ_r² does not, the conditions of Robbins and Monro}
  ///
  /// @throws IllegalArgumentException if ρ is not a positive number
  static Schedule inverse(double rate) {
    return inverse(rate, 1);
  }

  /// {@return ρ/(1 + (r − 1)/τ): half of ρ after τ steps; the conditions of Robbins and Monro hold for every τ}
  ///
  /// @throws IllegalArgumentException if ρ or τ is not a positive number
  static Schedule inverse(double rate, double tau) {
    requirePositive("inverse", "rate", rate);
    requirePositive("inverse", "tau", tau);
    return r -> rate / (1 + (r - 1) / tau);
  }

  /// {@return ρ·factor^⌊(r − 1)/every⌋}
  ///
  /// @throws IllegalArgumentException if ρ is not a positive number, the factor not in 0 < factor ≤ 1, or `every` below
  ///     1
  static Schedule step(double rate, double factor, long every) {
    requirePositive("step", "rate", rate);
    requireFactor("step", factor);
    if (every < 1) {
      throw new IllegalArgumentException("Schedule.step: every " + every + " steps, expected at least 1");
    }
    return r -> rate * StrictMath.pow(factor, (r - 1) / every);
  }

  /// {@return ρ·factor^(r − 1)}
  ///
  /// @throws IllegalArgumentException if ρ is not a positive number, or the factor not in 0 < factor ≤ 1
  static Schedule exponential(double rate, double factor) {
    requirePositive("exponential", "rate", rate);
    requireFactor("exponential", factor);
    return r -> rate * StrictMath.pow(factor, r - 1);
  }

  /// {@return ρ·r/warmUp up to step warmUp, then least + (ρ − least)·(1 + cos(π·(r − warmUp)/(total − warmUp)))/2, and
  /// least from step `total` on}
  ///
  /// @throws IllegalArgumentException if ρ is not a positive number, least not in 0 ≤ least ≤ ρ, or not 0 ≤ warmUp <
  ///     total
  static Schedule cosine(double rate, long warmUp, long total, double least) {
    requirePositive("cosine", "rate", rate);
    if (!(least >= 0 && least <= rate)) {
      throw new IllegalArgumentException("Schedule.cosine: least is " + least + ", expected from 0 to " + rate);
    }
    if (warmUp < 0 || warmUp >= total) {
      throw new IllegalArgumentException("Schedule.cosine: warm-up of " + warmUp
          + " steps, expected from 0 to less than all " + total);
    }
    return r -> {
      if (r <= warmUp) {
        return rate * r / warmUp;
      }
      double way = Math.min(1, (double) (r - warmUp) / (total - warmUp));
      return least + (rate - least) * (1 + StrictMath.cos(Math.PI * way)) / 2;
    };
  }

  private static void requirePositive(String schedule, String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Schedule." + schedule + ": " + name + " is " + value + ", expected a positive number");
    }
  }

  private static void requireFactor(String name, double factor) {
    if (!(factor > 0 && factor <= 1)) {
      throw new IllegalArgumentException("Schedule." + name + ": factor is " + factor
          + ", expected more than 0 and at most 1");
    }
  }
}
