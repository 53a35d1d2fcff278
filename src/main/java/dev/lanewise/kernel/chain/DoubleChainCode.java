package dev.lanewise.kernel.chain;

/// The products of one chain of small layers of fixed sizes: [DoubleSmallChain]'s loops, or code written by
/// [StraightLine].
interface DoubleChainCode {

  /// z = W·y + b of a layer; b at `bt` is ignored where the layer has none.
  void affine(int layer, double[] w, int wt, double[] b, int bt, double[] y, int yt, double[] z);

  /// C = A·diag(s)·B of a layer's step of the Jacobian, each by rows.
  void product(int layer, double[] a, int at, double[] s, double[] b, int bt, double[] c, int ct);
}
