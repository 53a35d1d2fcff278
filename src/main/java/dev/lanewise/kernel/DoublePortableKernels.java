package dev.lanewise.kernel;

/// The kernels in plain Java.
final class DoublePortableKernels implements DoubleKernels {

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
  public void activateKeepingSlope(Nonlinearity phi, int n, double[] z, int zt, double[] y, int yt, double[] slope, int st) {
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
    return DoublePortableRows.dot(n, x, xt, y, yt);
  }

  @Override
  public double sum(int n, double[] x, int xt) {
    return DoublePortableRows.sum(n, x, xt);
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
}
