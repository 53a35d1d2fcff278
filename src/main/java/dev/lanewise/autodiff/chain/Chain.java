package dev.lanewise.autodiff.chain;

import dev.lanewise.JacobianStructure.Kind;
import dev.lanewise.Layer;
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

/// A network as the chain that it is the composition of: its layers in order, down to those that are no chains themselves, and
/// the factors that these make: neighbours are one factor where one of them is diagonal.
///
/// A diagonal is folded into the factor before it: diag(s)·(diag(s₀)·W) = diag(s ⊙ s₀)·W; one without a factor before it into the
/// one behind it. The factors' values are at hand after [#linearize], in the workspace given there.
public final class Chain implements Linearization {

  /// Up to so many multiply-adds, the value's included, a chain is taken in one pass. Over a kernel for each step, vectors of 256 bit,
  /// float, when tried (no command repeats it): 2-8-1 0.14 of the time, 10-24-12-1 (1,068) 0.76, 6-16-16-3 (1,456) 0.57, 8-16-16-8 (3,584) 1.28.
  private static final int MOST_SMALL = 2_000;

  private final Links links;
  private final List<Factor> factors = new ArrayList<>();
  private final Linearization[] at;
  /// Each layer's own part of θ.
  private final Parameters[] thetas;
  private Parameters theta;
  private Tensor value = Tensor.none();
  private Workspace ws;

  /// @throws IllegalArgumentException if the network does not take such an input
  public Chain(Layer network, Parameters theta, Shape input) {
    this(new Links(network, theta, input));
    over(theta);
  }

  private Chain(Links links) {
    this.links = links;
    this.at = new Linearization[links.count()];
    this.thetas = new Parameters[links.count()];
    group();
  }

  /// A chain of the same layers for another thread, with memory of its own. It has no θ before [#over] gives it one.
  public Chain fork() {
    return new Chain(links);
  }

  /// Takes the network's parameters from `theta` from now on. Allocates nothing.
  ///
  /// @param theta the network's own
  public void over(Parameters theta) {
    this.theta = theta;
    for (int link = 0; link < thetas.length; link++) {
      thetas[link] = links.get(link).of(theta);
    }
  }

  private void group() {
    int begin = 0;
    while (begin < links.count()) {
      int end = begin + 1;
      boolean diagonalSoFar = links.get(begin).isDiagonal();
      while (end < links.count() && (diagonalSoFar || links.get(end).isDiagonal())) {
        diagonalSoFar &= links.get(end).isDiagonal();
        end++;
      }
      factors.add(new Factor(begin, end));
      begin = end;
    }
  }

  Shape input() {
    return links.input();
  }

  Shape outputShape() {
    return links.output();
  }

  /// The factors, the first applied first.
  public List<Factor> factors() {
    return factors;
  }

  /// What the planner sees.
  ///
  /// @param hidden whether all of it as if no Jacobian were at hand, so that identities are pushed and pulled through everything
  public List<ChainFactor> planned(boolean hidden) {
    return factors.stream().map(factor -> hidden ? factor.planned().hidden() : factor.planned()).toList();
  }

  /// Whether the chain may be taken in one pass over all layers, faster than by a kernel for each, for a Jacobian of so many
  /// multiply-adds: affine maps with activations of one sample, and few sums.
  public boolean isOnePass(long ofJacobian) {
    return ofJacobian + multiplyAdds() <= MOST_SMALL && input().rank() > 0 && input().dim(0) == 1
        && !links.affineMaps(theta).isEmpty();
  }

  /// What it then takes beyond the value, in nanoseconds.
  public double onePassNanos(long ofJacobian) {
    return 10 * links.count() + 0.4 * ofJacobian;
  }

  /// The multiply-adds of one direction through all layers, and so of the value.
  long multiplyAdds() {
    return links.multiplyAdds();
  }

  /// How many numbers the layers' linearizations keep, as far as they say so.
  public long kept() {
    return links.kept();
  }

  /// Evaluates the network at `x` and keeps every layer's linearization.
  public Tensor linearize(Tensor x, Workspace ws) {
    this.ws = ws;
    value = x;
    for (int link = 0; link < at.length; link++) {
      at[link] = links.get(link).layer().linearize(value, thetas[link], ws);
      value = at[link].output();
    }
    return value;
  }

  @Override
  public Tensor output() {
    return value;
  }

  /// Through all layers, of x alone.
  @Override
  public void jvp(Tensor xDot, Parameters thetaDot, Tensor yDot) {
    int mark = ws.mark();
    push(0, at.length, xDot, yDot, yDot.shape().dim(0), ws);
    ws.release(mark);
  }

  /// Through all layers, to x alone.
  @Override
  public void vjp(Tensor yBar, Tensor xBar, Parameters thetaBar) {
    int mark = ws.mark();
    pull(0, at.length, yBar, xBar, yBar.shape().dim(0), ws);
    ws.release(mark);
  }

  private void push(int begin, int end, Tensor xDot, Tensor yDot, int chunk, Workspace ws) {
    Tensor tangent = xDot;
    for (int link = begin; link < end; link++) {
      Tensor next = link == end - 1 ? yDot : ws.tensor(xDot.precision(), chunk, links.get(link).output());
      at[link].jvp(tangent, Parameters.none(), next);
      tangent = next;
    }
  }

  private void pull(int begin, int end, Tensor yBar, Tensor xBar, int chunk, Workspace ws) {
    Tensor cotangent = yBar;
    for (int link = end - 1; link >= begin; link--) {
      Tensor next = link == begin ? xBar : ws.tensor(yBar.precision(), chunk, links.get(link).input());
      at[link].vjp(cotangent, next, Parameters.none());
      cotangent = next;
    }
  }

  /// Whether the Jacobian's first columns and last rows are those of matrices at hand, as they are: no identity is
  /// seeded at either end, nor does a diagonal come before the first matrix.
  public boolean hasMatricesAtBothEnds() {
    return factors.getFirst().dense == factors.getFirst().begin && factors.getLast().isDense();
  }

  /// Neighbouring layers that are one factor J = diag(s)·W·diag(before), or that are pushed and pulled through together.
  public final class Factor {

    private final int begin;
    private final int end;
    private final int dense;
    private final Matrix weightView;
    private final Matrix scaledView;

    private Factor(int begin, int end) {
      this.begin = begin;
      this.end = end;
      int found = -1;
      for (int link = begin; link < end; link++) {
        found = links.get(link).structure().kind() == Kind.DENSE ? link : found;
      }
      this.dense = found;
      this.weightView = Matrix.rowMajor(rows(), columns());
      this.scaledView = Matrix.rowMajor(rows(), columns());
    }

    /// Whether its Jacobian is at hand, as diag(s)·W·diag(before).
    public boolean isDense() {
      return dense >= 0;
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
      for (int link = begin; link < end; link++) {
        multiplyAdds += links.get(link).structure().multiplyAdds();
        recomputed += links.get(link).structure().recomputed();
      }
      return ChainFactor.implicit(rows(), columns(), multiplyAdds).recomputing(recomputed);
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

    /// s of a dense factor, or [Tensor#none()] where all of it is 1.
    public Tensor slope(Workspace ws) {
      return diagonal(dense, end, ws);
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
      Chain.this.push(begin, end, xDot, yDot, chunk, ws);
    }

    /// Pulls a panel of cotangents through all layers of the factor.
    void pull(Tensor yBar, Tensor xBar, int chunk, Workspace ws) {
      Chain.this.pull(begin, end, yBar, xBar, chunk, ws);
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
}
