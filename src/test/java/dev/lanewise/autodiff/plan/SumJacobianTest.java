package dev.lanewise.autodiff.plan;

import static dev.lanewise.autodiff.sharing.Allocation.assertAllocatesNothing;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.BatchNet;
import dev.lanewise.autodiff.JacobianOptions;
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.autodiff.Mode;
import dev.lanewise.autodiff.PreparedJacobian;
import dev.lanewise.autodiff.PreparedSampleJacobians;
import dev.lanewise.autodiff.PublishedParameters;
import dev.lanewise.autodiff.cost.MadeUpCosts;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Elementwise;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Softmax;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Jacobians of networks with branches that add up: the same by every order, cut or not, as by pushes of the identity
/// through the layers.
class SumJacobianTest {

  private static final Elementwise GELU = new Elementwise(Activation.GELU);

  private static Layer dense(int in, int out) {
    return new Dense(in, out, Activation.TANH);
  }

  /// Branches of each kind alone, at each end and in the middle, in one another, with diagonals before and behind.
  static Stream<Layer> networks() {
    return Stream.of(
        Sum.residual(dense(6, 3), new Dense(3, 6)),
        Sum.residual(dense(6, 3), dense(3, 6)),
        Sum.of(new Skip(), dense(6, 6)),
        Sum.of(dense(6, 4), new Dense(6, 4), Sequential.of(dense(6, 2), dense(2, 4))),
        Sum.of(new Skip(), GELU),
        Sum.of(new Softmax(), new Skip(), GELU, new Softmax()),
        Sequential.of(Sum.of(dense(6, 4), Sequential.of(new Softmax(), dense(6, 4))), GELU),
        Sequential.of(GELU, Sum.residual(GELU, dense(6, 3), GELU, new Dense(3, 6)), GELU, GELU),
        Sequential.of(dense(6, 5), Sum.residual(dense(5, 2), new Dense(2, 5)), new Softmax(),
            Sum.residual(dense(5, 5)), dense(5, 4)),
        Sequential.of(new Softmax(), Sum.residual(new Softmax(), dense(6, 6), new Softmax()), new Softmax()),
        Sequential.of(dense(6, 3), Sum.of(dense(3, 7),
            Sum.of(dense(3, 7), Sequential.of(Sum.residual(dense(3, 2), dense(2, 3)), dense(3, 7)))), GELU),
        Sequential.of(Sum.residual(dense(6, 2), dense(2, 6)), Sum.residual(dense(6, 2), dense(2, 6)),
            Sum.residual(dense(6, 2), dense(2, 6))),
        Sequential.of(Sum.of(Sequential.of(Sum.of(GELU, dense(6, 6)), GELU), new Dense(6, 6)), GELU));
  }

