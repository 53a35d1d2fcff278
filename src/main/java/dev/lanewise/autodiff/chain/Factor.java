package dev.lanewise.autodiff.chain;

import dev.lanewise.JacobianStructure.Kind;
import dev.lanewise.Linearization;
import dev.lanewise.Matrix;
import dev.lanewise.MatrixOps;
import dev.lanewise.Parameters;
import dev.lanewise.PointwiseOps;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import java.util.ArrayList;
import java.util.List;

/// Neighbouring layers of a chain that are one factor: J = diag(s)·W·diag(before), diag(s)·Σ_b J_b, diag(s), or a
/// Jacobian that is only pushed and pulled through.
public final class Factor {

  private final Links links;
  private final Linearization[] at;
  private final ChainSum[] sums;
  private final int begin;
  private final int end;
  private final int number;
  private final int dense;
  private final int diagonalFrom;
  private final Matrix weightView;
  private final Matrix scaledView;

  /// @param at the linearization of each link at the present point
  /// @param sums for each link its branches if it is a sum, else null
  /// @param number its place among all factors of a network
  Factor(Links links, Linearization[] at, ChainSum[] sums, int begin, int end, int number) {
    this.links = links;
    this.at = at;
    this.sums = sums;
    this.begin = begin;
    this.end = end;
    this.number = number;
    int found = -1;
    int diagonals = end;
    for (int link = begin; link < end; link++) {
      found = links.get(link).structure().kind() == Kind.DENSE ? link : found;
    }
    while (diagonals > begin && links.get(diagonals - 1).isDiagonal()) {
      diagonals--;
    }
    this.dense = found;
    this.diagonalFrom = isDense() ? dense : diagonals;
    this.weightView = Matrix.rowMajor(rows(), columns());
    this.scaledView = Matrix.rowMajor(rows(), columns());
  }

  /// Whether its Jacobian is at hand, as diag(s)·W·diag(before).
  public boolean isDense() {
    return dense >= 0;
  }

  /// Whether it is diag(s)·W, with no diagonal before W.
  boolean startsWithMatrix() {
    return dense == begin;
  }

  /// Whether it is a sum of branches.
  boolean isSum() {
    return sums[begin] != null;
  }

  boolean isDiagonal() {
    return diagonalFrom == begin && !isDense();
  }

  /// Whether products with it have to be scaled by [#slope].
  boolean hasSlope() {
    return isDense() || isSum() || isDiagonal();
  }

  /// Its place among the factors of the network and all branches.
  int number() {
    return number;
  }

  /// A branch of a sum.
  Chain branch(int index) {
    return sums[begin].branch(index);
  }

  Shape inputShape() {
    return links.get(begin).input();
  }

  Shape outputShape() {
    return links.get(end - 1).output();
  }

  int rows() {
    return outputShape().size();
  }

  int columns() {
    return inputShape().size();
  }

  ChainFactor planned() {
    if (isDense()) {
      return ChainFactor.dense(rows(), columns());
    }
    long multiplyAdds = 0;
    long recomputed = 0;
    for (int link = isSum() ? begin + 1 : begin; link < end; link++) {
      multiplyAdds += links.get(link).structure().multiplyAdds();
      recomputed += links.get(link).structure().recomputed();
    }
    if (isSum()) {
      List<List<ChainFactor>> branches = new ArrayList<>();
      for (int branch = 0; branch < sums[begin].count(); branch++) {
        branches.add(branch(branch).planned(false));
      }
      return ChainFactor.sum(branches, multiplyAdds);
    }
    return isDiagonal() ? ChainFactor.diagonal(rows(), multiplyAdds)
        : ChainFactor.implicit(rows(), columns(), multiplyAdds).recomputing(recomputed);
  }

  FactorName name() {
    List<List<FactorName>> branches = new ArrayList<>();
    for (int branch = 0; isSum() && branch < sums[begin].count(); branch++) {
      branches.add(branch(branch).names());
    }
    return new FactorName(toString(), branches);
  }

  /// W·diag(before) of a dense factor.
  public Tensor weight(Workspace ws) {
    Tensor weight = at[dense].weight();
    Tensor before = diagonal(begin, dense, ws);
    if (before.isNone()) {
      return weight;
    }
    Tensor scaled = ws.matrix(weight.precision(), rows(), columns());
    weightView.over(weight);
    MatrixOps.scaleColumns(weightView, before, scaledView.over(scaled));
    return scaled;
  }

  /// s of diag(s)·W, diag(s)·Σ_b J_b or diag(s), or [Tensor#none()] where all elements are 1.
  public Tensor slope(Workspace ws) {
    return diagonal(diagonalFrom, end, ws);
  }

  private Tensor diagonal(int from, int to, Workspace ws) {
    Tensor product = Tensor.none();
    for (int link = from; link < to; link++) {
      Tensor slope = at[link].slope();
      if (product.isNone()) {
        product = slope;
      } else if (!slope.isNone()) {
        Tensor both = ws.tensor(slope.precision(), slope.shape());
        PointwiseOps.multiply(product, slope, both);
        product = both;
      }
    }
    return product;
  }

  /// Pushes a panel of tangents through all layers of the factor.
  void push(Tensor xDot, Tensor yDot, int chunk, Workspace ws) {
    Tensor tangent = xDot;
    for (int link = begin; link < end; link++) {
      Tensor next = link == end - 1 ? yDot : ws.tensor(xDot.precision(), chunk, links.get(link).output());
      at[link].jvp(tangent, Parameters.none(), next);
      tangent = next;
    }
  }

  /// Pulls a panel of cotangents through all layers of the factor.
  void pull(Tensor yBar, Tensor xBar, int chunk, Workspace ws) {
    Tensor cotangent = yBar;
    for (int link = end - 1; link >= begin; link--) {
      Tensor next = link == begin ? xBar : ws.tensor(yBar.precision(), chunk, links.get(link).input());
      at[link].vjp(cotangent, next, Parameters.none());
      cotangent = next;
    }
  }

  /// The layers' names, from the last applied to the first.
  @Override
  public String toString() {
    StringBuilder names = new StringBuilder();
    for (int link = end - 1; link >= begin; link--) {
      names.append(names.isEmpty() ? "" : " ∘ ").append(links.get(link).layer());
    }
    return names.toString();
  }
}
