package dev.lanewise.autodiff;

import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.chain.Wanted;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/// The checks that operators make before they compute. A refusal names both sides, and nothing has been written.
final class Door {

  private Door() {}

  /// x is a tensor, and θ is f's own and has x's precision. After the first time, the same f and θ take only a
  /// comparison of references.
  static void requireFit(Layer f, Parameters theta, Tensor x) {
    Objects.requireNonNull(f, "f");
    Objects.requireNonNull(theta, "theta");
    Objects.requireNonNull(x, "x");
    if (x.isNone()) {
      throw new IllegalArgumentException(f + ": x is none, expected a tensor");
    }
    theta.requireOf(f, "theta");
    if (theta.count() > 0 && theta.precision() != x.precision()) {
      throw new IllegalArgumentException(f + ": theta has precision " + theta.precision() + ", x has " + x.precision()
          + ", expected the same");
    }
  }

  static void requireChunk(Layer f, int chunk) {
    if (chunk < 1) {
      throw new IllegalArgumentException(f + ": chunk is " + chunk + ", expected at least 1 direction");
    }
  }

  /// x is a batch whose samples do not affect each other.
  ///
  /// @return B, the number of samples
  static int requireSamples(Layer f, Tensor x) {
    return requireSamples(f, x.shape());
  }

  /// The same for a batch in `ws`, whose samples must not affect each other in training either.
  static int requireSamples(Layer f, Tensor x, Workspace ws) {
    int batch = requireSamples(f, x);
    if (ws.isTraining() && f.mixesSamplesInTraining()) {
      throw new IllegalArgumentException(f + ": mixes the samples of a batch in training, expected inference, or a "
          + "layer whose output samples each depend on one input sample");
    }
    return batch;
  }

  /// The same for a batch of this shape.
  static int requireSamples(Layer f, Shape x) {
    int batch = x.rank() == 0 ? 0 : x.dim(0);
    if (batch < 1) {
      throw new IllegalArgumentException(f + ": x has shape " + x + ", expected [batch, …] with at least 1 sample");
    }
    if (f.mixesSamples()) {
      throw new IllegalArgumentException(f
          + ": mixes the samples of a batch, expected a layer whose output samples each depend on one input sample");
    }
    return batch;
  }

  /// The output is a batch of as many samples as the input.
  static void requireBatch(Layer f, Shape output, int batch) {
    if (output.rank() == 0 || output.dim(0) != batch) {
      throw new IllegalArgumentException(f + ": output has shape " + output + ", expected [batch, …] with " + batch
          + " samples");
    }
  }

  /// `rows`·`columns` numbers fit an array.
  static void requireMatrixSize(Layer f, String what, int rows, int columns) {
    if ((long) rows * columns > Shape.LARGEST_ARRAY) {
      throw new IllegalArgumentException(f + ": " + what + " [" + rows + ", " + columns
          + "] has more elements than an array holds, expected at most " + Shape.LARGEST_ARRAY);
    }
  }

  /// B·M·D numbers fit an array.
  static void requireBatchSize(Layer f, int b, int m, int d) {
    if (d != 0 && (long) b * m > Shape.LARGEST_ARRAY / d) {
      throw new IllegalArgumentException(f + ": Jacobians of B = " + b + " samples, M = " + m + " outputs, D = " + d
          + " inputs have more elements than an array holds, expected at most " + Shape.LARGEST_ARRAY);
    }
  }

  /// A panel of `chunk` tangents or cotangents of the whole batch fits an array.
  static void requirePanelSize(Layer f, int chunk, int b, int m, int d) {
    int widest = Math.max(1, Math.max(m, d));
    if ((long) chunk * b > Shape.LARGEST_ARRAY / widest) {
      throw new IllegalArgumentException(f + ": chunk " + chunk + " of B = " + b + " samples, M = " + m
          + " outputs, D = " + d + " inputs has more elements than an array holds, expected at most "
          + Shape.LARGEST_ARRAY);
    }
  }

  /// `tensor` is none, or has x's shape and precision.
  static void requireOptional(Tensor x, Tensor tensor, Layer f, String name) {
    if (!tensor.isNone()) {
      tensor.require(x.precision(), x.shape(), f, name);
    }
  }

  /// `place` is a matrix of this size.
  static void requireMatrix(Layer f, Tensor like, int rows, int columns, Tensor place, String name) {
    if (!place.shape().is(rows, columns) || place.precision() != like.precision()) {
      place.require(like.precision(), Shape.of(rows, columns), f, name); // Refuses; only here a shape is made.
    }
  }

  /// The block of an M × D Jacobian that the options ask for.
  static Wanted requireWanted(Layer f, JacobianOptions options, int m, int d) {
    requireIn(f, options.outputs(), "outputs", m);
    requireIn(f, options.inputs(), "inputs", d);
    JacobianOptions.Range rows = options.outputs();
    JacobianOptions.Range columns = options.inputs();
    return new Wanted(rows.from(), rows.of(m), columns.from(), columns.of(d));
  }

  private static void requireIn(Layer f, JacobianOptions.Range range, String what, int size) {
    if (!range.isIn(size)) {
      throw new IllegalArgumentException(f + ": Jacobian of " + what + " " + range.from() + " to " + range.to()
          + ", has " + size + ", expected a range within");
    }
  }

