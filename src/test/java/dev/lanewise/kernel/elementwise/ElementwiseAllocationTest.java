package dev.lanewise.kernel.elementwise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.lanewise.kernel.lanes.DoubleLanes;
import dev.lanewise.kernel.lanes.VirtualMachine;
import dev.lanewise.kernel.passes.DoubleVectorRows;
import dev.lanewise.kernel.passes.FloatVectorRows;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/// Operations on parts of arrays leave no object behind, once C2 has compiled them. C2 compiles by what it has seen, so
/// this runs in a process of its own: behind a whole suite, calls of float softplus were seen to leave objects.
@EnabledIf("vectorsAreUsed")
class ElementwiseAllocationTest {

  /// Longer than two vectors of any machine.
  private static final int MOST = 40;

  static boolean vectorsAreUsed() {
    return VirtualMachine.hasVectors();
  }

  /// Parts of all lengths, in arrays that end with them and in larger ones: what one call makes C2 compile must not
  /// slow the others down.
  @Test
  void nothingIsAllocatedOnceCompiled() {
    assumeTrue(DoubleLanes.LENGTH > 2, "x86 has no masks of two lanes: C2 calls into Java for them, and allocates");
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Map<String, Operation> operations = operations();
    Map<String, Long> least = new TreeMap<>();
    double[][] doubles = new double[2 * MOST][];
    float[][] floats = new float[2 * MOST][];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = new Random(i).doubles(i < MOST ? i : 2 * MOST, -4, 4).toArray();
      floats[i] = floats(doubles[i]);
    }
    // C2 compiles beside this thread, in its own time: the deadline only ends a test that fails.
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    for (int round = 0; round < 2 || Collections.max(least.values()) > 0 && System.nanoTime() < deadline; round++) {
      operations.forEach((name, operation) -> {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < doubles.length; i++) {
          operation.run(i % MOST, doubles[i], floats[i]);
        }
        least.merge(name, threads.getCurrentThreadAllocatedBytes() - before, Math::min);
      });
    }
    least.values().removeIf(bytes -> bytes == 0);
    assertEquals(Map.of(), least, "bytes allocated, once compiled, by " + 2 * MOST + " calls");
  }

  /// Something on the first n numbers of an array, in place.
  private interface Operation {
    void run(int n, double[] doubles, float[] floats);
  }

  private static Map<String, Operation> operations() {
    Map<String, Operation> operations = new TreeMap<>();
    for (Nonlinearity kind : Nonlinearity.values()) {
      operations.put("double " + kind, (n, z, _) -> DoubleVectorElementwise.activate(kind, n, z, 0, z, 0));
      operations.put("double slope " + kind, (n, z, _) ->
          DoubleVectorElementwise.activateKeepingSlope(kind, n, z, 0, z, 0, z, 0));
      operations.put("double scale " + kind, (n, z, _) ->
          DoubleVectorElementwise.scaleBySlope(kind, n, z, 0, z, 0, z, 0));
      operations.put("float " + kind, (n, _, z) -> FloatVectorElementwise.activate(kind, n, z, 0, z, 0));
      operations.put("float slope " + kind, (n, _, z) ->
          FloatVectorElementwise.activateKeepingSlope(kind, n, z, 0, z, 0, z, 0));
      operations.put("float scale " + kind, (n, _, z) ->
          FloatVectorElementwise.scaleBySlope(kind, n, z, 0, z, 0, z, 0));
    }
    for (ElementwiseTest.Linear phi : ElementwiseTest.Linear.values()) {
      operations.put("double bias " + phi, (n, z, _) -> phi.doubles.apply(1, n, z, 0, n, z, 0));
      operations.put("float bias " + phi, (n, _, z) -> phi.floats.apply(1, n, z, 0, n, z, 0));
    }
    operations.put("double softmax", (n, z, _) -> DoubleVectorRows.softmax(n, z, 0, z, 0));
    operations.put("double log-softmax", (n, z, _) -> DoubleVectorRows.logSoftmax(n, z, 0, z, 0));
    operations.put("double softmax derivative", (n, z, _) -> DoubleVectorRows.softmaxDerivative(n, z, 0, z, 0, z, 0));
    operations.put("float softmax", (n, _, z) -> FloatVectorRows.softmax(n, z, 0, z, 0));
    operations.put("float log-softmax", (n, _, z) -> FloatVectorRows.logSoftmax(n, z, 0, z, 0));
    operations.put("float softmax derivative", (n, _, z) -> FloatVectorRows.softmaxDerivative(n, z, 0, z, 0, z, 0));
    return operations;
  }

  private static float[] floats(double[] doubles) {
    float[] floats = new float[doubles.length];
    for (int i = 0; i < doubles.length; i++) {
      floats[i] = (float) doubles[i];
    }
    return floats;
  }
}
