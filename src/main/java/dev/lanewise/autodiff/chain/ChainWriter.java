package dev.lanewise.autodiff.chain;

import dev.lanewise.Matrix;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.chain.Blocks.Side;
import dev.lanewise.autodiff.chain.Panels.Panel;
import dev.lanewise.autodiff.chain.ProgramWriter.Value;
import java.util.List;

/// Makes brackets of one chain, the network's or a branch's, into steps.
///
/// The slope of a product's left end is applied by the next product to its left, which scales its own left operand as
/// it packs it: (L)·(diag(s)·R) = (L·diag(s))·R. A product by columns applies it in its own pass. The network's last
/// factor has none to its left: its slope goes into a copy of its matrix. That of a branch is applied before the
/// branches are added.
final class ChainWriter {

  private final ProgramWriter program;
  private final Chain chain;
  private final List<Factor> factors;
  private final PanelWriter panels;
  private final SumWriter sums;
  private final boolean isNetwork;
  /// What is wanted of the chain, or of its product with the panel.
  private final Wanted wanted;
  private final boolean columnsAreCut;
  private final boolean rowsAreCut;
  /// The panel that is pushed or pulled through the chain, or null.
  private final Value given;
  /// The numbers of what the columns and the rows are of: the panel where there is one.
  private final int low;
  private final int high;

