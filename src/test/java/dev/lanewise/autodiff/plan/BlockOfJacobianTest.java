package dev.lanewise.autodiff.plan;

import static dev.lanewise.autodiff.sharing.Allocation.assertAllocatesNothing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.BatchNet;
import dev.lanewise.autodiff.JacobianOptions;
import dev.lanewise.autodiff.JacobianPlan;
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.autodiff.Mode;
import dev.lanewise.autodiff.PreparedJacobian;
import dev.lanewise.autodiff.PreparedJacobians;
import dev.lanewise.autodiff.PreparedSampleJacobians;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Elementwise;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Softmax;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Jacobians by some of the inputs, or of some of the outputs: those columns and rows of the whole one, by plans made
/// for them.
class BlockOfJacobianTest {

  private static Layer mlp(int... widths) {
    Layer[] layers = new Layer[widths.length - 1];
    for (int layer = 0; layer < layers.length; layer++) {
      layers[layer] = new Dense(widths[layer], widths[layer + 1], Activation.TANH);
    }
    return Sequential.of(layers);
  }

  static Stream<Layer> networks() {
    return Stream.concat(SumJacobianTest.networks(), Stream.of(
        mlp(6, 4), mlp(6, 5, 2, 7), new Softmax(), new Elementwise(Activation.GELU),
        Sequential.of(new Elementwise(Activation.GELU), new Dense(6, 5), new Softmax()),
        Sequential.of(new Softmax(), mlp(6, 3, 8), new Softmax(), new Elementwise(Activation.SILU))));
  }

  private static void assertBlock(Tensor whole, int fromRow, int fromColumn, Tensor block, String what) {
    int d = whole.shape().last();
    int n = block.shape().last();
    double u = block.precision().unitRoundoff();
    for (int at = 0; at < block.size(); at++) {
      double expected = whole.get((fromRow + at / n) * d + fromColumn + at % n);
      assertEquals(expected, block.get(at), 64 * u * (1 + Math.abs(expected)), () -> what);
    }
  }

  /// The blocks take turns with the options, of whose number is no multiple of theirs.
  @ParameterizedTest
  @MethodSource("networks")
  void columnsAndRowsAreThoseOfTheWhole(Layer f) {
    for (Precision precision : Precision.values()) {
      Parameters theta = Parameters.initialize(f.parameters(), precision, 3);
      Tensor x = BatchNet.random(precision, 5, 1, 6);
      Tensor whole = Jacobians.jacobian(f, theta, x, Mode.REVERSE, 8);
      int m = whole.shape().dim(0);
      int turn = precision == Precision.FLOAT ? 0 : 1;
      for (JacobianOptions options : SumJacobianTest.options()) {
        switch (turn++ % 3) {
          case 0 -> check(f, theta, x, whole, options.withInputs(1, 5), 0, m, 1, 5);
          case 1 -> check(f, theta, x, whole, options.withOutputs(1, 4), 1, 4, 0, 6);
          default -> check(f, theta, x, whole, options.withInputs(3, 6).withOutputs(m - 2, m), m - 2, m, 3, 6);
        }
      }
      check(f, theta, x, whole, JacobianOptions.defaults().withInputs(0, 1).withOutputs(0, 1), 0, 1, 0, 1);
    }
  }

  private static void check(Layer f, Parameters theta, Tensor x, Tensor whole, JacobianOptions options, int row,
      int rowEnd, int column, int columnEnd) {
    PreparedJacobian prepared = PreparedJacobian.of(f, theta, x.precision(), x.shape(), options);
    Tensor y = Tensor.zeros(x.precision(), f.outputShape(x.shape()));
    Tensor block = Tensor.zeros(x.precision(), rowEnd - row, columnEnd - column);
    for (int call = 0; call < 2; call++) {
      block.fill(Double.NaN);
      prepared.at(x, y, block);
      assertBlock(whole, row, column, block, f + " " + options + "\n" + prepared.plan());
    }
  }

  @Test
  void theOperatorGivesTheBlockWithoutCeremony() {
    Layer dynamics = mlp(6, 8, 4);
    Parameters theta = Parameters.initialize(dynamics.parameters(), Precision.DOUBLE, 3);
    Tensor x = BatchNet.random(Precision.DOUBLE, 5, 1, 6);
    Tensor whole = Jacobians.jacobian(dynamics, theta, x);
    Tensor byState = Jacobians.jacobian(dynamics, theta, x, JacobianOptions.defaults().withInputs(0, 4));
    Tensor byControl = Jacobians.jacobian(dynamics, theta, x, JacobianOptions.defaults().withInputs(4, 6));
    assertEquals(Shape.of(4, 4), byState.shape());
    assertEquals(Shape.of(4, 2), byControl.shape());
    assertBlock(whole, 0, 0, byState, "A");
    assertBlock(whole, 0, 4, byControl, "B");
  }

