package dev.lanewise.autodiff.chain;

import dev.lanewise.Matrix;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.chain.Panels.Panel;
import dev.lanewise.autodiff.chain.ProgramWriter.Value;

/// Turns values into panels: copies views of weights and lent values, scales rows, and takes the wanted rows or
/// columns.
final class PanelWriter {

  private final ChainWriter chain;

  PanelWriter(ChainWriter chain) {
    this.chain = chain;
  }

  /// A value as a panel of tangents, scaled, or of cotangents, whose rows may still be scaled later.
  Value of(Value value, Bracket through, boolean pushed) {
    return value.panel() == null || pushed && !value.isScaled() ? copy(value, through, pushed, pushed) : value;
  }

  /// A copy of a value.
  private Value copy(Value value, Bracket at, boolean byColumns, boolean scaled) {
    int m = value.matrix().rows();
    int n = value.matrix().columns();
    Panel copy = chain.panels(at).take(m, n);
    int slope = scaled ? value.unscaledBy() : -1;
    Matrix lines = copy.lines(byColumns, m, n);
    chain.add(at, byColumns
        ? new Step.ScaleColumns(transposed(value.matrix()), slope, lines)
        : new Step.ScaleRows(slope, value.matrix(), lines));
    value.giveBack();
    return Value.own(copy.matrix(byColumns, m, n), scaled ? -1 : value.unscaledBy(), copy);
  }

  /// A panel of tangents, a matrix by columns, as rows.
  private static Matrix transposed(Matrix byColumns) {
    Matrix rows = new Matrix(byColumns.columns(), byColumns.rows(), 0, byColumns.rows(), 1);
    return byColumns.tensor().isNone() ? rows : rows.over(byColumns.tensor());
  }

  /// The value of a branch's `root`, scaled, in memory that may be written to.
  Value settled(Value value, Bracket root) {
    boolean byColumns = root.byColumns();
    Value own = value.isOwn() ? value : copy(value, root, byColumns, chain.hasAllRows(root));
    if (!own.isScaled()) {
      scaleRows(root, own, own.unscaledBy(), byColumns);
    }
    return Value.scaled(own.matrix(), own.panel());
  }

  /// A value's rows times a slope, in place.
  void scaleRows(Bracket at, Value value, int slope, boolean byColumns) {
    int m = value.matrix().rows();
    int n = value.matrix().columns();
    Matrix lines = value.panel().lines(byColumns, m, n);
    if (chain.hasAllRows(at)) {
      chain.add(at, byColumns ? new Step.ScaleColumns(lines, slope, lines) : new Step.ScaleRows(slope, lines, lines));
    } else {
      Panel part = chain.panels(at).take(1, m);
      Tensor place = part.tensor(1, Shape.of(m));
      chain.add(at, new Step.ScaleByPart(slope, chain.fromRow(at), chain.isRowsCut(at), place, lines, byColumns));
      Panels.giveBack(part);
    }
  }

  /// The wanted elements of a panel of `chunk` tangents or cotangents of `size` elements each.
  Value wanted(Bracket bracket, boolean pushed, Panel panel, int chunk, int size, int unscaledBy) {
    int count = pushed ? chain.rows(bracket) : chain.columns(bracket);
    Panel narrow = panel;
    if (count != size) {
      narrow = chain.panels(bracket).take(chunk, count);
      int from = pushed ? chain.fromRow(bracket) : chain.fromColumn(bracket);
      Matrix part = panel.over(new Matrix(chunk, count, from, size, 1));
      chain.add(bracket, new Step.ScaleRows(-1, part, narrow.over(Matrix.rowMajor(chunk, count))));
      Panels.giveBack(panel);
    }
    Matrix matrix = pushed ? narrow.matrix(true, count, chunk) : narrow.matrix(false, chunk, count);
    return Value.own(matrix, unscaledBy, narrow);
  }
}
