package dev.lanewise.autodiff.chain;

import dev.lanewise.Matrix;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.chain.Blocks.Side;
import dev.lanewise.autodiff.chain.Panels.Panel;
import dev.lanewise.autodiff.chain.ProgramWriter.Value;
import java.util.List;

/// Turns brackets of one chain, the network's or a branch's, into steps.
///
/// The slope of a product's left end is applied by the next product to its left, which scales its left operand as it
/// packs it: (L)·(diag(s)·R) = (L·diag(s))·R. A product by columns applies it itself. The network's last factor has no
/// product to its left, so its slope goes into a copy of its matrix. The slope of a branch's last factor is applied
/// before the branches are added.
final class ChainWriter {

  private final ProgramWriter program;
  private final Chain chain;
  private final List<Factor> factors;
  private final PanelWriter panels;
  private final SumWriter sums;
  private final boolean isNetwork;
  /// The wanted block of the chain's Jacobian, or of its product with the panel.
  private final Wanted wanted;
  private final boolean columnsAreCut;
  private final boolean rowsAreCut;
  /// The panel that is pushed or pulled through the chain, or null.
  private final Value given;
  /// The number of the first factor, or of the panel where it comes before that.
  private final int low;
  /// The number of the last factor, or of the panel where it comes after that.
  private final int high;

  private ChainWriter(ProgramWriter program, Chain chain, boolean isNetwork, Wanted wanted, boolean columnsAreCut,
      boolean rowsAreCut, Value given, boolean pushed) {
    this.program = program;
    this.chain = chain;
    this.factors = chain.factors();
    this.panels = new PanelWriter(this);
    this.sums = new SumWriter(this, panels);
    this.isNetwork = isNetwork;
    this.wanted = wanted;
    this.columnsAreCut = columnsAreCut;
    this.rowsAreCut = rowsAreCut;
    this.given = given;
    this.low = given != null && pushed ? -1 : 0;
    this.high = given != null && !pushed ? factors.size() : factors.size() - 1;
  }

  static ChainWriter ofNetwork(ProgramWriter program, Chain chain, Wanted wanted) {
    Side side = program.blocks.side();
    return new ChainWriter(program, chain, true, wanted, side == Side.COLUMNS, side == Side.ROWS, null, false);
  }

  /// For a branch of a sum that `bracket` forms: its ends are those of the sum.
  ChainWriter ofFormed(Chain branch, Bracket bracket) {
    boolean first = bracket.first() == low;
    boolean last = bracket.last() == high;
    Wanted block = new Wanted(last ? wanted.fromRow() : 0, last ? wanted.rows() : branch.outputShape().size(),
        first ? wanted.fromColumn() : 0, first ? wanted.columns() : branch.input().size());
    return new ChainWriter(program, branch, false, block, columnsAreCut && first, rowsAreCut && last, null, false);
  }

  /// For a branch that a panel is pushed or pulled through.
  ChainWriter ofPanel(Chain branch, boolean pushed, Value panel, boolean isCut) {
    Wanted all = Wanted.all(branch);
    return new ChainWriter(program, branch, false, all, isCut && pushed, isCut && !pushed, panel.lend(), pushed);
  }

  Factor factor(int index) {
    return factors.get(index);
  }

  boolean isCut(Bracket bracket) {
    return isColumnsCut(bracket) || isRowsCut(bracket);
  }

  boolean isRowsCut(Bracket bracket) {
    return rowsAreCut && bracket.last() == high;
  }

  boolean isColumnsCut(Bracket bracket) {
    return columnsAreCut && bracket.first() == low;
  }

  int rows(Bracket bracket) {
    int last = bracket.last();
    return isPanel(last) ? given.matrix().rows() : isRowsCut(bracket) ? program.width()
        : last == high ? wanted.rows() : factors.get(last).rows();
  }

