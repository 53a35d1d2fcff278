package dev.lanewise.nn.block;

import dev.lanewise.Layer;
import dev.lanewise.Shape;
import dev.lanewise.graph.Graph;
import dev.lanewise.graph.Node;
import java.util.List;

/// Layers of one input, side by side, their outputs added or concatenated.
///
/// | what | formula, added | formula, concatenated along the last axis | shapes |
/// |---|---|---|---|
/// | value | Y = Σ f_b(X, θ_b) | Y = [f_1(X, θ_1), …, f_B(X, θ_B)] | X `[batch, …sample]`, Y `[batch, …]` |
/// | parameters | branch b's under the names `b.name`, b from 0 | the same | |
/// | residuals | the branches' | the same, and their outputs | |
/// | tangent | Ẏ = Σ Ẏ_b | Ẏ = [Ẏ_1, …, Ẏ_B] | with a chunk before |
/// | cotangent | X̄ = Σ J_bᵀ·Ȳ, the last branch first | X̄ = Σ J_bᵀ·Ȳ_b, Ȳ_b its part of Ȳ | as the tangents |
/// | its tangent | the branches', added likewise | the same | as the tangents |
///
/// An expression ([Graph]), and branches for planners, each of which may be pushed through, pulled through or formed. A
/// residual block has a branch that is the input itself: [Residual].
public final class Parallel extends Blockwise {

  /// How the branches' outputs are combined.
  public enum Joining {
    /// They are added; all have one shape.
    ADD,
    /// Concatenated along the last axis; the other axes are the same.
    CONCATENATE
  }

  private record Hyperparameters(List<Layer> layers, Joining joining) {}

  private final Hyperparameters own;

  /// @param sample the shape of a sample of the input
  /// @param joining what becomes of their outputs
  /// @param layers the branches, at least one
  /// @throws IllegalArgumentException if there is no branch, one does not take such samples, or outputs do not fit
  public Parallel(Shape sample, Joining joining, List<Layer> layers) {
    this(sample, new Hyperparameters(List.copyOf(layers), joining));
  }

  private Parallel(Shape sample, Hyperparameters own) {
    super(expression(sample, own), sample, own);
    this.own = own;
  }

  /// {@return branches whose outputs are added}
  ///
  /// @throws IllegalArgumentException if there is no branch, one does not take such samples, or outputs do not fit
  public static Parallel added(Shape sample, Layer... layers) {
    return new Parallel(sample, Joining.ADD, List.of(layers));
  }

  /// {@return branches whose outputs are concatenated along the last axis}
  ///
  /// @throws IllegalArgumentException if there is no branch, one does not take such samples, or outputs do not fit
  public static Parallel concatenated(Shape sample, Layer... layers) {
    return new Parallel(sample, Joining.CONCATENATE, List.of(layers));
  }

  private static Layer expression(Shape sample, Hyperparameters own) {
    if (own.layers.isEmpty()) {
      throw new IllegalArgumentException("Parallel: has 0 layers, expected at least 1");
    }
    return Graph.layer(sample, x -> {
      Node[] outputs = new Node[own.layers.size()];
      for (int branch = 0; branch < outputs.length; branch++) {
        outputs[branch] = x.apply(Integer.toString(branch), own.layers.get(branch));
        requireLike(outputs[0], outputs[branch], branch, own);
      }
      return own.joining == Joining.CONCATENATE ? Node.concat(outputs) : sum(outputs);
    });
  }

  private static void requireLike(Node first, Node output, int branch, Hyperparameters own) {
    Shape one = first.shape();
    Shape other = output.shape();
    boolean fits = one.rank() == other.rank();
    int axes = own.joining == Joining.ADD ? one.rank() : one.rank() - 1;
    for (int axis = 0; fits && axis < axes; axis++) {
      fits = one.dim(axis) == other.dim(axis);
    }
    if (!fits) {
      throw new IllegalArgumentException("Parallel: branch " + branch + ", " + own.layers.get(branch)
          + ", makes samples " + other + ", branch 0, " + own.layers.getFirst() + ", makes " + one
          + (own.joining == Joining.ADD ? ", expected the same" : ", expected the same but for the last axis"));
    }
  }

  private static Node sum(Node[] outputs) {
    Node sum = outputs[0];
    for (int branch = 1; branch < outputs.length; branch++) {
      sum = sum.plus(outputs[branch]);
    }
    return sum;
  }

  /// {@return the branches}
  public List<Layer> layers() {
    return own.layers;
  }

  /// {@return what becomes of their outputs}
  public Joining joining() {
    return own.joining;
  }

  /// For example `Parallel[ADD, Dense[in=4, out=3], Dense[in=4, out=3, TANH]]`.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("Parallel[").append(own.joining);
    own.layers.forEach(layer -> text.append(", ").append(layer));
    return text.append("]").toString();
  }
}
