package dev.lanewise.autodiff.chain;

import dev.lanewise.Matrix;
import dev.lanewise.MatrixOps;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import java.util.Arrays;

/// One operation of a [JacobianProgram], on memory that was chosen when the program was made.
public sealed interface Step {

  /// What steps find where they run.
  final class Scene {
    /// Where the present point is computed.
    private Workspace ws;
    /// Each factor's slope at the present point.
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

  /// Y = X in the other order of memory.
  record Turn(Matrix x, Matrix y) implements Step {
    @Override
    public void run(Scene scene) {
      MatrixOps.turn(x, y);
    }
  }

  /// The identity's rows from the block's first direction on.
  record Seed(Tensor panel) implements Step {
    @Override
    public void run(Scene scene) {
      Seeds.identity(panel, scene.first);
    }
  }

  /// Tangents through a factor.
  record Push(Chain.Factor factor, Tensor xDot, Tensor yDot, int chunk) implements Step {
    @Override
    public void run(Scene scene) {
      int mark = scene.ws.mark();
      factor.push(xDot, yDot, chunk, scene.ws);
      scene.ws.release(mark);
    }
  }

  /// Cotangents through a factor.
  record Pull(Chain.Factor factor, Tensor yBar, Tensor xBar, int chunk) implements Step {
    @Override
    public void run(Scene scene) {
      int mark = scene.ws.mark();
      factor.pull(yBar, xBar, chunk, scene.ws);
      scene.ws.release(mark);
    }
  }
}
