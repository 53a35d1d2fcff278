package dev.lanewise.kernel.window;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.kernel.lanes.VirtualMachine;
import dev.lanewise.kernel.warmup.DoubleOperands;
import dev.lanewise.kernel.warmup.FloatOperands;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The exercises of convolutions, pooling and copies run, and do by vectors what they do in plain Java.
class WindowExerciseTest {

  @BeforeEach
  void vectorsAreThere() {
    assumeTrue(VirtualMachine.hasVectors(), "vectors");
  }

  @ParameterizedTest
  @CsvSource({
      "1, 16, 1, 28, 28, 3, 1, 1, 1", "32, 64, 1, 14, 14, 3, 1, 1, 1", "16, 32, 1, 9, 7, 3, 2, 0, 1",
          "8, 8, 8, 20, 20, 5, 1, 2, 1",
      "6, 4, 2, 12, 30, 2, 3, 1, 2", "64, 3, 1, 5, 5, 1, 1, 0, 1", "3, 64, 1, 1, 40, 1, 1, 0, 1"})
  void convolutions(int channels, int outputs, int groups, int height, int width, int window, int stride, int padding,
  int dilation) {
    ConvolutionShape wanted = new ConvolutionShape();
    wanted.image(channels, height, width, outputs, groups);
    wanted.window(window, window, stride, stride);
    wanted.padding(padding, padding, dilation, dilation);
    ConvolutionShape shape = new ConvolutionShape();
    shape.become(wanted);
    for (FloatConvolution.Product product : FloatConvolution.Product.values()) {
      FloatConvolutionExercise exercise = new FloatConvolutionExercise(1, product, shape);
      int result = switch (product) {
        case VALUE -> 5;
        case PULL -> 0;
        case WEIGHTS -> 1;
      };
      FloatOperands.array(result, 0);
      exercise.light(0);
      FloatOperands.refill(result, FloatOperands.array(result, 0));
      exercise.full(0);
      float[] byVectors = FloatOperands.array(result, 0).clone();
      FloatOperands.refill(result, FloatOperands.array(result, 0));
      exercise.plain(0);
      assertArrayEquals(byVectors, FloatOperands.array(result, 0), exercise.name());
    }
  }

  @ParameterizedTest
  @CsvSource({"28, 28, 2, 2, 0", "14, 37, 3, 1, 1", "9, 9, 3, 2, 1", "40, 5, 2, 2, 0", "1, 64, 1, 3, 0"})
  void pooling(int height, int width, int window, int stride, int padding) {
    PoolGeometry geometry = new PoolGeometry()
        .planes(height, width, (height + 2 * padding - window) / stride + 1,
        (width + 2 * padding - window) / stride + 1)
        .alongHeight(window, stride, padding, 1).alongWidth(window, stride, padding, 1);
    for (DoublePoolExercise.Pass pass : DoublePoolExercise.Pass.values()) {
      DoublePoolExercise exercise = new DoublePoolExercise(1, pass, geometry);
      exercise.light(0);
      exercise.light(1);
      exercise.full(0);
      double[] y = DoubleOperands.array(5, 0).clone();
      double[] v = DoubleOperands.array(6, 0).clone();
      exercise.plain(0);
      assertArrayEquals(y, DoubleOperands.array(5, 0), exercise.name());
      assertArrayEquals(v, DoubleOperands.array(6, 0), exercise.name());
    }
  }

  @Test
  void copies() {
    DoublePlanesExercise exercise = new DoublePlanesExercise();
    for (int variant = 0; variant < exercise.variants(); variant++) {
      exercise.light(variant);
      exercise.full(variant);
      double[] y = DoubleOperands.array(5, 0).clone();
      exercise.plain(variant);
      assertArrayEquals(y, DoubleOperands.array(5, 0));
    }
  }
}
