package dev.lanewise.autodiff;

import static dev.lanewise.autodiff.sharing.Allocation.assertAllocatesNothing;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.lanewise.Activation;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Elementwise;
import dev.lanewise.nn.LogSoftmax;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Softmax;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// After the first time, a value and Jacobian, or a Hessian or its products, into the caller's tensors allocates
/// nothing.
///
/// On the portable kernels it holds from the interpreter on. The Vector API boxes its vectors until C2 has compiled the
/// loop: there it is repeated until nothing is allocated.
class AllocationTest {

  private static final boolean VECTORS = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  /// Code for vectors takes long to be compiled: one chunk, with a narrower last one, goes through as much of it as
  /// several.
  private static final int[] CHUNKS = VECTORS ? new int[] {4} : new int[] {1, 4, 64};

  @ParameterizedTest
  @EnumSource
  void aRepeatedJacobianAllocatesNothing(Mode mode) {
    Sequential network = Sequential.of(
        new Dense(13, 20, Activation.GELU), new Dense(20, 7, Activation.TANH), new Dense(7, 5), new Softmax());
    for (Precision precision : Precision.values()) {
      Parameters theta = Parameters.initialize(network.parameters(), precision, 1);
      Tensor x = Tensor.zeros(precision, 1, 13);
      Tensor y = Tensor.zeros(precision, 1, 5);
      Tensor jacobian = Tensor.zeros(precision, 5, 13);
      Workspace ws = new Workspace();
      for (int chunk : CHUNKS) {
        assertAllocatesNothing(network + " " + precision + " " + mode + " chunk " + chunk,
            () -> Jacobians.valueAndJacobian(network, theta, x, mode, chunk, ws, y, jacobian));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void repeatedJacobiansOfSamplesAllocateNothing(Mode mode) {
    Sequential network = Sequential.of(new Dense(13, 20, Activation.GELU), new Dense(20, 7, Activation.TANH),
        new Dense(7, 5));
    Parameters theta = Parameters.initialize(network.parameters(), Precision.FLOAT, 1);
    Tensor x = Tensor.zeros(Precision.FLOAT, 6, 13);
    Tensor y = Tensor.zeros(Precision.FLOAT, 6, 5);
    Tensor jacobians = Tensor.zeros(Precision.FLOAT, 6, 5, 13);
    PreparedSampleJacobians prepared = PreparedSampleJacobians.of(network, theta, x.shape(),
        JacobianOptions.defaults().withMode(mode));
    assertAllocatesNothing(prepared.toString(), () -> prepared.at(x, y, jacobians));
  }

  @ParameterizedTest
  @EnumSource
  void aRepeatedHessianOrItsProductAllocatesNothing(Precision precision) {
    assumeFalse(VECTORS && precision == Precision.DOUBLE, "C2 takes long; the Jacobians are there in double");
    Sequential network = Sequential.of(
        Sequential.of(new Dense(13, 20, Activation.GELU), new Elementwise(Activation.SILU)),
        new Dense(20, 7, Activation.TANH),
        new Dense(7, 5), new LogSoftmax(), new Softmax());
    Parameters theta = Parameters.initialize(network.parameters(), precision, 1);
    Parameters thetaDot = Parameters.initialize(network.parameters(), precision, 2);
    Parameters thetaBar = Parameters.zeros(network.parameters(), precision);
    Parameters thetaBarDot = Parameters.zeros(network.parameters(), precision);
    Tensor x = Tensor.zeros(precision, 3, 13);
    Tensor xDot = Tensor.zeros(precision, 3, 13);
    Tensor u = Tensor.zeros(precision, 3, 5);
    Tensor y = Tensor.zeros(precision, 3, 5);
    Tensor xBar = Tensor.zeros(precision, 3, 13);
    Tensor xBarDot = Tensor.zeros(precision, 3, 13);
    Tensor hessian = Tensor.zeros(precision, 39, 39);
    Workspace ws = new Workspace();
    for (int chunk : CHUNKS) {
      assertAllocatesNothing("hessian chunk " + chunk,
          () -> Hessians.valueGradientAndHessian(network, theta, x, u, chunk, ws, y, xBar, hessian));
    }
    assertAllocatesNothing("hvp", () -> Hessians.valueGradientAndHvp(
        network, theta, x, u, xDot, thetaDot, ws, y, xBar, thetaBar, xBarDot, thetaBarDot));
    assertAllocatesNothing("gaussNewton", () -> Hessians.gaussNewton(
        network, theta, x, UnaryOperator.identity(), xDot, thetaDot, ws, xBar, thetaBar));
  }

  @ParameterizedTest
  @EnumSource
  void neitherDoDerivativesByParametersAndBySamples(Precision precision) {
    assumeFalse(VECTORS && precision == Precision.DOUBLE, "C2 takes long; the Jacobians are there in double");
    Sequential network = Sequential.of(
        new Dense(5, 7, Activation.SILU), new Dense(7, 6, false, Activation.TANH), new Dense(6, 4), new Softmax());
    Parameters theta = Parameters.initialize(network.parameters(), precision, 1);
    Tensor x = Tensor.zeros(precision, 3, 5);
    Tensor y = Tensor.zeros(precision, 3, 4);
    Tensor jacobian = Tensor.zeros(precision, 12, theta.spec().size());
    Tensor jacobians = Tensor.zeros(precision, 3, 4, 5);
    Tensor gradients = Tensor.zeros(precision, 3, theta.spec().size());
    Tensor yBar = Tensor.zeros(precision, 3, 4);
    for (int chunk : CHUNKS) {
      Workspace ws = new Workspace();
      assertAllocatesNothing("parameter Jacobian, " + precision + " chunk " + chunk,
          () -> ParameterJacobians.valueAndParameterJacobian(network, theta, x, chunk, ws, y, jacobian));
      for (Mode mode : new Mode[] {Mode.FORWARD, Mode.REVERSE}) {
        assertAllocatesNothing("Jacobians of samples, " + precision + " " + mode + " chunk " + chunk,
              () -> SampleJacobians.valueAndPerSampleJacobians(network, theta, x, mode, chunk, ws, y, jacobians));
      }
      assertAllocatesNothing("gradients of samples, " + precision,
            () -> ParameterJacobians.valueAndPerSampleGradients(network, theta, x, yBar, ws, y, gradients));
    }
  }
}
