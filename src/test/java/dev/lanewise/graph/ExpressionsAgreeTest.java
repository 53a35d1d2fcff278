package dev.lanewise.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.Activation;
import dev.lanewise.Initializer;
import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.autodiff.Mode;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.LogSoftmax;
import dev.lanewise.nn.Softmax;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Built-in layers written as expressions compute what those do, within a few units in the last place: in value and
/// Jacobian, in both precisions.
class ExpressionsAgreeTest {

  /// Units in the last place that the results may differ by.
  private static final int ULPS = 4;
  private static final int[] WIDTHS = {1, 2, 5, 8, 17, 33, 64};

  @ParameterizedTest
  @EnumSource
  void softmaxAlongAnotherAxisIsThatOfWhatIsTurned(Precision precision) {
    Tensor x = Tensor.zeros(precision, 2, 3, 4, 5);
    SplittableRandom random = new SplittableRandom(3);
    for (int place = 0; place < x.size(); place++) {
      x.set(place, random.nextDouble(-3, 3));
    }
    Shape sample = Shape.of(3, 4, 5);
    for (int axis = 0; axis < 3; axis++) {
      int along = axis;
      int[] turn = axis == 0 ? new int[] {1, 2, 0} : axis == 1 ? new int[] {0, 2, 1} : new int[] {0, 1, 2};
      int[] back = axis == 0 ? new int[] {2, 0, 1} : turn;
      same(Graph.layer(sample, z -> z.softmax(along)),
          Graph.layer(sample, z -> z.permute(turn).softmax().permute(back)), x);
      same(Graph.layer(sample, z -> z.logSoftmax(along - 3)),
          Graph.layer(sample, z -> z.permute(turn).logSoftmax().permute(back)), x);
    }
  }

  private static void same(Layer one, Layer other, Tensor x) {
    Tensor expected = other.forward(x, Parameters.none(), new Workspace());
    assertArrayEquals(expected.toDoubles(), one.forward(x, Parameters.none(), new Workspace()).toDoubles());
  }

  @ParameterizedTest
  @EnumSource
  void softmaxOfExponentialsASumAndAQuotient(Precision precision) {
    for (int n : WIDTHS) {
      Layer expression = Graph.layer(Shape.of(n), x -> {
        Node e = x.minus(x.max(Axes.kept())).exp();
        return e.dividedBy(e.sum(Axes.kept()));
      });
      Tensor x = drawn(precision, n, 6);
      assertClose(new Softmax(), expression, x, 1);
      assertClose(new Softmax(), Graph.layer(Shape.of(n), Node::softmax), x, 1);
    }
  }

  /// A logit less a number rounds by the larger one's unit.
  @ParameterizedTest
  @EnumSource
  void logSoftmaxOfALogSumExp(Precision precision) {
    for (int n : WIDTHS) {
      Layer expression = Graph.layer(Shape.of(n), x -> x.minus(x.logSumExp(Axes.kept())));
      Tensor x = drawn(precision, n, 6);
      double largest = 1;
      for (int place = 0; place < n; place++) {
        largest = Math.max(largest, Math.abs(x.get(place)));
      }
      assertClose(new LogSoftmax(), expression, x, 2 * largest);
      assertClose(new LogSoftmax(), Graph.layer(Shape.of(n), Node::logSoftmax), x, 1);
    }
  }

  /// Sums of n products round by units of Σ|w·x|; one product's pass has the built-in layer's bits.
  @ParameterizedTest
  @EnumSource
  void denseOfALinearMapOrAProductABiasAndAnActivation(Precision precision) {
    for (int n : WIDTHS) {
      for (Activation phi : Activation.values()) {
        Dense dense = new Dense(n, 7, phi);
        Tensor x = drawn(precision, n, 2);
        assertClose(dense, Graph.layer(Shape.of(n), z -> z.linear("dense", 7).activate(phi)), x, 0);
        Layer product = Graph.layer(Shape.of(n), z -> {
          Node weight = z.parameter("weight", Shape.of(7, n), Initializer.zeros());
          Node sums = z.unsqueeze(0).matmulTransposed(weight).flatten();
          return sums.plus(z.parameter("bias", Shape.of(7), Initializer.zeros())).activate(phi);
        });
        assertClose(dense, product, x, 2.0 * n);
      }
    }
  }

  /// @param scale what the last place is that of, if results are smaller; 0 for the same bits of the value
  private static void assertClose(Layer layer, Layer expression, Tensor x, double scale) {
    Parameters theta = Parameters.initialize(layer.parameters(), x.precision(), 3);
    Parameters same = Parameters.of(expression.parameters(), theta.flat());
    Tensor y = layer.forward(x, theta, new Workspace());
    requireClose(y, expression.forward(x, same, new Workspace()), scale, expression + " of " + layer);
    requireClose(y, expression.linearize(x, same, new Workspace()).output(), scale, expression + " of " + layer);
    for (Mode mode : Mode.values()) {
      requireClose(Jacobians.jacobian(layer, theta, x, Mode.REVERSE), Jacobians.jacobian(expression, same, x, mode),
          Math.max(1, scale), expression + " of " + layer + ", " + mode);
    }
  }

  private static void requireClose(Tensor expected, Tensor actual, double scale, String what) {
    for (int place = 0; place < expected.size(); place++) {
      double value = expected.get(place);
      double size = Math.max(scale, Math.abs(value));
      double unit = expected.precision() == Precision.FLOAT ? Math.ulp((float) size) : Math.ulp(size);
      double allowed = scale == 0 ? 0 : ULPS * unit;
      assertEquals(value, actual.get(place), allowed, what + ", element " + place + " of " + expected.shape());
    }
  }

  private static Tensor drawn(Precision precision, int n, double bound) {
    SplittableRandom random = new SplittableRandom(n);
    Tensor x = Tensor.zeros(precision, 1, n);
    for (int place = 0; place < n; place++) {
      x.set(place, random.nextDouble(-bound, bound));
    }
    return x;
  }
}
