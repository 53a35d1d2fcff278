package dev.lanewise.autodiff.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.autodiff.chain.Blocks;
import dev.lanewise.autodiff.chain.Blocks.Side;
import dev.lanewise.autodiff.chain.ChainFactor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/// The planner's counts of series-parallel chains are the least of all orders, and in the pure orders what these take.
class SumPlannerTest {

  private static double cost(List<ChainFactor> chain, Order order, Blocks blocks) {
    return ChainPlanner.plan(chain, order, blocks, ChainPlannerTest.COUNTS).multiplyAdds();
  }

  @Property(tries = 60)
  void noOrderTakesFewerMultiplyAdds(@ForAll("chains") List<ChainFactor> chain) {
    double least = EveryOrder.least(chain);
    assertEquals(least, cost(chain, Order.FEWEST, Blocks.WHOLE), 1e-9 * least);
    assertEquals(EveryOrder.pure(chain, true), cost(chain, Order.PUSHES, Blocks.WHOLE), 1e-9 * least);
    assertEquals(EveryOrder.pure(chain, false), cost(chain, Order.PULLS, Blocks.WHOLE), 1e-9 * least);
  }

  @Property(tries = 50)
  void blocksChangeNoCountOfAPureOrder(@ForAll("chains") List<ChainFactor> chain) {
    assertEquals(EveryOrder.pure(chain, true), cost(chain, Order.PUSHES, new Blocks(Side.COLUMNS, 3)), 1e-6);
    assertEquals(EveryOrder.pure(chain, false), cost(chain, Order.PULLS, new Blocks(Side.ROWS, 3)), 1e-6);
    for (Side side : new Side[] {Side.COLUMNS, Side.ROWS}) {
      assertNotNull(ChainPlanner.plan(chain, Order.FASTEST, new Blocks(side, 3), ChainPlannerTest.COUNTS));
      assertTrue(cost(chain, Order.FEWEST, new Blocks(side, 3)) >= cost(chain, Order.FEWEST, Blocks.WHOLE) - 1e-6);
    }
  }

  /// Up to eight blocks, of which a sum has up to three branches of up to three blocks each, sums among them.
  @Provide
  Arbitrary<List<ChainFactor>> chains() {
    return Arbitraries.longs().map(seed -> {
      Random random = new Random(seed);
      return chain(random, 1 + random.nextInt(8), width(random), width(random), 2);
    });
  }

  private static int width(Random random) {
    return 1 + random.nextInt(random.nextBoolean() ? 4 : 30);
  }

  private static List<ChainFactor> chain(Random random, int length, int in, int out, int depth) {
    List<ChainFactor> chain = new ArrayList<>();
    int width = in;
    for (int at = 0; at < length; at++) {
      boolean last = at == length - 1;
      boolean isSquare = (!last || width == out) && random.nextInt(4) == 0;
      int next = last ? out : isSquare ? width : width(random);
      chain.add(factor(random, width, next, depth));
      width = next;
    }
    return chain;
  }

  private static ChainFactor factor(Random random, int in, int out, int depth) {
    int kind = random.nextInt(depth == 0 ? 3 : 5);
    if (kind >= 3) {
      List<List<ChainFactor>> branches = new ArrayList<>();
      for (int count = 1 + random.nextInt(3); count > 0; count--) {
        branches.add(in == out && random.nextInt(3) == 0
            ? List.of(ChainFactor.diagonal(in, random.nextBoolean() ? 0 : in))
            : chain(random, 1 + random.nextInt(3), in, out, depth - 1));
      }
      return ChainFactor.sum(branches, random.nextInt(3) == 0 ? out : 0);
    }
    return kind == 0 ? ChainFactor.implicit(out, in, random.nextInt(400)) : ChainFactor.dense(out, in);
  }

  /// Eight blocks x + W₂·φ(W₁·x) of 256-16-256, whole and at the ends of a chain.
  @Test
  void ofResidualBlocksNoPureOrderTakesFewer() {
    List<ChainFactor> residual = new ArrayList<>();
    for (int block = 0; block < 8; block++) {
      residual.add(ChainFactor.sum(List.of(List.of(ChainFactor.diagonal(256, 0)),
          List.of(ChainFactor.dense(16, 256), ChainFactor.dense(256, 16))), 0));
    }
    double block = 2 * 256 * 256 * 16 + 256 * 256;
    double first = 256 * 256 * 16 + 256;
    assertEquals(first + 7 * block, cost(residual, Order.PUSHES, Blocks.WHOLE));
    assertEquals(first + 7 * block, cost(residual, Order.PULLS, Blocks.WHOLE));
    assertTrue(cost(residual, Order.FEWEST, Blocks.WHOLE) <= first + 7 * block);
    residual.addFirst(ChainFactor.dense(256, 8));
    residual.addLast(ChainFactor.dense(300, 256));
    double pushes = 8 * (2 * 256 * 8 * 16 + 256 * 8) + 300 * 256 * 8;
    assertEquals(pushes, cost(residual, Order.PUSHES, Blocks.WHOLE));
    assertEquals(pushes, cost(residual, Order.FEWEST, Blocks.WHOLE));
  }