  int columns(Bracket bracket) {
    int first = bracket.first();
    return isPanel(first) ? given.matrix().columns() : isColumnsCut(bracket) ? program.width()
        : first == low ? wanted.columns() : factors.get(first).columns();
  }

  private boolean isPanel(int number) {
    return number < 0 || number == factors.size();
  }

  /// Whether a bracket has all rows of its last factor, as many as a slope has elements.
  boolean hasAllRows(Bracket bracket) {
    return bracket.last() != high || !rowsAreCut && wanted.rows() == chain.outputShape().size();
  }

  /// The row of its last factor that a bracket begins with, before any block's offset.
  int fromRow(Bracket bracket) {
    return bracket.last() == high ? wanted.fromRow() : 0;
  }

  int fromColumn(Bracket bracket) {
    return bracket.first() == low ? wanted.fromColumn() : 0;
  }

  private Shape inputShape(Bracket bracket) {
    return bracket.first() == factors.size() ? chain.outputShape() : factors.get(bracket.first()).inputShape();
  }

  private Shape outputShape(Bracket bracket) {
    return bracket.last() < 0 ? chain.input() : factors.get(bracket.last()).outputShape();
  }

  /// The result of a bracket; where no block cuts it, its steps are written once.
  Value value(Bracket bracket) {
    return isCut(bracket) ? make(bracket) : program.once(this, chain, bracket);
  }

  Value make(Bracket bracket) {
    return switch (bracket) {
      case Bracket.AtHand leaf -> atHand(leaf);
      case Bracket.Seeded seeded -> seeded(seeded);
      case Bracket.Product product -> product(product, null);
      case Bracket.Push push -> push(push);
      case Bracket.Pull pull -> pull(pull);
      case Bracket.Transposed transposed -> transpose(transposed);
      case Bracket.Formed formed -> sums.formed(formed);
      case Bracket.Given _ -> given;
      case Bracket.Diagonal _ -> throw new IllegalStateException("a diagonal alone, expected it in a sum");
    };
  }

  Panels panels(Bracket bracket) {
    return program.panels(isCut(bracket));
  }

  void add(Bracket bracket, Step step) {
    program.add(isCut(bracket), step);
  }

  int slopeOf(Factor factor) {
    return program.slopeOf(factor);
  }

  private Value atHand(Bracket.AtHand leaf) {
    Factor factor = factors.get(leaf.first());
    int n = factor.columns();
    Matrix matrix = new Matrix(rows(leaf), columns(leaf), fromRow(leaf) * n + fromColumn(leaf), n, 1);
    if (isCut(leaf)) {
      program.move(matrix, fromRow(leaf) * n + fromColumn(leaf), isRowsCut(leaf) ? n : 1);
    }
    int slope = slopeOf(factor);
    if (slope < 0 || !isLastOfNetwork(leaf)) {
      program.program.weights.get(factor.number()).add(matrix);
      return Value.own(matrix, slope, null);
    }
    Value known = program.known(chain, leaf);
    Panel panel = known == null ? null : known.panel();
    if (panel == null) {
      int m = factor.rows();
      panel = program.panels(false).take(m, n);
      Matrix weight = Matrix.rowMajor(m, n);
      program.program.weights.get(factor.number()).add(weight);
      program.add(false, new Step.ScaleRows(slope, weight, panel.matrix(false, m, n)));
      if (!program.isWhole()) {
        program.remember(chain, leaf, Value.scaled(matrix, panel));
      }
    }
    boolean isAll = program.isWhole() && wanted.rows() == factor.rows() && columns(leaf) == n;
    return Value.own(panel.over(matrix), -1, isAll ? panel : null);
  }

  private Value seeded(Bracket.Seeded seeded) {
    int chunk = seeded.byColumns() ? columns(seeded) : rows(seeded);
    int from = seeded.byColumns() ? fromColumn(seeded) : fromRow(seeded);
    Shape shape = seeded.byColumns() ? inputShape(seeded) : outputShape(seeded);
    Panel panel = (isCut(seeded) ? program.panels(true) : program.constantPanels).take(chunk, shape.size());
    Tensor seeds = panel.tensor(chunk, shape);
    if (isCut(seeded)) {
      add(seeded, new Step.Seed(seeds, from));
    } else {
      Seeds.identity(seeds, from);
      panel = null;
    }
    return through(seeded, seeded.first(), seeded.byColumns(), panel, seeds, chunk, -1);
  }

