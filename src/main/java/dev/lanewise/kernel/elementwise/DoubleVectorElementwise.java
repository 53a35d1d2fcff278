package dev.lanewise.kernel.elementwise;

import dev.lanewise.kernel.lanes.DoubleLanes;
import dev.lanewise.kernel.lanes.DoubleTail;
import dev.lanewise.kernel.math.DoubleVectorErf;
import dev.lanewise.kernel.math.DoubleVectorLogistic;
import dev.lanewise.kernel.math.DoubleVectorMath;
import dev.lanewise.kernel.math.DoubleVectorMish;
import dev.lanewise.kernel.math.DoubleVectorNormal;
import dev.lanewise.kernel.math.DoubleVectorTanh;
import java.util.Arrays;

/// Elementwise operations on parts of arrays, n numbers from each offset, on the Vector API.
///
/// | operation            | formula                                                               |
/// |----------------------|-----------------------------------------------------------------------|
/// | activate             | y = φ(z)                                                              |
/// | activateKeepingSlope | y = φ(z), slope = φ′(z)                                               |
/// | scaleBySlope         | v = φ′ ⊙ u, φ′ from the residual: y, or the kept slope                |
/// | exp, erf             | y = eᶻ, y = erf(z)                                                    |
/// | add, multiply, fill  | y += x, y *= x, y = value                                             |
///
/// φ and φ′ stand in [Nonlinearity]; reductions in [DoubleVectorRows][dev.lanewise.kernel.passes.DoubleVectorRows].
/// Outputs may be the same part of the same array as an input, but must not overlap one otherwise. For relu the product
/// φ′·u is a choice between u and 0, so that 0·∞ makes no NaN. The bits are those of [DoublePortableElementwise], at
/// every position.
public final class DoubleVectorElementwise {

  private DoubleVectorElementwise() {}

  public static void activate(Nonlinearity kind, int n, double[] z, int zo, double[] y, int yo) {
    int last = DoubleTail.last(n, z, zo, y, yo);
    if (last == DoubleTail.NONE || isTooNarrowFor(kind)) {
      DoublePortableElementwise.activate(kind, n, z, zo, y, yo);
      return;
    }
    switch (kind) {
      case IDENTITY -> copy(n, z, zo, y, yo);
      case RELU -> DoubleVectorLoops.relu(n, last, z, zo, y, yo);
      case LEAKY_RELU -> DoubleVectorLoops.leakyRelu(n, last, z, zo, y, yo);
      case SIGMOID -> DoubleVectorLogistic.sigmoid(n, last, z, zo, y, yo);
      case TANH -> DoubleVectorTanh.tanh(n, last, z, zo, y, yo);
      case GELU -> DoubleVectorNormal.gelu(n, last, z, zo, y, yo, null, 0);
      case SOFTPLUS -> DoubleVectorLogistic.softplus(n, last, z, zo, y, yo, null, 0);
      case ELU -> DoubleVectorMath.elu(n, last, z, zo, y, yo);
      case SILU -> DoubleVectorLogistic.silu(n, last, z, zo, y, yo, null, 0);
      case MISH -> DoubleVectorMish.mish(n, last, z, zo, y, yo, null, 0);
    }
  }

  /// Kinds whose slope comes from the output do not need this, but are supported: their slope takes a second pass over
  /// y.
  public static void activateKeepingSlope(
      Nonlinearity kind, int n, double[] z, int zo, double[] y, int yo, double[] slope, int so) {
    int last = DoubleTail.last(n, z, zo, y, yo, slope, so);
    if (last == DoubleTail.NONE || isTooNarrowFor(kind)) {
      DoublePortableElementwise.activateKeepingSlope(kind, n, z, zo, y, yo, slope, so);
      return;
    }
    switch (kind) {
      case GELU -> DoubleVectorNormal.gelu(n, last, z, zo, y, yo, slope, so);
      case SOFTPLUS -> DoubleVectorLogistic.softplus(n, last, z, zo, y, yo, slope, so);
      case SILU -> DoubleVectorLogistic.silu(n, last, z, zo, y, yo, slope, so);
      case MISH -> DoubleVectorMish.mish(n, last, z, zo, y, yo, slope, so);
      case IDENTITY, RELU, LEAKY_RELU, SIGMOID, TANH, ELU -> {
        activate(kind, n, z, zo, y, yo);
        fill(n, 1.0, slope, so);
        scaleBySlope(kind, n, y, yo, slope, so, slope, so);
      }
    }
  }

