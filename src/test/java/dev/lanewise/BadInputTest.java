package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.autodiff.Hessians;
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.autodiff.Mode;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Dropout;
import dev.lanewise.nn.Elementwise;
import dev.lanewise.nn.LogSoftmax;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Softmax;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// Hostile input at every public door: refused with both sides named, and nothing written.
class BadInputTest {

  private final Dense dense = new Dense(64, 32);
  private final Parameters theta = Parameters.zeros(dense.parameters(), Precision.FLOAT);
  private final Workspace ws = new Workspace();

  @Test
  void shapes() {
    refused("Shape [2, -1]: axis of length -1, expected 0 or more", () -> Shape.of(2, -1));
    refused("Shape [65536, 65536]: more elements than an array holds, expected at most 2147483639",
        () -> Shape.of(65536, 65536));
    refused("Shape [65536, 65536, 65536, 65536]: more elements than an array holds, expected at most 2147483639",
        () -> Shape.of(65536, 65536, 65536, 65536));
    refused("Shape []: has no outermost axis to drop", () -> Shape.of().withoutFirst());
    assertThrows(NullPointerException.class, () -> Shape.of((int[]) null));
  }

  @Test
  void tensors() {
    refused("Tensor [2, 3]: array has 5 elements, expected 6", () -> Tensor.of(new float[5], 2, 3));
    refused("Tensor [4]: array has 5 elements, expected 4 from offset 2",
        () -> Tensor.view(new double[5], 2, Shape.of(4)));
    refused("Tensor [4]: array has 5 elements, expected 4 from offset -1",
        () -> Tensor.view(new double[5], -1, Shape.of(4)));
    refused("Tensor FLOAT [1, 2]: expected precision DOUBLE", () -> Tensor.row(1f, 2f).doubles());
    refused("Tensor [1, 2]: read as [3], expected as many elements", () -> Tensor.row(1f, 2f).reshape(3));
    refused("Tensor.none(): has no precision, expected a tensor", () -> Tensor.none().precision());
    refused("Tensor.copyFrom: source is FLOAT [1, 2], expected DOUBLE [1, 2]",
        () -> Tensor.row(1.0, 2.0).copyFrom(Tensor.row(1f, 2f)));
    assertThrows(IndexOutOfBoundsException.class, () -> Tensor.row(1f, 2f).get(2));
    assertThrows(IndexOutOfBoundsException.class, () -> Tensor.zeros(Precision.FLOAT, 2, 3).get(0, 3));
    assertThrows(IndexOutOfBoundsException.class, () -> Tensor.zeros(Precision.FLOAT, 2, 3).slice(1, 2));
    assertThrows(NullPointerException.class, () -> Tensor.zeros(null, 2));
  }

  @Test
  void curvatureInPlace() {
    Tensor z = Tensor.of(new float[6], 3, 2);
    refused("PointwiseOps.curvature: v is FLOAT [1, 2] in the memory of z, expected memory of its own",
        () -> PointwiseOps.curvature(Activation.TANH, z.slice(1, 1), z.slice(1, 1)));
    PointwiseOps.curvature(Activation.TANH, z.slice(1, 1), z.slice(2, 1));
  }

  @Test
  void layers() {
    refused("Dense: in=0, out=3, expected both at least 1", () -> new Dense(0, 3));
    refused("Sequential: has 0 layers, expected at least 1", Sequential::of);
    refused("Dense[in=64, out=32]: input has 63 features, expected 64", () -> dense.forward(floats(1, 63), theta, ws));
    refused("Dense[in=64, out=32]: input has shape [64], expected [batch, 64]",
        () -> dense.linearize(floats(64), theta, ws));
    refused("Dense[in=64, out=32]: input has 63 features, expected 64", () -> dense.outputShape(Shape.of(1, 63)));
    refused("Dense[in=64, out=32]: theta has precision FLOAT, expected DOUBLE",
        () -> dense.forward(Tensor.zeros(Precision.DOUBLE, 1, 64), theta, ws));
    refused("Dense[in=64, out=32]: theta has 1 parameters, expected 2",
        () -> dense.forward(floats(1, 64),
        Parameters.zeros(new Dense(64, 32, false, Activation.RELU).parameters(), Precision.FLOAT), ws));
    refused("Dense[in=64, out=32]: theta has weight [32, 65], expected [32, 64]",
        () -> dense.forward(floats(1, 64), Parameters.zeros(new Dense(65, 32).parameters(), Precision.FLOAT), ws));
    refused("Softmax[]: input has shape [4], expected [batch, features]", () -> new Softmax().outputShape(Shape.of(4)));
    refused("LogSoftmax[]: input has shape [4], expected [batch, features]",
        () -> new LogSoftmax().outputShape(Shape.of(4)));
    Sequential two = Sequential.of(new Dense(64, 32), new Dense(31, 2));
    refused("Dense[in=31, out=2]: input has 32 features, expected 31",
        () -> two.forward(floats(1, 64), Parameters.zeros(two.parameters(), Precision.FLOAT), ws));
    refused(two + ": theta has 0 parts, expected 2", () -> two.forward(floats(1, 64), theta, ws));
  }

