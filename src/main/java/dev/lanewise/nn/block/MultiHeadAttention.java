package dev.lanewise.nn.block;

import dev.lanewise.Initializer;
import dev.lanewise.Layer;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.graph.Graph;
import dev.lanewise.graph.Node;

/// Self-attention: each step of a sequence becomes a mean of all steps' values, weighted by how well their keys match
/// its query, head by head.
///
/// With Q, K, V the three parts of X·Uᵀ + c, each cut into heads of d = features/heads columns,
///
/// - **value**: Y = H·Wᵀ + b, H_h = A_h·V_h, A_h = softmax(Q_h·K_hᵀ/√d + M); X, Y `[batch, time, features]`, A_h
///   `[time, time]`
/// - **parameters**: `in_proj_weight` U, `in_proj_bias` c, `out_proj.weight` W, `out_proj.bias` b; `[3·features,
///   features]`, `[3·features]`, `[features, features]`, `[features]`
/// - **residuals**: the values of the expression, A_h among them
/// - **tangent**: Ḣ_h = Ȧ_h·V_h + A_h·V̇_h, Ȧ_h = A_h ⊙ (Ṡ_h − ⟨A_h, Ṡ_h⟩), Ṡ_h = (Q̇_h·K_hᵀ + Q_h·K̇_hᵀ)/√d; with a
///   chunk before
/// - **cotangent**: V̄_h = A_hᵀ·H̄_h, Ā_h = H̄_h·V_hᵀ, S̄_h = A_h ⊙ (Ā_h − ⟨A_h, Ā_h⟩), Q̄_h = S̄_h·K_h/√d, K̄_h =
///   S̄_hᵀ·Q_h/√d; as the tangents
/// - **its tangent**: that of each product and of the softmax, in the same order; as the tangents; Ȳ of one direction
///
/// ⟨·, ·⟩ is taken row by row. M is 0 or, in a causal layer, −∞ above the diagonal: no step sees a later one. This is
/// PyTorch's `nn.MultiheadAttention` with `batch_first` and the same query, key and value, without dropout, and with
/// its initial values. It is an expression ([Graph]). Vaswani et al. 2017, *Attention is all you need*, equation 1 and
/// section 3.2.2.
public final class MultiHeadAttention extends Blockwise {

  private record Hyperparameters(int heads, boolean causal, boolean bias) {}

  private final Hyperparameters own;

  /// With bias; each step sees all steps.
  ///
  /// @throws IllegalArgumentException as the constructor with all
  public MultiHeadAttention(int time, int features, int heads) {
    this(time, features, heads, false);
  }

  /// With bias.
  ///
  /// @throws IllegalArgumentException as the constructor with all
  public MultiHeadAttention(int time, int features, int heads, boolean causal) {
    this(time, features, heads, causal, true);
  }

  /// @param time the number of steps; parameters do not depend on it
  /// @param features of each step, PyTorch's `embed_dim`
  /// @param heads PyTorch's `num_heads`, a divisor of `features`
  /// @param causal whether steps see only themselves and earlier ones
  /// @param bias whether there are c and b
  /// @throws IllegalArgumentException for a size below 1, or heads that do not divide the features
  public MultiHeadAttention(int time, int features, int heads, boolean causal, boolean bias) {
    this(time, features, new Hyperparameters(heads, causal, bias));
  }

  private MultiHeadAttention(int time, int features, Hyperparameters own) {
    super(expression(time, features, own), Shape.of(time, features), own);
    this.own = own;
  }

  /// {@return the same layer for sequences of another length, with the same parameters}
  ///
  /// @throws IllegalArgumentException for less than 1
  public MultiHeadAttention withTime(int steps) {
    return new MultiHeadAttention(steps, block().last(), own);
  }

  private static Layer expression(int time, int features, Hyperparameters own) {
    if (time < 1 || features < 1 || own.heads < 1) {
      throw new IllegalArgumentException("MultiHeadAttention: time=" + time + ", features=" + features + ", heads="
          + own.heads + ", expected each at least 1");
    }
    if (features % own.heads != 0) {
      throw new IllegalArgumentException(
          "MultiHeadAttention: " + own.heads + " heads of " + features + " features, expected a divisor of those");
    }
    return Graph.layer(Shape.of(time, features), x -> attention(x, time, features, own));
  }

  private static Node attention(Node x, int time, int features, Hyperparameters own) {
    Node all = affine(x, "in_proj_weight", "in_proj_bias", 3 * features, Initializer.glorotUniform(), own);
    Node queries = heads(all.slice(0, features), own).times(1 / Math.sqrt((double) features / own.heads));
    Node scores = queries.matmulTransposed(heads(all.slice(features, 2 * features), own));
    Node seen = own.causal ? scores.plus(x.constant(mask(time))) : scores;
    Node means = seen.softmax().matmul(heads(all.slice(2 * features, 3 * features), own));
    Node joined = means.permute(1, 0, 2).reshape(time, features);
    Initializer initializer = Initializer.uniform(1 / Math.sqrt(features));
    return affine(joined, "out_proj.weight", "out_proj.bias", features, initializer, own);
  }

  private static Node affine(
      Node x, String weight, String bias, int out, Initializer initializer, Hyperparameters own) {
    Node product = x.matmulTransposed(x.parameter(weight, Shape.of(out, x.shape().last()), initializer));
    return own.bias ? product.plus(x.parameter(bias, Shape.of(out), Initializer.zeros())) : product;
  }

  /// From `[time, features]` to `[heads, time, features/heads]`.
  private static Node heads(Node part, Hyperparameters own) {
    int time = part.shape().dim(0);
    return part.reshape(time, own.heads, part.shape().last() / own.heads).permute(1, 0, 2);
  }

  /// −∞ where the column is later than the row.
  private static Tensor mask(int time) {
    Tensor mask = Tensor.zeros(Precision.DOUBLE, time, time);
    for (int place = 0; place < mask.size(); place++) {
      mask.set(place, place % time > place / time ? Double.NEGATIVE_INFINITY : 0);
    }
    return mask;
  }

  /// For example `MultiHeadAttention[time=16, features=64, heads=4]`, and what is not the default.
  @Override
  public String toString() {
    return "MultiHeadAttention[time=" + block().dim(0) + ", features=" + block().last() + ", heads=" + own.heads
        + (own.causal ? ", causal" : "") + (own.bias ? "" : ", no bias") + "]";
  }
}
