package dev.lanewise.kernel;

import org.ojalgo.OjAlgoUtils;
import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.PhysicalStore;
import org.ojalgo.matrix.store.R032Store;
import org.ojalgo.matrix.store.R064Store;

/// ojAlgo, on stores from its factories; a transposed operand is a transposed view.
final class OjalgoGemm implements Contestant {

  private final MatrixStore<Double> a;
  private final MatrixStore<Double> b;
  private final PhysicalStore<Double> c;

  OjalgoGemm(Product product) {
    OjAlgoUtils.limitThreadsTo(product.threads());
    PhysicalStore.Factory<Double, ?> factory = product.isFloat() ? R032Store.FACTORY : R064Store.FACTORY;
    MatrixStore<Double> left = store(factory, product.a(), product.aRows(), product.aColumns());
    MatrixStore<Double> right = store(factory, product.b(), product.bRows(), product.bColumns());
    a = product.transposesA() ? left.transpose() : left;
    b = product.transposesB() ? right.transpose() : right;
    c = factory.make(product.m(), product.n());
  }

  private static MatrixStore<Double> store(PhysicalStore.Factory<Double, ?> factory, double[] values, int rows,
      int columns) {
    PhysicalStore<Double> store = factory.make(rows, columns);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        store.set(i, j, values[i * columns + j]);
      }
    }
    return store;
  }

  @Override
  public void multiply() {
    c.fillByMultiplying(a, b);
  }

  @Override
  public double result(int i, int j) {
    return c.doubleValue(i, j);
  }
}
