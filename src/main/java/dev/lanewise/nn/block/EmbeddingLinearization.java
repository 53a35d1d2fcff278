package dev.lanewise.nn.block;

import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import java.util.Arrays;

/// [Embedding] at one point. Kept in the workspace.
final class EmbeddingLinearization implements Linearization {

  private Embedding layer;
  private Shape known;
  private Shape output;
  /// The row that each element of the input names.
  private int[] rows = {};
  private int n;
  private Tensor x;
  private Parameters theta;
  private Tensor y;

  /// All numbers are read before anything is written.
  Tensor evaluate(Embedding layer, Tensor x, Parameters theta, Workspace ws) {
    if (this.layer != layer || !x.shape().equals(known)) {
      output = layer.outputShape(x.shape());
      this.layer = layer;
      known = x.shape();
    }
    n = x.size();
    rows = rows.length < n ? Arrays.copyOf(rows, n) : rows;
    for (int position = 0; position < n; position++) {
      rows[position] = layer.row(x, position);
    }
    this.x = x;
    this.theta = theta;
    y = ws.tensor(x.precision(), output);
    gather(theta.get(0), y, 0);
    return y;
  }

  @Override
  public Tensor output() {
    return y;
  }

  /// Ẏ_i = Ẇ_x(i).
  @Override
  public void jvp(Tensor xDot, Parameters thetaDot, Tensor yDot) {
    int chunk = Linearization.requirePush(layer, x.shape(), theta, y, xDot, thetaDot, yDot);
    if (thetaDot.isNone()) {
      yDot.fill(0);
      return;
    }
    for (int direction = 0; direction < chunk; direction++) {
      gather(thetaDot.get(0, direction), yDot, direction * y.size());
    }
  }

  /// X̄ = 0, W̄_n += Σ Ȳ_i over all i with x(i) = n.
  @Override
  public void vjp(Tensor yBar, Tensor xBar, Parameters thetaBar) {
    Linearization.requirePull(layer, x.shape(), theta, y, yBar, xBar, thetaBar);
    xBar.fill(0);
    scatter(yBar, thetaBar);
  }

  @Override
  public void vjpDot(
      Tensor xDot, Parameters thetaDot, Tensor yBar, Tensor yBarDot, Tensor xBarDot, Parameters thetaBarDot) {
    Linearization.requirePullDot(layer, x.shape(), theta, y, xDot, thetaDot, yBar, yBarDot, xBarDot, thetaBarDot);
    xBarDot.fill(0);
    scatter(yBarDot, thetaBarDot);
  }

  private void gather(Tensor weight, Tensor to, int position) {
    int dim = layer.dim();
    boolean floats = weight.precision() == Precision.FLOAT;
    Object from = floats ? weight.floats() : weight.doubles();
    Object into = floats ? to.floats() : to.doubles();
    for (int i = 0; i < n; i++) {
      System.arraycopy(from, weight.offset() + rows[i] * dim, into, to.offset() + position + i * dim, dim);
    }
  }

  private void scatter(Tensor bar, Parameters thetaBar) {
    for (int direction = 0; direction < thetaBar.chunk(); direction++) {
      Tensor sum = thetaBar.get(0, direction);
      int from = bar.offset() + direction * y.size();
      for (int i = 0; i < n; i++) {
        int to = sum.offset() + rows[i] * layer.dim();
        if (bar.precision() == Precision.FLOAT) {
          add(layer.dim(), bar.floats(), from + i * layer.dim(), sum.floats(), to);
        } else {
          add(layer.dim(), bar.doubles(), from + i * layer.dim(), sum.doubles(), to);
        }
      }
    }
  }

  private static void add(int dim, float[] u, int uAt, float[] v, int vAt) {
    for (int i = 0; i < dim; i++) {
      v[vAt + i] += u[uAt + i];
    }
  }

  private static void add(int dim, double[] u, int uAt, double[] v, int vAt) {
    for (int i = 0; i < dim; i++) {
      v[vAt + i] += u[uAt + i];
    }
  }
}
