package dev.lanewise.kernel;

import dev.lanewise.Activation;
import dev.lanewise.Ops;
import dev.lanewise.PointwiseOps;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

/// A kernel whose operations and bytes are known from what it computes.
///
/// Operations are additions, subtractions, multiplications and comparisons. Bytes count each operand once and each
/// result twice, because a cache reads a line before it is first written. An array of W's size has n elements of s
/// bytes.
///
/// | name       | computes                              | operations | bytes          |
/// |------------|---------------------------------------|------------|----------------|
/// | `relu`     | Y = max(0, W)                         | n          | 3·n·s          |
/// | `slope`    | Y = W ⊙ (1 − W ⊙ W), a push past tanh | 3·n        | 3·n·s          |
/// | `push4`    | Ẋ·Wᵀ of 4 directions                  | 2·4·n      | (n + 3·4·√n)·s |
/// | `pull4`    | Ȳ·W of 4 directions                   | 2·4·n      | (n + 3·4·√n)·s |
/// | `square64` | A·Bᵀ of 64 × 64 × 64                  | 2·64³      | 4·64²·s        |
///
/// @param run one call
/// @param result the result of a call
/// @param expected an element of the result, by plain loops
/// @param terms the number of terms in an element
record RooflineKernel(
    String name, double operations, double bytes, Runnable run, Tensor result, IntToDoubleFunction expected,
    int terms) {

  private static final int SAMPLES = 50;

  /// @param w a square matrix
  /// @param y a matrix of the same size, for results
  static RooflineKernel of(String name, Tensor w, Tensor y, Workspace ws) {
    Precision precision = w.precision();
    int width = w.shape().dim(0);
    double n = w.size();
    double size = precision == Precision.FLOAT ? Float.BYTES : Double.BYTES;
    int number = name.matches("[a-z]+\\d+") ? Integer.parseInt(name.replaceAll("\\D", "")) : 0;
    return switch (name.replaceAll("\\d", "")) {
      case "relu" -> new RooflineKernel(name, n, 3 * n * size,
          () -> PointwiseOps.activate(Activation.RELU, w, y, Tensor.none()), y,
          i -> Math.max(0, w.get(i)), 1);
      case "slope" -> new RooflineKernel(name, 3 * n, 3 * n * size,
          () -> PointwiseOps.scaleBySlope(Activation.TANH, w, w, y), y,
          i -> w.get(i) * (1 - w.get(i) * w.get(i)), 1);
      case "push" -> {
        Tensor rows = uniform(precision, number, width);
        Tensor to = Tensor.zeros(precision, number, width);
        yield new RooflineKernel(name, 2 * number * n, (n + 3.0 * number * width) * size,
            () -> Ops.timesTransposed(rows, w, to, false, ws), to, i -> dot(rows, i / width, w, i % width, true),
            width);
      }
      case "pull" -> {
        Tensor rows = uniform(precision, number, width);
        Tensor to = Tensor.zeros(precision, number, width);
        yield new RooflineKernel(name, 2 * number * n, (n + 3.0 * number * width) * size,
            () -> Ops.times(rows, w, to, false, ws), to, i -> dot(rows, i / width, w, i % width, false), width);
      }
      case "square" -> {
        Tensor a = uniform(precision, number, number);
        Tensor b = uniform(precision, number, number);
        Tensor to = Tensor.zeros(precision, number, number);
        yield new RooflineKernel(name, 2 * Math.pow(number, 3), 4 * Math.pow(number, 2) * size,
            () -> Ops.timesTransposed(a, b, to, false, ws), to, i -> dot(a, i / number, b, i % number, true), number);
      }
      default -> throw new IllegalArgumentException("kernel is " + name
          + ", expected relu, slope, pushN, pullN or squareN");
    };
  }

  static Tensor uniform(Precision precision, int rows, int columns) {
    return Uniform.of(precision, Shape.of(rows, columns), 7);
  }

  /// @throws IllegalStateException if a sample of the results differs from the expected one
  void check() {
    SplittableRandom random = new SplittableRandom(3);
    run.run();
    double tolerance = 16 * result.precision().unitRoundoff() * terms;
    for (int sample = 0; sample < SAMPLES; sample++) {
      int position = random.nextInt(result.size());
      double found = result.get(position);
      if (!(Math.abs(found - expected.applyAsDouble(position)) <= tolerance)) {
        throw new IllegalStateException(name + " " + result.precision() + ": element " + position + " is " + found
            + ", expected " + expected.applyAsDouble(position));
      }
    }
  }

  /// Row i of a times a row of b, or a column.
  private static double dot(Tensor a, int i, Tensor b, int j, boolean transposed) {
    double sum = 0;
    for (int p = 0; p < a.shape().dim(1); p++) {
      sum += a.get(i, p) * (transposed ? b.get(j, p) : b.get(p, j));
    }
    return sum;
  }
}
