package dev.lanewise.autodiff;

import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.RowOps;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.chain.Seeds;
import dev.lanewise.autodiff.chain.Wanted;

/// A Jacobian where a unit has overflowed, so that slopes or weights are infinite or NaN.
///
/// A push or a pull of an identity multiplies the identity's zeros by these, and 0 · ∞ is NaN. One such output slope
/// makes every row NaN by pulls, one such input slope by pushes. The result combines both by element:
///
/// | element of J         | by pushes is finite | by pushes is not             |
/// |----------------------|---------------------|------------------------------|
/// | by pulls is finite   | that by pushes      | that by pulls                |
/// | by pulls is not      | that by pushes      | the infinite one, else NaN   |
///
/// So every mode gives the same Jacobian, and elements that do not depend on the unit stay finite. This takes D pushes
/// and M pulls, only where a Jacobian is not finite. A chain whose ends are both dense Jacobians at hand multiplies by
/// no zeros, and needs none of this.
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
      pull(at, x, samples, most, wanted, ws, jacobians);
    }
  }

  private static void pull(Linearization at, Tensor x, int samples, int chunk, Wanted wanted, Workspace ws,
      Tensor jacobians) {
    int before = -1;
    int end = wanted.fromRow() + wanted.rows();
    for (int first = wanted.fromRow(); end - first > 0; ) {
      int width = Math.min(chunk, end - first);
      int mark = ws.mark();
      Tensor yBar = ws.tensor(x.precision(), width, at.output().shape());
      Tensor xBar = ws.tensor(x.precision(), width, x.shape());
      Seeds.seed(yBar, before, first, samples);
      at.vjp(yBar, xBar, Parameters.none());
      agree(xBar, first - wanted.fromRow(), samples, x.size() / samples, wanted, jacobians);
      ws.release(mark);
      before = first;
      first += width;
    }
  }

  /// Row (direction, b) of x̄, d elements, is row `first` + direction of J_b.
  private static void agree(Tensor xBar, int first, int samples, int d, Wanted wanted, Tensor jacobians) {
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
