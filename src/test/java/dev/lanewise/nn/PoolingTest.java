package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.ops.PoolOps;
import dev.lanewise.ops.Window;
import dev.lanewise.testkit.LayerContract;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Pooling and reshaping keep the contract, alone and in chains, and refuse what PyTorch refuses.
class PoolingTest {

  /// Multiples of 1/16 and a little, so that no two numbers of a window are nearly but not quite equal.
  private static double apart(RandomGenerator random) {
    return random.nextInt(-1 << 20, 1 << 20) / 16.0 * 0x1p-12;
  }

  @TestFactory
  Stream<DynamicTest> laws() {
    return Stream.of(
        LayerContract.of(MaxPool2d.of(2), Shape.of(2, 5, 6)),
        LayerContract.of(MaxPool2d.of(2), Shape.of(4, 3)),
        LayerContract.of(new MaxPool2d(Window.of(3).withStride(2).withPadding(1)), Shape.of(2, 7, 5)),
        LayerContract.of(new MaxPool2d(Window.of(2, 3).withDilation(2, 1)), Shape.of(1, 5, 4)),
        LayerContract.of(MaxPool1d.of(2), Shape.of(3, 7)),
        LayerContract.of(new MaxPool1d(Window.line(3).withPadding(1)), Shape.of(9)),
        LayerContract.of(AvgPool2d.of(2), Shape.of(2, 5, 6)),
        LayerContract.of(new AvgPool2d(Window.of(3).withStride(2).withPadding(1), false), Shape.of(2, 7, 5)),
        LayerContract.of(new AvgPool2d(Window.of(3).withPadding(1), true), Shape.of(5, 4)),
        LayerContract.of(AvgPool1d.of(3), Shape.of(3, 7)),
        LayerContract.of(new AvgPool1d(Window.line(2).withPadding(1), false), Shape.of(2, 5)),
        LayerContract.of(new GlobalAvgPool(), Shape.of(3, 4, 5)),
        LayerContract.of(new GlobalAvgPool(), Shape.of(2, 17)),
        LayerContract.of(new Flatten(), Shape.of(3, 4)),
        LayerContract.of(new Flatten(), Shape.of(5)),
        LayerContract.of(new Flatten(), Shape.of()),
        LayerContract.of(new Reshape(2, 3), Shape.of(6)),
        LayerContract.of(new Reshape(), Shape.of(1)),
        LayerContract.of(Sequential.of(new Reshape(2, 4, 4), AvgPool2d.of(2), new Elementwise(Activation.TANH),
        new Flatten(),
            new Dense(8, 3, Activation.SILU)), Shape.of(32)),
        LayerContract.of(Sequential.of(new Dense(5, 8), new Reshape(2, 4), MaxPool1d.of(2), new Flatten(),
        new Dense(4, 3)), Shape.of(5)))
        .map(contract -> contract.withDomain(PoolingTest::apart))
        .flatMap(contract -> contract.laws().stream()
        .map(law -> dynamicTest(law.name() + " of " + contract.layer(), law::check)));
  }

  @Test
  void flatteningCopiesNothing() {
    Workspace ws = new Workspace();
    Tensor x = Tensor.zeros(Precision.FLOAT, 2, 3, 4);
    Parameters none = Parameters.zeros(new Flatten().parameters(), Precision.FLOAT);
    assertSame(x.floats(), new Flatten().forward(x, none, ws).floats());
    assertSame(x.floats(), new Reshape(4, 3).linearize(x, none, ws).output().floats());
  }

  @Test
  void whereNoTapIsANumberTheFirstInTheImageWins() {
    Layer pool = new MaxPool2d(Window.of(3).withStride(2).withPadding(1));
    Parameters none = Parameters.zeros(pool.parameters(), Precision.DOUBLE);
    Tensor x = Tensor.zeros(Precision.DOUBLE, 1, 1, 2, 2);
    x.fill(Double.NEGATIVE_INFINITY);
    Linearization at = pool.linearize(x, none, new Workspace());
    Tensor xBar = Tensor.zeros(Precision.DOUBLE, 1, 1, 1, 2, 2);
    at.vjp(Tensor.of(new double[] {5}, 1, 1, 1, 1, 1), xBar, Parameters.none());
    assertArrayEquals(new double[] {Double.NEGATIVE_INFINITY}, at.output().toDoubles());
    assertArrayEquals(new double[] {5, 0, 0, 0}, xBar.toDoubles());
  }

