package dev.lanewise.autodiff;

import dev.lanewise.Linearization;
import dev.lanewise.RowOps;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.chain.Wanted;

/// The Jacobian at a point where a unit has overflowed, so that slopes or weights are infinite or NaN.
///
/// Pushing or pulling an identity multiplies its zeros by these, and 0 · ∞ is NaN: one such slope at the output spoils
/// pulled rows that do not depend on it; one at the input spoils pushed columns. Pushes and pulls are therefore both
/// computed, and combined element by element:
///
/// | element of J         | by pushes is finite | by pushes is not             |
/// |----------------------|---------------------|------------------------------|
/// | by pulls is finite   | that by pushes      | that by pulls                |
/// | by pulls is not      | that by pushes      | the infinite one, else NaN   |
///
/// Every mode then gives the same Jacobian, and elements that do not depend on the unit stay finite. This takes D
/// pushes and M pulls, but only where a Jacobian is not finite. A chain with dense Jacobians at hand at both ends
/// multiplies by no zeros, and needs none of this.
final class Overflows {

  private Overflows() {}

  /// Overwrites `jacobians` with the combination of pushes and pulls if any element is infinite or NaN.
  ///
  /// @param at the network at x, in `ws`
  /// @param samples B, in each of which the same direction is seeded; 1 for the Jacobian of the whole
  /// @param wanted which block of each Jacobian, m × n
  /// @param jacobians `[m, n]`, or `[B, m, n]`
  static void settle(Linearization at, Tensor x, int samples, int chunk, Wanted wanted, Workspace ws,
      Tensor jacobians) {
    if (!RowOps.isFinite(jacobians)) {
      int most = Math.min(chunk, Jacobians.DEFAULT_CHUNK);
      SampleJacobians.push(at, x, samples, most, wanted, ws, jacobians);
      SampleJacobians.pull(at, x, samples, most, wanted, ws, jacobians, true);
    }
  }

  /// Combines a panel of pulls with the pushes in `jacobians`: row (direction, b) of x̄, d elements, is row `first` +
  /// direction of J_b.
  static void settleRows(Tensor xBar, int first, int samples, int d, Wanted wanted, Tensor jacobians) {
    for (int row = 0; row < xBar.size() / d; row++) {
      int to = (row % samples * wanted.rows() + first + row / samples) * wanted.columns();
      for (int column = 0; column < wanted.columns(); column++) {
        double pushed = jacobians.get(to + column);
        double pulled = xBar.get(row * d + wanted.fromColumn() + column);
        if (Double.isNaN(pushed) || Double.isInfinite(pushed) && Double.isFinite(pulled)) {
          jacobians.set(to + column, pulled);
        }
      }
    }
  }
}
