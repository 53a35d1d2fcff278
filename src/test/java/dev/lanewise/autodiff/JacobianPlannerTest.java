package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.chain.Blocks;
import dev.lanewise.autodiff.chain.Blocks.Side;
import dev.lanewise.autodiff.chain.Chain;
import dev.lanewise.autodiff.chain.ChainFactor;
import dev.lanewise.autodiff.chain.Wanted;
import dev.lanewise.autodiff.cost.CostModel;
import dev.lanewise.autodiff.cost.CostModel.Form;
import dev.lanewise.autodiff.plan.ChainTimes;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Softmax;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// How a Jacobian is cut, what that costs, and which of the cuts is taken.
class JacobianPlannerTest {

  /// A step takes 1,000 ns and a multiply-add 1 ns.
  private static final ChainTimes CALLS = new ChainTimes() {
    @Override
    public double product(boolean transposedA, boolean transposedB, boolean scaled, int m, int n, int k) {
      return 1000 + (double) m * n * k;
    }

    @Override
    public double directions(ChainFactor factor, int directions) {
      return 1000 + (double) directions * factor.multiplyAdds();
    }

    @Override
    public double transpose(int rows, int columns) {
      return 1000;
    }

    @Override
    public double pass(int rows, int columns) {
      return 1000;
    }
  };

  private static JacobianPlan plan(Layer f, int inputs, JacobianOptions options) {
    return plan(f, inputs, options, CALLS);
  }

  private static JacobianPlan plan(Layer f, int inputs, JacobianOptions options, ChainTimes times) {
    Parameters theta = Parameters.initialize(f.parameters(), Precision.FLOAT, 1);
    Chain chain = new Chain(f, theta, Shape.of(1, inputs));
    return new JacobianPlanner(chain, Wanted.all(chain), options, Precision.FLOAT, times, "made up").plan();
  }

  /// A step takes 100 ns, but a product of so many results and so long sums 1 ns.
  private record OneQuickProduct(int results, int inner) implements ChainTimes {
    @Override
    public double product(boolean transposedA, boolean transposedB, boolean scaled, int m, int n, int k) {
      return m * n == results && k == inner ? 1 : 100;
    }

    @Override
    public double directions(ChainFactor factor, int directions) {
      return 100;
    }

    @Override
    public double transpose(int rows, int columns) {
      return 100;
    }

    @Override
    public double pass(int rows, int columns) {
      return 100;
    }
  }

  /// Blocks of four directions take 1,000 ns through a factor, of other widths much more; all else takes 1 ns.
  private static final ChainTimes BLOCKS_OF_FOUR = new ChainTimes() {
    @Override
    public double product(boolean transposedA, boolean transposedB, boolean scaled, int m, int n, int k) {
      return 1;
    }

    @Override
    public double directions(ChainFactor factor, int directions) {
      return directions == 4 ? 1_000 : 1_000_000;
    }

    @Override
    public double transpose(int rows, int columns) {
      return 1;
    }

    @Override
    public double pass(int rows, int columns) {
      return 1;
    }
  };

