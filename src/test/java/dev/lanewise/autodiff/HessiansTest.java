package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Ops;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.RowOps;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Elementwise;
import dev.lanewise.nn.LogSoftmax;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Softmax;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import thirdparty.ScaledResidual;

/// Second derivatives against differences of first ones, and against the matrices that they are products with.
class HessiansTest {

  private static final int BATCH = 3;

  /// A network at a point, with weights of its outputs and directions.
  private record Point(Layer f, Parameters theta, Tensor x, Tensor u, Tensor xDot, Parameters thetaDot) {

    static Point of(Layer f, int in, int batch) {
      Random random = new Random(7);
      Tensor x = gaussian(random, batch, in);
      return new Point(f, parameters(f, random), x, gaussian(random, f.outputShape(x.shape()).toArray()),
          gaussian(random, batch, in), parameters(f, random));
    }

    private static Parameters parameters(Layer f, Random random) {
      return Parameters.of(f.parameters(), gaussian(random, 1, f.parameters().size()));
    }

    Point to(Precision precision) {
      return new Point(f, theta.to(precision), x.to(precision), u.to(precision), xDot.to(precision),
          thetaDot.to(precision));
    }

    ValueAndCotangents gradientAhead(double alongX, double alongTheta) {
      return Jacobians.valueAndVjp(f, Parameters.of(theta.spec(), sum(theta.flat(), alongTheta, thetaDot.flat())),
          sum(x, alongX, xDot), u);
    }
  }

