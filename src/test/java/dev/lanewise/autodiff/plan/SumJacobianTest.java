package dev.lanewise.autodiff.plan;

import static dev.lanewise.autodiff.sharing.Allocation.assertAllocatesNothing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.autodiff.Mode;
import dev.lanewise.autodiff.PreparedJacobian;
import dev.lanewise.autodiff.PublishedParameters;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Elementwise;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Softmax;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Jacobians of networks with branches that add up: the same by every order, cut or not, as by pushes of the identity through the layers.
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
        Sequential.of(dense(6, 5), Sum.residual(dense(5, 2), new Dense(2, 5)), new Softmax(), Sum.residual(dense(5, 5)), dense(5, 4)),
        Sequential.of(new Softmax(), Sum.residual(new Softmax(), dense(6, 6), new Softmax()), new Softmax()),
        Sequential.of(dense(6, 3), Sum.of(dense(3, 7), Sum.of(dense(3, 7), Sequential.of(Sum.residual(dense(3, 2), dense(2, 3)), dense(3, 7)))), GELU),
        Sequential.of(Sum.residual(dense(6, 2), dense(2, 6)), Sum.residual(dense(6, 2), dense(2, 6)), Sum.residual(dense(6, 2), dense(2, 6))),
        Sequential.of(Sum.of(Sequential.of(Sum.of(GELU, dense(6, 6)), GELU), new Dense(6, 6)), GELU));
  }

  private static List<JacobianOptions> options() {
    List<JacobianOptions> all = new ArrayList<>();
    for (Mode mode : Mode.values()) {
      JacobianOptions options = JacobianOptions.defaults().withMode(mode);
      all.add(options);
      for (int chunk : new int[] {1, 2, 4}) {
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
        assertEquals(jacobian.toString(), again.toString());
      }
    }
  }
}
