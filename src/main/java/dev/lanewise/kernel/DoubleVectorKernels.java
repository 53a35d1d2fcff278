package dev.lanewise.kernel;

import dev.lanewise.kernel.elementary.DoubleVectorElementary;
import dev.lanewise.kernel.elementary.Elementary;
import dev.lanewise.kernel.elementwise.DoubleVectorCurvature;
import dev.lanewise.kernel.elementwise.DoubleVectorElementwise;
import dev.lanewise.kernel.elementwise.Nonlinearity;
import dev.lanewise.kernel.gemm.DoubleFusion;
import dev.lanewise.kernel.gemm.DoublePacking;
import dev.lanewise.kernel.gemm.DoubleScratch;
import dev.lanewise.kernel.gemm.DoubleVectorGemm;
import dev.lanewise.kernel.lanes.DoubleLanes;
import dev.lanewise.kernel.passes.DoubleVectorResiduals;
import dev.lanewise.kernel.passes.DoubleVectorRows;
import dev.lanewise.kernel.passes.DoubleVectorScales;
import dev.lanewise.kernel.passes.DoubleVectorUpdates;

/// The kernels on the Vector API: each method calls the class of its room.
public final class DoubleVectorKernels implements DoubleKernels {

  @Override
  public int lanes() {
    return DoubleLanes.LENGTH;
  }

  @Override
  public void gemm(
      int m, int n, int k,
      double[] a, int at, int ars, int acs,
      double[] b, int bt, int brs, int bcs,
      double[] c, int ct, int cs,
      boolean add, DoubleFusion fusion, DoubleScratch scratch) {
    DoubleVectorGemm.gemm(m, n, k, a, at, ars, acs, b, bt, brs, bcs, c, ct, cs, add, fusion, scratch);
  }

  @Override
  public void activate(Nonlinearity phi, int n, double[] z, int zt, double[] y, int yt) {
    DoubleVectorElementwise.activate(phi, n, z, zt, y, yt);
  }

  @Override
  public void activateKeepingSlope(Nonlinearity phi, int n, double[] z, int zt, double[] y, int yt, double[] slope,
      int st) {
    DoubleVectorElementwise.activateKeepingSlope(phi, n, z, zt, y, yt, slope, st);
  }

  @Override
  public void exp(int n, double[] z, int zt, double[] y, int yt) {
    DoubleVectorElementwise.exp(n, z, zt, y, yt);
  }

  @Override
  public void erf(int n, double[] z, int zt, double[] y, int yt) {
    DoubleVectorElementwise.erf(n, z, zt, y, yt);
  }

  @Override
  public void elementary(Elementary f, int n, double[] z, int zt, double[] y, int yt) {
    DoubleVectorElementary.apply(f, n, z, zt, y, yt);
  }

  @Override
  public void pow(
      double exponent, // both precisions
      int n, double[] z, int zt, double[] y, int yt) {
    DoubleVectorElementary.pow(exponent, n, z, zt, y, yt);
  }

  @Override
  public void scaleBySlope(Nonlinearity phi, int n, double[] residual, int rt, double[] u, int ut, double[] v, int vt) {
    DoubleVectorElementwise.scaleBySlope(phi, n, residual, rt, u, ut, v, vt);
  }

  @Override
  public void curvature(Nonlinearity phi, int n, double[] z, int zt, double[] v, int vt) {
    DoubleVectorCurvature.curvature(phi, n, z, zt, v, vt);
  }

  @Override
  public void transpose(int rows, int columns, double[] x, int xt, int xs, double[] y, int yt, int ys) {
    DoublePacking.transpose(rows, columns, x, xt, xs, y, yt, ys);
  }

  @Override
  public void add(int n, double[] x, int xt, double[] y, int yt) {
    DoubleVectorElementwise.add(n, x, xt, y, yt);
  }

