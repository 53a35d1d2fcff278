package dev.lanewise.graph.primitive;

import static dev.lanewise.autodiff.sharing.Allocation.assertAllocatesNothing;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import org.junit.jupiter.api.Test;

/// After the first call no rule of any primitive allocates.
class PrimitiveAllocationTest {

  private static final int BATCH = 3;
  private static final int CHUNK = 2;

  @Test
  void aRepeatedCallAllocatesNothing() {
    assumeFalse(ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(),
        "C2 takes long; kernels have tests of their own");
    for (PrimitiveCase one : PrimitiveCases.all()) {
      int operands = one.shapes().size();
      Point at = new Point();
      at.ws = new Workspace();
      at.in = new Tensor[operands];
      Tensor[] dots = new Tensor[operands];
      Tensor[] bars = new Tensor[operands];
      for (int k = 0; k < operands; k++) {
        Shape shape = one.shapes().get(k);
        at.in[k] = ones(one.batched().get(k) ? shape.prepend(BATCH) : shape);
        dots[k] = ones(at.in[k].shape().prepend(CHUNK));
        bars[k] = ones(dots[k].shape());
      }
      at.y = ones(one.batchedResult() ? one.outputShape().prepend(BATCH) : one.outputShape());
      Tensor yDot = ones(at.y.shape().prepend(CHUNK));
      Tensor yBar = ones(at.y.shape().prepend(1));
      assertAllocatesNothing(one.toString(), () -> {
        int mark = at.ws.mark();
        one.primitive().value(at, true);
        one.primitive().push(at, dots, yDot);
        for (int k = 0; k < bars.length; k++) {
          one.primitive().pull(at, k, yDot, bars[k]);
          one.primitive().addBend(at, k, dots, yBar, bars[k]);
        }
        at.ws.release(mark);
      });
    }
  }

  private static Tensor ones(Shape shape) {
    Tensor ones = Tensor.zeros(Precision.DOUBLE, shape);
    ones.fill(1);
    return ones;
  }
}
