package dev.lanewise.kernel;

import dev.lanewise.kernel.elementary.Elementary;
import dev.lanewise.kernel.elementwise.Nonlinearity;
import dev.lanewise.kernel.gemm.DoubleFusion;
import dev.lanewise.kernel.gemm.DoubleGemmExercise;
import dev.lanewise.kernel.gemm.DoubleScratch;
import dev.lanewise.kernel.lanes.DoubleLanes;
import dev.lanewise.kernel.lanes.VirtualMachine;
import dev.lanewise.kernel.warmup.Warmup;

/// The kernels in plain Java, each until its vector code is compiled, then with vectors: the same bits.
///
/// Vector code that C2 has not compiled yet runs a thousand times slower than it will, and allocates an object a
/// vector. Plain Java is fast within milliseconds. Once all is compiled, the check before a call is a taken branch.
final class DoubleSwitchingKernels implements DoubleKernels {

  private static final DoubleKernels VECTORS = new DoubleVectorKernels();
  private static final DoubleKernels PLAIN = new DoublePortableKernels();

  /// Loads some classes beforehand, for which a new process's first call would wait some milliseconds.
  DoubleSwitchingKernels() {
    double[] one = new double[1];
    DoubleScratch scratch = new DoubleScratch();
    DoubleFusion fusion = scratch.fusion.activate(Nonlinearity.TANH, one, 0, null, 0);
    PLAIN.gemm(1, 1, 1, one, 0, 1, 1, one, 0, 1, 1, one, 0, 1, false, fusion, scratch);
    DoubleGemmExercise.isReady(1, 1, 1, 1, 1, 1, 1, false, fusion);
    DoubleKernelExercise.wantFused(scratch.fusion.none());
    Warmup.load();
  }

  /// The lanes after all is compiled.
  @Override
  public int lanes() {
    return VirtualMachine.hasVectors() ? DoubleLanes.LENGTH : 1;
  }

  @Override
  public void gemm(
      int m, int n, int k,
      double[] a, int at, int ars, int acs,
      double[] b, int bt, int brs, int bcs,
      double[] c, int ct, int cs,
      boolean add, DoubleFusion fusion, DoubleScratch scratch) {
    if (DoubleGemmExercise.isReady(m, n, k, ars, acs, brs, bcs, add, fusion)) {
      VECTORS.gemm(m, n, k, a, at, ars, acs, b, bt, brs, bcs, c, ct, cs, add, fusion, scratch);
    } else {
      unready(m, n, k, a, at, ars, acs, b, bt, brs, bcs, c, ct, cs, add, fusion, scratch);
    }
  }

  /// A separate method, so that C2 can inline more of the product itself.
  private static void unready(
      int m, int n, int k,
      double[] a, int at, int ars, int acs,
      double[] b, int bt, int brs, int bcs,
      double[] c, int ct, int cs,
      boolean add, DoubleFusion fusion, DoubleScratch scratch) {
    DoubleGemmExercise.want(m, n, k, ars, acs, brs, bcs, add, fusion, DoubleKernelExercise.wantFused(fusion));
    DoubleKernels kernels = DoubleGemmExercise.isLargest(m, n, k) ? VECTORS : PLAIN;
    kernels.gemm(m, n, k, a, at, ars, acs, b, bt, brs, bcs, c, ct, cs, add, fusion, scratch);
  }

  @Override
  public void activate(Nonlinearity phi, int n, double[] z, int zt, double[] y, int yt) {
    if (DoubleKernelExercise.isReady(Kernel.ACTIVATE, phi)) {
      VECTORS.activate(phi, n, z, zt, y, yt);
    } else {
      PLAIN.activate(phi, n, z, zt, y, yt);
    }
  }

  @Override
  public void activateKeepingSlope(
      Nonlinearity phi, int n, double[] z, int zt, double[] y, int yt, double[] slope, int st) {
    if (DoubleKernelExercise.isReady(Kernel.ACTIVATE_KEEPING_SLOPE, phi)) {
      VECTORS.activateKeepingSlope(phi, n, z, zt, y, yt, slope, st);
    } else {
      PLAIN.activateKeepingSlope(phi, n, z, zt, y, yt, slope, st);
    }
  }

  @Override
  public void exp(int n, double[] z, int zt, double[] y, int yt) {
    if (DoubleKernelExercise.isReady(Kernel.EXP)) {
      VECTORS.exp(n, z, zt, y, yt);
    } else {
      PLAIN.exp(n, z, zt, y, yt);
    }
  }

