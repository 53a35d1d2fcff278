package dev.lanewise.autodiff;

import dev.lanewise.Matrix;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.Blocks.Side;
import dev.lanewise.autodiff.Panels.Panel;
import java.util.ArrayList;
import java.util.List;

/// A bracketing made into steps on fixed memory, to be run at any number of points.
///
/// The slope of a product's left end is not applied where it arises but by the next product to its left, which scales its own
/// left operand while it packs it: (L)·(diag(s)·R) = (L·diag(s))·R. The last factor has none to its left: its slope goes into a
/// copy of its matrix. Where the Jacobian is cut into blocks, what does not depend on the block is done once.
final class JacobianProgram {

  /// A matrix as the steps so far leave it, but for the slope of factor `pending` on its rows.
  private record Value(Matrix matrix, int pending, Panel panel) {}

  /// A matrix whose place depends on the block: `stride` elements further for each direction.
  private record Moving(Matrix matrix, int stride) {}

  private final List<Chain.Factor> factors;
  private final boolean[] sloped;
  private final Blocks blocks;
  /// What is done once must not lie where blocks write, and what is filled once and for all not where anything does.
  private final Panels constantPanels;
  private final Panels oncePanels;
  private final Panels blockPanels;
  private final List<Step> once = new ArrayList<>();
  private final List<Step> full = new ArrayList<>();
  private final List<Step> rest = new ArrayList<>();
  private final List<Moving> moving = new ArrayList<>();
  private final List<List<Matrix>> weights = new ArrayList<>();
  private final List<Matrix> jacobians = new ArrayList<>();
  private final java.util.Map<Bracket, Value> unblocked = new java.util.IdentityHashMap<>();
  private final int last;
  private int width;

  /// @param sloped for each factor, whether it has a slope that is not all 1
  /// @param dry whether only to count the memory
  JacobianProgram(Chain chain, Bracket root, Blocks blocks, boolean[] sloped, Precision precision, boolean dry) {
    this.factors = chain.factors();
    this.sloped = sloped;
    this.blocks = blocks;
    this.constantPanels = new Panels(precision, dry);
    this.oncePanels = new Panels(precision, dry);
    this.blockPanels = new Panels(precision, dry);
    this.last = factors.size() - 1;
    factors.forEach(_ -> weights.add(new ArrayList<>()));
    int whole = directions();
    if (blocks.side() == Side.WHOLE) {
      finish(root, whole, once);
      return;
    }
    if (whole >= blocks.chunk()) {
      finish(root, blocks.chunk(), full);
    }
    if (whole % blocks.chunk() != 0) {
      finish(root, whole % blocks.chunk(), rest);
    }
  }

  /// The size of the side that is cut.
  private int directions() {
    return blocks.side() == Side.ROWS ? factors.get(last).rows() : factors.get(0).columns();
  }

  /// The memory of all intermediate matrices.
  long bytes() {
    return constantPanels.bytes() + oncePanels.bytes() + blockPanels.bytes();
  }

  /// Points the views of factor `factor`'s matrix at `weight`.
  void point(int factor, Tensor weight) {
    List<Matrix> views = weights.get(factor);
    for (int at = 0; at < views.size(); at++) {
      if (views.get(at).tensor() != weight) {
        views.get(at).over(weight);
      }
    }
  }

  /// Computes the Jacobian from the weights and slopes at hand.
  void run(Step.Scene scene, Tensor jacobian) {
    for (int at = 0; at < jacobians.size(); at++) {
      if (jacobians.get(at).tensor() != jacobian) {
        jacobians.get(at).moveTo(0).over(jacobian);
      }
    }
    run(once, scene);
    if (blocks.side() == Side.WHOLE) {
      return;
    }
    int whole = directions();
    for (int first = 0; first < whole; first += blocks.chunk()) {
      scene.first = first;
      boolean isFull = whole - first >= blocks.chunk();
      for (int at = 0; at < moving.size(); at++) {
        Moving one = moving.get(at);
        if (isOf(one, isFull ? blocks.chunk() : whole - first)) {
          one.matrix().moveTo(first * one.stride());
        }
      }
      run(isFull ? full : rest, scene);
    }
  }

  private boolean isOf(Moving one, int width) {
    return (blocks.side() == Side.ROWS ? one.matrix().rows() : one.matrix().columns()) == width;
  }

  private static void run(List<Step> steps, Step.Scene scene) {
    for (int at = 0; at < steps.size(); at++) {
      steps.get(at).run(scene);
    }
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
    jacobians.add(jacobian);
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
      moving.add(new Moving(matrix, stride));
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
    List<Step> block = width == blocks.chunk() ? full : rest;
    (isCut(bracket) ? block : once).add(step);
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
      weights.get(factor).add(matrix);
      return new Value(matrix, sloped[factor] ? factor : -1, null);
    }
    Panel panel = unblocked.containsKey(leaf) ? unblocked.get(leaf).panel() : null;
    if (panel == null) {
      int m = factors.get(factor).rows();
      panel = oncePanels.take(m, n);
      Matrix weight = Matrix.rowMajor(m, n);
      weights.get(factor).add(weight);
      once.add(new Step.ScaleRows(factor, weight, panel.over(Matrix.rowMajor(m, n))));
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
    Tensor seeds = panel.tensor(from.prepend(chunk));
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
    Tensor result = to.tensor(shape.prepend(chunk));
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
      once.add(step);
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
    return through(push, push.last(), true, panel, panel.tensor(from.prepend(chunk)), chunk, -1);
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
    return through(pull, pull.first(), false, panel, panel.tensor(from.prepend(chunk)), chunk, left.pending());
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
