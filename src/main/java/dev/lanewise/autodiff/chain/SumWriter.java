package dev.lanewise.autodiff.chain;

import dev.lanewise.Matrix;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.chain.Panels.Panel;
import dev.lanewise.autodiff.chain.ProgramWriter.Value;
import java.util.List;

/// Writes the steps for a sum J = diag(s)·Σ_b J_b: those that form it, or push or pull a panel through it.
///
/// The first branch that is not a diagonal gives the result, to which the others are added in order. Diagonals come
/// last: the identity is added as it is, another diagonal first scales a copy of the panel.
final class SumWriter {

  private final ChainWriter chain;
  private final PanelWriter panels;

  SumWriter(ChainWriter chain, PanelWriter panels) {
    this.chain = chain;
    this.panels = panels;
  }

  /// The sum's Jacobian. Its slope is left to the product to its left, as that of a matrix at hand.
  Value formed(Bracket.Formed formed) {
    Factor factor = chain.factor(formed.first());
    int m = chain.rows(formed);
    int n = chain.columns(formed);
    List<Bracket> branches = formed.branches();
    Value sum = null;
    for (int index = 0; index < branches.size(); index++) {
      if (!(branches.get(index) instanceof Bracket.Diagonal)) {
        sum = added(formed, chain.ofFormed(factor.branch(index), formed).settled(branches.get(index)), sum);
      }
    }
    if (sum == null) {
      Panel panel = chain.panels(formed).take(m, n);
      chain.add(formed, new Step.Fill(panel.tensor(m, Shape.of(n))));
      sum = Value.scaled(panel.matrix(formed.byColumns(), m, n), panel);
    }
    for (int index = 0; index < branches.size(); index++) {
      if (branches.get(index) instanceof Bracket.Diagonal) {
        Factor diagonal = factor.branch(index).factors().getFirst();
        Tensor place = sum.panel().tensor(m, Shape.of(n));
        chain.add(formed, new Step.AddDiagonal(chain.slopeOf(diagonal), place, m, n, formed.byColumns(),
            chain.fromRow(formed), chain.fromColumn(formed), chain.isRowsCut(formed), chain.isColumnsCut(formed)));
      }
    }
    int slope = chain.slopeOf(factor);
    if (slope >= 0 && chain.isLastOfNetwork(formed)) {
      panels.scaleRows(formed, sum, slope, formed.byColumns());
      slope = -1;
    }
    return Value.own(sum.matrix(), slope, sum.panel());
  }

  /// A panel of tangents through the sum: ẏ = diag(s)·Σ_b J_b·ẋ.
  Value pushed(Bracket.Push push, Factor factor, Value panel) {
    Value sum = through(push, factor, push.branches(), panel, true);
    panel.giveBack();
    if (chain.slopeOf(factor) >= 0) {
      Matrix rows = sum.panel().over(Matrix.rowMajor(chain.columns(push), factor.rows()));
      chain.add(push, new Step.ScaleColumns(rows, chain.slopeOf(factor), rows));
    }
    return panels.wanted(push, true, sum.panel(), chain.columns(push), factor.rows(), -1);
  }

  /// A panel of cotangents through the sum: x̄ = Σ_b J_bᵀ·diag(s)·ȳ.
  Value pulled(Bracket.Pull pull, Factor factor, Value panel) {
    Value scaled = panel;
    int chunk = chain.rows(pull);
    if (chain.slopeOf(factor) >= 0) {
      Panel to = panel.isOwn() ? panel.panel() : chain.panels(pull).take(chunk, factor.rows());
      Matrix matrix = to.over(Matrix.rowMajor(chunk, factor.rows()));
      chain.add(pull, new Step.ScaleColumns(panel.matrix(), chain.slopeOf(factor), matrix));
      scaled = Value.own(matrix, panel.unscaledBy(), to);
    }
    Value sum = through(pull, factor, pull.branches(), scaled, false);
    scaled.giveBack();
    return panels.wanted(pull, false, sum.panel(), chunk, factor.columns(), panel.unscaledBy());
  }

  private Value through(Bracket at, Factor factor, List<Bracket> branches, Value panel, boolean pushed) {
    Value given = Value.scaled(panel.matrix(), panel.panel());
    Value sum = null;
    for (int index = 0; index < branches.size(); index++) {
      if (!(branches.get(index) instanceof Bracket.Diagonal)) {
        ChainWriter branch = chain.ofPanel(factor.branch(index), pushed, given, chain.isCut(at));
        sum = added(at, branch.settled(branches.get(index)), sum);
      }
    }
    for (int index = 0; index < branches.size(); index++) {
      if (branches.get(index) instanceof Bracket.Diagonal) {
        sum = withDiagonal(at, given, chain.slopeOf(factor.branch(index).factors().getFirst()), sum, pushed);
      }
    }
    return sum;
  }

  /// A panel scaled by a diagonal, and added to what is there.
  private Value withDiagonal(Bracket at, Value panel, int slope, Value sum, boolean pushed) {
    int m = panel.matrix().rows();
    int n = panel.matrix().columns();
    if (sum != null && slope < 0) {
      chain.add(at, new Step.Add(flat(panel), flat(sum)));
      return sum;
    }
    Panel copy = chain.panels(at).take(m, n);
    chain.add(at, new Step.ScaleColumns(panel.panel().lines(pushed, m, n), slope, copy.lines(pushed, m, n)));
    return added(at, Value.scaled(copy.matrix(pushed, m, n), copy), sum);
  }

  /// `one` itself, or what is there with `one` added.
  private Value added(Bracket at, Value one, Value sum) {
    if (sum == null) {
      return one;
    }
    chain.add(at, new Step.Add(flat(one), flat(sum)));
    one.giveBack();
    return sum;
  }

  private static Tensor flat(Value value) {
    return value.panel().tensor(value.matrix().rows(), Shape.of(value.matrix().columns()));
  }
}
