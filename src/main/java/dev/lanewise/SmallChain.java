package dev.lanewise;

import dev.lanewise.kernel.chain.DoubleSmallChain;
import dev.lanewise.kernel.chain.FloatSmallChain;
import dev.lanewise.kernel.elementwise.Nonlinearity;
import java.util.List;

/// Value and Jacobian of a chain of small layers y_ℓ = φ_ℓ(W_ℓ·y_(ℓ−1) + b_ℓ), one sample, in one pass over all layers: for networks so
/// small that calls take longer than sums.
///
/// J = J_L · … · J₁, from the right where `forward`, else from the left; slides, equations [13] and [14]. Weights are read at each
/// call. One thread at a time.
///
/// [13]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-13
/// [14]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-14
public final class SmallChain {

  private final List<AffineMap> layers;
  private final Precision precision;
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
    this.layers = List.copyOf(layers);
    this.precision = layers.getFirst().weight().precision();
    int count = layers.size();
    int[] widths = new int[count + 1];
    widths[0] = layers.getFirst().in();
    Nonlinearity[] phi = new Nonlinearity[count];
    boolean[] biased = new boolean[count];
    boolean single = precision == Precision.FLOAT;
    this.floatWeights = new float[single ? count : 0][];
    this.floatBiases = new float[single ? count : 0][];
    this.doubleWeights = new double[single ? 0 : count][];
    this.doubleBiases = new double[single ? 0 : count][];
    this.weightsAt = new int[count];
    this.biasesAt = new int[count];
    for (int at = 0; at < count; at++) {
      AffineMap layer = layers.get(at);
      layer.weight().require(precision, Shape.of(layer.out(), widths[at]), "SmallChain", "weight of layer " + at);
      widths[at + 1] = layer.out();
      phi[at] = layer.activation().nonlinearity();
      biased[at] = !layer.bias().isNone();
      weightsAt[at] = layer.weight().offset();
      biasesAt[at] = layer.bias().isNone() ? 0 : layer.bias().offset();
      if (single) {
        floatWeights[at] = layer.weight().floats();
        floatBiases[at] = layer.bias().isNone() ? null : layer.bias().floats();
      } else {
        doubleWeights[at] = layer.weight().doubles();
        doubleBiases[at] = layer.bias().isNone() ? null : layer.bias().doubles();
      }
    }
    this.floats = single ? new FloatSmallChain(widths, phi, biased, forward) : null;
    this.doubles = single ? null : new DoubleSmallChain(widths, phi, biased, forward);
    this.multiplyAdds = multiplyAdds(widths, forward);
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

  /// {@return what value and Jacobian take together}
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
    int d = layers.getFirst().in();
    int m = layers.getLast().out();
    if (x.size() != d || y.size() != m || !jacobian.shape().is(m, d)
        || x.precision() != precision || y.precision() != precision || jacobian.precision() != precision) {
      throw new IllegalArgumentException("SmallChain: x is " + x.describe() + ", y is " + y.describe() + ", jacobian is "
          + jacobian.describe() + ", expected " + precision + " of " + d + ", " + m + " and [" + m + ", " + d + "] elements");
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
