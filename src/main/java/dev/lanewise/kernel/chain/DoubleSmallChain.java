package dev.lanewise.kernel.chain;

import dev.lanewise.kernel.DoubleKernels;
import dev.lanewise.kernel.elementwise.Nonlinearity;
import dev.lanewise.kernel.lanes.MultiplyAdd;
import java.util.Arrays;

/// Value and Jacobian of a chain of small dense layers y_ℓ = φ_ℓ(W_ℓ·y_(ℓ−1) + b_ℓ) for one sample, in one call.
///
/// | pass    | formula                                                        |
/// |---------|----------------------------------------------------------------|
/// | value   | z = W·y + b, y = φ(z), s = φ′(z)                                |
/// | forward | T₁ = W₁, T_ℓ = W_ℓ·diag(s_(ℓ−1))·T_(ℓ−1), J = diag(s_L)·T_L        |
/// | reverse | U_L = diag(s_L)·W_L, U_ℓ = U_(ℓ+1)·diag(s_ℓ)·W_ℓ, J = U₁           |
///
/// A product of some dozens of multiply-adds is over before a kernel for large ones has chosen its tiles. Here sums are
/// scalar, since rows of 4 to 16 numbers waste most of a vector: by [StraightLine] if each step is short enough and
/// classes can be defined, else by [DoubleChainLoops]. Only activations use vectors.
public final class DoubleSmallChain {

  /// Room for a whole vector after the last number.
  private static final int MARGIN = 64;
  private static final int LANES = DoubleKernels.BEST.lanes();

  private final int[] widths;
  private final Nonlinearity[] phi;
  private final boolean forward;
  private final double[][] value;
  private final double[][] slope;
  private final double[][] panel;
  private final DoubleChainCode code;

  /// @param widths of the input and of each layer's output
  /// @param phi each layer's activation
  /// @param biased whether each layer has a bias
  /// @param forward whether columns are pushed, not rows pulled
  public DoubleSmallChain(int[] widths, Nonlinearity[] phi, boolean[] biased, boolean forward) {
    this(widths, phi, forward, code(widths.clone(), biased.clone(), forward, StraightLine.HIDDEN));
  }

  static DoubleChainCode code(int[] widths, boolean[] biased, boolean forward, StraightLine.Definer definer) {
    DoubleChainCode written = StraightLine.isFor(widths, forward)
        ? StraightLine.compile(DoubleChainCode.class, widths, biased, forward, definer) : null;
    return written == null ? new DoubleChainLoops(widths, biased, forward) : written;
  }

  DoubleSmallChain(int[] widths, Nonlinearity[] phi, boolean forward, DoubleChainCode code) {
    this.code = code;
    this.widths = widths.clone();
    this.phi = phi.clone();
    this.forward = forward;
    int layers = phi.length;
    int widest = Arrays.stream(widths).max().orElse(0);
    int across = forward ? widths[0] : widths[layers];
    value = new double[layers][];
    slope = new double[layers][];
    for (int layer = 0; layer < layers; layer++) {
      value[layer] = new double[widths[layer + 1] + MARGIN];
      slope[layer] = new double[widths[layer + 1] + MARGIN];
      Arrays.fill(slope[layer], 1);
    }
    panel = new double[2][widest * across + MARGIN];
  }

  /// The same chain with separate memory. The code is shared, as it keeps nothing between calls.
  ///
  /// @return one for another thread
  public DoubleSmallChain fork() {
    return new DoubleSmallChain(widths, phi, forward, code);
  }

  /// Writes y and J.
  ///
  /// @param w each layer's weights by rows, from `wt` on
  /// @param b each layer's biases from `bt` on, null for none
  public void run(
      double[][] w, int[] wt, double[][] b, int[] bt, double[] x, int xt, double[] y, int yt, double[] jacobian,
      int jt) {
    value(w, wt, b, bt, x, xt);
    int last = phi.length - 1;
    System.arraycopy(value[last], 0, y, yt, widths[last + 1]);
    if (forward) {
      push(w, wt, jacobian, jt);
    } else {
      pull(w, wt, jacobian, jt);
    }
  }

  private void value(double[][] w, int[] wt, double[][] b, int[] bt, double[] x, int xt) {
    double[] in = x;
    int at = xt;
    for (int layer = 0; layer < phi.length; layer++) {
      int n = widths[layer + 1];
      double[] z = value[layer];
      code.affine(layer, w[layer], wt[layer], b[layer], bt[layer], in, at, z);
      // Whole vectors: a mask takes as long as the function. Numbers after the layer's own are unused.
      activate(phi[layer], (n + LANES - 1) / LANES * LANES, z, slope[layer]);
      in = z;
      at = 0;
    }
  }

  /// Slopes that follow from the value are computed one by one: for few numbers, calls for vectors take longer.
  private static void activate(Nonlinearity phi, int n, double[] z, double[] slope) {
    if (phi == Nonlinearity.IDENTITY) {
      return;
    }
    if (!phi.slopeFromOutput()) {
      DoubleKernels.BEST.activateKeepingSlope(phi, n, z, 0, z, 0, slope, 0);
      return;
    }
    DoubleKernels.BEST.activate(phi, n, z, 0, z, 0);
    if (phi == Nonlinearity.TANH) {
      for (int i = 0; i < n; i++) {
        slope[i] = MultiplyAdd.oneLessSquare(z[i]);
      }
    } else {
      Arrays.fill(slope, 0, n, 1);
      DoubleKernels.BEST.scaleBySlope(phi, n, z, 0, slope, 0, slope, 0);
    }
  }

  private void push(double[][] w, int[] wt, double[] jacobian, int jt) {
    int d = widths[0];
    int last = phi.length - 1;
    double[] from = w[0];
    int at = wt[0];
    for (int layer = 1; layer <= last; layer++) {
      double[] to = layer == last ? jacobian : panel[layer & 1];
      int begin = layer == last ? jt : 0;
      code.product(layer, w[layer], wt[layer], slope[layer - 1], from, at, to, begin);
      from = to;
      at = begin;
    }
    if (last == 0 || phi[last] != Nonlinearity.IDENTITY) {
      scaleRows(widths[last + 1], d, slope[last], from, at, jacobian, jt);
    }
  }

  private void pull(double[][] w, int[] wt, double[] jacobian, int jt) {
    int last = phi.length - 1;
    int m = widths[last + 1];
    double[] from = w[last];
    int at = wt[last];
    if (last == 0 || phi[last] != Nonlinearity.IDENTITY) {
      double[] to = last == 0 ? jacobian : panel[last & 1];
      int begin = last == 0 ? jt : 0;
      scaleRows(m, widths[last], slope[last], from, at, to, begin);
      from = to;
      at = begin;
    }
    for (int layer = last - 1; layer >= 0; layer--) {
      double[] to = layer == 0 ? jacobian : panel[layer & 1];
      int begin = layer == 0 ? jt : 0;
      code.product(layer, from, at, slope[layer], w[layer], wt[layer], to, begin);
      from = to;
      at = begin;
    }
  }

  /// Y = diag(s)·X.
  private static void scaleRows(int m, int n, double[] s, double[] x, int xt, double[] y, int yt) {
    for (int i = 0; i < m; i++) {
      double factor = s[i];
      for (int j = 0; j < n; j++) {
        y[yt + i * n + j] = factor * x[xt + i * n + j];
      }
    }
  }
}
