package dev.lanewise.testkit;

import dev.lanewise.Tensor;
import java.util.Arrays;
import java.util.function.DoubleFunction;

/// Central differences with Richardson extrapolation, in double: (4·Δ(h/2) − Δ(h))/3, Δ(h) = (f(h) − f(−h))/2h.
final class Differences {

  /// The accuracy of differences for functions with derivatives of moderate size, relative to the largest.
  static final double ALLOWANCE = 1e-7;

  private static final double[] STEPS = {0x1p-7, 0x1p-10, 0x1p-14, 0x1p-17};

  private Differences() {}

  /// `derivative` is that of `along` at 0.
  static void requireDerivative(LayerContract contract, String name, Tensor derivative, DoubleFunction<Tensor> along) {
    Tensor differences = closest(derivative, along);
    double magnitude = Math.max(1, Math.max(Comparison.largest(derivative), Comparison.largest(differences)));
    Comparison.within(contract.tolerance() * ALLOWANCE * magnitude,
        name, derivative, "the difference quotient that is closest", differences);
  }

  /// For each element the difference quotient over one of the steps that is closest to `derivative`. Long steps are the
  /// more exact where the function is smooth, short ones are less likely to reach over a kink; a wrong derivative is
  /// close to none.
  ///
  /// @param along f at the point moved by so many of the direction
  static Tensor closest(Tensor derivative, DoubleFunction<Tensor> along) {
    double[] closest = new double[derivative.size()];
    Arrays.fill(closest, Double.NaN);
    for (double step : STEPS) {
      double[] wide = quotient(along, step);
      double[] narrow = quotient(along, step / 2);
      for (int i = 0; i < closest.length; i++) {
        double richardson = (4 * narrow[i] - wide[i]) / 3;
        if (!(Math.abs(richardson - derivative.get(i)) >= Math.abs(closest[i] - derivative.get(i)))) {
          closest[i] = richardson;
        }
      }
    }
    return Tensor.of(closest, derivative.shape().toArray());
  }

  private static double[] quotient(DoubleFunction<Tensor> along, double step) {
    Tensor ahead = along.apply(step);
    Tensor behind = along.apply(-step);
    double[] quotient = new double[ahead.size()];
    for (int i = 0; i < quotient.length; i++) {
      quotient[i] = (ahead.get(i) - behind.get(i)) / (2 * step);
    }
    return quotient;
  }

  /// a·u + b·v, in new memory.
  static Tensor sum(double a, Tensor u, double b, Tensor v) {
    Tensor sum = u.copy();
    for (int i = 0; i < sum.size(); i++) {
      sum.set(i, a * u.get(i) + b * v.get(i));
    }
    return sum;
  }
}
