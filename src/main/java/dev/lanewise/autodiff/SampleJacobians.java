package dev.lanewise.autodiff;

import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.MatrixOps;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.chain.Seeds;
import dev.lanewise.autodiff.chain.Wanted;
import java.util.Objects;

/// The Jacobian of every sample of a batch by its own input: J_b = ∂y_b/∂x_b, M × D each, `[B, M, D]` together.
///
/// The same direction is seeded in every sample at once, in panels `[chunk, B, …]`: one push or pull is one pass of the
/// whole batch. The blocks ∂y_b/∂x_c of different samples, all zero, are never computed. A layer that declares that it
/// mixes samples is refused. The cost is B·(E + D·E) multiply-adds forward, B·(E + M·E) reverse, for a network of E
/// weights. Slides, equations [13] and [14], for each sample.
///
/// [PreparedSampleJacobians] chooses between these two and the orders of [PreparedJacobian] for each sample.
///
/// A call resets the given workspace, holds it, and once the kernels are compiled allocates nothing from the second
/// call on. All arguments are checked before anything is written. θ must have f's own parameters. A result place that
/// overlaps an argument is refused. In training one draw serves the whole batch, as in [Layer#linearize]. Both modes
/// agree where a unit overflows, see [Jacobians].
///
/// [13]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-13
/// [14]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-14
public final class SampleJacobians {

  private SampleJacobians() {}

  /// {@return J_b for each sample b, `[B, M, D]`; D and M are the numbers of elements of an input and an output sample}
  ///
  /// @param x `[B, …]`
  /// @param mode [Mode#FORWARD] or [Mode#REVERSE]
  /// @param chunk how many directions are pushed or pulled at once in each of the B samples, at least 1
  /// @throws IllegalArgumentException if shapes or precisions do not fit, `chunk` is below 1, f mixes samples, the mode
  ///     is neither, or B·M·D is more than an array holds
  public static Tensor perSampleJacobians(Layer f, Parameters theta, Tensor x, Mode mode, int chunk) {
    Door.requireFit(f, theta, x);
    int batch = Door.requireSamples(f, x);
    Shape output = f.outputShape(x.shape());
    Door.requireBatch(f, output, batch);
    int m = output.size() / batch;
    int d = x.size() / batch;
    Door.requireBatchSize(f, batch, m, d);
    Tensor jacobians = Tensor.zeros(x.precision(), batch, m, d);
    valueAndPerSampleJacobians(f, theta, x, mode, chunk, new Workspace(), Tensor.zeros(x.precision(), output),
        jacobians);
    return jacobians;
  }

  /// Computes y and J_b for each sample b into the caller's tensors.
  ///
  /// @param x `[B, …]`
  /// @param mode [Mode#FORWARD] or [Mode#REVERSE]
  /// @param chunk how many directions are pushed or pulled at once in each of the B samples, at least 1
  /// @param y overwritten with f(x, θ)
  /// @param jacobians overwritten, `[B, M, D]`
  /// @throws IllegalArgumentException if shapes or precisions do not fit, memory overlaps, `chunk` is below 1, f mixes
  ///     samples, or the mode is neither
  public static void valueAndPerSampleJacobians(
      Layer f, Parameters theta, Tensor x, Mode mode, int chunk, Workspace ws, Tensor y, Tensor jacobians) {
    valueAndPerSampleJacobians(f, theta, x, mode, chunk, null, ws, y, jacobians);
  }

  /// Computes only the block `wanted` of each Jacobian; all of it for null.
  static void valueAndPerSampleJacobians(Layer f, Parameters theta, Tensor x, Mode mode, int chunk, Wanted wanted,
      Workspace ws, Tensor y, Tensor jacobians) {
    Door.requireFit(f, theta, x);
    requireMode(f, mode);
    Door.requireChunk(f, chunk);
    int batch = Door.requireSamples(f, x, ws);
    ws.begin();
    try {
      compute(f, theta, x, mode, chunk, batch, wanted, ws, y, jacobians);
    } finally {
      ws.end();
    }
  }

  private static void compute(Layer f, Parameters theta, Tensor x, Mode mode, int chunk, int batch, Wanted wanted,
      Workspace ws, Tensor y, Tensor jacobians) {
    Linearization at = f.linearize(x, theta, ws);
    Shape output = at.output().shape();
    Door.requireBatch(f, output, batch);
    int m = output.size() / batch;
    int d = x.size() / batch;
    Wanted block = wanted == null ? all(m, d, ws) : wanted;
    y.require(x.precision(), output, f, "y");
    Door.requireMatrices(f, x, batch, block.rows(), block.columns(), jacobians, "jacobians");
    Door.requireApart(f, theta, x, y, jacobians, "jacobians");
    Door.requirePanelSize(f, Math.min(chunk, mode == Mode.FORWARD ? block.columns() : block.rows()), batch, m, d);
    seed(at, x, mode, chunk, batch, block, ws, jacobians);
    y.copyFrom(at.output());
  }