  @Test
  void parameters() {
    refused("Parameters: values have shape [1, 5], expected [chunk, 2080]",
        () -> Parameters.of(dense.parameters(), floats(1, 5)));
    refused("ParameterSpec: no parameter wieght, expected one of [weight, bias]", () -> theta.get("wieght"));
    refused("ParameterSpec: the name w stands twice, expected unique names",
        () -> ParameterSpec.of(new ParameterSpec.Entry("w", Shape.of(1), Initializer.zeros()),
        new ParameterSpec.Entry("w", Shape.of(2), Initializer.zeros())));
    assertThrows(NullPointerException.class, () -> new ParameterSpec.Entry("w", null, Initializer.zeros()));
  }

  @Test
  void pushesAndPullsLeaveTheirResultsAlone() {
    Linearization at = dense.linearize(floats(2, 64), theta, ws);
    Tensor y = marked(3, 2, 32);
    Tensor x = marked(3, 2, 64);
    Parameters sum = Parameters.zeros(dense.parameters(), Precision.FLOAT, 3);
    refused("Dense[in=64, out=32]: xDot is FLOAT [3, 2, 63], expected FLOAT [3, 2, 64]",
        () -> at.jvp(floats(3, 2, 63), Parameters.none(), y));
    refused("Dense[in=64, out=32]: xDot is FLOAT [2, 2, 64], expected FLOAT [3, 2, 64]",
        () -> at.jvp(floats(2, 2, 64), Parameters.none(), y));
    refused("Dense[in=64, out=32]: thetaDot has 2 directions, expected 3",
        () -> at.jvp(floats(3, 2, 64), Parameters.zeros(dense.parameters(), Precision.FLOAT, 2), y));
    refused("Dense[in=64, out=32]: yDot is FLOAT [2, 32], expected FLOAT [chunk, …[2, 32]]",
        () -> at.jvp(floats(2, 64), Parameters.none(), marked(2, 32)));
    refused("Dense[in=64, out=32]: yBar is DOUBLE [3, 2, 32], expected FLOAT [chunk, …[2, 32]]",
        () -> at.vjp(Tensor.zeros(Precision.DOUBLE, 3, 2, 32), x, sum));
    refused("Dense[in=64, out=32]: xBar is FLOAT [3, 2, 32], expected FLOAT [3, 2, 64]",
        () -> at.vjp(floats(3, 2, 32), y, sum));
    refused("Dense[in=64, out=32]: thetaBar has 1 directions, expected 3", () -> at.vjp(floats(3, 2, 32), x, theta));
    assertAllMarked(y);
    assertAllMarked(x);
  }

  @Test
  void operators() {
    Tensor x = floats(1, 64);
    Tensor y = marked(1, 32);
    Tensor jacobian = marked(32, 64);
    refused("Dense[in=64, out=32]: chunk is 0, expected at least 1 direction",
        () -> Jacobians.jacobian(dense, theta, x, Mode.FORWARD, 0));
    refused("Dense[in=64, out=32]: jacobian is FLOAT [64, 32], expected FLOAT [32, 64]",
        () -> Jacobians.valueAndJacobian(dense, theta, x, Mode.FORWARD, 8, ws, y, floats(64, 32)));
    refused("Dense[in=64, out=32]: y is FLOAT [1, 31], expected FLOAT [1, 32]",
        () -> Jacobians.valueAndJacobian(dense, theta, x, Mode.REVERSE, 8, ws, floats(1, 31), jacobian));
    refused("Dense[in=64, out=32]: theta has precision FLOAT, x has DOUBLE, expected the same",
        () -> Jacobians.jacobian(dense, theta, Tensor.zeros(Precision.DOUBLE, 1, 64), Mode.FORWARD));
    refused("Dense[in=64, out=32]: xDot is FLOAT [1, 63], expected FLOAT [1, 64]",
        () -> Jacobians.valueAndJvp(dense, theta, x, floats(1, 63)));
    refused("Dense[in=64, out=32]: yBar is FLOAT [1, 31], expected FLOAT [1, 32]",
        () -> Jacobians.valueAndVjp(dense, theta, x, floats(1, 31)));
    refused("Dense[in=64, out=32]: gradient of 32 outputs, expected 1", () -> Jacobians.gradient(dense, theta, x));
    refused("Dense[in=64, out=32]: x is none, expected a tensor",
        () -> Jacobians.jacobian(dense, theta, Tensor.none(), Mode.FORWARD));
    assertThrows(NullPointerException.class, () -> Jacobians.jacobian(dense, theta, x, (Mode) null));
    assertThrows(NullPointerException.class, () -> Jacobians.jacobian(null, theta, x, Mode.FORWARD));
    assertThrows(NullPointerException.class, () -> Jacobians.jacobian(dense, null, x, Mode.FORWARD));
    assertAllMarked(y);
    assertAllMarked(jacobian);
  }