  @Test
  void plansAreMadeForTheBlock() {
    Layer f = mlp(40, 30, 20, 50);
    Parameters theta = Parameters.initialize(f.parameters(), Precision.FLOAT, 3);
    JacobianOptions defaults = JacobianOptions.defaults();
    assertEquals(20 * 30 * 7 + 50 * 20 * 7,
        plan(f, theta, defaults.withMode(Mode.FORWARD).withInputs(33, 40)).multiplyAdds());
    assertEquals(3 * 20 * 30 + 3 * 30 * 40,
        plan(f, theta, defaults.withMode(Mode.REVERSE).withOutputs(0, 3)).multiplyAdds());
    assertEquals(3 * 20 * 30 + 3 * 30 * 7,
        plan(f, theta, defaults.withMode(Mode.REVERSE).withOutputs(0, 3).withInputs(0, 7)).multiplyAdds());
    for (Mode mode : Mode.values()) {
      JacobianOptions options = defaults.withMode(mode);
      long all = plan(f, theta, options).multiplyAdds();
      assertTrue(plan(f, theta, options.withInputs(2, 4)).multiplyAdds() < all, mode + " of columns");
      assertTrue(plan(f, theta, options.withOutputs(2, 4)).multiplyAdds() < all, mode + " of rows");
    }
    long columns = plan(f, theta, defaults.withMode(Mode.FORWARD).withInputs(2, 4)).multiplyAdds();
    assertEquals(columns, plan(f, theta, defaults.withMode(Mode.MIXED).withInputs(2, 4)).multiplyAdds());
    String said = plan(f, theta, defaults.withOutputs(1, 3).withInputs(2, 6)).explain();
    assertTrue(said.startsWith("Jacobian 2 × 4 by AUTO: outputs 1 to 3 alone, inputs 2 to 6 alone, the shortest"),
        said);
  }

  private static JacobianPlan plan(Layer f, Parameters theta, JacobianOptions options) {
    return PreparedJacobian.of(f, theta, Shape.of(1, 40), options).plan();
  }

  @ParameterizedTest
  @EnumSource
  void blocksOfSamplesJacobians(Mode mode) {
    for (Layer f : new Layer[] {mlp(6, 3, 5),
        Sequential.of(mlp(6, 5), Sum.residual(new Dense(5, 2), new Dense(2, 5)), new Softmax())}) {
      Parameters theta = Parameters.initialize(f.parameters(), Precision.DOUBLE, 3);
      Tensor x = BatchNet.random(Precision.DOUBLE, 5, 3, 6);
      for (JacobianOptions options : new JacobianOptions[] {JacobianOptions.defaults(),
          JacobianOptions.defaults().withChunk(2)}) {
        JacobianOptions block = options.withMode(mode).withInputs(2, 5).withOutputs(1, 5);
        Tensor jacobians = Tensor.zeros(Precision.DOUBLE, 3, 4, 3);
        PreparedSampleJacobians.of(f, theta, x.shape(), block).at(x, Tensor.zeros(Precision.DOUBLE, 3, 5), jacobians);
        for (int sample = 0; sample < 3; sample++) {
          Tensor whole = Jacobians.jacobian(f, theta, x.slice(sample, 1).copy());
          assertBlock(whole, 1, 2, jacobians.slice(sample, 1).copy().reshape(4, 3), mode + " " + sample);
        }
      }
    }
  }

  /// A weight that has overflowed: seeds' zeros times it are NaN, and settled so that the block is that of the whole
  /// Jacobian.
  @ParameterizedTest
  @EnumSource
  void whereAWeightOverflowsTheBlockIsThatOfTheWhole(Mode mode) {
    Layer f = Sequential.of(new Softmax(), new Dense(6, 4), Sum.residual(new Dense(4, 2), new Dense(2, 4)));
    Parameters theta = Parameters.initialize(f.parameters(), Precision.DOUBLE, 3);
    theta.get("1.weight").set(1, Double.POSITIVE_INFINITY);
    Layer direct = Sequential.of(new Dense(6, 4), Sum.residual(new Dense(4, 4)));
    Parameters ofDirect = Parameters.initialize(direct.parameters(), Precision.DOUBLE, 3);
    ofDirect.get("0.weight").set(1, Double.POSITIVE_INFINITY);
    Tensor x = Tensor.row(0.1, 0.5, 0.25, -1, 2, 3);
    for (JacobianOptions options : new JacobianOptions[] {JacobianOptions.defaults(),
        JacobianOptions.defaults().withChunk(1)}) {
      assertBlockOfOverflow(f, theta, x, options.withMode(mode));
      assertBlockOfOverflow(direct, ofDirect, x, options.withMode(mode));
    }
    Tensor jacobian = Jacobians.jacobian(direct, ofDirect, x,
        JacobianOptions.defaults().withMode(mode).withInputs(1, 3));
    assertTrue(Double.isInfinite(jacobian.get(0)) && Double.isFinite(jacobian.get(1)), jacobian.toString());
  }