  private static Stream<Sequential> networks() {
    return Stream.concat(
        Stream.of(Activation.values())
        .map(phi -> Sequential.of(new Dense(5, 7, phi), new Elementwise(phi), new Dense(7, 4, false, phi))),
        Stream.of(
            Sequential.of(new Dense(5, 4, Activation.GELU), new Softmax()),
            Sequential.of(new Dense(5, 4, Activation.SILU), new LogSoftmax()),
            Sequential.of(new Softmax(), new Dense(5, 3, Activation.ELU), new LogSoftmax()),
            Sequential.of(Sequential.of(new Dense(5, 6, Activation.SIGMOID),
            Sequential.of(new Dense(6, 6, Activation.SOFTPLUS))),
                new Dense(6, 3), new Softmax()),
            Sequential.of(new Dense(5, 2))));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void productsAreTheGradientsDerivative(Sequential f) {
    Point p = Point.of(f, 5, BATCH);
    assertClose(derivative(h -> p.gradientAhead(h, 0).xBar()), Hessians.hvp(f, p.theta, p.x, p.u, p.xDot), 1e-8);
    assertClose(derivative(h -> p.gradientAhead(0, h).thetaBar().flat()),
        Hessians.parameterHvp(f, p.theta, p.x, p.u, p.thetaDot).flat(), 1e-8);

    Tensor y = Tensor.zeros(Precision.DOUBLE, p.u.shape());
    Tensor xBar = Tensor.zeros(Precision.DOUBLE, p.x.shape());
    Tensor xBarDot = Tensor.zeros(Precision.DOUBLE, p.x.shape());
    Parameters thetaBar = Parameters.zeros(p.theta.spec(), Precision.DOUBLE);
    Parameters thetaBarDot = Parameters.zeros(p.theta.spec(), Precision.DOUBLE);
    Hessians.valueGradientAndHvp(f, p.theta, p.x, p.u, p.xDot, p.thetaDot, new Workspace(), y, xBar, thetaBar, xBarDot,
        thetaBarDot);
    assertClose(derivative(h -> p.gradientAhead(h, h).xBar()), xBarDot, 1e-8);
    assertClose(derivative(h -> p.gradientAhead(h, h).thetaBar().flat()), thetaBarDot.flat(), 1e-8);
    ValueAndCotangents here = p.gradientAhead(0, 0);
    assertClose(here.value(), y, 0);
    assertClose(here.xBar(), xBar, 0);
    assertClose(here.thetaBar().flat(), thetaBar.flat(), 0);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void floatAgreesWithDouble(Sequential f) {
    Point p = Point.of(f, 5, BATCH);
    Point q = p.to(Precision.FLOAT);
    assertClose(Hessians.hessian(f, p.theta, p.x, p.u, 4), Hessians.hessian(f, q.theta, q.x, q.u, 4), 1e-4);
    assertClose(Hessians.parameterHvp(f, p.theta, p.x, p.u, p.thetaDot).flat(),
        Hessians.parameterHvp(f, q.theta, q.x, q.u, q.thetaDot).flat(), 1e-4);
  }

  /// Symmetric, the same in all chunks, and a block for each sample.
  @ParameterizedTest
  @MethodSource("networks")
  void theHessianIsSymmetricAndItsColumnsAreProducts(Sequential f) {
    Point p = Point.of(f, 5, BATCH);
    Tensor hessian = Hessians.hessian(f, p.theta, p.x, p.u);
    int d = p.x.size();
    Tensor column = Tensor.zeros(Precision.DOUBLE, p.x.shape());
    for (int chunk : new int[] {1, 2, 7, d}) {
      assertClose(hessian, Hessians.hessian(f, p.theta, p.x, p.u, chunk), 1e-13);
    }
    for (int j = 0; j < d; j++) {
      column.fill(0);
      column.set(j, 1);
      Tensor product = Hessians.hvp(f, p.theta, p.x, p.u, column);
      for (int i = 0; i < d; i++) {
        assertEquals(hessian.get(i, j), product.get(i), 1e-12, "element " + i + ", " + j);
        assertEquals(hessian.get(i, j), hessian.get(j, i), 1e-12, "element " + i + ", " + j + " and its mirror");
        assertTrue(i / 5 == j / 5 || hessian.get(i, j) == 0,
            "samples " + i / 5 + " and " + j / 5 + ": " + hessian.get(i, j));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"IDENTITY", "RELU", "LEAKY_RELU"})
  void piecewiseLinearNetworksHaveNoCurvature(Activation phi) {
    Point p = Point.of(Sequential.of(new Dense(5, 9, phi), new Elementwise(phi), new Dense(9, 4, phi)), 5, BATCH);
    Tensor hessian = Hessians.hessian(p.f, p.theta, p.x, p.u);
    assertClose(Tensor.zeros(Precision.DOUBLE, hessian.shape()), hessian, 0);
  }

  @Test
  void gaussNewtonIsTheProductOfTheJacobians() {
    Point p = Point.of(Sequential.of(new Dense(5, 7, Activation.TANH), new Dense(7, 4)), 5, BATCH);
    Tensor jacobian = Jacobians.jacobian(p.f, p.theta, p.x, Mode.REVERSE);
    assertClose(normalProduct(jacobian, p.xDot), Hessians.gaussNewton(p.f, p.theta, p.x, p.xDot), 1e-13);

    Tensor ofTheta = parameterJacobian(p);
    assertClose(normalProduct(ofTheta, p.thetaDot.flat()),
        Hessians.parameterGaussNewton(p.f, p.theta, p.x, p.thetaDot).flat(), 1e-13);
  }

  /// Cross-entropy's Hessian by logits is softmax's Jacobian.
  @Test
  void gaussNewtonTakesALosssHessian() {
    Point p = Point.of(Sequential.of(new Dense(5, 7, Activation.TANH), new Dense(7, 4)), 5, BATCH);
    Tensor probabilities = Tensor.zeros(Precision.DOUBLE, p.u.shape());
    RowOps.softmax(p.f.forward(p.x, p.theta, new Workspace()), probabilities);
    Tensor product = Hessians.parameterGaussNewton(p.f, p.theta, p.x, yDot -> {
      RowOps.softmaxDerivative(probabilities, yDot, yDot);
      return yDot;
    }, p.thetaDot).flat();

    Tensor jacobian = parameterJacobian(p);
    Tensor yDot = Tensor.zeros(Precision.DOUBLE, p.u.shape());
    Tensor pushed = yDot.reshape(1, yDot.size());
    Ops.timesTransposed(p.thetaDot.flat(), jacobian, pushed, false, new Workspace());
    RowOps.softmaxDerivative(probabilities, yDot, yDot);
    Tensor expected = Tensor.zeros(Precision.DOUBLE, product.shape());
    Ops.times(pushed, jacobian, expected, false, new Workspace());
    assertClose(expected, product, 1e-13);
  }

  /// One row for each output element, by a pull.
  private static Tensor parameterJacobian(Point p) {
    Tensor jacobian = Tensor.zeros(Precision.DOUBLE, p.u.size(), p.theta.spec().size());
    Tensor yBar = Tensor.zeros(Precision.DOUBLE, p.u.shape());
    for (int row = 0; row < p.u.size(); row++) {
      yBar.fill(0);
      yBar.set(row, 1);
      jacobian.copyFrom(Jacobians.valueAndVjp(p.f, p.theta, p.x, yBar).thetaBar().flat(), row * p.theta.spec().size());
    }
    return jacobian;
  }

  /// JᵀJ·v.
  private static Tensor normalProduct(Tensor jacobian, Tensor v) {
    Tensor pushed = Tensor.zeros(Precision.DOUBLE, 1, jacobian.shape().dim(0));
    Ops.timesTransposed(v.reshape(1, v.size()), jacobian, pushed, false, new Workspace());
    Tensor product = Tensor.zeros(Precision.DOUBLE, 1, v.size());
    Ops.times(pushed, jacobian, product, false, new Workspace());
    return product.reshape(v.shape().toArray());
  }

  /// The costs in the table of [Hessians], for wide layers of one width.
  @Test
  void multiplyAddsAreAtMostThoseOfTheTable() {
    Point p = Point.of(Sequential.of(new Dense(16, 16, Activation.TANH), new Dense(16, 16, Activation.GELU)), 16, 1);
    long e = 2 * 16 * 16;
    Tensor y = Tensor.zeros(Precision.DOUBLE, 1, 16);
    Tensor product = Tensor.zeros(Precision.DOUBLE, 1, 16);
    Parameters sum = Parameters.zeros(p.theta.spec(), Precision.DOUBLE);
    assertAtMost(6 * e, ws -> Hessians.valueGradientAndHvp(
        p.f, p.theta, p.x, p.u, p.xDot, Parameters.none(), ws, y, Tensor.none(), Parameters.none(), product,
        Parameters.none()));
    assertAtMost(11 * e, ws -> Hessians.valueGradientAndHvp(
        p.f, p.theta, p.x, p.u, Tensor.none(), p.thetaDot, ws, y, Tensor.none(), Parameters.none(), Tensor.none(),
        sum));
    assertAtMost(13 * e, ws -> Hessians.valueGradientAndHvp(
        p.f, p.theta, p.x, p.u, p.xDot, p.thetaDot, ws, y, product, sum,
        Tensor.zeros(Precision.DOUBLE, 1, 16), Parameters.zeros(p.theta.spec(), Precision.DOUBLE)));
    assertAtMost(e + 3 * 16 * e + 2 * 4 * e, ws -> Hessians.valueGradientAndHessian(
        p.f, p.theta, p.x, p.u, 4, ws, y, Tensor.none(), Tensor.zeros(Precision.DOUBLE, 16, 16)));
    assertAtMost(3 * e, ws -> Hessians.gaussNewton(
        p.f, p.theta, p.x, yDot -> yDot, p.xDot, Parameters.none(), ws, product, Parameters.none()));
    assertAtMost(5 * e, ws -> Hessians.gaussNewton(
        p.f, p.theta, p.x, yDot -> yDot, Tensor.none(), p.thetaDot, ws, Tensor.none(), sum));
  }

  private static void assertAtMost(long multiplyAdds, Consumer<Workspace> operator) {
    Workspace ws = new Workspace();
    operator.accept(ws);
    assertTrue(ws.multiplyAdds() <= multiplyAdds,
        ws.multiplyAdds() + " multiply-adds, expected at most " + multiplyAdds);
  }

  @Test
  void aLayerWithoutSecondDerivativeSaysSoAndWritesNothing() {
    Point p = Point.of(new ScaledResidual(5, 0.5), 5, BATCH);
    Tensor y = Tensor.zeros(Precision.DOUBLE, p.u.shape());
    Tensor xBar = Tensor.zeros(Precision.DOUBLE, p.x.shape());
    Tensor hessian = Tensor.zeros(Precision.DOUBLE, 15, 15);
    String message = assertThrows(UnsupportedOperationException.class,
        () -> Hessians.valueGradientAndHessian(p.f, p.theta, p.x, p.u, 4, new Workspace(), y, xBar, hessian))
        .getMessage();
    assertTrue(message.contains("expected it to override vjpDot"), message);
    assertClose(Tensor.zeros(Precision.DOUBLE, y.shape()), y, 0);
    assertClose(Tensor.zeros(Precision.DOUBLE, xBar.shape()), xBar, 0);
    Hessians.gaussNewton(p.f, p.theta, p.x, p.xDot);
  }

  /// f′(0) by central differences over two steps, with Richardson extrapolation.
  private static Tensor derivative(DoubleFunction<Tensor> f) {
    double h = 0x1p-11;
    Tensor wide = sum(f.apply(h), -1, f.apply(-h));
    Tensor narrow = sum(f.apply(h / 2), -1, f.apply(-h / 2));
    for (int i = 0; i < narrow.size(); i++) {
      narrow.set(i, (8 * narrow.get(i) - wide.get(i)) / (6 * h));
    }
    return narrow;
  }

  private static Tensor sum(Tensor a, double factor, Tensor b) {
    Tensor sum = a.copy();
    for (int i = 0; i < sum.size(); i++) {
      sum.set(i, a.get(i) + factor * b.get(i));
    }
    return sum;
  }

  private static Tensor gaussian(Random random, int... dims) {
    Tensor tensor = Tensor.zeros(Precision.DOUBLE, dims);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.set(i, (float) random.nextGaussian());
    }
    return tensor;
  }

  private static void assertClose(Tensor expected, Tensor actual, double tolerance) {
    assertEquals(expected.shape(), actual.shape());
    double scale = 1;
    for (int i = 0; i < expected.size(); i++) {
      scale = Math.max(scale, Math.abs(expected.get(i)));
    }
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i), actual.get(i), tolerance * scale, "element " + i);
    }
  }
}
