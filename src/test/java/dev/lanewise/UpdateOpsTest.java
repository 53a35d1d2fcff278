package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// The numbers of a step, or of a loss, that its precision does not have; states and gradients that do not fit.
class UpdateOpsTest {

  @Test
  void numbersThatFloatsDoNotHave() {
    Tensor w = Tensor.row(1f);
    Tensor g = Tensor.row(1f);
    Tensor state = Tensor.zeros(Precision.FLOAT, 2, 1);
    refused("UpdateOps.adam: beta2 is 0.99999999, which is 1.0 in FLOAT, expected less than 1",
        () -> UpdateOps.adam(w, g, state, 0, 1, 0.9, 1 - 1e-8, 1, 1e-8, 0.1, 0, 1, 0));
    refused("UpdateOps.adam: beta1 is 0.99999999, which is 1.0 in FLOAT, expected less than 1",
        () -> UpdateOps.adam(w, g, state, 0, 1, 1 - 1e-8, 0.999, 1, 1e-8, 0.1, 0, 1, 0));
    refused("UpdateOps.adam: epsilon is 1.0E-46, which is 0.0 in FLOAT, expected a positive number",
        () -> UpdateOps.adam(w, g, state, 0, 1, 0.9, 0.999, 1, 1e-46, 0.1, 0, 1, 0));
    refused("UpdateOps.momentum: friction is 0.99999999, which is 1.0 in FLOAT, expected less than 1",
        () -> UpdateOps.momentum(w, g, Tensor.zeros(Precision.FLOAT, 1, 1), 0, 1, 1 - 1e-8, 0, 1, 0.1, 0, 1, 0));
    Workspace ws = new Workspace();
    refused("LossOps.huber: delta is 1.0E-46, which is 0.0 in FLOAT, expected a positive number",
        () -> LossOps.huber(w, w, Tensor.none(), 1e-46, 1, g, ws));
    refused("LossOps.huberCurvature: delta is 1.0E46, which is Infinity in FLOAT, expected a positive number",
        () -> LossOps.huberCurvature(w, w, Tensor.none(), 1e46, 1, w.reshape(1, 1, 1), g.reshape(1, 1, 1)));
    assertEquals(1, w.get(0));
    assertEquals(1, g.get(0));
  }

  @Test
  void statesAndGradientsThatDoNotFit() {
    Tensor w = Tensor.row(1f, 2);
    Tensor g = Tensor.row(3f, 4);
    refused("UpdateOps.adam: state is FLOAT [1, 2], expected FLOAT [2, 2]",
        () -> UpdateOps.adam(w, g, Tensor.zeros(Precision.FLOAT, 1, 2), 0, 2, 0.9, 0.999, 1, 1e-8, 0.1, 0, 1, 0));
    refused("UpdateOps.momentum: state is none, expected FLOAT [1, 2]",
        () -> UpdateOps.momentum(w, g, Tensor.none(), 0, 2, 0.9, 0, 1, 0.1, 0, 1, 0));
    refused("UpdateOps.momentum: state is DOUBLE [1, 2], expected FLOAT [1, 2]",
        () -> UpdateOps.momentum(w, g, Tensor.zeros(Precision.DOUBLE, 1, 2), 0, 2, 0.9, 0, 1, 0.1, 0, 1, 0));
    refused("UpdateOps.descend: g is FLOAT [1, 1], expected FLOAT of 2 elements",
        () -> UpdateOps.descend(w, Tensor.row(1f), 0, 2, 0.1, 0, 1, 0));
    assertEquals(1, w.get(0));
    assertEquals(3, g.get(0));
  }

  private static void refused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
