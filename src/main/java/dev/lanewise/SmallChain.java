package dev.lanewise;

import dev.lanewise.kernel.chain.DoubleSmallChain;
import dev.lanewise.kernel.chain.FloatSmallChain;
import dev.lanewise.kernel.elementwise.Nonlinearity;
import java.util.List;

/// Value and Jacobian of a chain of small layers y_ℓ = φ_ℓ(W_ℓ·y_(ℓ−1) + b_ℓ) for one sample, in one pass over all
/// layers, for networks so small that calls take longer than arithmetic.
///
/// J = J_L · … · J₁, multiplied from the right if `forward`, otherwise from the left; slides, equations [13] and [14].
/// Weights are read at each call. One thread at a time.
///
/// [13]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-13
/// [14]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-14
public final class SmallChain {

  private final Precision precision;
  private final int[] widths;
  private final Activation[] activations;
  private final boolean[] biased;
  private final FloatSmallChain floats;
  private final DoubleSmallChain doubles;
  private final float[][] floatWeights;
  private final float[][] floatBiases;
  private final double[][] doubleWeights;
  private final double[][] doubleBiases;
  private final int[] weightsAt;
  private final int[] biasesAt;
  private final long multiplyAdds;

  /// @throws IllegalArgumentException if there is no layer, or the layers do not fit each other
  public SmallChain(List<AffineMap> layers, boolean forward) {
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("SmallChain: has 0 layers, expected at least 1");
    }
    this.precision = layers.getFirst().weight().precision();
    int count = layers.size();
    this.widths = new int[count + 1];
    this.activations = new Activation[count];
    this.biased = new boolean[count];
    widths[0] = layers.getFirst().in();
    Nonlinearity[] phi = new Nonlinearity[count];
    for (int at = 0; at < count; at++) {
      AffineMap layer = layers.get(at);
      layer.weight().require(precision, Shape.of(layer.out(), widths[at]), "SmallChain", "weight of layer " + at);
      widths[at + 1] = layer.out();
      activations[at] = layer.activation();
      phi[at] = layer.activation().nonlinearity();
      biased[at] = !layer.bias().isNone();
    }
    boolean single = precision == Precision.FLOAT;
    this.floats = single ? new FloatSmallChain(widths, phi, biased, forward) : null;
    this.doubles = single ? null : new DoubleSmallChain(widths, phi, biased, forward);
    this.floatWeights = new float[single ? count : 0][];
    this.floatBiases = new float[single ? count : 0][];
    this.doubleWeights = new double[single ? 0 : count][];
    this.doubleBiases = new double[single ? 0 : count][];
    this.weightsAt = new int[count];
    this.biasesAt = new int[count];
    this.multiplyAdds = multiplyAdds(widths, forward);
    over(layers);
  }

  /// The same sizes and code, with separate memory and no weights yet.
  private SmallChain(SmallChain like) {
    this.precision = like.precision;
    this.widths = like.widths;
    this.activations = like.activations;
    this.biased = like.biased;
    this.floats = like.floats == null ? null : like.floats.fork();
    this.doubles = like.doubles == null ? null : like.doubles.fork();
    this.floatWeights = new float[like.floatWeights.length][];
    this.floatBiases = new float[like.floatBiases.length][];
    this.doubleWeights = new double[like.doubleWeights.length][];
    this.doubleBiases = new double[like.doubleBiases.length][];
    this.weightsAt = new int[like.weightsAt.length];
    this.biasesAt = new int[like.biasesAt.length];
    this.multiplyAdds = like.multiplyAdds;
  }

  /// A chain of the same layers for another thread, with shared code and separate memory. It has no weights before
  /// [#over].
  ///
  /// @return a chain that may be used at the same time as this one
  public SmallChain fork() {
    return new SmallChain(this);
  }

  /// Whether these layers have the sizes, biases, activations and precision of this chain's.
  ///
  /// @param layers in order
  /// @return whether [#over] takes them
  public boolean isOf(List<AffineMap> layers) {
    if (layers.size() != activations.length) {
      return false;
    }
    for (int at = 0; at < activations.length; at++) {
      AffineMap layer = layers.get(at);
      if (layer.in() != widths[at] || layer.out() != widths[at + 1] || layer.activation() != activations[at]
          || layer.bias().isNone() == biased[at] || layer.weight().precision() != precision) {
        return false;
      }
    }
    return true;
  }

  /// Reads weights and biases from these layers from now on. Allocates nothing.
  ///
  /// @param layers layers for which [#isOf] is true
  /// @throws IllegalArgumentException if they are other layers
  public void over(List<AffineMap> layers) {
    if (!isOf(layers)) {
      throw new IllegalArgumentException("SmallChain: is over " + layers.size()
          + " layers of other sizes, biases, activations or precision, expected those that it was made of");
    }
    for (int at = 0; at < activations.length; at++) {
      Tensor weight = layers.get(at).weight();
      Tensor bias = layers.get(at).bias();
      weightsAt[at] = weight.offset();
      biasesAt[at] = bias.isNone() ? 0 : bias.offset();
      if (floats != null) {
        floatWeights[at] = weight.floats();
        floatBiases[at] = bias.isNone() ? null : bias.floats();
      } else {
        doubleWeights[at] = weight.doubles();
        doubleBiases[at] = bias.isNone() ? null : bias.doubles();
      }
    }
  }

  private static long multiplyAdds(int[] widths, boolean forward) {
    int last = widths.length - 1;
    long sum = 0;
    for (int layer = 0; layer < last; layer++) {
      long weights = (long) widths[layer + 1] * widths[layer];
      boolean isFirstPanel = forward ? layer == 0 : layer == last - 1;
      sum += isFirstPanel ? weights : weights + weights * (forward ? widths[0] : widths[last]);
    }
    return sum;
  }

  /// {@return the multiply-adds of value and Jacobian together}
  public long multiplyAdds() {
    return multiplyAdds;
  }

  /// Overwrites `y` with the value and `jacobian` with J.
  ///
  /// @param x n₀ elements
  /// @param y n_L elements
  /// @param jacobian `[n_L, n₀]`
  /// @param ws counts the multiply-adds; no memory of it is used
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public void valueAndJacobian(Tensor x, Tensor y, Tensor jacobian, Workspace ws) {
    int d = widths[0];
    int m = widths[widths.length - 1];
    if (x.size() != d || y.size() != m || !jacobian.shape().is(m, d)
        || x.precision() != precision || y.precision() != precision || jacobian.precision() != precision) {
      throw new IllegalArgumentException("SmallChain: x is " + x.describe() + ", y is " + y.describe()
          + ", jacobian is "
          + jacobian.describe() + ", expected " + precision + " of " + d + ", " + m + " and [" + m + ", " + d
          + "] elements");
    }
    if (floats != null) {
      floats.run(floatWeights, weightsAt, floatBiases, biasesAt, x.floats(), x.offset(), y.floats(), y.offset(),
          jacobian.floats(), jacobian.offset());
    } else {
      doubles.run(doubleWeights, weightsAt, doubleBiases, biasesAt, x.doubles(), x.offset(), y.doubles(), y.offset(),
          jacobian.doubles(), jacobian.offset());
    }
    ws.count(multiplyAdds);
  }
}