  @Test
  void secondDerivatives() {
    Tensor x = floats(1, 64);
    Tensor u = floats(1, 32);
    Tensor y = marked(1, 32);
    Tensor hessian = marked(64, 64);
    refused("Dense[in=64, out=32]: chunk is 0, expected at least 1 direction",
        () -> Hessians.hessian(dense, theta, x, u, 0));
    refused("Dense[in=64, out=32]: u is FLOAT [1, 31], expected FLOAT [1, 32]",
        () -> Hessians.hessian(dense, theta, x, floats(1, 31)));
    refused("Dense[in=64, out=32]: u is FLOAT [1, 31], expected FLOAT [1, 32]",
        () -> Hessians.hvp(dense, theta, x, floats(1, 31), x));
    refused("Dense[in=64, out=32]: xDot is FLOAT [1, 63], expected FLOAT [1, 64]",
        () -> Hessians.hvp(dense, theta, x, u, floats(1, 63)));
    refused("Dense[in=64, out=32]: hessian is FLOAT [64, 63], expected FLOAT [64, 64]",
        () -> Hessians.valueGradientAndHessian(dense, theta, x, u, 8, ws, y, Tensor.none(), floats(64, 63)));
    refused("Dense[in=64, out=32]: y is FLOAT [1, 31], expected FLOAT [1, 32]",
        () -> Hessians.valueGradientAndHessian(dense, theta, x, u, 8, ws, floats(1, 31), Tensor.none(), hessian));
    refused("Dense[in=64, out=32]: thetaDot has bias [33], expected [32]",
        () -> Hessians.parameterHvp(dense, theta, x, u,
        Parameters.zeros(ParameterSpec.of(
            new ParameterSpec.Entry("weight", Shape.of(32, 64), Initializer.zeros()),
            new ParameterSpec.Entry("bias", Shape.of(33), Initializer.zeros())), Precision.FLOAT)));
    refused("Dense[in=64, out=32]: thetaDot has precision DOUBLE, expected FLOAT",
        () -> Hessians.parameterHvp(dense, theta, x, u, theta.to(Precision.DOUBLE)));
    refused("Dense[in=64, out=32]: thetaDot has 2 directions, expected 1",
        () -> Hessians.parameterGaussNewton(dense, theta, x, Parameters.zeros(dense.parameters(), Precision.FLOAT, 2)));
    refused("Dense[in=64, out=32]: lossHessian's result is FLOAT [1, 31], expected FLOAT [1, 32]",
        () -> Hessians.parameterGaussNewton(dense, theta, x, _ -> floats(1, 31), theta));
    refused("Dense[in=64, out=32]: theta has precision FLOAT, x has DOUBLE, expected the same",
        () -> Hessians.gaussNewton(dense, theta, Tensor.zeros(Precision.DOUBLE, 1, 64), x));
    refused("Shape [65536, 65536]: more elements than an array holds, expected at most 2147483639",
        () -> Hessians.hessian(new Softmax(), Parameters.none(), floats(1, 65536), floats(1, 65536)));
    assertAllMarked(y);
    assertAllMarked(hessian);
  }

  @Test
  void sequentialRefusesParametersOfOtherWidthsBeforeItAddsToAny() {
    Sequential two = Sequential.of(new Dense(4, 3, Activation.TANH), new Dense(3, 2));
    Parameters others = Parameters.zeros(Sequential.of(new Dense(5, 3), new Dense(3, 2)).parameters(), Precision.FLOAT);
    others.flat().fill(7);
    Linearization at = two.linearize(floats(1, 4), Parameters.zeros(two.parameters(), Precision.FLOAT), ws);
    String refusal = two + ": thetaBar has 0.weight [3, 5], expected [3, 4]";
    refused(refusal, () -> at.vjp(floats(1, 1, 2), Tensor.none(), others));
    refused(refusal.replace("thetaBar", "thetaBarDot"),
        () -> at.vjpDot(floats(1, 1, 4), Parameters.none(), floats(1, 1, 2), floats(1, 1, 2), Tensor.none(), others));
    assertAllMarked(others.flat());
  }

