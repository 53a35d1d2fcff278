package dev.lanewise.autodiff.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.BatchNet;
import dev.lanewise.autodiff.JacobianOptions;
import dev.lanewise.autodiff.JacobianPlan;
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.autodiff.Mode;
import dev.lanewise.autodiff.PreparedJacobian;
import dev.lanewise.graph.Graph;
import dev.lanewise.graph.Node;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.block.LayerNorm;
import dev.lanewise.nn.block.MultiHeadAttention;
import dev.lanewise.nn.block.Parallel;
import dev.lanewise.nn.block.Residual;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Networks of blocks, and layers from expressions: every order gives what pushes of the identity through the layers
/// themselves do.
class BuiltFromBlocksTest {

  private static final Shape SIX = Shape.of(6);

  private static Layer dense(int in, int out) {
    return new Dense(in, out, Activation.TANH);
  }

  private static Node residual(Node x) {
    return x.plus(x.apply("narrow", dense(6, 2)).apply("wide", new Dense(2, 6)));
  }

  static Stream<Layer> networks() {
    return Stream.of(
        Sequential.of(new Residual(Sequential.of(new LayerNorm(6), dense(6, 3), new Dense(3, 6))), dense(6, 4)),
        Sequential.of(dense(6, 6), Parallel.added(SIX, dense(6, 5), Sequential.of(dense(6, 2), dense(2, 5)))),
        Sequential.of(Parallel.concatenated(SIX, dense(6, 2), dense(6, 4)), new Residual(dense(6, 6))),
        Graph.layer(SIX, BuiltFromBlocksTest::residual),
        Graph.layer(SIX, x -> residual(x).tanh().plus(0.5)),
        Graph.layer(SIX, x -> x.linear("in", 4).plus(x.apply("other", dense(6, 4))).tanh().linear("out", 3)),
        Graph.layer(SIX, x -> x.times(x.linear("gate", 6)).plus(x)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void everyOrderGivesTheSame(Layer f) {
    for (Precision precision : Precision.values()) {
      Parameters theta = Parameters.initialize(f.parameters(), precision, 3);
      Tensor x = BatchNet.random(precision, 5, 1, 6);
      for (JacobianOptions options : SumJacobianTest.options()) {
        check(f, theta, x, options);
      }
    }
  }

  @Test
  void anAttentionBlock() {
    Layer f = Sequential.of(new Residual(Sequential.of(new LayerNorm(4), new MultiHeadAttention(3, 4, 2, true))),
        new Residual(Graph.layer(Shape.of(3, 4), x -> x.linear("up", 8).tanh().linear("down", 4))));
    Parameters theta = Parameters.initialize(f.parameters(), Precision.DOUBLE, 3);
    for (Mode mode : Mode.values()) {
      check(f, theta, BatchNet.random(Precision.DOUBLE, 5, 1, 3, 4), JacobianOptions.defaults().withMode(mode));
    }
  }

  private static void check(Layer f, Parameters theta, Tensor x, JacobianOptions options) {
    Tensor y = Tensor.zeros(x.precision(), f.outputShape(x.shape()));
    Tensor expected = Tensor.zeros(x.precision(), y.size(), x.size());
    Jacobians.valueAndJacobian(f, theta, x, Mode.FORWARD, 64, new Workspace(), y, expected);
    PreparedJacobian prepared = PreparedJacobian.of(f, theta, x.precision(), x.shape(), options);
    Tensor value = Tensor.zeros(x.precision(), y.shape());
    Tensor jacobian = Tensor.zeros(x.precision(), expected.shape());
    prepared.at(x, value, jacobian);
    BatchNet.assertClose(y, value, 64, f);
    BatchNet.assertClose(expected, jacobian, 256, f + " " + prepared.plan().explain());
  }

  /// Eight blocks of 256-16-256 by expression: MIXED takes no more than the pure modes, and the plan names the nodes.
  @Test
  void residualBlocksByExpression() {
    Layer block = Graph.layer(Shape.of(256),
        x -> x.plus(x.apply("narrow", new Dense(256, 16, Activation.RELU)).apply("wide", new Dense(16, 256))));
    Layer f = Sequential.of(block, block, block, block, block, block, block, block);
    Parameters theta = Parameters.initialize(f.parameters(), Precision.FLOAT, 3);
    JacobianPlan plan = PreparedJacobian.of(f, theta, Shape.of(1, 256), JacobianOptions.defaults()).plan();
    long[] counts = new long[4];
    plan.candidates().forEach(one -> counts[one.mode().ordinal()] = one.multiplyAdds());
    long products = 256 * 256 * 16 + 7 * 2 * 256 * 256 * 16;
    assertTrue(counts[0] >= products && counts[0] < products * 1.1, plan.explain());
    assertEquals(counts[0], counts[1]);
    assertTrue(counts[2] <= counts[0], plan.explain());
    assertTrue(plan.explain().contains("a sum of 2: Graph[x.plus(x.narrow().wide())]"), plan.explain());
  }
}