  @Override
  public void erf(int n, double[] z, int zt, double[] y, int yt) {
    if (DoubleKernelExercise.isReady(Kernel.ERF)) {
      VECTORS.erf(n, z, zt, y, yt);
    } else {
      PLAIN.erf(n, z, zt, y, yt);
    }
  }

  @Override
  public void elementary(Elementary f, int n, double[] z, int zt, double[] y, int yt) {
    (DoubleKernelExercise.isReady(Kernel.of(f)) ? VECTORS : PLAIN).elementary(f, n, z, zt, y, yt);
  }

  @Override
  public void pow(double exponent, // both precisions
      int n, double[] z, int zt, double[] y, int yt) {
    (DoubleKernelExercise.isReady(Kernel.POW) ? VECTORS : PLAIN).pow(exponent, n, z, zt, y, yt);
  }

  @Override
  public void scaleBySlope(Nonlinearity phi, int n, double[] residual, int rt, double[] u, int ut, double[] v, int vt) {
    if (DoubleKernelExercise.isReady(Kernel.SCALE_BY_SLOPE, phi)) {
      VECTORS.scaleBySlope(phi, n, residual, rt, u, ut, v, vt);
    } else {
      PLAIN.scaleBySlope(phi, n, residual, rt, u, ut, v, vt);
    }
  }

  @Override
  public void curvature(Nonlinearity phi, int n, double[] z, int zt, double[] v, int vt) {
    if (DoubleKernelExercise.isReady(Kernel.CURVATURE, phi)) {
      VECTORS.curvature(phi, n, z, zt, v, vt);
    } else {
      PLAIN.curvature(phi, n, z, zt, v, vt);
    }
  }

  @Override
  public void transpose(int rows, int columns, double[] x, int xt, int xs, double[] y, int yt, int ys) {
    if (DoubleKernelExercise.isReady(Kernel.TRANSPOSE)) {
      VECTORS.transpose(rows, columns, x, xt, xs, y, yt, ys);
    } else {
      PLAIN.transpose(rows, columns, x, xt, xs, y, yt, ys);
    }
  }

  @Override
  public void add(int n, double[] x, int xt, double[] y, int yt) {
    if (DoubleKernelExercise.isReady(Kernel.ADD)) {
      VECTORS.add(n, x, xt, y, yt);
    } else {
      PLAIN.add(n, x, xt, y, yt);
    }
  }

  @Override
  public void multiply(int n, double[] x, int xt, double[] y, int yt) {
    if (DoubleKernelExercise.isReady(Kernel.MULTIPLY)) {
      VECTORS.multiply(n, x, xt, y, yt);
    } else {
      PLAIN.multiply(n, x, xt, y, yt);
    }
  }

  @Override
  public double dot(int n, double[] x, int xt, double[] y, int yt) {
    return DoubleKernelExercise.isReady(Kernel.DOT) ? VECTORS.dot(n, x, xt, y, yt) : PLAIN.dot(n, x, xt, y, yt);
  }

  @Override
  public double sum(int n, double[] x, int xt) {
    return DoubleKernelExercise.isReady(Kernel.SUM) ? VECTORS.sum(n, x, xt) : PLAIN.sum(n, x, xt);
  }

  @Override
  public void softmax(int n, double[] z, int zt, double[] y, int yt) {
    if (DoubleKernelExercise.isReady(Kernel.SOFTMAX)) {
      VECTORS.softmax(n, z, zt, y, yt);
    } else {
      PLAIN.softmax(n, z, zt, y, yt);
    }
  }

  @Override
  public void logSoftmax(int n, double[] z, int zt, double[] y, int yt) {
    if (DoubleKernelExercise.isReady(Kernel.LOG_SOFTMAX)) {
      VECTORS.logSoftmax(n, z, zt, y, yt);
    } else {
      PLAIN.logSoftmax(n, z, zt, y, yt);
    }
  }

  @Override
  public void softmaxDerivative(int n, double[] p, int pt, double[] u, int ut, double[] v, int vt) {
    if (DoubleKernelExercise.isReady(Kernel.SOFTMAX_DERIVATIVE)) {
      VECTORS.softmaxDerivative(n, p, pt, u, ut, v, vt);
    } else {
      PLAIN.softmaxDerivative(n, p, pt, u, ut, v, vt);
    }
  }

  @Override
  public void logSoftmaxPush(int n, double[] p, int pt, double[] u, int ut, double[] v, int vt) {
    if (DoubleKernelExercise.isReady(Kernel.LOG_SOFTMAX_PUSH)) {
      VECTORS.logSoftmaxPush(n, p, pt, u, ut, v, vt);
    } else {
      PLAIN.logSoftmaxPush(n, p, pt, u, ut, v, vt);
    }
  }

