package dev.lanewise.kernel;

import org.ejml.concurrency.EjmlConcurrency;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.CommonOps_FDRM;
import org.ejml.dense.row.CommonOps_MT_DDRM;
import org.ejml.dense.row.CommonOps_MT_FDRM;

/// Efficient Java Matrix Library; its concurrent operations where several threads are allowed.
record EjmlGemm(Runnable product, Element element) implements Contestant {

  @FunctionalInterface
  private interface Element {
    double at(int i, int j);
  }

  static Contestant of(Product product) {
    EjmlConcurrency.setMaxThreads(product.threads());
    return product.isFloat() ? floats(product) : doubles(product);
  }

  private static EjmlGemm floats(Product product) {
    boolean alone = product.threads() == 1;
    FMatrixRMaj a = new FMatrixRMaj(product.aRows(), product.aColumns(), true, Product.floats(product.a()));
    FMatrixRMaj b = new FMatrixRMaj(product.bRows(), product.bColumns(), true, Product.floats(product.b()));
    FMatrixRMaj c = new FMatrixRMaj(product.m(), product.n());
    return new EjmlGemm(switch (product.form()) {
      case X_WT -> alone ? () -> CommonOps_FDRM.multTransB(a, b, c) : () -> CommonOps_MT_FDRM.multTransB(a, b, c);
      case Y_W -> alone ? () -> CommonOps_FDRM.mult(a, b, c) : () -> CommonOps_MT_FDRM.mult(a, b, c);
      case UT_X -> alone ? () -> CommonOps_FDRM.multTransA(a, b, c) : () -> CommonOps_MT_FDRM.multTransA(a, b, c);
    }, c::get);
  }

  private static EjmlGemm doubles(Product product) {
    boolean alone = product.threads() == 1;
    DMatrixRMaj a = new DMatrixRMaj(product.aRows(), product.aColumns(), true, product.a().clone());
    DMatrixRMaj b = new DMatrixRMaj(product.bRows(), product.bColumns(), true, product.b().clone());
    DMatrixRMaj c = new DMatrixRMaj(product.m(), product.n());
    return new EjmlGemm(switch (product.form()) {
      case X_WT -> alone ? () -> CommonOps_DDRM.multTransB(a, b, c) : () -> CommonOps_MT_DDRM.multTransB(a, b, c);
      case Y_W -> alone ? () -> CommonOps_DDRM.mult(a, b, c) : () -> CommonOps_MT_DDRM.mult(a, b, c);
      case UT_X -> alone ? () -> CommonOps_DDRM.multTransA(a, b, c) : () -> CommonOps_MT_DDRM.multTransA(a, b, c);
    }, c::get);
  }

  @Override
  public void multiply() {
    product.run();
  }

  @Override
  public double result(int i, int j) {
    return element.at(i, j);
  }
}