  /// `place` is `count` matrices of this size.
  static void requireMatrices(Layer f, Tensor like, int count, int rows, int columns, Tensor place, String name) {
    Shape shape = place.shape();
    if (shape.rank() != 3 || shape.dim(0) != count || shape.dim(1) != rows || shape.dim(2) != columns
        || place.precision() != like.precision()) {
      place.require(like.precision(), Shape.of(count, rows, columns), f, name);
    }
  }

  /// The published network's parameters, if it has any, are of this precision.
  static void requirePrecision(PublishedParameters published, Precision precision) {
    Objects.requireNonNull(precision, "precision");
    Parameters theta = published.get();
    if (theta.count() > 0 && theta.precision() != precision) {
      throw new IllegalArgumentException(published.layer() + ": theta has precision " + theta.precision()
          + ", expected " + precision);
    }
  }

  /// The places of y and of a derivative overlap neither each other nor an argument.
  static void requireApart(Layer f, Parameters theta, Tensor x, Tensor y, Tensor derivative, String name) {
    requireApart(f, y, "y", x, "x");
    requireApart(f, y, "y", theta, "theta");
    requireApart(f, derivative, name, x, "x");
    requireApart(f, derivative, name, theta, "theta");
    requireApart(f, derivative, name, y, "y");
  }

  /// A place for a result overlaps neither an argument nor another place.
  static void requireApart(Layer f, Tensor place, String name, Tensor other, String otherName) {
    if (overlap(place, other)) {
      throw overlapping(f, name, otherName);
    }
  }

  /// The same for θ, θ̇ or θ̄: of a part of a larger set only that part counts.
  static void requireApart(Layer f, Tensor place, String name, Parameters others, String otherName) {
    if (isOneArray(place, others.flat()) && overlap(place, others)) {
      throw overlapping(f, name, otherName);
    }
  }

  /// The same for two of them.
  static void requireApart(Layer f, Parameters places, String name, Parameters others, String otherName) {
    if (!isOneArray(places.flat(), others.flat())) {
      return;
    }
    for (int direction = 0; direction < places.chunk(); direction++) {
      for (int index = 0; index < places.count(); index++) {
        if (overlap(places.get(index, direction), others)) {
          throw overlapping(f, name, otherName);
        }
      }
    }
  }

  private static boolean overlap(Tensor place, Parameters others) {
    for (int direction = 0; direction < others.chunk(); direction++) {
      for (int index = 0; index < others.count(); index++) {
        if (overlap(place, others.get(index, direction))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean overlap(Tensor a, Tensor b) {
    return isOneArray(a, b) && a.size() > 0 && b.size() > 0
        && a.offset() < b.offset() + b.size() && b.offset() < a.offset() + a.size();
  }

  private static boolean isOneArray(Tensor a, Tensor b) {
    if (a.isNone() || b.isNone() || a.precision() != b.precision()) {
      return false;
    }
    return a.precision() == Precision.FLOAT ? a.floats() == b.floats() : a.doubles() == b.doubles();
  }

  /// Lets this thread in, if no other is.
  ///
  /// @param what what it enters, with its verb
  /// @param instead what each thread should have
  static void enter(AtomicBoolean busy, Layer f, String what, String instead) {
    if (!busy.compareAndSet(false, true)) {
      throw new IllegalStateException(f + ": " + what + " at work in another thread, expected " + instead
          + " for each");
    }
  }

  private static IllegalArgumentException overlapping(Layer f, String place, String other) {
    return new IllegalArgumentException(f + ": " + place + " overlaps " + other + ", expected memory of its own");
  }

  /// The memory that one call of an operator reads and writes: each place for a result is checked against all pieces
  /// named before it. Kept in the workspace, as many are needed.
  static final class Apart {

    private static final int MOST = 12;

    private final String[] names = new String[MOST];
    private final Object[] pieces = new Object[MOST];
    private Layer f;
    private int count;

    /// No pieces yet.
    static Apart of(Layer f, Workspace ws) {
      Apart apart = ws.object(Apart.class, Apart::new);
      apart.f = f;
      apart.count = 0;
      return apart;
    }

    /// Memory that is only read.
    Apart argument(Object piece, String name) {
      names[count] = name;
      pieces[count++] = piece;
      return this;
    }

    /// Memory that is written.
    ///
    /// @throws IllegalArgumentException if it overlaps a piece named before
    Apart place(Tensor place, String name) {
      for (int at = 0; at < count; at++) {
        if (pieces[at] instanceof Parameters others) {
          requireApart(f, place, name, others, names[at]);
        } else {
          requireApart(f, place, name, (Tensor) pieces[at], names[at]);
        }
      }
      return argument(place, name);
    }

    /// The same for θ̄.
    Apart place(Parameters places, String name) {
      for (int at = 0; at < count; at++) {
        if (pieces[at] instanceof Parameters others) {
          requireApart(f, places, name, others, names[at]);
        } else {
          requireApart(f, (Tensor) pieces[at], names[at], places, name);
        }
      }
      return argument(places, name);
    }
  }
}
