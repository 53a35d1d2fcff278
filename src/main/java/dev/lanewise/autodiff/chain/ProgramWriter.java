package dev.lanewise.autodiff.chain;

import dev.lanewise.Matrix;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.chain.Blocks.Side;
import dev.lanewise.autodiff.chain.JacobianProgram.Moving;
import dev.lanewise.autodiff.chain.Panels.Panel;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// Makes a bracketing into the steps of a [JacobianProgram].
///
/// The slope of a product's left end is not applied where it arises but by the next product to its left, which scales its own
/// left operand while it packs it: (L)·(diag(s)·R) = (L·diag(s))·R. A product by columns applies it in its own pass. The last factor
/// has none to its left: its slope goes into a copy of its matrix.
final class ProgramWriter {

  /// A matrix as the steps so far leave it, but for the slope of factor `pending` on its rows.
  private record Value(Matrix matrix, int pending, Panel panel) {}

  private final JacobianProgram program;
  private final List<Chain.Factor> factors;
  private final boolean[] sloped;
  private final Blocks blocks;
  /// What is done once must not lie where blocks write, and what is filled once and for all not where anything does.
  private final Panels constantPanels;
  private final Panels oncePanels;
  private final Panels blockPanels;
  private final Map<Bracket, Value> unblocked = new IdentityHashMap<>();
  private final int last;
  private int width;

  ProgramWriter(JacobianProgram program, Chain chain, Blocks blocks, boolean[] sloped, Precision precision, boolean dry) {
    this.program = program;
    this.factors = chain.factors();
    this.sloped = sloped;
    this.blocks = blocks;
    this.constantPanels = new Panels(precision, dry);
    this.oncePanels = new Panels(precision, dry);
    this.blockPanels = new Panels(precision, dry);
    this.last = factors.size() - 1;
    factors.forEach(_ -> program.weights.add(new ArrayList<>()));
  }

  /// @return the bytes of all intermediate matrices
  long write(Bracket root, int directions) {
    if (blocks.side() == Side.WHOLE) {
      finish(root, directions, program.once);
    }
    if (blocks.side() != Side.WHOLE && directions >= blocks.chunk()) {
      finish(root, blocks.chunk(), program.full);
    }
    if (blocks.side() != Side.WHOLE && directions % blocks.chunk() != 0) {
      finish(root, directions % blocks.chunk(), program.rest);
    }
    long bytes = 0;
    for (Panels panels : List.of(constantPanels, oncePanels, blockPanels)) {
      bytes = panels.bytes() > Long.MAX_VALUE - bytes ? Long.MAX_VALUE : bytes + panels.bytes();
    }
    return bytes;
  }

  private boolean isCut(Bracket bracket) {
    return blocks.side() == Side.COLUMNS && bracket.first() == 0 || blocks.side() == Side.ROWS && bracket.last() == last;
  }

  private int rows(Bracket bracket) {
    return blocks.side() == Side.ROWS && bracket.last() == last ? width : factors.get(bracket.last()).rows();
  }

  private int columns(Bracket bracket) {
    return blocks.side() == Side.COLUMNS && bracket.first() == 0 ? width : factors.get(bracket.first()).columns();
  }

  private Shape inputShape(Bracket bracket) {
    return factors.get(bracket.first()).inputShape();
  }

  private Shape outputShape(Bracket bracket) {
    return factors.get(bracket.last()).outputShape();
  }

  /// The steps of one width of blocks, the last of which writes into the caller's Jacobian.
  private void finish(Bracket root, int width, List<Step> into) {
    this.width = width;
    int d = factors.get(0).columns();
    Matrix jacobian = move(new Matrix(rows(root), columns(root), 0, d, 1), blocks.side() == Side.ROWS ? d : 1);
    program.jacobians.add(jacobian);
    Value value = switch (root) {
      case Bracket.Product product -> product(product, jacobian);
      case Bracket.Turn turn -> {
        Value of = value(turn.of());
        into.add(new Step.Turn(of.matrix(), jacobian));
        yield of;
      }
      default -> {
        Value of = value(root);
        into.add(new Step.ScaleRows(-1, of.matrix(), jacobian));
        yield of;
      }
    };
    Panels.giveBack(value.panel());
  }

  private Matrix move(Matrix matrix, int stride) {
    if (blocks.side() != Side.WHOLE) {
      program.moving.add(new Moving(matrix, stride));
    }
    return matrix;
  }

  /// The steps of a bracket; those of one that no block cuts are taken once.
  private Value value(Bracket bracket) {
    if (isCut(bracket)) {
      return cutOrWhole(bracket);
    }
    Value known = unblocked.get(bracket);
    if (known == null) {
      known = cutOrWhole(bracket);
      if (blocks.side() != Side.WHOLE) {
        // Every block uses it: its memory is never given back.
        known = new Value(known.matrix(), known.pending(), null);
      }
      unblocked.put(bracket, known);
    }
    return known;
  }

  private Value cutOrWhole(Bracket bracket) {
    return switch (bracket) {
      case Bracket.AtHand leaf -> atHand(leaf);
      case Bracket.Seeded seeded -> seeded(seeded);
      case Bracket.Product product -> product(product, null);
      case Bracket.Push push -> push(push);
      case Bracket.Pull pull -> pull(pull);
      case Bracket.Turn turn -> turn(turn);
    };
  }

  private Panels panels(Bracket bracket) {
    return isCut(bracket) ? blockPanels : oncePanels;
  }

  private void add(Bracket bracket, Step step) {
    List<Step> block = width == blocks.chunk() ? program.full : program.rest;
    (isCut(bracket) ? block : program.once).add(step);
  }

