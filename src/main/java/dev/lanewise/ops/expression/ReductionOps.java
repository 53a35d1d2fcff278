package dev.lanewise.ops.expression;

import dev.lanewise.Tensor;

/// Reductions of the rows of a tensor, a row being its innermost axis, and their cotangents.
///
/// | operation         | formula, row by row                        | elements            |
/// |-------------------|--------------------------------------------|---------------------|
/// | [#sums]           | s = Σ x_i                                  | r·n, r              |
/// | [#spread]         | v_i = s                                    | r, r·n              |
/// | [#dots]           | s = or += factor·Σ x_i·u_i                 | r·n, k·r·n, k·r     |
/// | [#scaleRows]      | v_i = factor·s·x_i                         | k·r, r·n, k·r·n     |
/// | [#addScaledRows]  | v_i += factor·s·u_i                        | r, k·r·n, k·r·n     |
/// | [#products]       | s = Π x_i                                  | r·n, r              |
/// | [#productsOfOthers] | w_i = Π x_j over j ≠ i                   | r·n, r·n            |
/// | [#productsOfOthersPush] | v = ẇ of ẋ = u                       | r·n, k·r·n, k·r·n   |
/// | [#logSumExp]      | s = log Σ e^x_i                            | r·n, r·n, r         |
/// | [#largest], [#smallest] | s = max x_i or min x_i               | r·n, r              |
/// | [#tied]           | w_i = 1/(number of ties) where x_i = s     | r·n, r, r·n         |
///
/// An operand with fewer rows serves each of k directions. Sums have one order, whatever the width of the vectors.
public final class ReductionOps {

  private ReductionOps() {}

  /// s = Σ x of each row; 0 of none.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void sums(Tensor x, Tensor s) {
    int n = requireRows(x, s, "ReductionOps.sums");
    ReductionKernels.sums(n, x, s);
  }

  /// v = s in all of each row.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void spread(Tensor s, Tensor v) {
    int n = requireRows(v, s, "ReductionOps.spread");
    ReductionKernels.spread(n, s, v);
  }

  /// s = or, where `add`, += factor·Σ x ⊙ u of each row.
  ///
  /// @param x rows that serve each direction of `u`
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void dots(double factor, Tensor x, Tensor u, Tensor s, boolean add) {
    int n = requireRows(u, s, "ReductionOps.dots");
    requireServes(x, u, "ReductionOps.dots", "x");
    ReductionKernels.dots(n, factor, x, u, s, add);
  }

  /// v = factor·s·x in each row. `v` must not be `x` where that serves several directions.
  ///
  /// @param s a number for each row of `v`
  /// @param x rows that serve each direction of `v`
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void scaleRows(double factor, Tensor s, Tensor x, Tensor v) {
    int n = requireRows(v, s, "ReductionOps.scaleRows");
    requireServes(x, v, "ReductionOps.scaleRows", "x");
    ReductionKernels.scaleRows(n, factor, s, x, v);
  }

  /// v += factor·s·u in each row.
  ///
  /// @param s a number for each row of one direction of `v`
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void addScaledRows(double factor, Tensor s, Tensor u, Tensor v) {
    int n = v.shape().last();
    long served = (long) s.size() * n;
    if (u.isNone() || v.isNone() || s.isNone() || u.size() != v.size() || u.precision() != v.precision()
        || s.precision() != v.precision() || (served == 0 ? v.size() != 0 : v.size() % served != 0)) {
      throw new IllegalArgumentException("ReductionOps.addScaledRows: s is " + s.describe() + ", u is " + u.describe()
          + ", expected a number for each row of " + v.describe() + ", and as many as that");
    }
    ReductionKernels.addScaledRows(n, factor, s, u, v);
  }

  /// s = Π x of each row; 1 of none.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void products(Tensor x, Tensor s) {
    ReductionKernels.products(requireRows(x, s, "ReductionOps.products"), x, s);
  }

  /// w = the product of all others of its row.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void productsOfOthers(Tensor x, Tensor w) {
    w.require(x.precision(), x.shape(), "ReductionOps.productsOfOthers", "w");
    ReductionKernels.productsOfOthers(x.shape().last(), x, w);
  }

  /// v = what the product of all others of its row changes by as x moves by u.
  ///
  /// @param x rows that serve each direction of `u`
  /// @param before scratch, as large as `x`
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void productsOfOthersPush(Tensor x, Tensor u, Tensor before, Tensor v) {
    requireServes(x, u, "ReductionOps.productsOfOthersPush", "x");
    before.require(x.precision(), x.shape(), "ReductionOps.productsOfOthersPush", "before");
    v.require(u.precision(), u.shape(), "ReductionOps.productsOfOthersPush", "v");
    ReductionKernels.productsOfOthersPush(x.shape().last(), x, u, before, v);
  }

  /// s = log Σ e^x of each row: where the largest number is infinite, it is that one, and NaN where one is.
  ///
  /// @param l what [dev.lanewise.RowOps#logSoftmax] makes of `x`; put right where the largest number is infinite
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void logSumExp(Tensor x, Tensor l, Tensor s) {
    int n = requireRows(x, s, "ReductionOps.logSumExp");
    l.require(x.precision(), x.shape(), "ReductionOps.logSumExp", "l");
    ReductionKernels.logSumExp(n, x, l, s);
  }

  /// s = the largest x of each row: −∞ of none, NaN where there is one.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void largest(Tensor x, Tensor s) {
    ReductionKernels.largest(requireRows(x, s, "ReductionOps.largest"), x, s);
  }

  /// s = the smallest x of each row: ∞ of none, NaN where there is one.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void smallest(Tensor x, Tensor s) {
    ReductionKernels.smallest(requireRows(x, s, "ReductionOps.smallest"), x, s);
  }

  /// w = 0 where x is not its row's s, and equal parts of 1 where it is; NaN in rows that have none such.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void tied(Tensor x, Tensor s, Tensor w) {
    int n = requireRows(x, s, "ReductionOps.tied");
    w.require(x.precision(), x.shape(), "ReductionOps.tied", "w");
    ReductionKernels.tied(n, x, s, w);
  }

  /// Checks for a number for each row; their length.
  private static int requireRows(Tensor rows, Tensor numbers, String op) {
    if (rows.isNone() || numbers.isNone() || numbers.size() != rows.shape().rows()
        || rows.precision() != numbers.precision()) {
      throw new IllegalArgumentException(
          op + ": s is " + numbers.describe() + ", expected a number for each row of " + rows.describe());
    }
    return rows.shape().last();
  }

  private static void requireServes(Tensor x, Tensor each, String op, String name) {
    boolean serves = x.size() == 0 ? each.size() == 0 : each.size() % x.size() == 0;
    if (x.isNone() || !serves || x.shape().last() != each.shape().last() || x.precision() != each.precision()) {
      throw new IllegalArgumentException(op + ": " + name + " is " + x.describe() + ", expected "
          + each.precision() + " rows that serve each direction of " + each.shape());
    }
  }
}