  private static Layer mlp(int... widths) {
    Layer[] layers = new Layer[widths.length - 1];
    for (int layer = 0; layer < layers.length; layer++) {
      layers[layer] = new Dense(widths[layer], widths[layer + 1], Activation.TANH);
    }
    return Sequential.of(layers);
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
    ChainTimes.Measured times = new ChainTimes.Measured(costs, precision);
    double step = times.transpose(1, 1) - costs.transposeNanos(precision, 1, 1);
    assertTrue(step > 0);
    assertNotEquals(costs.transposeNanos(precision, 4, 1024), costs.transposeNanos(precision, 1024, 4));
    assertEquals(step + costs.transposeNanos(precision, 4, 1024), times.transpose(4, 1024), 1e-9);
    assertEquals(step + costs.transposeNanos(precision, 1024, 4), times.transpose(1024, 4), 1e-9);
    assertEquals(step + costs.passNanos(precision, 4 * 1024), times.pass(4, 1024), 1e-9);
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

  /// Of J₄·J₃·J₂·J₁ only (J₄·J₃)·(J₂·J₁) has the quick product, which no other mode finds.
  @Test
  void aReasonComparesWithTheFastestOtherMode() {
    Layer f = mlp(10, 15, 25, 35, 55);
    ChainTimes times = new OneQuickProduct(55 * 10, 25);
    String text = plan(f, 10, JacobianOptions.defaults(), times).explain();
    assertEquals("Jacobian 55 × 10 by AUTO: the shortest predicted time, 201 ns; the next is FORWARD at 300 ns "
        + "(times: made up)", text.lines().findFirst().orElseThrow());
    text = plan(f, 10, JacobianOptions.defaults().withMode(Mode.REVERSE), times).explain();
    assertEquals("Jacobian 55 × 10 by REVERSE: as asked", text.lines().findFirst().orElseThrow());
  }

  /// A small chain goes in one pass by the pure mode of fewer multiply-adds, though the order between has the quick
  /// product.
  @Test
  void autoTakesASmallChainInOnePassByTheCheaperPureMode() {
    ChainTimes times = new OneQuickProduct(11 * 2, 5);
    JacobianPlan forward = plan(mlp(2, 3, 5, 7, 11), 2, JacobianOptions.defaults(), times);
    assertEquals(Optional.of(Mode.FORWARD), forward.onePass(), forward.explain());
    assertEquals(5 * 3 * 2 + 7 * 5 * 2 + 11 * 7 * 2, forward.multiplyAdds(), forward.explain());
    JacobianPlan reverse = plan(mlp(11, 7, 5, 3, 2), 11, JacobianOptions.defaults(), times);
    assertEquals(Optional.of(Mode.REVERSE), reverse.onePass(), reverse.explain());
    assertEquals(forward.multiplyAdds(), reverse.multiplyAdds(), reverse.explain());
    JacobianPlan either = plan(mlp(3, 4, 4, 3), 3, JacobianOptions.defaults(), times);
    assertEquals(Optional.of(Mode.FORWARD), either.onePass(), either.explain());
    JacobianPlan alone = plan(mlp(3, 2), 3, JacobianOptions.defaults().withMode(Mode.REVERSE), times);
    assertEquals(Optional.of(Mode.FORWARD), alone.onePass(), "a single matrix is in either order");
  }

  /// What a refusal says is needed is enough, and one byte less is not.
  @ParameterizedTest
  @EnumSource(names = {"FORWARD", "REVERSE"})
  void aRefusalNamesTheLeastMemoryThatIsEnough(Mode mode) {
    Layer f = mlp(17, 33, 2, 19, 16);
    JacobianOptions options = JacobianOptions.defaults().withMode(mode);
    long needed = needed(f, options.withMemory(8));
    assertEquals(needed, plan(f, 17, options.withMemory(needed)).bytes());
    assertEquals(needed, needed(f, options.withMemory(needed - 1)));
  }

  private static long needed(Layer f, JacobianOptions options) {
    String message = assertThrows(IllegalArgumentException.class, () -> plan(f, 17, options)).getMessage();
    Matcher words = Pattern.compile("Jacobian 16 × 17 by " + options.mode() + ": needs (\\d+) bytes, memory is "
        + options.memory() + " bytes").matcher(message);
    assertTrue(words.matches(), message);
    return Long.parseLong(words.group(1));
  }

  /// Rows of J₂ are pulled through softmax in three blocks, 9·16 multiply-adds; columns are pushed through it in two
  /// quick ones, and multiplied, 8·16 + 9·8·8.
  @Test
  void mixedCutsTheSideOfFewerMultiplyAddsAutoTheQuickerOne() {
    Layer f = Sequential.of(new Softmax(), new Dense(8, 9));
    JacobianOptions four = JacobianOptions.defaults().withChunk(4);
    JacobianPlan mixed = plan(f, 8, four.withMode(Mode.MIXED), BLOCKS_OF_FOUR);
    assertEquals(new Blocks(Side.ROWS, 4), mixed.blocks(), mixed.explain());
    assertEquals(144, mixed.multiplyAdds(), mixed.explain());
    JacobianPlan auto = plan(f, 8, four, BLOCKS_OF_FOUR);
    assertEquals(new Blocks(Side.COLUMNS, 4), auto.blocks(), auto.explain());
    assertEquals(704, auto.multiplyAdds(), auto.explain());
  }

  @ParameterizedTest
  @EnumSource(names = {"MIXED", "AUTO"})
  void ofEqualSidesColumnsAreCut(Mode mode) {
    JacobianPlan plan = plan(mlp(8, 5, 8), 8, JacobianOptions.defaults().withMode(mode).withChunk(4));
    assertEquals(new Blocks(Side.COLUMNS, 4), plan.blocks(), plan.explain());
  }
}
