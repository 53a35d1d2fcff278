package dev.lanewise.autodiff.chain;

import dev.lanewise.Matrix;
import dev.lanewise.MatrixOps;
import dev.lanewise.PointwiseOps;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import java.util.Arrays;

/// One operation of a [JacobianProgram], on memory that was chosen when the program was made. An `int slope` is the
/// number of a factor, whose slope at the present point is meant; -1 for none.
public sealed interface Step {

  /// The workspace, the slopes and the block that steps run with.
  final class Scene {
    /// The workspace of the present point.
    private Workspace ws;
    /// Each factor's slope at the present point, by its number.
    private final Tensor[] slopes;
    /// The first direction of the present block.
    int first;

    /// With no slopes yet.
    public Scene(int factors) {
      slopes = new Tensor[factors];
      Arrays.fill(slopes, Tensor.none());
    }

    /// Computes the next point in this workspace.
    public void computeIn(Workspace ws) {
      this.ws = ws;
    }

    /// Takes a factor's slope at the next point, or none where all of it is 1.
    public void setSlope(int factor, Tensor slope) {
      slopes[factor] = slope;
    }

    /// The slope of a factor, or none for no factor.
    Tensor slope(int factor) {
      return factor < 0 ? Tensor.none() : slopes[factor];
    }
  }

  void run(Scene scene);

  /// C = A·diag(s)·B.
  record Times(Matrix a, int slope, Matrix b, Matrix c) implements Step {
    @Override
    public void run(Scene scene) {
      MatrixOps.times(a, scene.slope(slope), b, c, scene.ws);
    }
  }

  /// C = diag(s)·A·B, C by columns.
  record TimesScaled(int slope, Matrix a, Matrix b, Matrix c) implements Step {
    @Override
    public void run(Scene scene) {
      MatrixOps.timesScaled(scene.slope(slope), a, b, c, scene.ws);
    }
  }

  /// Y = diag(s)·X.
  record ScaleRows(int slope, Matrix x, Matrix y) implements Step {
    @Override
    public void run(Scene scene) {
      MatrixOps.scaleRows(scene.slope(slope), x, y);
    }
  }

  /// Y = X·diag(s).
  record ScaleColumns(Matrix x, int slope, Matrix y) implements Step {
    @Override
    public void run(Scene scene) {
      MatrixOps.scaleColumns(x, scene.slope(slope), y);
    }
  }

  /// Scales Y's rows in place by the part of a slope that begins at element `from`, plus the block's first direction
  /// where rows are cut.
  ///
  /// @param part the place for that part
  record ScaleByPart(int slope, int from, boolean isCut, Tensor part, Matrix y, boolean byColumns) implements Step {
    @Override
    public void run(Scene scene) {
      int first = from + (isCut ? scene.first : 0);
      for (int at = 0; at < part.size(); at++) {
        part.set(at, scene.slope(slope).get(first + at));
      }
      if (byColumns) {
        MatrixOps.scaleColumns(y, part, y);
      } else {
        MatrixOps.scaleRows(part, y, y);
      }
    }
  }

  /// Y = X, by columns where X is by rows, and the other way round.
  record Transpose(Matrix x, Matrix y) implements Step {
    @Override
    public void run(Scene scene) {
      MatrixOps.turn(x, y);
    }
  }

  /// The identity's rows from the block's first direction on, the first of all being row `from`.
  record Seed(Tensor panel, int from) implements Step {
    @Override
    public void run(Scene scene) {
      Seeds.identity(panel, from + scene.first);
    }
  }

  /// Y = 0.
  record Fill(Tensor y) implements Step {
    @Override
    public void run(Scene scene) {
      y.fill(0);
    }
  }

  /// Y += X.
  record Add(Tensor x, Tensor y) implements Step {
    @Override
    public void run(Scene scene) {
      PointwiseOps.add(x, y);
    }
  }

  /// Y += a block of diag(s), or of the identity for no slope. The block begins at row `fromRow` and column
  /// `fromColumn`, plus the block's first direction where these are cut.
  record AddDiagonal(int slope, Tensor y, int rows, int columns, boolean byColumns, int fromRow, int fromColumn,
      boolean rowsAreCut, boolean columnsAreCut) implements Step {
    @Override
    public void run(Scene scene) {
      Tensor s = scene.slope(slope);
      int row = fromRow + (rowsAreCut ? scene.first : 0);
      int column = fromColumn + (columnsAreCut ? scene.first : 0);
      int begin = Math.max(row, column);
      int count = Math.min(row + rows, column + columns) - begin;
      int stride = byColumns ? rows + 1 : columns + 1;
      int place = byColumns ? (begin - column) * rows + begin - row : (begin - row) * columns + begin - column;
      int from = s.isNone() ? 0 : s.offset() + begin;
      if (y.precision() == Precision.FLOAT) {
        add(s.isNone() ? null : s.floats(), from, y.floats(), y.offset() + place, stride, count);
      } else {
        add(s.isNone() ? null : s.doubles(), from, y.doubles(), y.offset() + place, stride, count);
      }
    }

    private static void add(float[] s, int from, float[] y, int place, int stride, int count) {
      for (int at = 0; at < count; at++) {
        y[place + at * stride] += s == null ? 1 : s[from + at];
      }
    }

    private static void add(double[] s, int from, double[] y, int place, int stride, int count) {
      for (int at = 0; at < count; at++) {
        y[place + at * stride] += s == null ? 1 : s[from + at];
      }
    }
  }

  /// A panel through a factor: tangents if `pushed`, else cotangents.
  record Through(Factor factor, boolean pushed, Tensor panel, Tensor result, int chunk) implements Step {
    @Override
    public void run(Scene scene) {
      int mark = scene.ws.mark();
      if (pushed) {
        factor.push(panel, result, chunk, scene.ws);
      } else {
        factor.pull(panel, result, chunk, scene.ws);
      }
      scene.ws.release(mark);
    }
  }
}
