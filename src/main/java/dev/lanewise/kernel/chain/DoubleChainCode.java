package dev.lanewise.kernel.chain;

/// The products of one chain of small layers, each layer's sizes fixed: [DoubleSmallChain]'s loops, or what
/// [StraightLine] writes out.
interface DoubleChainCode {

  /// z = W·y + b of a layer, b at `bt`, not looked at where there is none.
  void affine(int layer, double[] w, int wt, double[] b, int bt, double[] y, int yt, double[] z);

  /// C = A·diag(s)·B of the step that a layer adds to the Jacobian, each by rows.
  void product(int layer, double[] a, int at, double[] s, double[] b, int bt, double[] c, int ct);
}