  private ChainWriter(ProgramWriter program, Chain chain, boolean isNetwork, Wanted wanted, boolean columnsAreCut,
      boolean rowsAreCut, Value given, boolean pushed) {
    this.program = program;
    this.chain = chain;
    this.factors = chain.factors();
    this.panels = new PanelWriter(program, this);
    this.sums = new SumWriter(program, this, panels);
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

  /// Of a branch of a sum that is formed by `bracket`: its ends are those of the sum.
  ChainWriter ofFormed(Chain branch, Bracket bracket) {
    boolean first = bracket.first() == low;
    boolean last = bracket.last() == high;
    Wanted block = new Wanted(last ? wanted.fromRow() : 0, last ? wanted.rows() : branch.outputShape().size(),
        first ? wanted.fromColumn() : 0, first ? wanted.columns() : branch.input().size());
    return new ChainWriter(program, branch, false, block, columnsAreCut && first, rowsAreCut && last, null, false);
  }

  /// Of a branch that a panel is pushed or pulled through.
  ChainWriter ofPanel(Chain branch, boolean pushed, Value panel, boolean isCut) {
    Wanted all = Wanted.all(branch);
    return new ChainWriter(program, branch, false, all, isCut && pushed, isCut && !pushed, panel.lend(), pushed);
  }

  Factor factor(int index) {
    return factors.get(index);
  }

  boolean isCut(Bracket bracket) {
    return columnsAreCut && bracket.first() == low || rowsAreCut && bracket.last() == high;
  }

  boolean isRowsCut(Bracket bracket) {
    return rowsAreCut && bracket.last() == high;
  }

  boolean isColumnsCut(Bracket bracket) {
    return columnsAreCut && bracket.first() == low;
  }

  int rows(Bracket bracket) {
    if (bracket.last() == factors.size()) {
      return given.matrix().rows();
    }
    if (isRowsCut(bracket)) {
      return program.width();
    }
    return bracket.last() == high ? wanted.rows()
        : bracket.last() < 0 ? given.matrix().rows() : factors.get(bracket.last()).rows();
  }

  int columns(Bracket bracket) {
    if (bracket.first() < 0) {
      return given.matrix().columns();
    }
    if (isColumnsCut(bracket)) {
      return program.width();
    }
    return bracket.first() == low ? wanted.columns()
        : bracket.first() == factors.size() ? given.matrix().columns() : factors.get(bracket.first()).columns();
  }

  /// Whether none of a bracket's rows is left out, nor cut: as many as a slope has elements.
  boolean hasAllRows(Bracket bracket) {
    return bracket.last() != high || !rowsAreCut && wanted.rows() == chain.outputShape().size();
  }

  /// The first row of the whole that a bracket's rows begin with, blocks apart.
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

  /// The steps of a bracket; those of one that no block cuts are taken once.
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
      case Bracket.Turn turn -> turn(turn);
      case Bracket.Formed formed -> sums.formed(formed);
      case Bracket.Given _ -> given;
      case Bracket.Diagonal _ -> throw new IllegalStateException("a diagonal alone, expected it in a sum");
    };
  }

  private Panels panels(Bracket bracket) {
    return program.panels(isCut(bracket));
  }

  private void add(Bracket bracket, Step step) {
    program.add(isCut(bracket), step);
  }

  private Value atHand(Bracket.AtHand leaf) {
    Factor factor = factors.get(leaf.first());
    int n = factor.columns();
    Matrix matrix = new Matrix(rows(leaf), columns(leaf), fromRow(leaf) * n + fromColumn(leaf), n, 1);
    if (isCut(leaf)) {
      program.move(matrix, fromRow(leaf) * n + fromColumn(leaf), isRowsCut(leaf) ? n : 1);
    }
    boolean sloped = program.isSloped(factor);
    if (!sloped || !isNetwork || leaf.last() != high) {
      program.program.weights.get(factor.number()).add(matrix);
      return Value.own(matrix, sloped ? factor.number() : -1, null);
    }
    Value known = program.known(chain, leaf);
    Panel panel = known == null ? null : known.panel();
    if (panel == null) {
      int m = factor.rows();
      panel = program.panels(false).take(m, n);
      Matrix weight = Matrix.rowMajor(m, n);
      program.program.weights.get(factor.number()).add(weight);
      program.add(false, new Step.ScaleRows(factor.number(), weight, panel.over(Matrix.rowMajor(m, n))));
      if (!program.isWhole()) {
        program.remember(chain, leaf, Value.own(matrix, -1, panel));
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

  /// A panel through a factor: tangents where `pushed`, else cotangents.
  private Value through(Bracket bracket, int factor, boolean pushed, Panel from, Tensor panel, int chunk, int pending) {
    Factor through = factors.get(factor);
    Shape shape = pushed ? through.outputShape() : through.inputShape();
    Panel to = panels(bracket).take(chunk, shape.size());
    Tensor result = to.tensor(chunk, shape);
    add(bracket, pushed ? new Step.Push(through, panel, result, chunk) : new Step.Pull(through, panel, result, chunk));
    Panels.giveBack(from);
    return panels.wanted(bracket, pushed, to, chunk, shape.size(), pending);
  }

  Value product(Bracket.Product product, Matrix into) {
    Value left = value(product.left());
    Value right = value(product.right());
    int m = rows(product);
    int n = columns(product);
    Panel panel = into == null ? panels(product).take(m, n) : null;
    Matrix c = into != null ? into : panel.over(product.byColumns() ? Matrix.columnMajor(m, n) : Matrix.rowMajor(m, n));
    int pending = right.pending();
    boolean scales = product.byColumns() && pending < 0 && left.pending() >= 0 && hasAllRows(product);
    Step step = scales
        ? new Step.TimesScaled(left.pending(), left.matrix(), right.matrix(), c)
        : new Step.Times(left.matrix(), pending, right.matrix(), c);
    add(product, step);
    left.giveBack();
    right.giveBack();
    return Value.own(c, scales ? -1 : left.pending(), panel);
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
    return through(pull, pull.first(), false, panel, left.panel().tensor(chunk, from), chunk, left.pending());
  }

  /// The whole of this chain by `root`, scaled, in memory that may be written to.
  Value settled(Bracket root) {
    return panels.settled(make(root), root);
  }

  /// Whether no step further left applies a slope on this bracket's rows.
  boolean isLastOfNetwork(Bracket bracket) {
    return isNetwork && bracket.last() == high;
  }

  private Value turn(Bracket.Turn turn) {
    Value of = value(turn.of());
    int m = rows(turn);
    int n = columns(turn);
    Panel panel = panels(turn).take(m, n);
    Matrix result = panel.over(turn.byColumns() ? Matrix.columnMajor(m, n) : Matrix.rowMajor(m, n));
    add(turn, new Step.Turn(of.matrix(), result));
    of.giveBack();
    boolean scales = turn.byColumns() && of.pending() >= 0 && hasAllRows(turn);
    if (scales) {
      Matrix asRows = panel.over(Matrix.rowMajor(n, m));
      add(turn, new Step.ScaleColumns(asRows, of.pending(), asRows));
    }
    return Value.own(result, scales ? -1 : of.pending(), panel);
  }
}
