package dev.lanewise.autodiff.chain;

import dev.lanewise.Matrix;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.chain.Panels.Panel;
import dev.lanewise.autodiff.chain.ProgramWriter.Value;

/// Makes values into panels: copied where they are views of weights or lent, scaled by what is pending, and narrowed to
/// what is wanted.
final class PanelWriter {

  private final ProgramWriter program;
  private final ChainWriter chain;

  PanelWriter(ProgramWriter program, ChainWriter chain) {
    this.program = program;
    this.chain = chain;
  }

  /// A value as a panel of tangents, scaled, or of cotangents, whose rows may be scaled later as well.
  Value of(Value value, Bracket through, boolean pushed) {
    return value.panel() == null || pushed && value.pending() >= 0 ? copy(value, through, pushed, pushed) : value;
  }

  /// A value in memory of its own.
  private Value copy(Value value, Bracket at, boolean byColumns, boolean scaled) {
    int m = value.matrix().rows();
    int n = value.matrix().columns();
    Panel copy = panels(at).take(m, n);
    int pending = scaled ? value.pending() : -1;
    if (byColumns) {
      add(at, new Step.ScaleColumns(turned(value.matrix()), pending, copy.over(Matrix.rowMajor(n, m))));
    } else {
      add(at, new Step.ScaleRows(pending, value.matrix(), copy.over(Matrix.rowMajor(m, n))));
    }
    value.giveBack();
    Matrix matrix = copy.over(byColumns ? Matrix.columnMajor(m, n) : Matrix.rowMajor(m, n));
    return Value.own(matrix, scaled ? -1 : value.pending(), copy);
  }

  /// A panel of tangents, a matrix by columns, as rows.
  private static Matrix turned(Matrix byColumns) {
    Matrix rows = new Matrix(byColumns.columns(), byColumns.rows(), 0, byColumns.rows(), 1);
    return byColumns.tensor().isNone() ? rows : rows.over(byColumns.tensor());
  }

  /// The value of a branch's `root`, scaled, in memory that may be written to.
  Value settled(Value value, Bracket root) {
    boolean byColumns = root.byColumns();
    Value own = value.isOwn() ? value : copy(value, root, byColumns, chain.hasAllRows(root));
    if (own.pending() >= 0) {
      scaleRows(root, own, own.pending(), byColumns);
    }
    return Value.own(own.matrix(), -1, own.panel());
  }

  /// A value's rows times a slope, in place.
  void scaleRows(Bracket at, Value value, int slope, boolean byColumns) {
    int m = value.matrix().rows();
    int n = value.matrix().columns();
    Matrix rows = value.panel().over(byColumns ? Matrix.rowMajor(n, m) : Matrix.rowMajor(m, n));
    if (chain.hasAllRows(at)) {
      add(at, byColumns ? new Step.ScaleColumns(rows, slope, rows) : new Step.ScaleRows(slope, rows, rows));
    } else {
      Panel part = panels(at).take(1, m);
      Tensor place = part.tensor(1, Shape.of(m));
      add(at, new Step.ScaleByPart(slope, chain.fromRow(at), chain.isRowsCut(at), place, rows, byColumns));
      Panels.giveBack(part);
    }
  }

  /// A panel of `chunk` tangents or cotangents of `size` elements each, those of them that are wanted.
  Value wanted(Bracket bracket, boolean pushed, Panel panel, int chunk, int size, int pending) {
    int count = pushed ? chain.rows(bracket) : chain.columns(bracket);
    Panel narrow = panel;
    if (count != size) {
      narrow = panels(bracket).take(chunk, count);
      int from = pushed ? chain.fromRow(bracket) : chain.fromColumn(bracket);
      Matrix part = panel.over(new Matrix(chunk, count, from, size, 1));
      add(bracket, new Step.ScaleRows(-1, part, narrow.over(Matrix.rowMajor(chunk, count))));
      Panels.giveBack(panel);
    }
    Matrix matrix = pushed ? Matrix.columnMajor(count, chunk) : Matrix.rowMajor(chunk, count);
    return Value.own(narrow.over(matrix), pending, narrow);
  }

  private Panels panels(Bracket bracket) {
    return program.panels(chain.isCut(bracket));
  }

  private void add(Bracket bracket, Step step) {
    program.add(chain.isCut(bracket), step);
  }
}
