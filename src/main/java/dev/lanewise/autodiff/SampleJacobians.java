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
/// whole batch, and the blocks ∂y_b/∂x_c of different samples, all zero, are never computed. That is sound for a layer
/// that does not mix samples; one that says that it does is refused. B·(E + D·E) multiply-adds forward, B·(E + M·E)
/// reverse, for a network of E weights. Slides, equations [13] and [14], sample by sample.
///
/// [PreparedSampleJacobians] chooses between these two and the sample by sample orders of [PreparedJacobian].
///
/// A call resets the workspace that it is given, holds it, and once the kernels' code is compiled allocates nothing
/// from the second time on; all arguments are checked before anything is written; θ must have f's own parameters; a
/// place for a result that overlaps an argument is refused. In training one draw serves all samples of the batch, as in
/// [Layer#linearize]. Where a unit overflows in a sample, both modes give the same, as [Jacobians] says.
///
/// [13]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-13
/// [14]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-14
public final class SampleJacobians {

  private SampleJacobians() {}

  /// {@return J_b for every sample b, `[B, M, D]`, D and M being the elements of one input and of one output sample}
  ///
  /// @param x `[B, …]`
  /// @param mode [Mode#FORWARD] or [Mode#REVERSE]
  /// @param chunk how many directions are pushed or pulled at once in each of the B samples, at least 1
  /// @throws IllegalArgumentException if shapes or precisions do not fit, `chunk` is below 1, f mixes samples, the mode
  ///     is another, or B·M·D is more than an array holds
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

  /// y and J_b for every sample b, into the caller's tensors.
  ///
  /// @param x `[B, …]`
  /// @param mode [Mode#FORWARD] or [Mode#REVERSE]
  /// @param chunk how many directions are pushed or pulled at once in each of the B samples, at least 1
  /// @param y overwritten with f(x, θ)
  /// @param jacobians overwritten, `[B, M, D]`
  /// @throws IllegalArgumentException if shapes or precisions do not fit, memory overlaps, `chunk` is below 1, f mixes
  ///     samples, or the mode is another
  public static void valueAndPerSampleJacobians(
      Layer f, Parameters theta, Tensor x, Mode mode, int chunk, Workspace ws, Tensor y, Tensor jacobians) {
    valueAndPerSampleJacobians(f, theta, x, mode, chunk, null, ws, y, jacobians);
  }

  /// The same of a block of every Jacobian; of all of it for null.
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

  /// All of an M × D Jacobian: made anew only where a workspace is asked for another size than before.
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

  /// The Jacobians by pushes or pulls of the same direction in each of `batch` parts of x.
  ///
  /// @param wanted which block of each, m × n
  /// @param jacobians `[B, m, n]`, or `[m, n]` for one
  static void seed(Linearization at, Tensor x, Mode mode, int chunk, int batch, Wanted wanted, Workspace ws,
      Tensor jacobians) {
    if (mode == Mode.FORWARD) {
      push(at, x, batch, chunk, wanted, ws, jacobians);
    } else {
      pull(at, x, batch, chunk, wanted, ws, jacobians);
    }
    Overflows.settle(at, x, batch, chunk, wanted, ws, jacobians);
  }

  /// By pushes: row (b, i) of `[B·M, D]` is output i of sample b, so that ẏ, read as rows of B·M, becomes columns.
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

  /// Of a panel of tangents of `samples` samples, the outputs that are wanted.
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
  private static void pull(Linearization at, Tensor x, int batch, int chunk, Wanted wanted, Workspace ws,
      Tensor jacobians) {
    int before = -1;
    int end = wanted.fromRow() + wanted.rows();
    int d = x.size() / batch;
    int n = wanted.columns();
    for (int first = wanted.fromRow(); end - first > 0; ) {
      int width = Math.min(chunk, end - first);
      int mark = ws.mark();
      Tensor xBar = ws.tensor(x.precision(), width, x.shape());
      Tensor yBar = ws.tensor(x.precision(), width, at.output().shape());
      Seeds.seed(yBar, before, first, batch);
      at.vjp(yBar, xBar, Parameters.none());
      int row = first - wanted.fromRow();
      if (batch == 1 && n == d) {
        jacobians.copyFrom(xBar, row * n);
      } else {
        for (int direction = 0; direction < width; direction++) {
          for (int b = 0; b < batch; b++) {
            copy(xBar, (direction * batch + b) * d + wanted.fromColumn(), jacobians,
                (b * wanted.rows() + row + direction) * n, n);
          }
        }
      }
      ws.release(mark);
      before = first;
      first += width;
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
