package dev.lanewise.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.Activation;
import dev.lanewise.PointwiseOps;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each product of a convolution has the bits of its definition, in the promised order of sums: for windows, strides,
/// paddings, dilations and groups of all kinds, for one image and many, alone and on several threads.
class ConvolutionOpsTest {

  private static final int DRAWS = 80;

  private static ConvolutionReference draw(Random random) {
    while (true) {
      int groups = random.nextInt(4) == 0 ? 1 + random.nextInt(4) : 1;
      Window window = new Window(1 + random.nextInt(4), 1 + random.nextInt(5), 1 + random.nextInt(3),
          1 + random.nextInt(3),
          random.nextInt(4), random.nextInt(4), 1 + random.nextInt(2), 1 + random.nextInt(3));
      if (random.nextBoolean()) {
        window = Window.of(1 + random.nextInt(3)).withPadding(random.nextInt(2)).withStride(1 + random.nextInt(2));
      }
      int height = 1 + random.nextInt(12);
      int width = 1 + random.nextInt(40);
      if (window.dilationHeight() * (window.height() - 1) < height + 2 * window.paddingHeight()
          && window.dilationWidth() * (window.width() - 1) < width + 2 * window.paddingWidth()) {
        return new ConvolutionReference(window, groups, height, width, groups * (1 + random.nextInt(5)),
            groups * (1 + random.nextInt(7)), 1 + random.nextInt(5));
      }
    }
  }

  private static Tensor random(Precision precision, Random random, int... dims) {
    Tensor tensor = Tensor.zeros(precision, dims);
    for (int at = 0; at < tensor.size(); at++) {
      tensor.set(at, random.nextGaussian());
    }
    return tensor;
  }

  private static void assertSame(Tensor expected, Tensor actual, String what) {
    assertArrayEquals(expected.toDoubles(), actual.toDoubles(), what);
  }

  @ParameterizedTest
  @EnumSource
  void productsHaveTheBitsOfTheirDefinition(Precision precision) {
    Random random = new Random(7);
    Workspace ws = new Workspace();
    for (int draw = 0; draw < DRAWS; draw++) {
      check(draw(random), precision, random, ws);
    }
  }

  @ParameterizedTest
  @EnumSource
  void sizesBeyondABlockHaveThemToo(Precision precision) {
    Random random = new Random(8);
    Workspace ws = new Workspace();
    check(new ConvolutionReference(Window.of(3).withPadding(1), 1, 28, 28, 48, 5, 1), precision, random, ws);
    check(new ConvolutionReference(Window.of(1), 1, 17, 31, 450, 5, 1), precision, random, ws);
    check(new ConvolutionReference(Window.of(3).withStride(2), 2, 33, 35, 6, 10, 2), precision, random, ws);
    check(new ConvolutionReference(Window.line(5).withDilation(2), 1, 1, 3000, 3, 5, 1), precision, random, ws);
    check(new ConvolutionReference(Window.of(3).withPadding(1), 20, 9, 9, 20, 20, 2), precision, random, ws);
    check(new ConvolutionReference(Window.of(3).withPadding(1), 1, 4, 4, 45, 12, 20), precision, random, ws);
  }

  @Test
  void bitsDoNotDependOnTheNumberOfThreads() {
    try (ExecutorService executor = Executors.newFixedThreadPool(3)) {
      for (int threads : new int[] {2, 4}) {
        Workspace ws = new Workspace(executor, threads);
        Random random = new Random(9);
        check(new ConvolutionReference(Window.of(3).withPadding(1), 1, 28, 28, 32, 9, 1), Precision.FLOAT, random, ws);
        check(new ConvolutionReference(Window.of(3).withPadding(1), 1, 8, 8, 24, 12, 14), Precision.FLOAT, random, ws);
        check(new ConvolutionReference(Window.of(2).withStride(2), 1, 31, 33, 64, 30, 1), Precision.DOUBLE, random, ws);
        check(new ConvolutionReference(Window.of(1), 2, 30, 31, 64, 32, 2), Precision.FLOAT, random, ws);
      }
    }
  }

  private static void check(ConvolutionReference shape, Precision precision, Random random, Workspace ws) {
    ws.reset();
    Window window = shape.window();
    int height = shape.height();
    int width = shape.width();
    Tensor x = random(precision, random, shape.images(), shape.channels(), height, width);
    Tensor w = random(precision, random, shape.outputs(), shape.channels() / shape.groups(), window.height(),
        window.width());
    Tensor y = random(precision, random, shape.images(), shape.outputs(), shape.rows(), shape.columns());
    String what = shape + " " + precision;
    for (boolean add : new boolean[] {false, true}) {
      Tensor expected = y.copy();
      Tensor actual = y.copy();
      shape.value(x, w, expected, add);
      ConvolutionOps.convolve(window, shape.groups(), height, width, x, w, Tensor.none(), Activation.IDENTITY, actual,
          Tensor.none(), add, ws);
      assertSame(expected, actual, "value of " + what);
      Tensor expectedBar = x.copy();
      Tensor actualBar = x.copy();
      shape.pull(y, w, expectedBar, add);
      ConvolutionOps.pull(
          window, shape.groups(), height, width, y, w, Activation.IDENTITY, Tensor.none(), actualBar, add, ws);
      assertSame(expectedBar, actualBar, "pull of " + what);
    }
    Tensor expected = w.copy();
    Tensor actual = w.copy();
    shape.pullWeights(y, x, expected);
    ConvolutionOps.pullWeights(window, shape.groups(), height, width, y, x, actual, ws);
    assertSame(expected, actual, "weights of " + what);
    checkFused(shape, x, w, y, ws);
  }

