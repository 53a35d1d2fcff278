package dev.lanewise.autodiff;

import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.autodiff.chain.Chain;
import dev.lanewise.autodiff.chain.ChainFactor;
import dev.lanewise.autodiff.chain.Wanted;
import dev.lanewise.autodiff.plan.ChainTimes;
import java.util.List;

/// The cost of pushing or pulling directions through a chain in all samples of a batch at once.
final class BatchPlan {

  private final List<ChainFactor> factors;
  private final Wanted wanted;
  private final int batch;
  private final Precision precision;
  private final JacobianOptions options;
  private final ChainTimes times;

  /// @param sample the chain of one sample
  /// @param wanted which block of its Jacobian
  /// @throws IllegalArgumentException if identities are to be seeded, or a pure mode is asked for and one direction
  ///     does not fit the memory
  BatchPlan(Chain sample, Wanted wanted, int batch, Precision precision, JacobianOptions options) {
    if (!options.elided()) {
      throw new IllegalArgumentException(
          "JacobianOptions: identities seeded in every layer, expected a mode without for Jacobians of samples");
    }
    this.factors = sample.planned(true);
    this.wanted = wanted;
    this.batch = batch;
    this.precision = precision;
    this.options = options;
    this.times = new ChainTimes.Measured(options.costs(), precision);
    if ((options.mode() == Mode.FORWARD || options.mode() == Mode.REVERSE) && !fits(options.mode())) {
      throw new IllegalArgumentException("Jacobians of " + batch + " samples by " + options.mode() + ": need "
          + bytes(Math.max(1, options.chunk())) + " bytes, memory is " + options.memory() + " bytes");
    }
  }

  /// FORWARD or REVERSE.
  Mode faster() {
    boolean forward = !fits(Mode.REVERSE) || fits(Mode.FORWARD) && nanos(Mode.FORWARD) <= nanos(Mode.REVERSE);
    return forward ? Mode.FORWARD : Mode.REVERSE;
  }

  /// The requested chunk, or as many directions as fit the memory.
  int chunk(Mode mode) {
    int asked = options.chunk() == JacobianOptions.AUTO_CHUNK
        ? (int) Math.min(Shape.LARGEST_ARRAY / batch / widest(), options.memory() / bytes(1)) : options.chunk();
    return Math.clamp(asked, 1, Math.max(1, directions(mode)));
  }

  boolean fits(Mode mode) {
    return bytes(chunk(mode)) <= options.memory();
  }

  private int directions(Mode mode) {
    return mode == Mode.FORWARD ? wanted.columns() : wanted.rows();
  }

  /// The memory of the panels of so many directions: at both ends and on either side of the widest layer.
  private long bytes(int chunk) {
    long one = precision.bytes() * (factors.getFirst().columns() + (long) factors.getLast().rows() + 2 * widest());
    long rows = (long) chunk * batch;
    return rows > Long.MAX_VALUE / one ? Long.MAX_VALUE : rows * one;
  }

  private long widest() {
    long widest = 1;
    for (ChainFactor factor : factors) {
      widest = Math.max(widest, Math.max(factor.rows(), factor.columns()));
    }
    return widest;
  }

  /// The predicted time of a mode, including that of the value.
  double nanos(Mode mode) {
    int directions = directions(mode);
    int chunk = chunk(mode);
    double nanos = value(batch) + directions / chunk * pass(mode, chunk);
    return directions % chunk == 0 ? nanos : nanos + pass(mode, directions % chunk);
  }

  /// The predicted time of the values of so many samples.
  double value(int samples) {
    double nanos = 0;
    for (ChainFactor factor : factors) {
      nanos += times.directions(factor, samples);
    }
    return nanos;
  }

  /// The time of so many directions in each sample: the values of as many samples, the recomputation, and after pushes
  /// the transposition into columns.
  private double pass(Mode mode, int chunk) {
    double through = value(Math.clamp((long) chunk * batch, 1, Integer.MAX_VALUE));
    for (ChainFactor factor : factors) {
      through += times.recomputation(factor, batch);
    }
    int outputs = Math.clamp((long) batch * directions(Mode.REVERSE), 1, Integer.MAX_VALUE);
    return mode == Mode.FORWARD ? through + times.transpose(chunk, outputs) : through;
  }
}
