package dev.lanewise.kernel.math;

import java.math.BigDecimal;
import java.util.List;

/// c₀ + c₁t + c₂t² + … for terms that fall, in double-double; those too small to matter to 2⁻¹⁰⁴ in `double`.
final class PowerSeries {

  private final double[] high;
  private final double[] low;
  private final int longTerms;

  /// The first `longTerms` coefficients count with both halves.
  PowerSeries(int longTerms, List<BigDecimal> coefficients) {
    this.longTerms = longTerms;
    high = new double[coefficients.size()];
    low = new double[coefficients.size()];
    for (int k = 0; k < high.length; k++) {
      DoubleDouble coefficient = DoubleDouble.of(coefficients.get(k));
      high[k] = coefficient.high();
      low[k] = coefficient.low();
    }
  }

  /// Horner's scheme; a product is smaller than the coefficient that it is added to, so that the difference of sum and
  /// coefficient shows what rounding took.
  DoubleDouble at(DoubleDouble t) {
    double sum = 0;
    for (int k = high.length - 1; k >= longTerms; k--) {
      sum = Math.fma(sum, t.high(), high[k]);
    }
    double rest = 0;
    for (int k = longTerms - 1; k >= 0; k--) {
      double product = sum * t.high();
      double lost = Math.fma(sum, t.high(), -product) + Math.fma(sum, t.low(), rest * t.high());
      sum = high[k] + product;
      rest = product - (sum - high[k]) + (low[k] + lost);
    }
    return DoubleDouble.sum(sum, rest);
  }
}