  /// What rides along has the bits of a pass of its own.
  private static void checkFused(ConvolutionReference shape, Tensor x, Tensor w, Tensor y, Workspace ws) {
    Window window = shape.window();
    Tensor bias = Tensor.zeros(x.precision(), shape.outputs());
    Tensor z = y.copy();
    shape.value(x, w, z, false);
    for (int at = 0; at < z.size(); at++) {
      int output = at / shape.rows() / shape.columns() % shape.outputs();
      bias.set(output, 0.25 * output - 1);
      z.set(at, x.precision() == Precision.FLOAT ? (float) z.get(at) + (float) bias.get(output) : z.get(at)
          + bias.get(output));
    }
    Tensor value = y.copy();
    Tensor slope = y.copy();
    Tensor actualValue = y.copy();
    Tensor actualSlope = y.copy();
    PointwiseOps.activate(Activation.GELU, z, value, slope);
    ConvolutionOps.convolve(window, shape.groups(), shape.height(), shape.width(), x, w, bias, Activation.GELU,
        actualValue,
        actualSlope, false, ws);
    assertSame(value, actualValue, "fused value of " + shape);
    assertSame(slope, actualSlope, "fused slope of " + shape);
    Tensor pushed = y.copy();
    shape.value(x, w, pushed, false);
    PointwiseOps.scaleBySlope(Activation.GELU, slope, pushed, pushed);
    Tensor actualPushed = y.copy();
    ConvolutionOps.push(
        window, shape.groups(), shape.height(), shape.width(), x, w, Activation.GELU, slope, actualPushed, ws);
    assertSame(pushed, actualPushed, "push of " + shape);
    Tensor zBar = y.copy();
    PointwiseOps.scaleBySlope(Activation.GELU, slope, y, zBar);
    Tensor pulled = x.copy();
    Tensor actualPulled = x.copy();
    shape.pull(zBar, w, pulled, false);
    ConvolutionOps.pull(
        window, shape.groups(), shape.height(), shape.width(), y, w, Activation.GELU, slope, actualPulled, false, ws);
    assertSame(pulled, actualPulled, "fused pull of " + shape);
  }

  @Test
  void whatDoesNotFitIsRefusedBeforeAnythingIsWritten() {
    Workspace ws = new Workspace();
    Tensor x = Tensor.zeros(Precision.FLOAT, 2, 3, 5, 5);
    Tensor w = Tensor.zeros(Precision.FLOAT, 4, 3, 3, 3);
    Tensor y = Tensor.zeros(Precision.FLOAT, 2, 4, 3, 3);
    Window window = Window.of(3);
    assertRefused("ConvolutionOps.convolve: y is FLOAT [2, 4, 3, 2], expected FLOAT 2 images of 36 numbers as x is "
        + "FLOAT [2, 3, 5, 5]",
        () -> convolve(window, 1, x, w, Tensor.zeros(Precision.FLOAT, 2, 4, 3, 2), ws));
    assertRefused("ConvolutionOps.convolve: y is DOUBLE [2, 4, 3, 3], expected FLOAT 2 images of 36 numbers as x is "
        + "FLOAT [2, 3, 5, 5]",
        () -> convolve(window, 1, x, w, Tensor.zeros(Precision.DOUBLE, 2, 4, 3, 3), ws));
    assertRefused("ConvolutionOps.convolve: x is FLOAT [2, 3, 5, 4], expected FLOAT images of 75 numbers as w is "
        + "FLOAT [4, 3, 3, 3]",
        () -> convolve(window, 1, Tensor.zeros(Precision.FLOAT, 2, 3, 5, 4), w, y, ws));
    assertRefused("ConvolutionOps.convolve: w is FLOAT [4, 3, 3, 3], expected [out, channels of a group, 3, 3] with "
        + "out a multiple of 3 groups",
        () -> convolve(window, 3, x, w, y, ws));
    assertRefused("ConvolutionOps.convolve: input has 5 padded rows, expected at least 7, as its window spans",
        () -> convolve(Window.of(7, 1), 1, x, Tensor.zeros(Precision.FLOAT, 4, 3, 7, 1), y, ws));
    assertRefused("ConvolutionOps.push: residual is FLOAT [3, 4, 3, 3], expected images that serve each direction of "
        + "FLOAT [2, 4, 3, 3]",
        () -> ConvolutionOps.push(window, 1, 5, 5, x, w, Activation.TANH, Tensor.zeros(Precision.FLOAT, 3, 4, 3, 3), y,
        ws));
    assertRefused("ConvolutionOps.sumPositions: zBar is FLOAT [2, 4, 3, 3], expected images of 5 channels of 9 as sum "
        + "is FLOAT [5]",
        () -> ConvolutionOps.sumPositions(9, y, Tensor.zeros(Precision.FLOAT, 5)));
  }

  private static void convolve(Window window, int groups, Tensor x, Tensor w, Tensor y, Workspace ws) {
    ConvolutionOps.convolve(
        window, groups, 5, 5, x, w, Tensor.none(), Activation.IDENTITY, y, Tensor.none(), false, ws);
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
