package dev.lanewise.kernel;

import dev.ludovic.netlib.blas.JavaBLAS;

/// `dev.ludovic.netlib`, its implementation in Java: on the Vector API where the module is there.
///
/// BLAS counts by columns, so it is given Cᵀ = Bᵀ·Aᵀ: the same arrays with the operands exchanged.
final class NetlibGemm {

  static final JavaBLAS BLAS = JavaBLAS.getInstance();

  private NetlibGemm() {}

  static Contestant of(Product product) {
    return product.isFloat() ? new OfFloats(product) : new OfDoubles(product);
  }

  private static String transposed(boolean is) {
    return is ? "T" : "N";
  }

  private record OfFloats(Product product, float[] a, float[] b, float[] c) implements Contestant {

    OfFloats(Product product) {
      this(product, Product.floats(product.a()), Product.floats(product.b()), new float[product.m() * product.n()]);
    }

    @Override
    public void multiply() {
      BLAS.sgemm(transposed(product.transposesB()), transposed(product.transposesA()), product.n(), product.m(),
          product.k(), 1, b, product.bColumns(), a, product.aColumns(), 0, c, product.n());
    }

    @Override
    public double result(int i, int j) {
      return c[i * product.n() + j];
    }
  }

  private record OfDoubles(Product product, double[] a, double[] b, double[] c) implements Contestant {

    OfDoubles(Product product) {
      this(product, product.a().clone(), product.b().clone(), new double[product.m() * product.n()]);
    }

    @Override
    public void multiply() {
      BLAS.dgemm(transposed(product.transposesB()), transposed(product.transposesA()), product.n(), product.m(),
          product.k(), 1, b, product.bColumns(), a, product.aColumns(), 0, c, product.n());
    }

    @Override
    public double result(int i, int j) {
      return c[i * product.n() + j];
    }
  }
}