  /// A narrow layer in the middle of residual blocks: both sides are multiplied out up to it.
  @Test
  void bothSidesOfABottleneckAreMultipliedOutApart() {
    ChainFactor block = ChainFactor.sum(List.of(List.of(ChainFactor.diagonal(256, 0)),
        List.of(ChainFactor.dense(256, 256))), 0);
    List<ChainFactor> chain = List.of(block, block, ChainFactor.dense(4, 256), ChainFactor.dense(256, 4), block, block);
    double side = 2 * (256 * 256 * 4 + 256);
    assertEquals(2 * side + 256 * 256 * 4, cost(chain, Order.FEWEST, Blocks.WHOLE));
    assertTrue(cost(chain, Order.PUSHES, Blocks.WHOLE) > 10 * (2 * side + 256 * 256 * 4));
  }

  /// Passes take a nanosecond an element, nothing else any time.
  private static final ChainTimes PASSES = new ChainTimes() {
    @Override
    public double product(boolean transposedA, boolean transposedB, boolean scaled, int m, int n, int k) {
      return 0;
    }

    @Override
    public double directions(ChainFactor factor, int directions) {
      return 0;
    }

    @Override
    public double transpose(int rows, int columns) {
      return 0;
    }

    @Override
    public double pass(int rows, int columns) {
      return (double) rows * columns;
    }
  };

  private static double nanos(List<ChainFactor> chain, Order order) {
    return ChainPlanner.plan(chain, order, Blocks.WHOLE, PASSES).nanos();
  }

  /// A product or a transposition writes where the Jacobian belongs, any other last step into other memory.
  @Test
  void aJacobianThatIsCopiedIntoPlaceTakesAPass() {
    assertEquals(5 * 7, nanos(List.of(ChainFactor.implicit(5, 7, 1)), Order.PULLS));
    assertEquals(0, nanos(List.of(ChainFactor.implicit(5, 7, 1)), Order.PUSHES));
    assertEquals(0, nanos(List.of(ChainFactor.dense(3, 7), ChainFactor.dense(5, 3)), Order.PULLS));
    assertEquals(2 * 3 + 2 * 4, nanos(List.of(ChainFactor.diagonal(4, 4), ChainFactor.dense(3, 4),
        ChainFactor.sum(List.of(List.of(ChainFactor.implicit(2, 3, 1)), List.of(ChainFactor.implicit(2, 3, 1))), 0)),
        Order.PULLS));
  }

  /// Of tangents, four rows each, seven: one addition of two branches, one scaling of a diagonal that costs something,
  /// one by the diagonals after the sum.
  @Test
  void additionsAndScalingsTakePasses() {
    List<ChainFactor> branch = List.of(ChainFactor.implicit(4, 4, 1));
    ChainFactor first = ChainFactor.implicit(4, 7, 1);
    assertEquals(28, nanos(List.of(first, ChainFactor.sum(List.of(branch, branch), 0)), Order.PUSHES));
    assertEquals(28 + 28, nanos(List.of(first, ChainFactor.sum(List.of(branch, branch), 4)), Order.PUSHES));
    assertEquals(28, nanos(List.of(first, ChainFactor.sum(List.of(branch, List.of(ChainFactor.diagonal(4, 0))), 0)),
        Order.PUSHES));
    assertEquals(28 + 28,
        nanos(List.of(first, ChainFactor.sum(List.of(branch, List.of(ChainFactor.diagonal(4, 4))), 0)),
        Order.PUSHES));
  }

  /// What branches compute again comes once for each block that is pushed.
  @Test
  void whatABranchComputesAgainComesOnceABlock() {
    List<ChainFactor> branch = List.of(ChainFactor.implicit(4, 4, 20).recomputing(13));
    List<ChainFactor> chain = List.of(ChainFactor.dense(4, 7), ChainFactor.sum(List.of(branch, branch), 0));
    assertEquals(2 * (7 * 20 + 13) + 28, cost(chain, Order.PUSHES, Blocks.WHOLE));
    assertEquals(2 * (7 * 20 + 3 * 13) + 28, cost(chain, Order.PUSHES, new Blocks(Side.COLUMNS, 3)));
  }
}