  /// All of an M × D Jacobian, kept in the workspace and replaced only when the size changes.
  static Wanted all(int m, int d, Workspace ws) {
    Latest latest = ws.object(Latest.class, Latest::new);
    if (latest.all == null || latest.all.rows() != m || latest.all.columns() != d) {
      latest.all = Wanted.all(m, d);
    }
    return latest.all;
  }

  private static final class Latest {
    private Wanted all;
  }

  /// Computes the Jacobians by pushes or pulls of the same direction in each of `batch` parts of x.
  ///
  /// @param wanted which block of each, m × n
  /// @param jacobians `[B, m, n]`, or `[m, n]` for one
  static void seed(Linearization at, Tensor x, Mode mode, int chunk, int batch, Wanted wanted, Workspace ws,
      Tensor jacobians) {
    if (mode == Mode.FORWARD) {
      push(at, x, batch, chunk, wanted, ws, jacobians);
    } else {
      pull(at, x, batch, chunk, wanted, ws, jacobians, false);
    }
    Overflows.settle(at, x, batch, chunk, wanted, ws, jacobians);
  }

  /// By pushes: row (b, i) of `[B·M, D]` is output i of sample b, so ẏ, read as rows of B·M, is transposed into
  /// columns.
  static void push(Linearization at, Tensor x, int batch, int chunk, Wanted wanted, Workspace ws, Tensor jacobians) {
    int before = -1;
    int end = wanted.fromColumn() + wanted.columns();
    for (int first = wanted.fromColumn(); end - first > 0; ) {
      int width = Math.min(chunk, end - first);
      int mark = ws.mark();
      Tensor xDot = ws.tensor(x.precision(), width, x.shape());
      Tensor yDot = ws.tensor(x.precision(), width, at.output().shape());
      Seeds.seed(xDot, before, first, batch);
      at.jvp(xDot, Parameters.none(), yDot);
      MatrixOps.transposeInto(rows(yDot, width * batch, wanted, ws), width, jacobians, first - wanted.fromColumn());
      ws.release(mark);
      before = first;
      first += width;
    }
  }

  /// The wanted outputs in a panel of tangents of `samples` samples.
  private static Tensor rows(Tensor yDot, int samples, Wanted wanted, Workspace ws) {
    int m = yDot.size() / samples;
    if (m == wanted.rows()) {
      return yDot;
    }
    Tensor rows = ws.matrix(yDot.precision(), samples, wanted.rows());
    for (int sample = 0; sample < samples; sample++) {
      copy(yDot, sample * m + wanted.fromRow(), rows, sample * wanted.rows(), wanted.rows());
    }
    return rows;
  }

  /// By pulls: x̄ of direction r in sample b is row `first` + r of J_b.
  ///
  /// @param settles whether rows are combined with those by pushes, as [Overflows] says, not just written
  static void pull(Linearization at, Tensor x, int batch, int chunk, Wanted wanted, Workspace ws, Tensor jacobians,
      boolean settles) {
    int before = -1;
    int end = wanted.fromRow() + wanted.rows();
    int n = wanted.columns();
    for (int first = wanted.fromRow(); end - first > 0; ) {
      int width = Math.min(chunk, end - first);
      int mark = ws.mark();
      Tensor xBar = ws.tensor(x.precision(), width, x.shape());
      Tensor yBar = ws.tensor(x.precision(), width, at.output().shape());
      Seeds.seed(yBar, before, first, batch);
      at.vjp(yBar, xBar, Parameters.none());
      int row = first - wanted.fromRow();
      if (settles) {
        Overflows.settleRows(xBar, row, batch, x.size() / batch, wanted, jacobians);
      } else {
        putRows(xBar, width, batch, wanted.fromColumn(), n, jacobians, row * n, wanted.rows());
      }
      ws.release(mark);
      before = first;
      first += width;
    }
  }

  /// Copies row (direction, b) of a panel, n elements from `from` on, to row `direction` of matrix b, counted from
  /// `position` of `matrices`, which have `rows` rows each.
  static void putRows(Tensor panel, int width, int batch, int from, int n, Tensor matrices, int position, int rows) {
    int d = panel.size() / (width * batch);
    if (batch == 1 && n == d) {
      matrices.copyFrom(panel, position);
      return;
    }
    for (int direction = 0; direction < width; direction++) {
      for (int b = 0; b < batch; b++) {
        copy(panel, (direction * batch + b) * d + from, matrices, position + (b * rows + direction) * n, n);
      }
    }
  }

  /// Overwrites `length` elements of `to` with those of `from`, of the same precision.
  static void copy(Tensor from, int position, Tensor to, int toPosition, int length) {
    if (from.precision() == Precision.FLOAT) {
      System.arraycopy(from.floats(), from.offset() + position, to.floats(), to.offset() + toPosition, length);
    } else {
      System.arraycopy(from.doubles(), from.offset() + position, to.doubles(), to.offset() + toPosition, length);
    }
  }

  private static void requireMode(Layer f, Mode mode) {
    switch (Objects.requireNonNull(mode, "mode")) {
      case FORWARD, REVERSE -> { }
      default -> throw new IllegalArgumentException(f + ": mode is " + mode
          + ", expected FORWARD or REVERSE; others are for prepared Jacobians");
    }
  }
}