  @Test
  void aBatchOfNoSamplesHasDerivativesOfNone() {
    for (Layer layer : List.of(new Softmax(), new LogSoftmax(), new Elementwise(Activation.GELU), new Dropout(0.5),
        new Dense(4, 4))) {
      Linearization at = layer.linearize(floats(0, 4), Parameters.zeros(layer.parameters(), Precision.FLOAT), ws);
      Tensor panel = floats(3, 0, 4);
      at.jvp(panel, Parameters.none(), floats(3, 0, 4));
      at.vjp(panel, floats(3, 0, 4), Parameters.none());
      at.vjpDot(panel, Parameters.none(), floats(1, 0, 4), panel, floats(3, 0, 4), Parameters.none());
    }
    refused("RowOps.softmaxDerivative: p is FLOAT [0, 4], expected FLOAT rows that serve each direction of [2, 4]",
        () -> RowOps.softmaxDerivative(floats(0, 4), floats(2, 4), floats(2, 4)));
  }

  @Test
  void operations() {
    Tensor c = marked(2, 4);
    refused("Ops.times: b is FLOAT [2, 4], expected FLOAT of 3 rows of 4",
        () -> Ops.times(floats(2, 3), floats(2, 4), c, false, ws));
    refused("Ops.timesTransposed: c is FLOAT [2, 4], expected FLOAT of 2 rows of 5",
        () -> Ops.timesTransposed(floats(2, 3), floats(5, 3), c, false, ws));
    refused("Ops.transposedTimes: b is FLOAT [3, 4], expected FLOAT of 2 rows of 4",
        () -> Ops.transposedTimes(floats(2, 2), floats(3, 4), c, false, ws));
    refused("Ops.dense: bias is FLOAT [3], expected FLOAT of 1 rows of 4",
        () -> Ops.dense(floats(2, 3), floats(4, 3), floats(3), Activation.RELU, c, Tensor.none(), ws));
    refused("Ops.densePush: residual has 3 rows, expected a divisor of the 2 rows that it applies to",
        () -> Ops.densePush(floats(2, 3), floats(4, 3), Activation.RELU, floats(3, 4), c, ws));
    refused("PointwiseOps.activate: y is FLOAT [2, 4], expected FLOAT [2, 3]",
        () -> PointwiseOps.activate(Activation.RELU, floats(2, 3), c, Tensor.none()));
    refused("RowOps.softmax: y is FLOAT [2, 4], expected DOUBLE [2, 4]",
        () -> RowOps.softmax(Tensor.zeros(Precision.DOUBLE, 2, 4), c));
    refused("PointwiseOps.add: u is FLOAT [3, 4], expected FLOAT rows that serve each direction of [2, 4]",
        () -> PointwiseOps.add(floats(3, 4), c));
    refused("PointwiseOps.multiply: u is FLOAT [1, 8], expected FLOAT rows that serve each direction of [2, 4]",
        () -> PointwiseOps.multiply(floats(1, 8), c));
    refused("PointwiseOps.multiply: u is DOUBLE [2, 4], expected FLOAT rows that serve each direction of [2, 4]",
        () -> PointwiseOps.multiply(Tensor.zeros(Precision.DOUBLE, 2, 4), c));
    refused("PointwiseOps.add: u is FLOAT [0, 4], expected FLOAT rows that serve each direction of [2, 4]",
        () -> PointwiseOps.add(floats(0, 4), c));
    refused("RowOps.minusSum: v is FLOAT [2, 4], expected FLOAT [2, 3]", () -> RowOps.minusSum(floats(2, 3), c));
    refused("Workspace: 0 threads, expected at least 1", () -> new Workspace(Runnable::run, 0));
    refused("Workspace: release of mark 99, expected one of 0 to 0", () -> new Workspace().release(99));
    assertAllMarked(c);
  }

  private static void refused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  private static Tensor floats(int... dims) {
    return Tensor.zeros(Precision.FLOAT, dims);
  }

  private static Tensor marked(int... dims) {
    Tensor tensor = floats(dims);
    tensor.fill(7);
    return tensor;
  }

  private static void assertAllMarked(Tensor tensor) {
    double[] sevens = new double[tensor.size()];
    Arrays.fill(sevens, 7);
    assertArrayEquals(sevens, tensor.toDoubles(), "written in part");
  }
}
