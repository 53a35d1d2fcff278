package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.Blocks.Side;
import dev.lanewise.autodiff.CostModel.Form;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Softmax;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// How a Jacobian is cut, what that costs, and which of the cuts is taken.
class JacobianPlannerTest {

  /// A step takes 1,000 ns and a multiply-add 1 ns.
  private static final ChainTimes CALLS = new ChainTimes() {
    @Override
    public double product(boolean turnedA, boolean turnedB, boolean scaled, int m, int n, int k) {
      return 1000 + (double) m * n * k;
    }

    @Override
    public double directions(ChainFactor factor, int directions) {
      return 1000 + (double) directions * factor.multiplyAdds();
    }

    @Override
    public double turn(int rows, int columns) {
      return 1000;
    }
  };

  private static JacobianPlan plan(Layer f, int inputs, JacobianOptions options) {
    Parameters theta = Parameters.initialize(f.parameters(), Precision.FLOAT, 1);
    return JacobianPlanner.plan(new Chain(f, theta, Shape.of(1, inputs)), options, Precision.FLOAT, CALLS, "made up");
  }

  @Test
  void blocksCostWhatEachOfThemDoesTheNarrowLastOneToo() {
    Blocks four = new Blocks(Side.COLUMNS, 4);
    assertEquals(16 + 16 + 4, four.sum(10, width -> width * width));
    assertEquals(16 + 16, four.sum(8, width -> width * width));
    assertEquals(9, four.sum(3, width -> width * width));
    assertEquals(0, four.sum(0, width -> width * width));
  }

  /// Cut into two columns at once the one takes 20 blocks, the other none; by rows it is the other way round.
  @ParameterizedTest
  @EnumSource(names = {"MIXED", "AUTO"})
  void theCheaperSideIsCut(Mode mode) {
    JacobianOptions two = JacobianOptions.defaults().withMode(mode).withChunk(2);
    JacobianPlan wideInput = plan(Sequential.of(new Dense(40, 30, Activation.TANH), new Dense(30, 2)), 40, two);
    assertEquals(Side.WHOLE, wideInput.blocks().side(), wideInput.explain());
    JacobianPlan wideOutput = plan(Sequential.of(new Dense(2, 30, Activation.TANH), new Dense(30, 40)), 2, two);
    assertEquals(Side.WHOLE, wideOutput.blocks().side(), wideOutput.explain());
    JacobianPlan rows = plan(Sequential.of(new Dense(40, 30, Activation.TANH), new Dense(30, 4)), 40, two);
    assertEquals(new Blocks(Side.ROWS, 2), rows.blocks(), rows.explain());
    JacobianPlan columns = plan(Sequential.of(new Dense(4, 30, Activation.TANH), new Dense(30, 40)), 4, two);
    assertEquals(new Blocks(Side.COLUMNS, 2), columns.blocks(), columns.explain());
  }

  /// All, half, a quarter and so on, rounded up: the widest that fits is taken.
  @Test
  void theWidestChunkThatFitsIsTaken() {
    Layer f = Sequential.of(new Dense(17, 33, Activation.RELU), new Dense(33, 2, Activation.SILU), new Dense(2, 19),
        new Dense(19, 16));
    JacobianOptions forward = JacobianOptions.defaults().withMode(Mode.FORWARD);
    JacobianPlan plan = plan(f, 17, forward);
    for (int chunk : new int[] {17, 9, 5, 3, 2, 1}) {
      assertEquals(chunk, plan.chunk(), plan.explain());
      if (chunk > 1) {
        JacobianPlan exact = plan(f, 17, forward.withMemory(plan.bytes()));
        assertEquals(chunk, exact.chunk(), exact.explain());
        plan = plan(f, 17, forward.withMemory(plan.bytes() - 1));
      }
    }
  }

  /// Where all directions at once are more than an array holds, fewer are taken at a time.
  @Test
  void panelsThatNoArrayHoldsAreCut() {
    Layer f = Sequential.of(new Softmax(), new Dense(50_000, 1));
    JacobianPlan plan = plan(f, 50_000,
        JacobianOptions.defaults().withMode(Mode.FORWARD).withMemory(Long.MAX_VALUE / 2));
    assertEquals(25_000, plan.chunk(), plan.explain());
    Parameters theta = Parameters.initialize(f.parameters(), Precision.FLOAT, 1);
    Tensor x = BatchNet.random(Precision.FLOAT, 1, 1, 50_000);
    Tensor jacobian = Jacobians.jacobian(f, theta, x);
    BatchNet.assertClose(Jacobians.jacobian(f, theta, x, Mode.REVERSE, 1), jacobian, 64, "AUTO");
  }

  @ParameterizedTest
  @EnumSource
  void stepsTakeTheMeasuredTimes(Precision precision) {
    CostModel costs = CostModel.builtIn();
    MeasuredTimes times = new MeasuredTimes(costs, precision);
    double step = times.turn(1, 1) - costs.transposeNanos(precision, 1, 1);
    assertTrue(step > 0);
    assertNotEquals(costs.transposeNanos(precision, 4, 1024), costs.transposeNanos(precision, 1024, 4));
    assertEquals(step + costs.transposeNanos(precision, 4, 1024), times.turn(4, 1024), 1e-9);
    assertEquals(step + costs.transposeNanos(precision, 1024, 4), times.turn(1024, 4), 1e-9);
    assertEquals(step + costs.productNanos(precision, Form.A_B, 3, 50, 700), times.product(false, false, false, 3, 50,
        700), 1e-9);
    assertEquals(step + costs.productNanos(precision, Form.AT_B, 3, 50, 700), times.product(true, false, false, 3, 50,
        700), 1e-9);
    assertEquals(step + costs.productNanos(precision, Form.A_BT, 3, 50, 700), times.product(false, true, false, 3, 50,
        700), 1e-9);
    assertEquals(Math.max(times.product(true, false, false, 3, 50, 700), times.product(false, true, false, 3, 50, 700)),
        times.product(true, true, false, 3, 50, 700), 1e-9);
    double scaling = costs.passNanos(precision, 3 * 700);
    assertEquals(step + scaling + costs.productNanos(precision, Form.A_B, 3, 50, 700), times.product(false, false,
        true, 3, 50, 700), 1e-9);
    assertEquals(step + costs.productNanos(precision, Form.A_BT, 9, 30, 20),
        times.directions(ChainFactor.implicit(30, 40, 600), 9), 1e-9);
  }
}
