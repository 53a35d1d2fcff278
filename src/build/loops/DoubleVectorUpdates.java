package dev.lanewise.kernel.passes;

import static dev.lanewise.kernel.lanes.DoubleLanes.LENGTH;
import static dev.lanewise.kernel.lanes.DoubleLanes.SPECIES;
import static dev.lanewise.kernel.lanes.DoubleLanes.TYPE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.lanewise.kernel.lanes.DoubleLanes;
import dev.lanewise.kernel.lanes.DoubleTail;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

/// Update rules of gradient descent, number by number, in one pass over parameters w, gradient g and state, on the
/// Vector API.
///
/// With ĝ = g + pull·w, and S the soft threshold S(x) = sgn x · max(|x| − threshold, 0),
///
/// | operation | state                                         | w                                     |
/// |-----------|-----------------------------------------------|---------------------------------------|
/// | descend   |                                               | S(keep·w − rate·ĝ)                    |
/// | momentum  | v ← friction·v + ĝ                            | S(keep·w − rate·(ahead·ĝ + along·v))  |
/// | adam      | m ← β₁·m + (1 − β₁)·ĝ, v ← β₂·v + (1 − β₂)·ĝ² | S(keep·w − rate·m/(rootScale·√v + ε)) |
///
/// pull is the slope of weight decay, keep the factor of decoupled decay on a weight, S the proximal step of an ℓ₁
/// penalty. All are always computed, as memory bounds the pass. g is set to 0, ready for the next sum, which costs
/// nothing here. A NaN stays one. Bits are those of [DoublePortableUpdates], at all positions.
///
/// The threshold is written out three times: a method that returns a vector was called, and boxed its vectors, where C2
/// had inlined the pass into a larger method.
public final class DoubleVectorUpdates {

  private DoubleVectorUpdates() {}

  public static void descend(
      int n, double[] w, int wo, double[] g, int go, double rate, double pull, double keep, double threshold) {
    int last = DoubleTail.last(n, w, wo, g, go);
    if (last == DoubleTail.NONE || DoubleLanes.TOO_NARROW) {
      DoublePortableUpdates.descend(n, w, wo, g, go, rate, pull, keep, threshold);
      return;
    }
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector down = DoubleVector.broadcast(SPECIES, -rate);
    DoubleVector pulls = DoubleVector.broadcast(SPECIES, pull);
    for (int i : vectors(n, last)) {
      DoubleVector x = TYPE.cast(DoubleVector.fromArray(SPECIES, w, wo + i));
      DoubleVector step = x.fma(pulls, DoubleVector.fromArray(SPECIES, g, go + i));
      DoubleVector moved = step.fma(down, x.mul(keep));
      moved.blend(0.0, moved.abs().compare(LE, threshold))
          .blend(moved.sub(threshold), moved.compare(GT, threshold))
          .blend(moved.add(threshold), moved.compare(LT, -threshold))
          .intoArray(w, wo + i);
      zero.intoArray(g, go + i);
    }
  }

  public static void momentum(
      int n, double[] w, int wo, double[] g, int go, double[] v, int vo,
      double friction, double ahead, double along, double rate, double pull, double keep, double threshold) {
    int last = DoubleTail.last(n, w, wo, g, go, v, vo);
    if (last == DoubleTail.NONE || DoubleLanes.TOO_NARROW) {
      DoublePortableUpdates.momentum(n, w, wo, g, go, v, vo, friction, ahead, along, rate, pull, keep, threshold);
      return;
    }
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector down = DoubleVector.broadcast(SPECIES, -rate);
    DoubleVector pulls = DoubleVector.broadcast(SPECIES, pull);
    DoubleVector frictions = DoubleVector.broadcast(SPECIES, friction);
    DoubleVector alongs = DoubleVector.broadcast(SPECIES, along);
    for (int i : vectors(n, last)) {
      DoubleVector x = TYPE.cast(DoubleVector.fromArray(SPECIES, w, wo + i));
      DoubleVector slope = x.fma(pulls, DoubleVector.fromArray(SPECIES, g, go + i));
      DoubleVector velocity = TYPE.cast(DoubleVector.fromArray(SPECIES, v, vo + i)).fma(frictions, slope);
      DoubleVector step = velocity.fma(alongs, slope.mul(ahead));
      DoubleVector moved = step.fma(down, x.mul(keep));
      moved.blend(0.0, moved.abs().compare(LE, threshold))
          .blend(moved.sub(threshold), moved.compare(GT, threshold))
          .blend(moved.add(threshold), moved.compare(LT, -threshold))
          .intoArray(w, wo + i);
      zero.intoArray(g, go + i);
      velocity.intoArray(v, vo + i);
    }
  }

  public static void adam(
      int n, double[] w, int wo, double[] g, int go, double[] m, int mo, double[] v, int vo,
      double beta1, double beta2, double rootScale, double epsilon, double rate, double pull, double keep,
      double threshold) {
    int last = DoubleTail.last(n, w, wo, g, go, m, mo, v, vo);
    if (last == DoubleTail.NONE || DoubleLanes.TOO_NARROW) {
      DoublePortableUpdates.adam(n, w, wo, g, go, m, mo, v, vo, beta1, beta2, rootScale, epsilon, rate, pull, keep,
          threshold);
      return;
    }
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector down = DoubleVector.broadcast(SPECIES, -rate);
    DoubleVector pulls = DoubleVector.broadcast(SPECIES, pull);
    DoubleVector decay1 = DoubleVector.broadcast(SPECIES, beta1);
    DoubleVector decay2 = DoubleVector.broadcast(SPECIES, beta2);
    DoubleVector scale = DoubleVector.broadcast(SPECIES, rootScale);
    DoubleVector least = DoubleVector.broadcast(SPECIES, epsilon);
    double rest1 = 1.0 - beta1;
    double rest2 = 1.0 - beta2;
    for (int i : vectors(n, last)) {
      DoubleVector x = TYPE.cast(DoubleVector.fromArray(SPECIES, w, wo + i));
      DoubleVector slope = x.fma(pulls, DoubleVector.fromArray(SPECIES, g, go + i));
      DoubleVector mean = TYPE.cast(DoubleVector.fromArray(SPECIES, m, mo + i)).fma(decay1, slope.mul(rest1));
      DoubleVector square = TYPE.cast(DoubleVector.fromArray(SPECIES, v, vo + i))
          .fma(decay2, slope.mul(slope).mul(rest2));
      DoubleVector step = mean.div(square.sqrt().fma(scale, least));
      DoubleVector moved = step.fma(down, x.mul(keep));
      moved.blend(0.0, moved.abs().compare(LE, threshold))
          .blend(moved.sub(threshold), moved.compare(GT, threshold))
          .blend(moved.add(threshold), moved.compare(LT, -threshold))
          .intoArray(w, wo + i);
      zero.intoArray(g, go + i);
      mean.intoArray(m, mo + i);
      square.intoArray(v, vo + i);
    }
  }
}
