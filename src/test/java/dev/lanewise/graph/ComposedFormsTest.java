package dev.lanewise.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.autodiff.Mode;
import dev.lanewise.testkit.LayerContract;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Forms that are put together from others: zeros between elements, axes backwards, borders of any kind. Each keeps the
/// contract, and has the places that it takes as its Jacobian.
class ComposedFormsTest {

  private static final double INF = Double.POSITIVE_INFINITY;
  private static final int NOWHERE = -1;

  /// Element i of what a function makes of x is x's element `from(i)`, or `else`.
  private static void check(Shape shape, UnaryOperator<Node> form, int size, double otherwise, IntUnaryOperator from) {
    Layer layer = Graph.layer(shape, form);
    Tensor x = Tensor.zeros(Precision.DOUBLE, shape.prepend(1));
    for (int i = 0; i < x.size(); i++) {
      x.set(i, i + 1);
    }
    int[] places = IntStream.range(0, size).map(from).toArray();
    assertArrayEquals(Arrays.stream(places).mapToDouble(place -> place == NOWHERE ? otherwise : place + 1).toArray(),
        layer.forward(x, Parameters.none(), new Workspace()).toDoubles());
    double[] jacobian = new double[size * x.size()];
    for (int i = 0; i < size; i++) {
      if (places[i] != NOWHERE) {
        jacobian[i * x.size() + places[i]] = 1;
      }
    }
    for (Mode mode : Mode.values()) {
      assertArrayEquals(jacobian, Jacobians.jacobian(layer, Parameters.none(), x, mode).toDoubles());
    }
    if (Double.isFinite(otherwise)) {
      LayerContract.of(layer, shape).check();
    }
  }

  /// As transposed convolutions with a stride take them.
  @Test
  void zerosBetweenElements() {
    int channels = 2;
    int height = 3;
    int width = 2;
    for (int s = 1; s <= 3; s++) {
      int stride = s;
      int rows = (height - 1) * stride + 1;
      int columns = (width - 1) * stride + 1;
      check(Shape.of(channels, height, width), x -> x
          .reshape(channels, height, 1, width, 1)
          .pad(2, 0, stride - 1)
          .pad(4, 0, stride - 1)
          .reshape(channels, height * stride, width * stride)
          .slice(1, 0, rows, 1)
          .slice(2, 0, columns, 1),
          channels * rows * columns, 0, i -> {
            int row = i / columns % rows;
            int column = i % columns;
            return row % stride == 0 && column % stride == 0
                ? (i / (rows * columns) * height + row / stride) * width + column / stride : NOWHERE;
          });
    }
  }

  @Test
  void backwards() {
    check(Shape.of(2, 5), x -> x.gather(1, 4, 2, 0), 6, 0, i -> i / 3 * 5 + 4 - i % 3 * 2);
    check(Shape.of(3, 2), x -> x.gather(0, 2, 1, 0), 6, 0, i -> (2 - i / 2) * 2 + i % 2);
  }

  /// By the edge, and reflected at it.
  @Test
  void borders() {
    check(Shape.of(3, 2), x -> x.gather(0, 0, 0, 0, 1, 2, 2), 12, 0, i -> Math.clamp(i / 2 - 2, 0, 2) * 2 + i % 2);
    check(Shape.of(4), x -> x.gather(0, 2, 1, 0, 1, 2, 3, 2), 7, 0, i -> 3 - Math.abs(3 - Math.abs(i - 2)));
  }

  /// Numbers beside 0, infinite ones too, are constants in front and behind.
  @Test
  void bordersOfANumber() {
    for (double number : new double[] {-INF, 1.5, INF}) {
      check(Shape.of(2, 3), x -> {
        Tensor border = Tensor.zeros(Precision.DOUBLE, 2, 1);
        border.fill(number);
        return Node.concat(1, x.constant(border), x, x.constant(border));
      }, 10, number, i -> i % 5 == 0 || i % 5 == 4 ? NOWHERE : i / 5 * 3 + i % 5 - 1);
    }
  }
}
