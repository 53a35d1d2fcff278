package dev.lanewise.nn;

import dev.lanewise.JacobianStructure;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.ops.PoolOps;
import dev.lanewise.ops.Window;

/// The mean of each window that slides over the planes of an image.
///
/// | what        | formula                              | shapes                                       |
/// |-------------|--------------------------------------|----------------------------------------------|
/// | value       | y_o = Σ x_i / n_o over o's taps i    | X `[batch, …, h, w]`, Y `[batch, …, h′, w′]` |
/// | residuals   | none                                 |                                              |
/// | tangent     | ẏ_o = Σ ẋ_i / n_o                    | as X, Y, with a chunk before                 |
/// | cotangent   | x̄_i = Σ ȳ_o / n_o over the o with a tap at i | as the tangents                      |
/// | its tangent | x̄̇_i = Σ ȳ̇_o / n_o                    | as the tangents                              |
///
/// As PyTorch's: h′ and w′ are rounded down, padding is at most half the window and counts as 0. LeCun, Bottou, Bengio
/// & Haffner 1998, *Gradient-based learning applied to document recognition*, section II.B.
///
/// @param window its size, stride and padding; not dilated
/// @param countPadding whether n_o is the window's size everywhere, or counts its taps in the image
public record AvgPool2d(Window window, boolean countPadding) implements Parameterless {

  /// @throws IllegalArgumentException if the window is dilated, or its padding more than half of it
  public AvgPool2d {
    MaxPool2d.requireWindow(window, "AvgPool2d");
    requireUndilated(window, "AvgPool2d");
  }

  /// {@return the layer with windows of `size` × `size` side by side}
  ///
  /// @throws IllegalArgumentException for a size below 1
  public static AvgPool2d of(int size) {
    return new AvgPool2d(Window.of(size).withStride(size, size), true);
  }

  static void requireUndilated(Window window, String owner) {
    if (window.dilationHeight() != 1 || window.dilationWidth() != 1) {
      throw new IllegalArgumentException(owner + ": window is " + window + ", expected one without dilation");
    }
  }

  /// @throws IllegalArgumentException if the input has no planes, or smaller ones than the window
  @Override
  public Shape outputShape(Shape input) {
    return MaxPool2d.pooled(window, MaxPool2d.requirePlanes(input, this), this);
  }

  /// Implicit: a push or pull is an addition for each tap.
  @Override
  public JacobianStructure jacobianStructure(Shape input) {
    int outputs = outputShape(input).size();
    return JacobianStructure.implicit((long) outputs * window.taps()).keeping(outputs);
  }

  @Override
  public Tensor forward(Tensor x, Parameters theta, Workspace ws) {
    return ws.object(At.class, At::new).evaluate(this, window, countPadding, x, theta, ws).output();
  }

  @Override
  public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
    return ws.object(At.class, At::new).evaluate(this, window, countPadding, x, theta, ws);
  }

  /// For example `AvgPool2d[3×3, padding 1×1, padding not counted]`.
  @Override
  public String toString() {
    return "AvgPool2d[" + describe(window, countPadding) + "]";
  }

  static String describe(Window window, boolean countPadding) {
    return window + (countPadding ? "" : ", padding not counted");
  }

  /// Average pooling at one point, over planes or rows.
  static final class At extends ParameterlessLinearization {

    private Window window;
    private boolean countPadding;

    Linearization evaluate(Layer layer, Window window, boolean countPadding, Tensor x, Parameters theta, Workspace ws) {
      Shape output = KnownShape.of(layer, x.shape(), ws);
      theta.require(0, x.precision(), 1, layer, "theta");
      this.window = window;
      this.countPadding = countPadding;
      set(layer, x.shape(), ws.tensor(x.precision(), output), ws);
      PoolOps.average(window, countPadding, x, y, ws);
      return this;
    }

    @Override
    void push(Tensor xDot, Tensor yDot) {
      int mark = ws.mark();
      PoolOps.average(window, countPadding, xDot, yDot, ws);
      ws.release(mark);
    }

    @Override
    void pull(Tensor yBar, Tensor xBar) {
      int mark = ws.mark();
      PoolOps.averagePull(window, countPadding, yBar, xBar, ws);
      ws.release(mark);
    }
  }
}
