package dev.lanewise.nn;

import dev.lanewise.JacobianStructure;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.ops.Window;

/// The largest number of each window that slides along the time of channels: [MaxPool2d] with a window of one row.
///
/// - **value**: y_o = x_t(o), t(o) the first of o's taps with the largest x; X `[batch, channel, t]`, Y `[batch,
///   channel, t′]`
/// - **residuals**: t, which tap of its window; as Y
/// - **tangent**: ẏ_o = ẋ_t(o); as X, Y, with a chunk before
/// - **cotangent**: x̄_i = Σ ȳ_o over the o with t(o) = i; as the tangents
/// - **its tangent**: x̄̇_i = Σ ȳ̇_o over the o with t(o) = i, t being constant; as the tangents
///
/// The time is the innermost axis, whatever axes come before. As PyTorch's.
///
/// @param window of one row: its size, stride, padding and dilation
public record MaxPool1d(Window window) implements Parameterless {

  /// @throws IllegalArgumentException if the window is more than a row, or its padding more than half of it
  public MaxPool1d {
    requireLine(window, "MaxPool1d");
  }

  /// {@return the layer with windows of `size` side by side}
  ///
  /// @throws IllegalArgumentException for a size below 1
  public static MaxPool1d of(int size) {
    return new MaxPool1d(Window.line(size).withStride(size));
  }

  static void requireLine(Window window, String owner) {
    MaxPool2d.requireWindow(window, owner);
    if (window.height() != 1 || window.strideHeight() != 1 || window.paddingHeight() != 0) {
      throw new IllegalArgumentException(owner + ": window is " + window
          + ", expected one row that moves along the width alone");
    }
  }

  /// @throws IllegalArgumentException if the input has no axis of time, or a shorter one than the window
  @Override
  public Shape outputShape(Shape input) {
    return MaxPool2d.pooled(window, requireSequence(input, this), this);
  }

  static Shape requireSequence(Shape input, Layer layer) {
    if (input.rank() < 2) {
      throw new IllegalArgumentException(layer + ": input has shape " + input + ", expected [batch, channel, time]");
    }
    return input;
  }

  /// Implicit: a push or pull is an addition for each output.
  @Override
  public JacobianStructure jacobianStructure(Shape input) {
    int outputs = outputShape(input).size();
    return JacobianStructure.implicit(outputs).keeping(2L * outputs);
  }

  @Override
  public Tensor forward(Tensor x, Parameters theta, Workspace ws) {
    return MaxPool2d.At.forward(this, window, x, theta, ws);
  }

  @Override
  public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
    return MaxPool2d.At.linearize(this, window, x, theta, ws);
  }

  /// For example `MaxPool1d[1×2, stride 1×2]`.
  @Override
  public String toString() {
    return "MaxPool1d[" + window + "]";
  }
}