  private static void assertBlockOfOverflow(Layer f, Parameters theta, Tensor x, JacobianOptions options) {
    Tensor whole = Jacobians.jacobian(f, theta, x, options);
    Tensor block = Jacobians.jacobian(f, theta, x, options.withInputs(0, 3).withOutputs(1, 3));
    for (int at = 0; at < block.size(); at++) {
      assertEquals(whole.get((1 + at / 3) * 6 + at % 3), block.get(at), 1e-12, options + " " + whole + " " + block);
    }
  }

  @Test
  void aRepeatedCallAllocatesNothing() {
    assumeFalse(ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(),
        "C2 takes long; the kernels' calls are in AllocationTest");
    Layer f = Sequential.of(mlp(6, 5), Sum.residual(new Dense(5, 2), new Dense(2, 5)), mlp(5, 4));
    Parameters theta = Parameters.initialize(f.parameters(), Precision.FLOAT, 3);
    Tensor x = BatchNet.random(Precision.FLOAT, 5, 1, 6);
    Tensor y = Tensor.zeros(Precision.FLOAT, 1, 4);
    Tensor jacobian = Tensor.zeros(Precision.FLOAT, 2, 3);
    JacobianOptions options = JacobianOptions.defaults().withInputs(2, 5).withOutputs(0, 2).withMode(Mode.MIXED);
    PreparedJacobian prepared = PreparedJacobian.of(f, theta, x.shape(), options.withChunk(2));
    assertAllocatesNothing("block", () -> prepared.at(x, y, jacobian));
  }

  @Test
  void forksAndPoolsKeepTheBlock() throws InterruptedException {
    Layer f = mlp(6, 5, 4);
    Parameters theta = Parameters.initialize(f.parameters(), Precision.DOUBLE, 3);
    Tensor x = BatchNet.random(Precision.DOUBLE, 5, 1, 6);
    PreparedJacobian prepared = PreparedJacobian.of(f, theta, x.shape(), JacobianOptions.defaults().withInputs(2, 5));
    Tensor block = Tensor.zeros(Precision.DOUBLE, 4, 3);
    PreparedJacobians.of(prepared, 2).at(x, Tensor.zeros(Precision.DOUBLE, 1, 4), block);
    assertBlock(Jacobians.jacobian(f, theta, x), 0, 2, block, "pool");
  }

  @Test
  void rangesThatAreEmptyOrOutsideAreRefused() {
    JacobianOptions defaults = JacobianOptions.defaults();
    assertEquals("JacobianOptions: range from 3 to 3, expected from at least 0 and to above from",
        assertThrows(IllegalArgumentException.class, () -> defaults.withInputs(3, 3)).getMessage());
    assertThrows(IllegalArgumentException.class, () -> defaults.withOutputs(4, 3));
    assertEquals("JacobianOptions: range from -1 to 3, expected from at least 0 and to above from",
        assertThrows(IllegalArgumentException.class, () -> defaults.withOutputs(-1, 3)).getMessage());
    Layer f = mlp(6, 5, 4);
    Parameters theta = Parameters.initialize(f.parameters(), Precision.DOUBLE, 3);
    assertEquals(f + ": Jacobian of inputs 2 to 7, has 6, expected a range within",
        assertThrows(IllegalArgumentException.class,
        () -> PreparedJacobian.of(f, theta, Shape.of(1, 6), defaults.withInputs(2, 7))).getMessage());
    assertEquals(f + ": Jacobian of outputs 4 to 5, has 4, expected a range within",
        assertThrows(IllegalArgumentException.class,
        () -> PreparedSampleJacobians.of(f, theta, Shape.of(3, 6), defaults.withOutputs(4, 5))).getMessage());
    Tensor x = Tensor.zeros(Precision.DOUBLE, 1, 6);
    PreparedJacobian prepared = PreparedJacobian.of(f, theta, x.shape(), defaults.withInputs(2, 4));
    String message = assertThrows(IllegalArgumentException.class,
        () -> prepared.at(x, Tensor.zeros(Precision.DOUBLE, 1, 4), Tensor.zeros(Precision.DOUBLE, 4, 6))).getMessage();
    assertTrue(message.contains("[4, 6]") && message.contains("[4, 2]"), message);
  }
}
