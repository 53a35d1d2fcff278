package dev.lanewise.kernel;

import dev.lanewise.kernel.elementary.DoublePortableElementary;
import dev.lanewise.kernel.elementary.Elementary;
import dev.lanewise.kernel.elementwise.DoublePortableElementwise;
import dev.lanewise.kernel.elementwise.Nonlinearity;
import dev.lanewise.kernel.gemm.DoubleFusion;
import dev.lanewise.kernel.gemm.DoublePortableGemm;
import dev.lanewise.kernel.gemm.DoublePortableTranspose;
import dev.lanewise.kernel.gemm.DoubleScratch;
import dev.lanewise.kernel.lanes.MultiplyAdd;
import dev.lanewise.kernel.math.DoubleSums;
import dev.lanewise.kernel.passes.DoublePortableResiduals;
import dev.lanewise.kernel.passes.DoublePortableRows;
import dev.lanewise.kernel.passes.DoublePortableUpdates;

/// The kernels in plain Java: each method calls the class of its room.
public final class DoublePortableKernels implements DoubleKernels {

  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public void gemm(
      int m, int n, int k,
      double[] a, int at, int ars, int acs,
      double[] b, int bt, int brs, int bcs,
      double[] c, int ct, int cs,
      boolean add, DoubleFusion fusion, DoubleScratch scratch) {
    DoublePortableGemm.gemm(m, n, k, a, at, ars, acs, b, bt, brs, bcs, c, ct, cs, add, fusion, scratch);
  }

  @Override
  public void activate(Nonlinearity phi, int n, double[] z, int zt, double[] y, int yt) {
    DoublePortableElementwise.activate(phi, n, z, zt, y, yt);
  }

  @Override
  public void activateKeepingSlope(Nonlinearity phi, int n, double[] z, int zt, double[] y, int yt, double[] slope,
      int st) {
    DoublePortableElementwise.activateKeepingSlope(phi, n, z, zt, y, yt, slope, st);
  }

  @Override
  public void exp(int n, double[] z, int zt, double[] y, int yt) {
    DoublePortableElementwise.exp(n, z, zt, y, yt);
  }

  @Override
  public void erf(int n, double[] z, int zt, double[] y, int yt) {
    DoublePortableElementwise.erf(n, z, zt, y, yt);
  }

  @Override
  public void elementary(Elementary f, int n, double[] z, int zt, double[] y, int yt) {
    DoublePortableElementary.apply(f, n, z, zt, y, yt);
  }

  @Override
  public void pow(
      double exponent, // both precisions
      int n, double[] z, int zt, double[] y, int yt) {
    DoublePortableElementary.pow(exponent, n, z, zt, y, yt);
  }

  @Override
  public void scaleBySlope(Nonlinearity phi, int n, double[] residual, int rt, double[] u, int ut, double[] v, int vt) {
    DoublePortableElementwise.scaleBySlope(phi, n, residual, rt, u, ut, v, vt);
  }

  @Override
  public void curvature(Nonlinearity phi, int n, double[] z, int zt, double[] v, int vt) {
    DoublePortableElementwise.curvature(phi, n, z, zt, v, vt);
  }

  @Override
  public void transpose(int rows, int columns, double[] x, int xt, int xs, double[] y, int yt, int ys) {
    DoublePortableTranspose.transpose(rows, columns, x, xt, xs, y, yt, ys);
  }

  @Override
  public void add(int n, double[] x, int xt, double[] y, int yt) {
    DoublePortableElementwise.add(n, x, xt, y, yt);
  }

  @Override
  public void multiply(int n, double[] x, int xt, double[] y, int yt) {
    DoublePortableElementwise.multiply(n, x, xt, y, yt);
  }

  @Override
  public double dot(int n, double[] x, int xt, double[] y, int yt) {
    return DoubleSums.dot(n, x, xt, y, yt);
  }

  @Override
  public double sum(int n, double[] x, int xt) {
    return DoubleSums.sum(n, x, xt);
  }

  @Override
  public void softmax(int n, double[] z, int zt, double[] y, int yt) {
    DoublePortableRows.softmax(n, z, zt, y, yt);
  }

  @Override
  public void logSoftmax(int n, double[] z, int zt, double[] y, int yt) {
    DoublePortableRows.logSoftmax(n, z, zt, y, yt);
  }

  @Override
  public void softmaxDerivative(int n, double[] p, int pt, double[] u, int ut, double[] v, int vt) {
    DoublePortableRows.softmaxDerivative(n, p, pt, u, ut, v, vt);
  }

  @Override
  public void logSoftmaxPush(int n, double[] p, int pt, double[] u, int ut, double[] v, int vt) {
    DoublePortableRows.logSoftmaxPush(n, p, pt, u, ut, v, vt);
  }

  @Override
  public void logSoftmaxPull(int n, double[] p, int pt, double[] u, int ut, double[] v, int vt) {
    DoublePortableRows.logSoftmaxPull(n, p, pt, u, ut, v, vt);
  }

  @Override
  public void shiftAndScale(
      int rows, int stride, int n, double m, double a, double b, double[] x, int xt, double[] y, int yt) {
    for (int row = 0; row < rows; row++) {
      for (int i = row * stride; i < row * stride + n; i++) {
        y[yt + i] = MultiplyAdd.fast(x[xt + i] - m, a, b);
      }
    }
  }

  @Override
  public void addScaledRows(int rows, int stride, int n, double factor, double[] x, int xt, double[] y, int yt) {
    for (int row = 0; row < rows; row++) {
      addScaled(n, factor, x, xt + row * stride, y, yt + row * stride);
    }
  }

  @Override
  public boolean finite(int n, double[] x, int xt) {
    return DoublePortableRows.finite(n, x, xt);
  }

  @Override
  public void squared(int n, double[] o, int ot, double[] y, int yt, double factor, double[] g, int gt, double[] e,
      int et) {
    DoublePortableResiduals.squared(n, o, ot, y, yt, factor, g, gt, e, et);
  }

  @Override
  public void absolute(int n, double[] o, int ot, double[] y, int yt, double factor, double[] g, int gt, double[] e,
      int et) {
    DoublePortableResiduals.absolute(n, o, ot, y, yt, factor, g, gt, e, et);
  }

  @Override
  public void huber(
      int n, double[] o, int ot, double[] y, int yt, double delta, double factor, double[] g, int gt, double[] e,
      int et) {
    DoublePortableResiduals.huber(n, o, ot, y, yt, delta, factor, g, gt, e, et);
  }

  @Override
  public void descend(int n, double[] w, int wt, double[] g, int gt, double rate, double pull, double keep,
      double threshold) {
    DoublePortableUpdates.descend(n, w, wt, g, gt, rate, pull, keep, threshold);
  }

  @Override
  public void momentum(
      int n, double[] w, int wt, double[] g, int gt, double[] v, int vt,
      double friction, double ahead, double along, double rate, double pull, double keep, double threshold) {
    DoublePortableUpdates.momentum(n, w, wt, g, gt, v, vt, friction, ahead, along, rate, pull, keep, threshold);
  }

  @Override
  public void adam(
      int n, double[] w, int wt, double[] g, int gt, double[] m, int mt, double[] v, int vt,
      double beta1, double beta2, double rootScale, double epsilon, double rate, double pull, double keep,
      double threshold) {
    DoublePortableUpdates.adam(n, w, wt, g, gt, m, mt, v, vt, beta1, beta2, rootScale, epsilon, rate, pull, keep,
        threshold);
  }
}