  private static void refused(String expected, Runnable call) {
    assertEquals(expected, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }

  @Test
  void windowsThatDoNotPoolAreRefused() {
    refused("MaxPool2d: padding is 2×2, expected at most half of the window's 3×3",
        () -> new MaxPool2d(Window.of(3).withPadding(2)));
    refused("AvgPool1d: padding is 0×1, expected at most half of the window's 1×1",
        () -> new AvgPool1d(Window.line(1).withPadding(1), true));
    refused("AvgPool2d: window is 2×2, dilation 2×2, expected one without dilation",
        () -> new AvgPool2d(Window.of(2).withDilation(2), true));
    refused("MaxPool1d: window is 2×2, expected one row that moves along the width alone",
        () -> new MaxPool1d(Window.of(2)));
    refused("Window: size is 0×0, expected both at least 1", () -> MaxPool2d.of(0));
    assertThrows(NullPointerException.class, () -> new MaxPool2d(null));
  }

  @Test
  void inputsThatAWindowDoesNotFitAreRefused() {
    refused("MaxPool2d[3×3]: input has 2 padded rows, expected at least 3, as its window spans",
        () -> new MaxPool2d(Window.of(3)).outputShape(Shape.of(1, 1, 2, 9)));
    refused("AvgPool2d[2×2, stride 2×2]: input has shape [4, 4], expected [batch, channel, height, width]",
        () -> AvgPool2d.of(2).outputShape(Shape.of(4, 4)));
    refused("AvgPool1d[1×2, stride 1×2]: input has shape [4], expected [batch, channel, time]",
        () -> AvgPool1d.of(2).outputShape(Shape.of(4)));
    refused("MaxPool2d[1×2, padding 0×1, dilation 1×2]: input has 1 columns, expected more, as a window dilated by 2 "
        + "at position 0"
            + " has no tap there",
        () -> new MaxPool2d(Window.of(1, 2).withPadding(0, 1).withDilation(1, 2)).outputShape(Shape.of(1, 1, 1, 1)));
    refused("GlobalAvgPool[]: input has shape [2, 3], expected [batch, channel, …] with a place to average",
        () -> new GlobalAvgPool().outputShape(Shape.of(2, 3)));
    refused("GlobalAvgPool[]: input has shape [2, 3, 0], expected [batch, channel, …] with a place to average",
        () -> new GlobalAvgPool().outputShape(Shape.of(2, 3, 0)));
    refused("Flatten[]: input has shape [], expected [batch, …]", () -> new Flatten().outputShape(Shape.of()));
    refused("Reshape[2, 3]: input has shape [2, 5], expected [batch, …] of 6 numbers a sample",
        () -> new Reshape(2, 3).outputShape(Shape.of(2, 5)));
    assertEquals(Shape.of(0, 1, 2, 2), MaxPool2d.of(2).outputShape(Shape.of(0, 1, 4, 4)));
  }

  @Test
  void operationsCheckBeforeTheyWrite() {
    Workspace ws = new Workspace();
    Window window = Window.of(2).withStride(2);
    Tensor x = Tensor.zeros(Precision.FLOAT, 3, 4, 4);
    Tensor y = Tensor.zeros(Precision.FLOAT, 3, 2, 2);
    List<Runnable> calls = List.of(
        () -> PoolOps.max(window, x, Tensor.zeros(Precision.FLOAT, 3, 2, 3), Tensor.none(), ws),
        () -> PoolOps.max(window, x, Tensor.zeros(Precision.DOUBLE, 3, 2, 2), Tensor.none(), ws),
        () -> PoolOps.max(window, x, Tensor.zeros(Precision.FLOAT, 2, 2, 2), Tensor.none(), ws),
        () -> PoolOps.max(window, x, y, Tensor.zeros(Precision.FLOAT, 2, 2, 2), ws),
        () -> PoolOps.max(window.withPadding(2), x, y, Tensor.none(), ws),
        () -> PoolOps.maxPush(window, Tensor.none(), x, y, ws),
        () -> PoolOps.maxPush(window, Tensor.zeros(Precision.FLOAT, 2, 2, 2), x, y, ws),
        () -> PoolOps.maxPull(window, Tensor.zeros(Precision.DOUBLE, 3, 2, 2), y, x, ws),
        () -> PoolOps.average(window.withDilation(2), true, x, Tensor.zeros(Precision.FLOAT, 3, 1, 1), ws),
        () -> PoolOps.averagePull(window, true, x, y, ws),
        () -> PoolOps.mean(x, Tensor.zeros(Precision.FLOAT, 5)),
        () -> PoolOps.meanPull(Tensor.zeros(Precision.DOUBLE, 3), x));
    for (Runnable call : calls) {
      assertThrows(IllegalArgumentException.class, call::run);
    }
    PoolOps.max(window, Tensor.zeros(Precision.FLOAT, 0, 4, 4), Tensor.zeros(Precision.FLOAT, 0, 2, 2), Tensor.none(),
        ws);
  }
}