  private static boolean isTooNarrowFor(Nonlinearity kind) {
    return DoubleLanes.TOO_NARROW && kind.isTranscendental() || DoubleLanes.BOXES_MASKS && takesMasks(kind);
  }

  /// Whether the slope is a choice between two values.
  private static boolean takesMasks(Nonlinearity kind) {
    return kind == Nonlinearity.RELU || kind == Nonlinearity.LEAKY_RELU || kind == Nonlinearity.ELU;
  }

  public static void exp(int n, double[] z, int zo, double[] y, int yo) {
    int last = DoubleTail.last(n, z, zo, y, yo);
    if (last == DoubleTail.NONE || DoubleLanes.TOO_NARROW) {
      DoublePortableElementwise.exp(n, z, zo, y, yo);
    } else {
      DoubleVectorMath.exp(n, last, z, zo, y, yo);
    }
  }

  public static void erf(int n, double[] z, int zo, double[] y, int yo) {
    int last = DoubleTail.last(n, z, zo, y, yo);
    if (last == DoubleTail.NONE || DoubleLanes.TOO_NARROW) {
      DoublePortableElementwise.erf(n, z, zo, y, yo);
    } else {
      DoubleVectorErf.erf(n, last, z, zo, y, yo);
    }
  }

  public static void scaleBySlope(
      Nonlinearity kind, int n, double[] residual, int ro, double[] u, int uo, double[] v, int vo) {
    int last = DoubleTail.last(n, residual, ro, u, uo, v, vo);
    if (last == DoubleTail.NONE || DoubleLanes.BOXES_MASKS && takesMasks(kind)) {
      DoublePortableElementwise.scaleBySlope(kind, n, residual, ro, u, uo, v, vo);
      return;
    }
    switch (kind) {
      case IDENTITY -> copy(n, u, uo, v, vo);
      case RELU -> DoubleVectorLoops.reluSlope(n, last, residual, ro, u, uo, v, vo);
      case LEAKY_RELU -> DoubleVectorLoops.leakyReluSlope(n, last, residual, ro, u, uo, v, vo);
      case SIGMOID -> DoubleVectorLoops.sigmoidSlope(n, last, residual, ro, u, uo, v, vo);
      case TANH -> DoubleVectorLoops.tanhSlope(n, last, residual, ro, u, uo, v, vo);
      case ELU -> DoubleVectorLoops.eluSlope(n, last, residual, ro, u, uo, v, vo);
      case GELU, SOFTPLUS, SILU, MISH -> DoubleVectorLoops.product(n, last, residual, ro, u, uo, v, vo);
    }
  }

  public static void add(int n, double[] x, int xo, double[] y, int yo) {
    sum(n, y, yo, x, xo, y, yo);
  }

  public static void multiply(int n, double[] x, int xo, double[] y, int yo) {
    int last = DoubleTail.last(n, x, xo, y, yo);
    if (last == DoubleTail.NONE) {
      DoublePortableElementwise.multiply(n, x, xo, y, yo);
    } else {
      DoubleVectorLoops.product(n, last, y, yo, x, xo, y, yo);
    }
  }

  private static void sum(int n, double[] x, int xo, double[] b, int bo, double[] y, int yo) {
    int last = DoubleTail.last(n, x, xo, b, bo, y, yo);
    if (last == DoubleTail.NONE) {
      DoublePortableElementwise.sum(n, x, xo, b, bo, y, yo);
    } else {
      DoubleVectorLoops.sum(n, last, x, xo, b, bo, y, yo);
    }
  }

  public static void fill(int n, double value, double[] y, int yo) {
    Arrays.fill(y, yo, yo + n, value);
  }

  private static void copy(int n, double[] x, int xo, double[] y, int yo) {
    if (x != y || xo != yo) {
      System.arraycopy(x, xo, y, yo, n);
    }
  }
}
