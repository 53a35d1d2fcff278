package dev.lanewise.nn;

import dev.lanewise.JacobianStructure;
import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.ops.Window;

/// The mean of each window that slides along the time of channels: [AvgPool2d] with a window of one row.
///
/// | what        | formula                              | shapes                                            |
/// |-------------|--------------------------------------|---------------------------------------------------|
/// | value       | y_o = Σ x_i / n_o over o's taps i    | X `[batch, channel, t]`, Y `[batch, channel, t′]` |
/// | residuals   | none                                 |                                                   |
/// | tangent     | ẏ_o = Σ ẋ_i / n_o                    | as X, Y, with a chunk before                      |
/// | cotangent   | x̄_i = Σ ȳ_o / n_o over the o with a tap at i | as the tangents                           |
/// | its tangent | x̄̇_i = Σ ȳ̇_o / n_o                    | as the tangents                                   |
///
/// The time is the innermost axis, whatever axes come before. As PyTorch's.
///
/// @param window of one row: its size, stride and padding; not dilated
/// @param countPadding whether n_o is the window's size everywhere, or counts its taps in the sequence
public record AvgPool1d(Window window, boolean countPadding) implements Parameterless {

  /// @throws IllegalArgumentException if the window is more than a row or dilated, or its padding more than half of it
  public AvgPool1d {
    MaxPool1d.requireLine(window, "AvgPool1d");
    AvgPool2d.requireUndilated(window, "AvgPool1d");
  }

  /// {@return the layer with windows of `size` side by side}
  ///
  /// @throws IllegalArgumentException for a size below 1
  public static AvgPool1d of(int size) {
    return new AvgPool1d(Window.line(size).withStride(size), true);
  }

  /// @throws IllegalArgumentException if the input has no axis of time, or a shorter one than the window
  @Override
  public Shape outputShape(Shape input) {
    return MaxPool2d.pooled(window, MaxPool1d.requireSequence(input, this), this);
  }

  /// Implicit: a push or pull is an addition for each tap.
  @Override
  public JacobianStructure jacobianStructure(Shape input) {
    int outputs = outputShape(input).size();
    return JacobianStructure.implicit((long) outputs * window.taps()).keeping(outputs);
  }

  @Override
  public Tensor forward(Tensor x, Parameters theta, Workspace ws) {
    return ws.object(AvgPool2d.At.class, AvgPool2d.At::new).evaluate(this, window, countPadding, x, theta, ws).output();
  }

  @Override
  public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
    return ws.object(AvgPool2d.At.class, AvgPool2d.At::new).evaluate(this, window, countPadding, x, theta, ws);
  }

  /// For example `AvgPool1d[1×3, padding 0×1, padding not counted]`.
  @Override
  public String toString() {
    return "AvgPool1d[" + AvgPool2d.describe(window, countPadding) + "]";
  }
}