  private Value atHand(Bracket.AtHand leaf) {
    int factor = leaf.first();
    int n = factors.get(factor).columns();
    boolean scaled = factor == last && sloped[factor];
    Matrix matrix = new Matrix(rows(leaf), columns(leaf), 0, n, 1);
    if (isCut(leaf)) {
      move(matrix, blocks.side() == Side.ROWS ? n : 1);
    }
    if (!scaled) {
      program.weights.get(factor).add(matrix);
      return new Value(matrix, sloped[factor] ? factor : -1, null);
    }
    Panel panel = unblocked.containsKey(leaf) ? unblocked.get(leaf).panel() : null;
    if (panel == null) {
      int m = factors.get(factor).rows();
      panel = oncePanels.take(m, n);
      Matrix weight = Matrix.rowMajor(m, n);
      program.weights.get(factor).add(weight);
      program.once.add(new Step.ScaleRows(factor, weight, panel.over(Matrix.rowMajor(m, n))));
      if (blocks.side() != Side.WHOLE) {
        unblocked.put(leaf, new Value(matrix, -1, panel));
      }
    }
    return new Value(panel.over(matrix), -1, blocks.side() == Side.WHOLE ? panel : null);
  }

  private Value seeded(Bracket.Seeded seeded) {
    int chunk = seeded.byColumns() ? columns(seeded) : rows(seeded);
    Shape from = seeded.byColumns() ? inputShape(seeded) : outputShape(seeded);
    Panel panel = (isCut(seeded) ? blockPanels : constantPanels).take(chunk, from.size());
    Tensor seeds = panel.tensor(chunk, from);
    if (isCut(seeded)) {
      add(seeded, new Step.Seed(seeds));
    } else {
      Seeds.identity(seeds, 0);
      panel = null;
    }
    return through(seeded, seeded.first(), seeded.byColumns(), panel, seeds, chunk, -1);
  }

  /// A panel through a factor: tangents where `pushed`, else cotangents.
  private Value through(Bracket bracket, int factor, boolean pushed, Panel from, Tensor panel, int chunk, int pending) {
    Chain.Factor through = factors.get(factor);
    Shape shape = pushed ? through.outputShape() : through.inputShape();
    Panel to = panels(bracket).take(chunk, shape.size());
    Tensor result = to.tensor(chunk, shape);
    add(bracket, pushed ? new Step.Push(through, panel, result, chunk) : new Step.Pull(through, panel, result, chunk));
    Panels.giveBack(from);
    Matrix matrix = pushed ? Matrix.columnMajor(shape.size(), chunk) : Matrix.rowMajor(chunk, shape.size());
    return new Value(to.over(matrix), pending, to);
  }

  private Value product(Bracket.Product product, Matrix into) {
    Value left = value(product.left());
    Value right = value(product.right());
    int m = rows(product);
    int n = columns(product);
    Panel panel = into == null ? panels(product).take(m, n) : null;
    Matrix c = into != null ? into : panel.over(product.byColumns() ? Matrix.columnMajor(m, n) : Matrix.rowMajor(m, n));
    int pending = right.pending();
    boolean scales = product.byColumns() && pending < 0 && left.pending() >= 0;
    Step step = scales
        ? new Step.TimesScaled(left.pending(), left.matrix(), right.matrix(), c)
        : new Step.Times(left.matrix(), pending, right.matrix(), c);
    if (into != null && blocks.side() == Side.WHOLE) {
      program.once.add(step);
    } else {
      add(product, step);
    }
    Panels.giveBack(left.panel());
    Panels.giveBack(right.panel());
    return new Value(c, scales ? -1 : left.pending(), panel);
  }

  private Value push(Bracket.Push push) {
    Value right = value(push.right());
    int chunk = columns(push);
    Shape from = outputShape(push.right());
    Panel panel = right.panel();
    if (panel == null || right.pending() >= 0) {
      Panel copy = panels(push).take(chunk, from.size());
      Matrix asRows = new Matrix(chunk, from.size(), 0, from.size(), 1);
      add(push, new Step.ScaleColumns(turned(right.matrix(), push), right.pending(), copy.over(asRows)));
      Panels.giveBack(panel);
      panel = copy;
    }
    return through(push, push.last(), true, panel, panel.tensor(chunk, from), chunk, -1);
  }

  /// A panel of tangents, a matrix by columns, as rows.
  private Matrix turned(Matrix byColumns, Bracket at) {
    Matrix rows = new Matrix(byColumns.columns(), byColumns.rows(), 0, byColumns.rows(), 1);
    return byColumns.tensor().isNone() ? rows : rows.over(byColumns.tensor());
  }

  private Value pull(Bracket.Pull pull) {
    Value left = value(pull.left());
    int chunk = rows(pull);
    Shape from = inputShape(pull.left());
    Panel panel = left.panel();
    if (panel == null) {
      panel = panels(pull).take(chunk, from.size());
      add(pull, new Step.ScaleRows(-1, left.matrix(), panel.over(Matrix.rowMajor(chunk, from.size()))));
    }
    return through(pull, pull.first(), false, panel, panel.tensor(chunk, from), chunk, left.pending());
  }

  private Value turn(Bracket.Turn turn) {
    Value of = value(turn.of());
    int m = rows(turn);
    int n = columns(turn);
    Panel panel = panels(turn).take(m, n);
    Matrix result = panel.over(turn.byColumns() ? Matrix.columnMajor(m, n) : Matrix.rowMajor(m, n));
    add(turn, new Step.Turn(of.matrix(), result));
    Panels.giveBack(of.panel());
    boolean scales = turn.byColumns() && of.pending() >= 0;
    if (scales) {
      Matrix asRows = panel.over(Matrix.rowMajor(n, m));
      add(turn, new Step.ScaleColumns(asRows, of.pending(), asRows));
    }
    return new Value(result, scales ? -1 : of.pending(), panel);
  }
}