  static List<JacobianOptions> options() {
    List<JacobianOptions> all = new ArrayList<>();
    for (Mode mode : Mode.values()) {
      JacobianOptions options = JacobianOptions.defaults().withMode(mode);
      all.add(options);
      for (int chunk : new int[] {1, 4}) {
        all.add(options.withChunk(chunk));
      }
    }
    all.add(JacobianOptions.defaults().withMode(Mode.FORWARD).withSeededIdentities());
    all.add(JacobianOptions.defaults().withMode(Mode.REVERSE).withSeededIdentities().withChunk(3));
    return all;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void everyOrderGivesTheSame(Layer f) {
    for (Precision precision : Precision.values()) {
      Parameters theta = Parameters.initialize(f.parameters(), precision, 3);
      Tensor x = BatchNet.random(precision, 5, 1, 6);
      Tensor y = f.forward(x, theta, new Workspace());
      Tensor expected = Tensor.zeros(precision, y.size(), 6);
      Jacobians.valueAndJacobian(f, theta, x, Mode.FORWARD, 6, new Workspace(), y.copy(), expected);
      for (JacobianOptions options : options()) {
        PreparedJacobian prepared = PreparedJacobian.of(f, theta, precision, x.shape(), options);
        Tensor value = Tensor.zeros(precision, y.shape());
        Tensor jacobian = Tensor.zeros(precision, y.size(), 6);
        for (int call = 0; call < 2; call++) {
          jacobian.fill(Double.NaN);
          prepared.at(x, value, jacobian);
          BatchNet.assertClose(y, value, 8, f);
          BatchNet.assertClose(expected, jacobian, 64, f + " " + prepared.plan().explain());
        }
        Tensor again = Tensor.zeros(precision, y.size(), 6);
        prepared.fork().at(x, value, again);
        assertArrayEquals(jacobian.toDoubles(), again.toDoubles());
      }
    }
  }

  /// In every mode the widest cut that fits is taken, down to one direction at a time; what is said to be needed is
  /// allocated at most.
  @ParameterizedTest
  @MethodSource("networks")
  void lessMemoryGivesTheSame(Layer f) {
    Parameters theta = Parameters.initialize(f.parameters(), Precision.DOUBLE, 3);
    Tensor x = BatchNet.random(Precision.DOUBLE, 5, 1, 6);
    Tensor expected = jacobian(f, theta, x, JacobianOptions.defaults());
    for (Mode mode : Mode.values()) {
      JacobianOptions options = JacobianOptions.defaults().withMode(mode);
      long bytes = PreparedJacobian.of(f, theta, Precision.DOUBLE, x.shape(), options).plan().bytes();
      while (bytes > 0) {
        PreparedJacobian prepared;
        try {
          prepared = PreparedJacobian.of(f, theta, Precision.DOUBLE, x.shape(), options.withMemory(bytes));
        } catch (IllegalArgumentException e) {
          assertTrue(e.getMessage().contains("memory is " + bytes + " bytes"), e.getMessage());
          break;
        }
        assertTrue(prepared.plan().bytes() <= bytes);
        Tensor jacobian = Tensor.zeros(Precision.DOUBLE, expected.shape());
        prepared.at(x, Tensor.zeros(Precision.DOUBLE, f.outputShape(x.shape())), jacobian);
        BatchNet.assertClose(expected, jacobian, 64, f + " " + prepared.plan().explain());
        bytes = prepared.plan().bytes() - 1;
      }
    }
  }

  private static Tensor jacobian(Layer f, Parameters theta, Tensor x, JacobianOptions options) {
    return Jacobians.jacobian(f, theta, x, options);
  }

  /// x + W₂·tanh(W₁·x), and I + W₂·diag(tanh′)·W₁ by hand.
  @ParameterizedTest
  @EnumSource
  void aResidualBlockIsIdentityPlusProduct(Mode mode) {
    Layer f = Sum.residual(dense(6, 3), new Dense(3, 6));
    Parameters theta = Parameters.initialize(f.parameters(), Precision.DOUBLE, 3);
    Tensor x = BatchNet.random(Precision.DOUBLE, 5, 1, 6);
    Tensor w1 = theta.get("1.0.weight");
    Tensor b1 = theta.get("1.0.bias");
    Tensor w2 = theta.get("1.1.weight");
    Tensor expected = Tensor.zeros(Precision.DOUBLE, 6, 6);
    for (int h = 0; h < 3; h++) {
      double z = b1.get(h);
      for (int c = 0; c < 6; c++) {
        z += w1.get(6 * h + c) * x.get(c);
      }
      double slope = 1 - Math.tanh(z) * Math.tanh(z);
      for (int at = 0; at < 36; at++) {
        expected.set(at, expected.get(at) + w2.get(at / 6 * 3 + h) * slope * w1.get(6 * h + at % 6));
      }
    }
    for (int i = 0; i < 6; i++) {
      expected.set(7 * i, 1 + expected.get(7 * i));
    }
    BatchNet.assertClose(expected, jacobian(f, theta, x, JacobianOptions.defaults().withMode(mode)), 16, mode);
  }

  @ParameterizedTest
  @EnumSource
  void aRepeatedCallAllocatesNothing(Mode mode) {
    assumeFalse(ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(),
        "C2 takes long; the kernels' calls are in AllocationTest");
    Layer f = Sequential.of(dense(6, 5), Sum.of(new Skip(), Sequential.of(dense(5, 2), new Dense(2, 5)),
        Sequential.of(GELU, new Softmax())),
        GELU, Sum.of(GELU, dense(5, 5)), dense(5, 4));
    Parameters theta = Parameters.initialize(f.parameters(), Precision.FLOAT, 3);
    Tensor x = BatchNet.random(Precision.FLOAT, 5, 1, 6);
    Tensor y = Tensor.zeros(Precision.FLOAT, 1, 4);
    Tensor jacobian = Tensor.zeros(Precision.FLOAT, 4, 6);
    for (JacobianOptions options : List.of(JacobianOptions.defaults(), JacobianOptions.defaults().withChunk(3))) {
      PreparedJacobian prepared = PreparedJacobian.of(f, theta, x.shape(), options.withMode(mode));
      assertAllocatesNothing(mode + " " + options.chunk(), () -> prepared.at(x, y, jacobian));
    }
  }

  @Test
  void thetaIsSwappedInBranchesToo() {
    Layer f = Sequential.of(dense(6, 6), Sum.residual(dense(6, 3), new Dense(3, 6)));
    Parameters one = Parameters.initialize(f.parameters(), Precision.DOUBLE, 3);
    Parameters other = Parameters.initialize(f.parameters(), Precision.DOUBLE, 4);
    Tensor x = BatchNet.random(Precision.DOUBLE, 5, 1, 6);
    PublishedParameters published = PublishedParameters.of(f, one);
    PreparedJacobian prepared = PreparedJacobian.of(published, x.shape());
    for (Parameters theta : List.of(one, other, one)) {
      published.publish(theta);
      Tensor jacobian = Tensor.zeros(Precision.DOUBLE, 6, 6);
      prepared.at(x, Tensor.zeros(Precision.DOUBLE, 1, 6), jacobian);
      BatchNet.assertClose(jacobian(f, theta, x, JacobianOptions.defaults().withMode(Mode.REVERSE).withChunk(1)),
          jacobian, 64, "swapped");
      BatchNet.assertClose(Jacobians.jacobian(f, theta, x), jacobian, 64, "remembered plan");
    }
  }

  @ParameterizedTest
  @EnumSource
  void jacobiansOfSamples(Mode mode) {
    Layer f = Sequential.of(dense(6, 4), Sum.residual(dense(4, 3), new Dense(3, 4)), GELU);
    Parameters theta = Parameters.initialize(f.parameters(), Precision.DOUBLE, 3);
    Tensor x = BatchNet.random(Precision.DOUBLE, 5, 3, 6);
    PreparedSampleJacobians prepared = PreparedSampleJacobians.of(f, theta, x.shape(),
        JacobianOptions.defaults().withMode(mode));
    Tensor jacobians = Tensor.zeros(Precision.DOUBLE, 3, 4, 6);
    prepared.at(x, Tensor.zeros(Precision.DOUBLE, 3, 4), jacobians);
    for (int sample = 0; sample < 3; sample++) {
      Tensor expected = Jacobians.jacobian(f, theta, x.slice(sample, 1).copy(), Mode.REVERSE, 4);
      BatchNet.assertClose(expected, jacobians.slice(sample, 1).copy().reshape(4, 6), 64, mode);
    }
  }

  @Test
  void branchesOfDifferentOutputsAreRefused() {
    Layer f = Sum.of(dense(6, 4), Sequential.of(dense(6, 2), dense(2, 3)));
    Parameters theta = Parameters.initialize(f.parameters(), Precision.FLOAT, 3);
    String message = assertThrows(IllegalArgumentException.class, () ->
        PreparedJacobian.of(f, theta, Shape.of(1, 6))).getMessage();
    assertEquals(f + ": branch 1, " + Sequential.of(dense(6, 2), dense(2, 3))
        + ", has output [1, 3], the sum has [1, 4], expected the same", message);
  }

  @Test
  void parametersOfAnotherSumAreRefused() {
    Layer f = Sum.of(dense(6, 4), dense(6, 4));
    Parameters theta = Parameters.initialize(Sum.of(dense(6, 4), dense(6, 4), dense(6, 4)).parameters(),
        Precision.FLOAT, 3);
    assertThrows(IllegalArgumentException.class, () -> PreparedJacobian.of(f, theta, Shape.of(1, 6)));
  }

  @Test
  void explainShowsTheBranches() {
    Layer f = Sequential.of(Sum.residual(dense(6, 3), new Dense(3, 6)), Sum.of(new Softmax(), new Dense(6, 6)));
    Parameters theta = Parameters.initialize(f.parameters(), Precision.FLOAT, 3);
    JacobianOptions noTurns = JacobianOptions.defaults().withMode(Mode.FORWARD).withCosts(MadeUpCosts.of(1, 1e6));
    String forward = PreparedJacobian.of(f, theta, Shape.of(1, 6), noTurns).plan().explain();
    assertEquals("""
        └ push 6 × 6 through J2, a sum of 2: Sum[Softmax[], Dense[in=6, out=6]]
          ├ J1 6 × 6 formed, a sum of 2: Sum[Skip, Sequential[Dense[in=6, out=3, TANH], Dense[in=3, out=6]]]
          │ ├ + diagonal: Skip
          │ └ + product 6 × 6, inner 3
          │     ├ J2 6 × 3 at hand: Dense[in=3, out=6]
          │     └ J1 3 × 6 at hand: Dense[in=6, out=3, TANH]
          ├ + push 6 × 6 through J1: Softmax[]
          │   └ the panel 6 × 6
          └ + product 6 × 6, inner 6
              ├ J1 6 × 6 at hand: Dense[in=6, out=6]
              └ the panel 6 × 6
        """, forward.substring(forward.indexOf("└ push")));
  }

  @Test
  void whatBranchesKeepIsAdded() {
    Layer f = Sum.residual(dense(6, 3), new Dense(3, 6));
    Parameters theta = Parameters.initialize(f.parameters(), Precision.FLOAT, 3);
    long branch = dense(6, 3).jacobianStructure(Shape.of(1, 6)).kept()
        + new Dense(3, 6).jacobianStructure(Shape.of(1, 3)).kept();
    assertEquals(4 * (branch + 6), PreparedJacobian.of(f, theta, Shape.of(1, 6)).plan().residualBytes());
  }
}
