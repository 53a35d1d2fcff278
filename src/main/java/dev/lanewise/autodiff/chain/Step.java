package dev.lanewise.autodiff.chain;

import dev.lanewise.Matrix;
import dev.lanewise.MatrixOps;
import dev.lanewise.PointwiseOps;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import java.util.Arrays;

/// One operation of a [JacobianProgram], on memory that was chosen when the program was made.
public sealed interface Step {

  /// What steps find where they run.
  final class Scene {
    /// Where the present point is computed.
    private Workspace ws;
    /// Each factor's slope at the present point, by its number.
    private final Tensor[] slopes;
    /// The first direction of the present block.
    int first;

    /// Without slopes.
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

  /// C = A·diag(s)·B with s the slope of factor `pending`, -1 for none.
  record Times(Matrix a, int pending, Matrix b, Matrix c) implements Step {
    @Override
    public void run(Scene scene) {
      MatrixOps.times(a, scene.slope(pending), b, c, scene.ws);
    }
  }

  /// C = diag(t)·A·B with t the slope of factor `pending`, C by columns.
  record TimesScaled(int pending, Matrix a, Matrix b, Matrix c) implements Step {
    @Override
    public void run(Scene scene) {
      MatrixOps.timesScaled(scene.slope(pending), a, b, c, scene.ws);
    }
  }

  /// Y = diag(s)·X.
  record ScaleRows(int pending, Matrix x, Matrix y) implements Step {
    @Override
    public void run(Scene scene) {
      MatrixOps.scaleRows(scene.slope(pending), x, y);
    }
  }

  /// Y = X·diag(s).
  record ScaleColumns(Matrix x, int pending, Matrix y) implements Step {
    @Override
    public void run(Scene scene) {
      MatrixOps.scaleColumns(x, scene.slope(pending), y);
    }
  }

  /// Y's rows times a part of a slope, in place: from element `from` on, or as many directions behind it where rows are
  /// cut.
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

  /// Y = X in the other order of memory.
  record Turn(Matrix x, Matrix y) implements Step {
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

  /// Y += a block of diag(s), s the slope of factor `diagonal`, or of the identity for -1. The block begins with row
  /// `fromRow` and column `fromColumn`, with as many directions more where it is cut there.
  record AddDiagonal(int diagonal, Tensor y, int rows, int columns, boolean byColumns, int fromRow, int fromColumn,
      boolean rowsAreCut, boolean columnsAreCut) implements Step {
    @Override
    public void run(Scene scene) {
      Tensor s = scene.slope(diagonal);
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

  /// Tangents through a factor.
  record Push(Factor factor, Tensor xDot, Tensor yDot, int chunk) implements Step {
    @Override
    public void run(Scene scene) {
      int mark = scene.ws.mark();
      factor.push(xDot, yDot, chunk, scene.ws);
      scene.ws.release(mark);
    }
  }

  /// Cotangents through a factor.
  record Pull(Factor factor, Tensor yBar, Tensor xBar, int chunk) implements Step {
    @Override
    public void run(Scene scene) {
      int mark = scene.ws.mark();
      factor.pull(yBar, xBar, chunk, scene.ws);
      scene.ws.release(mark);
    }
  }
}
