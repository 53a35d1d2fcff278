package dev.lanewise.kernel;

import dev.lanewise.Ops;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import java.util.concurrent.Executors;

/// Ours, on tensors that the library has made, as its users have them: in heap arrays, aligned where it can align them.
final class LanewiseGemm implements Contestant {

  private final Product product;
  private final Workspace ws;
  private final Tensor a;
  private final Tensor b;
  private final Tensor c;

  LanewiseGemm(Product product) {
    this.product = product;
    ws = workspace(product.threads());
    a = tensor(product, product.a(), product.aRows(), product.aColumns());
    b = tensor(product, product.b(), product.bRows(), product.bColumns());
    c = Tensor.zeros(product.precision(), product.m(), product.n());
  }

  /// The caller is one of the threads, the others wait in a pool, as they would in a service.
  private static Workspace workspace(int threads) {
    return threads == 1 ? new Workspace()
        : new Workspace(Executors.newFixedThreadPool(threads - 1, LanewiseGemm::daemon), threads);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "lanewise-gemm");
    thread.setDaemon(true);
    return thread;
  }

  private static Tensor tensor(Product product, double[] values, int rows, int columns) {
    Tensor tensor = Tensor.zeros(product.precision(), rows, columns);
    for (int at = 0; at < values.length; at++) {
      tensor.set(at, values[at]);
    }
    return tensor;
  }

  @Override
  public void multiply() {
    switch (product.form()) {
      case X_WT -> Ops.timesTransposed(a, b, c, false, ws);
      case Y_W -> Ops.times(a, b, c, false, ws);
      case UT_X -> Ops.transposedTimes(a, b, c, false, ws);
    }
  }

  @Override
  public double result(int i, int j) {
    return c.get(i, j);
  }
}
