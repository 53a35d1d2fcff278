package dev.lanewise.kernel.gemm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.lanewise.kernel.lanes.VirtualMachine;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Products that C2 has compiled box no vector: neither for what the machine lacks, nor for what another shape made C2
/// compile.
class GemmAllocationTest {

  /// One or more for each way, on vectors of every width: m, n, k.
  private static final int[][] SHAPES = {
      {1, 40, 33}, {3, 17, 5}, {8, 10, 20}, {9, 33, 33}, {13, 3, 40}, {20, 65, 7}, {33, 16, 1}, {1, 9, 3}, {5, 2, 3},
      {20, 40, 33}, {50, 200, 60}};
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final double[] IN_DOUBLE = new double[200 * 60];
  private static final float[] IN_FLOAT = new float[200 * 60];

  private record Product(String name, Runnable run) {}

  @Test
  void nothingIsAllocatedOnceCompiled() {
    assumeTrue(VirtualMachine.hasVectors(), "vectors");
    List<Product> allocating = products();
    // C2 compiles beside this thread, in its own time: the deadline only ends a test that fails.
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (!allocating.isEmpty() && System.nanoTime() < deadline) {
      allocating.removeIf(product -> bytes(product.run) == 0);
    }
    assertEquals(List.of(),
        allocating.stream().map(product -> product.name + ": " + bytes(product.run) + " bytes").toList());
  }

  private static long bytes(Runnable product) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    product.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  private static List<Product> products() {
    DoubleScratch doubles = new DoubleScratch();
    FloatScratch floats = new FloatScratch();
    List<Product> products = new ArrayList<>();
    for (int[] shape : SHAPES) {
      int m = shape[0];
      int n = shape[1];
      int k = shape[2];
      for (int form = 0; form < 4; form++) {
        int ars = form < 2 ? k : 1;
        int acs = form < 2 ? 1 : m;
        int brs = form % 2 == 0 ? n : 1;
        int bcs = form % 2 == 0 ? 1 : k;
        String name = (form < 2 ? "A" : "Aᵀ") + (form % 2 == 0 ? "·B " : "·Bᵀ ") + m + " × " + n + " × " + k;
        double[] c = new double[m * n];
        float[] cf = new float[m * n];
        products.add(new Product("double " + name, () -> DoubleVectorGemm.gemm(
            m, n, k, IN_DOUBLE, 0, ars, acs, IN_DOUBLE, 0, brs, bcs, c, 0, n, false, doubles.fusion.none(), doubles)));
        products.add(new Product("float " + name, () -> FloatVectorGemm.gemm(
            m, n, k, IN_FLOAT, 0, ars, acs, IN_FLOAT, 0, brs, bcs, cf, 0, n, false, floats.fusion.none(), floats)));
      }
    }
    return products;
  }
}