  @Override
  public void logSoftmaxPull(int n, double[] p, int pt, double[] u, int ut, double[] v, int vt) {
    if (DoubleKernelExercise.isReady(Kernel.LOG_SOFTMAX_PULL)) {
      VECTORS.logSoftmaxPull(n, p, pt, u, ut, v, vt);
    } else {
      PLAIN.logSoftmaxPull(n, p, pt, u, ut, v, vt);
    }
  }

  @Override
  public void shiftAndScale(
      int rows, int stride, int n, double m, double a, double b, double[] x, int xt, double[] y, int yt) {
    if (DoubleKernelExercise.isReady(Kernel.SHIFT_AND_SCALE)) {
      VECTORS.shiftAndScale(rows, stride, n, m, a, b, x, xt, y, yt);
    } else {
      PLAIN.shiftAndScale(rows, stride, n, m, a, b, x, xt, y, yt);
    }
  }

  @Override
  public void addScaled(int rows, int stride, int n, double factor, double[] x, int xt, double[] y, int yt) {
    if (DoubleKernelExercise.isReady(Kernel.ADD_SCALED_ROWS)) {
      VECTORS.addScaled(rows, stride, n, factor, x, xt, y, yt);
    } else {
      PLAIN.addScaled(rows, stride, n, factor, x, xt, y, yt);
    }
  }

  @Override
  public boolean finite(int n, double[] x, int xt) {
    return DoubleKernelExercise.isReady(Kernel.FINITE) ? VECTORS.finite(n, x, xt) : PLAIN.finite(n, x, xt);
  }

  @Override
  public void squared(
      int n, double[] o, int ot, double[] y, int yt, double factor, double[] g, int gt, double[] e, int et) {
    if (DoubleKernelExercise.isReady(Kernel.SQUARED)) {
      VECTORS.squared(n, o, ot, y, yt, factor, g, gt, e, et);
    } else {
      PLAIN.squared(n, o, ot, y, yt, factor, g, gt, e, et);
    }
  }

  @Override
  public void absolute(
      int n, double[] o, int ot, double[] y, int yt, double factor, double[] g, int gt, double[] e, int et) {
    if (DoubleKernelExercise.isReady(Kernel.ABSOLUTE)) {
      VECTORS.absolute(n, o, ot, y, yt, factor, g, gt, e, et);
    } else {
      PLAIN.absolute(n, o, ot, y, yt, factor, g, gt, e, et);
    }
  }

  @Override
  public void huber(
      int n, double[] o, int ot, double[] y, int yt, double delta, double factor, double[] g, int gt, double[] e,
      int et) {
    if (DoubleKernelExercise.isReady(Kernel.HUBER)) {
      VECTORS.huber(n, o, ot, y, yt, delta, factor, g, gt, e, et);
    } else {
      PLAIN.huber(n, o, ot, y, yt, delta, factor, g, gt, e, et);
    }
  }

  @Override
  public void descend(
      int n, double[] w, int wt, double[] g, int gt, double rate, double pull, double keep, double threshold) {
    if (DoubleKernelExercise.isReady(Kernel.DESCEND)) {
      VECTORS.descend(n, w, wt, g, gt, rate, pull, keep, threshold);
    } else {
      PLAIN.descend(n, w, wt, g, gt, rate, pull, keep, threshold);
    }
  }

  @Override
  public void momentum(
      int n, double[] w, int wt, double[] g, int gt, double[] v, int vt, double friction, double ahead, double along,
      double rate, double pull, double keep, double threshold) {
    if (DoubleKernelExercise.isReady(Kernel.MOMENTUM)) {
      VECTORS.momentum(n, w, wt, g, gt, v, vt, friction, ahead, along, rate, pull, keep, threshold);
    } else {
      PLAIN.momentum(n, w, wt, g, gt, v, vt, friction, ahead, along, rate, pull, keep, threshold);
    }
  }

  @Override
  public void adam(
      int n, double[] w, int wt, double[] g, int gt, double[] m, int mt, double[] v, int vt, double beta1,
      double beta2, double rootScale, double epsilon, double rate, double pull, double keep, double threshold) {
    if (DoubleKernelExercise.isReady(Kernel.ADAM)) {
      VECTORS.adam(n, w, wt, g, gt, m, mt, v, vt, beta1, beta2, rootScale, epsilon, rate, pull, keep, threshold);
    } else {
      PLAIN.adam(n, w, wt, g, gt, m, mt, v, vt, beta1, beta2, rootScale, epsilon, rate, pull, keep, threshold);
    }
  }
}
