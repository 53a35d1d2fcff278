package dev.lanewise.autodiff.plan;

import dev.lanewise.Precision;
import dev.lanewise.autodiff.chain.ChainFactor;
import dev.lanewise.autodiff.cost.CostModel;
import dev.lanewise.autodiff.cost.CostModel.Form;

/// How long the steps of a chain take, in nanoseconds.
public interface ChainTimes {

  /// C[m × n] = A[m × k]·B[k × n], each operand transposed in memory or not, A's columns scaled on the way or not.
  double product(boolean turnedA, boolean turnedB, boolean scaled, int m, int n, int k);

  /// `directions` pushes or pulls at once through a factor.
  double directions(ChainFactor factor, int directions);

  /// What a push or a pull through a factor computes again beside, in so many samples: as a value would take.
  default double again(ChainFactor factor, int samples) {
    return factor.recomputed() == 0
        ? 0 : directions(ChainFactor.implicit(factor.rows(), factor.columns(), factor.recomputed()), samples);
  }

  /// A matrix transposed into another.
  double turn(int rows, int columns);

  /// A matrix added to another one, or scaled, or copied.
  double pass(int rows, int columns);

  /// The steps' times by a [CostModel].
  ///
  /// A product's time as a step of a program adds to the measured time that of a changing call and of the copy of A
  /// that scales its columns, one by one where A is transposed. A push or a pull of k directions through a factor of E
  /// multiply-adds without a matrix at hand counts as the product of a k × E/m by an E/m × m matrix. A product of two
  /// transposed operands counts as the dearer of the products with one.
  record Measured(CostModel costs, Precision precision) implements ChainTimes {

    /// The time of a step beside its kernel.
    private static final double STEP_NANOS = 60;
    /// The time of copying a single element.
    private static final double ELEMENT_NANOS = 1;

    /// Fewer rows than this times a transposed B are dot products, unless they are scaled: then B is packed, as for
    /// this many rows.
    private static final int DOTS = 16;

    @Override
    public double product(boolean turnedA, boolean turnedB, boolean scaled, int m, int n, int k) {
      double scaling = !scaled ? 0 : turnedA ? ELEMENT_NANOS * m * k : costs.passNanos(precision, (long) m * k);
      int rows = scaled && turnedB ? Math.max(m, DOTS) : m;
      return STEP_NANOS + scaling + kernel(turnedA && !scaled, turnedB, rows, n, k);
    }

    private double kernel(boolean turnedA, boolean turnedB, int m, int n, int k) {
      if (turnedA && turnedB) {
        return Math.max(kernel(true, false, m, n, k), kernel(false, true, m, n, k));
      }
      return costs.productNanos(precision, turnedA ? Form.AT_B : turnedB ? Form.A_BT : Form.A_B, m, n, k);
    }

    @Override
    public double directions(ChainFactor factor, int directions) {
      int inner = Math.clamp(factor.multiplyAdds() / Math.max(1, factor.rows()), 1, Integer.MAX_VALUE);
      return STEP_NANOS + costs.productNanos(precision, Form.A_BT, directions, factor.rows(), inner);
    }

    @Override
    public double turn(int rows, int columns) {
      return STEP_NANOS + costs.transposeNanos(precision, rows, columns);
    }

    @Override
    public double pass(int rows, int columns) {
      return STEP_NANOS + costs.passNanos(precision, (long) rows * columns);
    }
  }
}
