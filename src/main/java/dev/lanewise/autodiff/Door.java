package dev.lanewise.autodiff;

import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import java.util.Objects;

/// What operators refuse before they compute: both sides named, nothing written.
final class Door {

  private Door() {}

  /// x is a tensor, and θ f's own and of its precision. Of the same f and θ, each time but the first compares
  /// references alone.
  static void requireFit(Layer f, Parameters theta, Tensor x) {
    Objects.requireNonNull(f, "f");
    Objects.requireNonNull(theta, "theta");
    Objects.requireNonNull(x, "x");
    if (x.isNone()) {
      throw new IllegalArgumentException(f + ": x is none, expected a tensor");
    }
    theta.requireOf(f, "theta");
    if (theta.count() > 0 && theta.precision() != x.precision()) {
      throw new IllegalArgumentException(f + ": theta has precision " + theta.precision() + ", x has " + x.precision() + ", expected the same");
    }
  }

  static void requireChunk(Layer f, int chunk) {
    if (chunk < 1) {
      throw new IllegalArgumentException(f + ": chunk is " + chunk + ", expected at least 1 direction");
    }
  }

  /// x is a batch of which no sample affects another.
  ///
  /// @return B, how many there are
  static int requireSamples(Layer f, Tensor x) {
    return requireSamples(f, x.shape());
  }

  /// As for a batch in `ws`, where in training no sample affects another either.
  static int requireSamples(Layer f, Tensor x, Workspace ws) {
    int batch = requireSamples(f, x);
    if (ws.isTraining() && f.mixesSamplesInTraining()) {
      throw new IllegalArgumentException(f + ": mixes the samples of a batch in training, expected inference, or a layer whose output samples each depend on one input sample");
    }
    return batch;
  }

  /// As for a batch of this shape.
  static int requireSamples(Layer f, Shape x) {
    int batch = x.rank() == 0 ? 0 : x.dim(0);
    if (batch < 1) {
      throw new IllegalArgumentException(f + ": x has shape " + x + ", expected [batch, …] with at least 1 sample");
    }
    if (f.mixesSamples()) {
      throw new IllegalArgumentException(f + ": mixes the samples of a batch, expected a layer whose output samples each depend on one input sample");
    }
    return batch;
  }

  /// The output is a batch of as many samples as the input.
  static void requireBatch(Layer f, Shape output, int batch) {
    if (output.rank() == 0 || output.dim(0) != batch) {
      throw new IllegalArgumentException(f + ": output has shape " + output + ", expected [batch, …] with " + batch + " samples");
    }
  }

  /// `rows`·`columns` numbers fit an array.
  static void requireMatrixSize(Layer f, String what, int rows, int columns) {
    if ((long) rows * columns > Shape.LARGEST_ARRAY) {
      throw new IllegalArgumentException(f + ": " + what + " [" + rows + ", " + columns + "] has more elements than an array holds, expected at most " + Shape.LARGEST_ARRAY);
    }
  }

  /// B·M·D numbers fit an array.
  static void requireBatchSize(Layer f, int b, int m, int d) {
    if (d != 0 && (long) b * m > Shape.LARGEST_ARRAY / d) {
      throw new IllegalArgumentException(f + ": Jacobians of B = " + b + " samples, M = " + m + " outputs, D = " + d
          + " inputs have more elements than an array holds, expected at most " + Shape.LARGEST_ARRAY);
    }
  }

  /// A panel of `chunk` directions of the whole batch fits an array, from either side.
  static void requirePanelSize(Layer f, int chunk, int b, int m, int d) {
    int widest = Math.max(1, Math.max(m, d));
    if ((long) chunk * b > Shape.LARGEST_ARRAY / widest) {
      throw new IllegalArgumentException(f + ": chunk " + chunk + " of B = " + b + " samples, M = " + m + " outputs, D = " + d
          + " inputs has more elements than an array holds, expected at most " + Shape.LARGEST_ARRAY);
    }
  }

  /// A place for a matrix.
  static void requireMatrix(Layer f, Tensor like, int rows, int columns, Tensor place, String name) {
    if (!place.shape().is(rows, columns) || place.precision() != like.precision()) {
      place.require(like.precision(), Shape.of(rows, columns), f, name); // Refuses; a shape is made only for that.
    }
  }
}