  @Override
  public void multiply(int n, double[] x, int xt, double[] y, int yt) {
    DoubleVectorElementwise.multiply(n, x, xt, y, yt);
  }

  @Override
  public double dot(int n, double[] x, int xt, double[] y, int yt) {
    return DoubleVectorRows.dot(n, x, xt, y, yt);
  }

  @Override
  public double sum(int n, double[] x, int xt) {
    return DoubleVectorRows.sum(n, x, xt);
  }

  @Override
  public void softmax(int n, double[] z, int zt, double[] y, int yt) {
    DoubleVectorRows.softmax(n, z, zt, y, yt);
  }

  @Override
  public void logSoftmax(int n, double[] z, int zt, double[] y, int yt) {
    DoubleVectorRows.logSoftmax(n, z, zt, y, yt);
  }

  @Override
  public void softmaxDerivative(int n, double[] p, int pt, double[] u, int ut, double[] v, int vt) {
    DoubleVectorRows.softmaxDerivative(n, p, pt, u, ut, v, vt);
  }

  @Override
  public void logSoftmaxPush(int n, double[] p, int pt, double[] u, int ut, double[] v, int vt) {
    DoubleVectorRows.logSoftmaxPush(n, p, pt, u, ut, v, vt);
  }

  @Override
  public void logSoftmaxPull(int n, double[] p, int pt, double[] u, int ut, double[] v, int vt) {
    DoubleVectorRows.logSoftmaxPull(n, p, pt, u, ut, v, vt);
  }

  @Override
  public void shiftAndScale(
      int rows, int stride, int n, double m, double a, double b, double[] x, int xt, double[] y, int yt) {
    DoubleVectorScales.shiftAndScale(rows, stride, n, m, a, b, x, xt, y, yt);
  }

  @Override
  public void addScaledRows(int rows, int stride, int n, double factor, double[] x, int xt, double[] y, int yt) {
    DoubleVectorScales.addScaled(rows, stride, n, factor, x, xt, y, yt);
  }

  @Override
  public boolean finite(int n, double[] x, int xt) {
    return DoubleVectorRows.finite(n, x, xt);
  }

  @Override
  public void squared(int n, double[] o, int ot, double[] y, int yt, double factor, double[] g, int gt, double[] e,
      int et) {
    DoubleVectorResiduals.squared(n, o, ot, y, yt, factor, g, gt, e, et);
  }

  @Override
  public void absolute(int n, double[] o, int ot, double[] y, int yt, double factor, double[] g, int gt, double[] e,
      int et) {
    DoubleVectorResiduals.absolute(n, o, ot, y, yt, factor, g, gt, e, et);
  }

  @Override
  public void huber(
      int n, double[] o, int ot, double[] y, int yt, double delta, double factor, double[] g, int gt, double[] e,
      int et) {
    DoubleVectorResiduals.huber(n, o, ot, y, yt, delta, factor, g, gt, e, et);
  }

  @Override
  public void descend(int n, double[] w, int wt, double[] g, int gt, double rate, double pull, double keep,
      double threshold) {
    DoubleVectorUpdates.descend(n, w, wt, g, gt, rate, pull, keep, threshold);
  }

  @Override
  public void momentum(
      int n, double[] w, int wt, double[] g, int gt, double[] v, int vt,
      double friction, double ahead, double along, double rate, double pull, double keep, double threshold) {
    DoubleVectorUpdates.momentum(n, w, wt, g, gt, v, vt, friction, ahead, along, rate, pull, keep, threshold);
  }

  @Override
  public void adam(
      int n, double[] w, int wt, double[] g, int gt, double[] m, int mt, double[] v, int vt,
      double beta1, double beta2, double rootScale, double epsilon, double rate, double pull, double keep,
      double threshold) {
    DoubleVectorUpdates.adam(n, w, wt, g, gt, m, mt, v, vt, beta1, beta2, rootScale, epsilon, rate, pull, keep,
        threshold);
  }
}
