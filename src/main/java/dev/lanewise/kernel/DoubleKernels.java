package dev.lanewise.kernel;

import dev.lanewise.kernel.elementary.Elementary;
import dev.lanewise.kernel.elementwise.Nonlinearity;
import dev.lanewise.kernel.gemm.DoubleFusion;
import dev.lanewise.kernel.gemm.DoubleScratch;
import dev.lanewise.kernel.lanes.MultiplyAdd;
import dev.lanewise.kernel.lanes.VirtualMachine;
import dev.lanewise.kernel.warmup.Kernels;

/// The kernels that the rest of the library computes with: one implementation on the Vector API, one in plain Java.
///
/// All work on parts of arrays, given by array and offset. Arguments are not checked here; the caller has done so.
public interface DoubleKernels {

  /// The kernels for this virtual machine, chosen once.
  DoubleKernels BEST = switch (Kernels.CHOICE) {
    case PORTABLE -> new DoublePortableKernels();
    case VECTORS -> VirtualMachine.hasVectors() ? new DoubleVectorKernels() : new DoublePortableKernels();
    case SWITCHING, ALTERNATING -> new DoubleSwitchingKernels();
  };

  /// The lanes of a vector; 1 without vectors.
  int lanes();

  /// C[m × n] = or, if `add`, += A[m × k] · B[k × n]. A(i, p) at `a[at + i·ars + p·acs]`, B(p, j) at `b[bt + p·brs +
  /// j·bcs]`, C(i, j) at `c[ct + i·cs + j]`; `fusion` is applied too. C overlaps neither A nor B.
  void gemm(
      int m, int n, int k,
      double[] a, int at, int ars, int acs,
      double[] b, int bt, int brs, int bcs,
      double[] c, int ct, int cs,
      boolean add, DoubleFusion fusion, DoubleScratch scratch);

  /// y = eᶻ.
  void exp(int n, double[] z, int zt, double[] y, int yt);

  /// y = erf(z).
  void erf(int n, double[] z, int zt, double[] y, int yt);

  /// y = f(z).
  void elementary(Elementary f, int n, double[] z, int zt, double[] y, int yt);

  /// y = z^exponent, an exponent that is not 0.
  void pow(
      double exponent, // both precisions
      int n, double[] z, int zt, double[] y, int yt);

  /// y = φ(z).
  void activate(Nonlinearity phi, int n, double[] z, int zt, double[] y, int yt);

  /// y = φ(z) and slope = φ′(z).
  void activateKeepingSlope(Nonlinearity phi, int n, double[] z, int zt, double[] y, int yt, double[] slope, int st);

  /// v = φ′ ⊙ u, with φ′ from the residual.
  void scaleBySlope(Nonlinearity phi, int n, double[] residual, int rt, double[] u, int ut, double[] v, int vt);

  /// v = φ″(z), v not overlapping z.
  void curvature(Nonlinearity phi, int n, double[] z, int zt, double[] v, int vt);

  /// Y[columns × rows] = X[rows × columns]ᵀ; X(i, j) at `x[xt + i·xs + j]`, Y(j, i) at `y[yt + j·ys + i]`.
  void transpose(int rows, int columns, double[] x, int xt, int xs, double[] y, int yt, int ys);

  /// y += x.
  void add(int n, double[] x, int xt, double[] y, int yt);

  /// y *= x, elementwise.
  void multiply(int n, double[] x, int xt, double[] y, int yt);

  /// y = factor·x.
  default void scale(int n, double factor, double[] x, int xt, double[] y, int yt) {
    for (int i = 0; i < n; i++) {
      y[yt + i] = factor * x[xt + i];
    }
  }

  /// z = x ⊙ y.
  default void product(int n, double[] x, int xt, double[] y, int yt, double[] z, int zt) {
    scaleBySlope(DoubleFusion.DIAGONAL, n, x, xt, y, yt, z, zt);
  }

  /// Σ x·y.
  double dot(int n, double[] x, int xt, double[] y, int yt);

  /// Σ x.
  double sum(int n, double[] x, int xt);

  /// y = softmax(z) of one row.
  void softmax(int n, double[] z, int zt, double[] y, int yt);

