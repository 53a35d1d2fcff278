package dev.lanewise.autodiff.plan;

import dev.lanewise.Precision;
import dev.lanewise.autodiff.chain.ChainFactor;
import dev.lanewise.autodiff.cost.CostModel;
import dev.lanewise.autodiff.cost.CostModel.Form;

/// How long the steps of a chain take, in nanoseconds.
public interface ChainTimes {

  /// C[m × n] = A[m × k]·B[k × n], either operand transposed in memory or not, A's columns scaled meanwhile or not.
  double product(boolean transposedA, boolean transposedB, boolean scaled, int m, int n, int k);

  /// `directions` pushes or pulls at once through a factor.
  double directions(ChainFactor factor, int directions);

  /// The recomputation of a push or a pull through a factor in so many samples, which takes as long as a value does.
  default double recomputation(ChainFactor factor, int samples) {
    return factor.recomputed() == 0
        ? 0 : directions(ChainFactor.implicit(factor.rows(), factor.columns(), factor.recomputed()), samples);
  }

  /// A matrix transposed into another.
  double transpose(int rows, int columns);

  /// A matrix added to another, or scaled, or copied.
  double pass(int rows, int columns);

  /// The steps' times by a [CostModel].
  ///
  /// A product takes its kernel's measured time, the time of a step, and where A's columns are scaled that of the
  /// scaled copy, element by element if A is transposed. A push or a pull of k directions through a factor of E
  /// multiply-adds without a matrix at hand counts as the product of a k × E/m by an E/m × m matrix. A product of two
  /// transposed operands counts as the dearer of the products with one.
  record Measured(CostModel costs, Precision precision) implements ChainTimes {

    /// The time of a step besides its kernel.
    private static final double STEP_NANOS = 60;
    /// The time of copying a single element.
    private static final double ELEMENT_NANOS = 1;

    /// Fewer rows than this times a transposed B are dot products, unless they are scaled: then B is packed, as for
    /// this many rows.
    private static final int DOTS = 16;

    @Override
    public double product(boolean transposedA, boolean transposedB, boolean scaled, int m, int n, int k) {
      double scaling = !scaled ? 0 : transposedA ? ELEMENT_NANOS * m * k : costs.passNanos(precision, (long) m * k);
      int rows = scaled && transposedB ? Math.max(m, DOTS) : m;
      return STEP_NANOS + scaling + kernel(transposedA && !scaled, transposedB, rows, n, k);
    }

    private double kernel(boolean transposedA, boolean transposedB, int m, int n, int k) {
      if (transposedA && transposedB) {
        return Math.max(kernel(true, false, m, n, k), kernel(false, true, m, n, k));
      }
      return costs.productNanos(precision, transposedA ? Form.AT_B : transposedB ? Form.A_BT : Form.A_B, m, n, k);
    }

    @Override
    public double directions(ChainFactor factor, int directions) {
      int inner = Math.clamp(factor.multiplyAdds() / Math.max(1, factor.rows()), 1, Integer.MAX_VALUE);
      return STEP_NANOS + costs.productNanos(precision, Form.A_BT, directions, factor.rows(), inner);
    }

    @Override
    public double transpose(int rows, int columns) {
      return STEP_NANOS + costs.transposeNanos(precision, rows, columns);
    }

    @Override
    public double pass(int rows, int columns) {
      return STEP_NANOS + costs.passNanos(precision, (long) rows * columns);
    }
  }
}
