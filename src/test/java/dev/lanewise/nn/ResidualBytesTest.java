package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.JacobianOptions;
import dev.lanewise.autodiff.JacobianPlan;
import dev.lanewise.autodiff.Mode;
import dev.lanewise.autodiff.PreparedJacobian;
import dev.lanewise.autodiff.PreparedSampleJacobians;
import dev.lanewise.nn.recurrent.Lstm;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Memory against time, in a plan: what the linearization keeps, and what is computed again as it keeps less.
class ResidualBytesTest {

  private static JacobianPlan plan(Layer f, JacobianOptions options, int... input) {
    Parameters theta = Parameters.initialize(f.parameters(), Precision.FLOAT, 1);
    return PreparedJacobian.of(f, theta, Shape.of(input), options).plan();
  }

  private static JacobianOptions by(Mode mode) {
    return JacobianOptions.defaults().withMode(mode);
  }

  /// Sequences of 200 steps. All of them: inputs, four gates, h, c and tanh c of each step. Every 14th: h and c of 15
  /// steps, and all of 14 steps that are computed again.
  @Test
  void everyFourteenthStateOfTwoHundredTakesATenth() {
    Lstm layer = new Lstm(32, 64).lastState();
    JacobianPlan all = plan(layer, by(Mode.REVERSE), 32, 200, 32);
    JacobianPlan some = plan(layer.keepingEvery(14), by(Mode.REVERSE), 32, 200, 32);
    long state = 32 * 64;
    long fixed = state + 256 * (32 + 64) + 256;
    assertEquals(4 * (fixed + 200 * (32 * 32 + 5 * state) + 2 * 201 * state), all.residualBytes());
    assertEquals(4 * (fixed + 2 * 15 * state + 14 * (32 * 32 + 5 * state) + 2 * 15 * state), some.residualBytes());
    double share = (double) some.residualBytes() / all.residualBytes();
    assertTrue(share > 0.08 && share < 0.1, "share " + share);
    assertTrue(all.explain().contains("  kept by the linearization: 12,411,904 bytes\n"), all.explain());
    assertTrue(some.explain().contains("  kept by the linearization: 1,229,824 bytes\n"), some.explain());
    long value = layer.jacobianStructure(Shape.of(32, 200, 32)).multiplyAdds();
    assertTrue(some.multiplyAdds() > all.multiplyAdds() && (some.multiplyAdds() - all.multiplyAdds()) % value == 0);
  }

  @Test
  void aChainKeepsWhatItsLayersKeep() {
    Sequential f = Sequential.of(new Dense(8, 5, Activation.TANH), Sequential.of(new Dense(5, 6, Activation.GELU)),
        new Dense(6, 2));
    for (Mode mode : Mode.values()) {
      assertEquals(4 * (5 + 2 * 6 + 2), plan(f, by(mode), 1, 8).residualBytes());
    }
    Parameters theta = Parameters.initialize(f.parameters(), Precision.DOUBLE, 1);
    assertEquals(8 * 3 * (5 + 2 * 6 + 2), PreparedJacobian.of(f, theta, Shape.of(3, 8)).plan().residualBytes());
  }

  @Test
  void ofABatchThoseOfAllSamplesOrOfOne() {
    Sequential f = Sequential.of(new Dense(8, 5, Activation.TANH), new Dense(5, 2));
    Parameters theta = Parameters.initialize(f.parameters(), Precision.FLOAT, 1);
    PreparedSampleJacobians together = PreparedSampleJacobians.of(f, theta, Shape.of(200, 8), by(Mode.REVERSE));
    assertTrue(together.isTogether());
    assertEquals(200 * 4 * (5 + 2), together.residualBytes());
    assertTrue(together.explain().endsWith("  kept by the linearization: 5,600 bytes\n"), together.explain());
    PreparedSampleJacobians alone = PreparedSampleJacobians.of(f, theta, Shape.of(200, 8), by(Mode.MIXED));
    assertFalse(alone.isTogether());
    assertEquals(4 * (5 + 2), alone.residualBytes());
    assertTrue(alone.explain().contains("  kept by the linearization: 28 bytes\n"), alone.explain());
  }

  /// As many multiply-adds as the plan says, whatever the chunk, where each push or pull runs through the sequence
  /// again.
  @ParameterizedTest
  @EnumSource
  void whatIsComputedAgainIsInThePlan(Mode mode) {
    Lstm lstm = new Lstm(2, 3).lastState();
    for (Layer first : List.of(lstm, lstm.keepingEvery(2), lstm.keepingEvery(5))) {
      Layer f = Sequential.of(first, new Dense(3, 4, Activation.TANH));
      Shape input = Shape.of(1, 5, 2);
      for (int chunk : new int[] {1, 3, 64}) {
        Parameters theta = Parameters.initialize(f.parameters(), Precision.FLOAT, 1);
        PreparedJacobian prepared = PreparedJacobian.of(f, theta, input, by(mode).withChunk(chunk));
        Workspace ws = new Workspace();
        prepared.at(Tensor.zeros(Precision.FLOAT, input), ws, Tensor.zeros(Precision.FLOAT, 1, 4),
            Tensor.zeros(Precision.FLOAT, 4, 10));
        long value = f.jacobianStructure(input).multiplyAdds();
        assertEquals(value + prepared.plan().multiplyAdds(), ws.multiplyAdds(), prepared.plan().explain());
      }
    }
  }
}