  /// y = log softmax(z) of one row.
  void logSoftmax(int n, double[] z, int zt, double[] y, int yt);

  /// v = p ⊙ (u − ⟨p, u⟩): softmax's push and, its Jacobian being symmetric, its pull.
  void softmaxDerivative(int n, double[] p, int pt, double[] u, int ut, double[] v, int vt);

  /// v = u − ⟨p, u⟩: log-softmax's push.
  void logSoftmaxPush(int n, double[] p, int pt, double[] u, int ut, double[] v, int vt);

  /// v = u − p·Σu: log-softmax's pull.
  void logSoftmaxPull(int n, double[] p, int pt, double[] u, int ut, double[] v, int vt);

  /// y += factor·x.
  default void addScaled(int n, double factor, double[] x, int xt, double[] y, int yt) {
    for (int i = 0; i < n; i++) {
      y[yt + i] = MultiplyAdd.fast(x[xt + i], factor, y[yt + i]);
    }
  }

  /// y = (x − m)·a + b of rows of n numbers, `stride` apart.
  void shiftAndScale(
      int rows, int stride, int n, double m, double a, double b, double[] x, int xt, double[] y, int yt);

  /// y += factor·x of rows of n numbers, `stride` apart.
  void addScaledRows(int rows, int stride, int n, double factor, double[] x, int xt, double[] y, int yt);

  /// v = factor·u where |o − y| ≤ δ, 0 elsewhere: Huber's second derivative.
  default void huberCurvature(
      int n, double[] o, int ot, double[] y, int yt, double delta, double factor, double[] u, int ut, double[] v,
      int vt) {
    for (int i = 0; i < n; i++) {
      v[vt + i] = Math.abs(o[ot + i] - y[yt + i]) <= delta ? factor * u[ut + i] : 0.0;
    }
  }

  /// Whether all x are numbers: neither infinite nor NaN.
  boolean finite(int n, double[] x, int xt);

  /// e = (o − y)², g = factor·(o − y).
  void squared(int n, double[] o, int ot, double[] y, int yt, double factor, double[] g, int gt, double[] e, int et);

  /// e = |o − y|, g = factor·sgn(o − y).
  void absolute(int n, double[] o, int ot, double[] y, int yt, double factor, double[] g, int gt, double[] e, int et);

  /// e = Huber's loss of o − y, g = factor·its slope.
  void huber(
      int n, double[] o, int ot, double[] y, int yt, double delta, double factor, double[] g, int gt, double[] e,
      int et);

  /// e = cross-entropy of the softmax of each row of z with a class's number, g = factor·its slope:
  /// [DoubleCrossEntropy].
  default void crossEntropyOfClasses(
      int rows, int n, double[] z, int zt, double[] y, int yt, double factor, double[] g, int gt, double[] e, int et) {
    DoubleCrossEntropy.ofClasses(this, rows, n, z, zt, y, yt, factor, g, gt, e, et);
  }

  /// e and g of [#crossEntropyOfClasses] with rows of probabilities as the target.
  default void crossEntropy(
      int rows, int n, double[] z, int zt, double[] y, int yt, double factor, double[] g, int gt, double[] e, int et) {
    DoubleCrossEntropy.ofProbabilities(this, rows, n, z, zt, y, yt, factor, g, gt, e, et);
  }

  /// A step of gradient descent: [DoubleVectorUpdates][dev.lanewise.kernel.passes.DoubleVectorUpdates].
  void descend(int n, double[] w, int wt, double[] g, int gt, double rate, double pull, double keep, double threshold);

  /// A step with momentum: [DoubleVectorUpdates][dev.lanewise.kernel.passes.DoubleVectorUpdates].
  void momentum(
      int n, double[] w, int wt, double[] g, int gt, double[] v, int vt,
      double friction, double ahead, double along, double rate, double pull, double keep, double threshold);

  /// A step of Adam: [DoubleVectorUpdates][dev.lanewise.kernel.passes.DoubleVectorUpdates].
  void adam(
      int n, double[] w, int wt, double[] g, int gt, double[] m, int mt, double[] v, int vt,
      double beta1, double beta2, double rootScale, double epsilon, double rate, double pull, double keep,
      double threshold);
}
