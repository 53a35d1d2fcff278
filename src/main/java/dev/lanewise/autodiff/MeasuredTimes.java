package dev.lanewise.autodiff;

import dev.lanewise.Precision;
import dev.lanewise.autodiff.CostModel.Form;

/// The steps' times by a [CostModel].
///
/// A push or a pull of k directions through a factor of E multiply-adds that is no matrix at hand counts as the product of a k ×
/// E/m by an E/m × m matrix. A product of two operands that both lie turned counts as the dearer of those where one does.
record MeasuredTimes(CostModel costs, Precision precision) implements ChainTimes {

  @Override
  public double product(boolean turnedA, boolean turnedB, int m, int n, int k) {
    if (turnedA && turnedB) {
      return Math.max(product(true, false, m, n, k), product(false, true, m, n, k));
    }
    return costs.productNanos(precision, turnedA ? Form.AT_B : turnedB ? Form.A_BT : Form.A_B, m, n, k);
  }

  @Override
  public double directions(ChainFactor factor, int directions) {
    int inner = Math.clamp(factor.multiplyAdds() / Math.max(1, factor.rows()), 1, Integer.MAX_VALUE);
    return costs.productNanos(precision, Form.A_BT, directions, factor.rows(), inner);
  }

  @Override
  public double turn(int rows, int columns) {
    return costs.transposeNanos(precision, rows, columns);
  }
}