  /// A panel through a factor: tangents if `pushed`, else cotangents.
  ///
  /// @param from the panel's memory, to be given back; null for none
  private Value through(Bracket bracket, int factor, boolean pushed, Panel from, Tensor panel, int chunk,
      int unscaledBy) {
    Factor through = factors.get(factor);
    Shape shape = pushed ? through.outputShape() : through.inputShape();
    Panel to = panels(bracket).take(chunk, shape.size());
    Tensor result = to.tensor(chunk, shape);
    add(bracket, new Step.Through(through, pushed, panel, result, chunk));
    Panels.giveBack(from);
    return panels.wanted(bracket, pushed, to, chunk, shape.size(), unscaledBy);
  }

  Value product(Bracket.Product product, Matrix into) {
    Value left = value(product.left());
    Value right = value(product.right());
    int m = rows(product);
    int n = columns(product);
    Panel panel = into == null ? panels(product).take(m, n) : null;
    Matrix c = into != null ? into : panel.matrix(product.byColumns(), m, n);
    boolean scales = product.byColumns() && right.isScaled() && !left.isScaled() && hasAllRows(product);
    add(product, scales
        ? new Step.TimesScaled(left.unscaledBy(), left.matrix(), right.matrix(), c)
        : new Step.Times(left.matrix(), right.unscaledBy(), right.matrix(), c));
    left.giveBack();
    right.giveBack();
    return Value.own(c, scales ? -1 : left.unscaledBy(), panel);
  }

  private Value push(Bracket.Push push) {
    Value right = panels.of(value(push.right()), push, true);
    Factor factor = factors.get(push.last());
    if (!push.branches().isEmpty()) {
      return sums.pushed(push, factor, right);
    }
    Shape from = outputShape(push.right());
    int chunk = columns(push);
    Panel panel = right.isOwn() ? right.panel() : null;
    return through(push, push.last(), true, panel, right.panel().tensor(chunk, from), chunk, -1);
  }

  private Value pull(Bracket.Pull pull) {
    Value left = panels.of(value(pull.left()), pull, false);
    Factor factor = factors.get(pull.first());
    if (!pull.branches().isEmpty()) {
      return sums.pulled(pull, factor, left);
    }
    Shape from = inputShape(pull.left());
    int chunk = rows(pull);
    Panel panel = left.isOwn() ? left.panel() : null;
    return through(pull, pull.first(), false, panel, left.panel().tensor(chunk, from), chunk, left.unscaledBy());
  }

  /// The Jacobian of this chain by `root`, scaled, in memory that may be written to.
  Value settled(Bracket root) {
    return panels.settled(make(root), root);
  }

  /// Whether no product to its left can apply the slope of this bracket's rows.
  boolean isLastOfNetwork(Bracket bracket) {
    return isNetwork && bracket.last() == high;
  }

  private Value transpose(Bracket.Transposed transposed) {
    Value of = value(transposed.of());
    int m = rows(transposed);
    int n = columns(transposed);
    Panel panel = panels(transposed).take(m, n);
    Matrix result = panel.matrix(transposed.byColumns(), m, n);
    add(transposed, new Step.Transpose(of.matrix(), result));
    of.giveBack();
    boolean scales = transposed.byColumns() && !of.isScaled() && hasAllRows(transposed);
    if (scales) {
      Matrix lines = panel.lines(true, m, n);
      add(transposed, new Step.ScaleColumns(lines, of.unscaledBy(), lines));
    }
    return Value.own(result, scales ? -1 : of.unscaledBy(), panel);
  }
}
