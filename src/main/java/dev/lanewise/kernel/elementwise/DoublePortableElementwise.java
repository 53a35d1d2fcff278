package dev.lanewise.kernel.elementwise;

import dev.lanewise.kernel.lanes.MultiplyAdd;
import dev.lanewise.kernel.math.DoubleErf;
import dev.lanewise.kernel.math.DoubleLogistic;
import dev.lanewise.kernel.math.DoubleMath;
import dev.lanewise.kernel.math.DoubleMish;
import dev.lanewise.kernel.math.DoubleNormal;
import dev.lanewise.kernel.math.DoubleTanh;
import java.util.Arrays;

/// Elementwise operations on parts of arrays, n numbers from each offset, in plain Java.
///
/// Formulas, conditions and bits are those of [DoubleVectorElementwise].
public final class DoublePortableElementwise {

  private static final double LEAK = 0.01;

  private DoublePortableElementwise() {}

  public static void activate(Nonlinearity kind, int n, double[] z, int zo, double[] y, int yo) {
    switch (kind) {
      case IDENTITY -> copy(n, z, zo, y, yo);
      case RELU -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = z[zo + i] <= 0 ? 0.0 : z[zo + i];
        }
      }
      case LEAKY_RELU -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = z[zo + i] > 0 ? z[zo + i] : z[zo + i] * LEAK;
        }
      }
      case SIGMOID -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = DoubleLogistic.sigmoid(z[zo + i]);
        }
      }
      case TANH -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = DoubleTanh.tanh(z[zo + i]);
        }
      }
      case GELU -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = DoubleNormal.gelu(z[zo + i]);
        }
      }
      case SOFTPLUS -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = DoubleLogistic.softplus(z[zo + i]);
        }
      }
      case ELU -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = DoubleMath.elu(z[zo + i]);
        }
      }
      case SILU -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = DoubleLogistic.silu(z[zo + i]);
        }
      }
      case MISH -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = DoubleMish.mish(z[zo + i]);
        }
      }
    }
  }

  public static void exp(int n, double[] z, int zo, double[] y, int yo) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = DoubleMath.exp(z[zo + i]);
    }
  }

  public static void erf(int n, double[] z, int zo, double[] y, int yo) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = DoubleErf.erf(z[zo + i]);
    }
  }

  public static void activateKeepingSlope(
      Nonlinearity kind, int n, double[] z, int zo, double[] y, int yo, double[] slope, int so) {
    switch (kind) {
      case GELU -> {
        for (int i = 0; i < n; i++) {
          double x = z[zo + i];
          y[yo + i] = DoubleNormal.gelu(x);
          slope[so + i] = DoubleNormal.geluSlope(x);
        }
      }
      case SOFTPLUS -> {
        for (int i = 0; i < n; i++) {
          double x = z[zo + i];
          y[yo + i] = DoubleLogistic.softplus(x);
          slope[so + i] = DoubleLogistic.softplusSlope(x);
        }
      }
      case SILU -> {
        for (int i = 0; i < n; i++) {
          double x = z[zo + i];
          y[yo + i] = DoubleLogistic.silu(x);
          slope[so + i] = DoubleLogistic.siluSlope(x);
        }
      }
      case MISH -> {
        for (int i = 0; i < n; i++) {
          double x = z[zo + i];
          y[yo + i] = DoubleMish.mish(x);
          slope[so + i] = DoubleMish.mishSlope(x);
        }
      }
      case IDENTITY, RELU, LEAKY_RELU, SIGMOID, TANH, ELU -> {
        activate(kind, n, z, zo, y, yo);
        fill(n, 1.0, slope, so);
        scaleBySlope(kind, n, y, yo, slope, so, slope, so);
      }
    }
  }

  public static void scaleBySlope(
      Nonlinearity kind, int n, double[] residual, int ro, double[] u, int uo, double[] v, int vo) {
    switch (kind) {
      case IDENTITY -> copy(n, u, uo, v, vo);
      case RELU -> {
        for (int i = 0; i < n; i++) {
          v[vo + i] = residual[ro + i] <= 0 ? 0.0 : u[uo + i];
        }
      }
      case LEAKY_RELU -> {
        for (int i = 0; i < n; i++) {
          v[vo + i] = residual[ro + i] > 0 ? u[uo + i] : u[uo + i] * LEAK;
        }
      }
      case SIGMOID -> {
        for (int i = 0; i < n; i++) {
          v[vo + i] = u[uo + i] * (residual[ro + i] * (1 - residual[ro + i]));
        }
      }
      case TANH -> {
        for (int i = 0; i < n; i++) {
          v[vo + i] = u[uo + i] * MultiplyAdd.oneLessSquare(residual[ro + i]);
        }
      }
      case ELU -> {
        for (int i = 0; i < n; i++) {
          v[vo + i] = residual[ro + i] < 0 ? (residual[ro + i] + 1) * u[uo + i] : u[uo + i];
        }
      }
      case GELU, SOFTPLUS, SILU, MISH -> {
        for (int i = 0; i < n; i++) {
          v[vo + i] = residual[ro + i] * u[uo + i];
        }
      }
    }
  }

  public static void curvature(Nonlinearity kind, int n, double[] z, int zo, double[] v, int vo) {
    for (int i = 0; i < n; i++) {
      v[vo + i] = DoubleCurvature.of(kind, z[zo + i]);
    }
  }

  public static void addBias(int n, double[] bias, int bo, double[] y, int yo) {
    sum(n, y, yo, bias, bo, y, yo);
  }

  public static void add(int n, double[] x, int xo, double[] y, int yo) {
    sum(n, y, yo, x, xo, y, yo);
  }

  public static void multiply(int n, double[] x, int xo, double[] y, int yo) {
    for (int i = 0; i < n; i++) {
      y[yo + i] *= x[xo + i];
    }
  }

  public static void fill(int n, double value, double[] y, int yo) {
    Arrays.fill(y, yo, yo + n, value);
  }

  static void sum(int n, double[] a, int ao, double[] b, int bo, double[] y, int yo) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = a[ao + i] + b[bo + i];
    }
  }

  private static void copy(int n, double[] x, int xo, double[] y, int yo) {
    if (x != y || xo != yo) {
      System.arraycopy(x, xo, y, yo, n);
    }
  }
}
