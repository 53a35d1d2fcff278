package dev.lanewise.testkit;

import dev.lanewise.Tensor;
import java.util.Arrays;
import java.util.function.DoubleFunction;

/// Central differences with Richardson extrapolation, in double: (4·Δ(h/2) − Δ(h))/3, Δ(h) = (f(h) − f(−h))/2h.
final class Differences {

  /// What they are good for with whatever has derivatives of moderate size, relative to the largest.
  static final double ALLOWANCE = 1e-7;

  private static final double[] STEPS = {0x1p-7, 0x1p-10, 0x1p-14, 0x1p-17};

  private Differences() {}

  /// For each element the difference quotient over one of the steps that is closest to `pushed`. Long steps are the more
  /// exact where the function is smooth, short ones are less likely to reach over a kink; a wrong derivative is close to none.
  ///
  /// @param value f at the point moved by so many of the direction
  static Tensor closest(Tensor pushed, DoubleFunction<Tensor> value) {
    double[] closest = new double[pushed.size()];
    Arrays.fill(closest, Double.NaN);
    for (double step : STEPS) {
      double[] wide = quotient(value, step);
      double[] narrow = quotient(value, step / 2);
      for (int i = 0; i < closest.length; i++) {
        double richardson = (4 * narrow[i] - wide[i]) / 3;
        if (!(Math.abs(richardson - pushed.get(i)) >= Math.abs(closest[i] - pushed.get(i)))) {
          closest[i] = richardson;
        }
      }
    }
    return Tensor.of(closest, pushed.shape().toArray());
  }

  private static double[] quotient(DoubleFunction<Tensor> value, double step) {
    Tensor ahead = value.apply(step);
    Tensor behind = value.apply(-step);
    double[] quotient = new double[ahead.size()];
    for (int i = 0; i < quotient.length; i++) {
      quotient[i] = (ahead.get(i) - behind.get(i)) / (2 * step);
    }
    return quotient;
  }
}
