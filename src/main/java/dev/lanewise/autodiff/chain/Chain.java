package dev.lanewise.autodiff.chain;

import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import java.util.ArrayList;
import java.util.List;

/// A network as a chain of factors: its layers in order, nested chains flattened, diagonals folded into their
/// neighbours.
///
/// A diagonal is folded into the factor before it: diag(s)·(diag(s₀)·W) = diag(s ⊙ s₀)·W. One without a factor before
/// it is folded into the next factor. A layer that is a sum of branches is a factor whose branches are chains in turn;
/// the diagonals after it are folded into it: diag(s)·Σ_b J_b. The factors' values are at hand after [#linearize], in
/// the workspace given there.
public final class Chain implements Linearization {

  /// The most multiply-adds, including the value's, for which a chain is taken in one pass: beyond, a kernel for each
  /// step is faster.
  private static final int MOST_SMALL = 2_000;

  private final Links links;
  private final List<Factor> factors = new ArrayList<>();
  /// The factors of this chain and of all branches, each in the place of its number; branches share it.
  private final List<Factor> all;
  private final Linearization[] at;
  /// Each layer that is a sum; null for the others.
  private final ChainSum[] sums;
  /// All layers as a single factor.
  private final Factor whole;
  /// Each layer's own part of θ.
  private final Parameters[] thetas;
  private Parameters theta;
  private Tensor value = Tensor.none();
  private Workspace ws;

  /// @throws IllegalArgumentException if the network does not take such an input
  public Chain(Layer network, Parameters theta, Shape input) {
    this(new Links(network, theta, input), new ArrayList<>());
    over(theta);
  }

  private Chain(Links links, List<Factor> all) {
    this.links = links;
    this.all = all;
    this.at = new Linearization[links.count()];
    this.thetas = new Parameters[links.count()];
    this.sums = new ChainSum[links.count()];
    for (int link = 0; link < sums.length; link++) {
      if (links.get(link).isSum()) {
        List<Links> parts = links.get(link).branches();
        Chain[] branches = parts.stream().map(branch -> new Chain(branch, all)).toArray(Chain[]::new);
        sums[link] = new ChainSum(branches, links.get(link).output());
      }
    }
    this.whole = new Factor(links, at, sums, 0, at.length, -1);
    group();
  }

  /// A chain of the same layers for another thread, with memory of its own. It has no θ before [#over] gives it one.
  public Chain fork() {
    return new Chain(links, new ArrayList<>());
  }

  /// Takes the network's parameters from `theta` from now on. Allocates nothing.
  ///
  /// @param theta the network's own
  public void over(Parameters theta) {
    this.theta = theta;
    for (int link = 0; link < thetas.length; link++) {
      thetas[link] = links.get(link).of(theta);
      if (sums[link] != null) {
        sums[link].over(theta);
      }
    }
  }

  private void group() {
    int begin = 0;
    while (begin < links.count()) {
      int end = begin + 1;
      boolean diagonalSoFar = links.get(begin).isDiagonal();
      while (end < links.count() && (links.get(end).isDiagonal() || diagonalSoFar && !links.get(end).isSum())) {
        diagonalSoFar &= links.get(end).isDiagonal();
        end++;
      }
      Factor factor = new Factor(links, at, sums, begin, end, all.size());
      factors.add(factor);
      all.add(factor);
      begin = end;
    }
  }

  public Shape input() {
    return links.input();
  }

  Shape outputShape() {
    return links.output();
  }

  /// The factors, the first applied first.
  public List<Factor> factors() {
    return factors;
  }

  /// The factors of this chain and of all branches, each in the place of its number.
  List<Factor> all() {
    return all;
  }

  /// How many factors there are, those of all branches included.
  public int size() {
    return all.size();
  }

  /// What the planner sees.
  ///
  /// @param hidden whether no Jacobian counts as at hand, so that identities are pushed and pulled through everything
  public List<ChainFactor> planned(boolean hidden) {
    return factors.stream().map(factor -> hidden ? factor.planned().hidden() : factor.planned()).toList();
  }

  /// The factors' names, those of branches among them.
  public List<FactorName> names() {
    return factors.stream().map(Factor::name).toList();
  }

  /// Whether the chain may be taken in one pass over all layers for a Jacobian of so many multiply-adds: it consists of
  /// affine maps with activations, x is one sample, and the multiply-adds are few.
  public boolean isOnePass(long ofJacobian) {
    return ofJacobian + multiplyAdds() <= MOST_SMALL && input().rank() > 0 && input().dim(0) == 1
        && !links.affineMaps(theta).isEmpty();
  }

  /// The time of that pass beyond the value, in nanoseconds.
  public double onePassNanos(long ofJacobian) {
    return 10 * links.count() + 0.4 * ofJacobian;
  }

  /// The multiply-adds of one direction through all layers, and so of the value.
  long multiplyAdds() {
    return links.multiplyAdds();
  }

  /// How many numbers the layers' linearizations keep, as far as the layers state it.
  public long kept() {
    return links.kept();
  }

  /// Evaluates the network at `x` and keeps every layer's linearization.
  public Tensor linearize(Tensor x, Workspace ws) {
    this.ws = ws;
    value = x;
    for (int link = 0; link < at.length; link++) {
      at[link] = sums[link] != null ? sums[link].linearize(value, ws)
          : links.get(link).layer().linearize(value, thetas[link], ws);
      value = at[link].output();
    }
    return value;
  }

  @Override
  public Tensor output() {
    return value;
  }

  /// Pushes through all layers, by x alone.
  @Override
  public void jvp(Tensor xDot, Parameters thetaDot, Tensor yDot) {
    int mark = ws.mark();
    whole.push(xDot, yDot, yDot.shape().dim(0), ws);
    ws.release(mark);
  }

  /// Pulls through all layers, by x alone.
  @Override
  public void vjp(Tensor yBar, Tensor xBar, Parameters thetaBar) {
    int mark = ws.mark();
    whole.pull(yBar, xBar, yBar.shape().dim(0), ws);
    ws.release(mark);
  }

  /// Whether the chain begins and ends with matrices at hand: no identity is seeded at either end, and no diagonal
  /// comes before the first matrix. There is no sum either, as an identity may be seeded in one of its branches.
  public boolean hasMatricesAtBothEnds() {
    return factors.getFirst().startsWithMatrix() && factors.getLast().isDense() && all.size() == factors.size();
  }
}
