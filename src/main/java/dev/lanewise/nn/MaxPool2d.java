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
import java.util.Objects;

/// The largest number of each window that slides over the planes of an image.
///
/// - **value**: y_o = x_t(o), t(o) the first of o's taps with the largest x; X `[batch, …, h, w]`, Y `[batch, …, h′,
///   w′]`
/// - **residuals**: t, which tap of its window; as Y
/// - **tangent**: ẏ_o = ẋ_t(o); as X, Y, with a chunk before
/// - **cotangent**: x̄_i = Σ ȳ_o over the o with t(o) = i; as the tangents
/// - **its tangent**: x̄̇_i = Σ ȳ̇_o over the o with t(o) = i, t being constant; as the tangents
///
/// As PyTorch's: h′ and w′ are rounded down, padding is at most half the window and never wins, NaN always wins.
/// Scherer, Müller & Behnke 2010, *Evaluation of pooling operations in convolutional architectures for object
/// recognition*.
///
/// @param window its size, stride, padding and dilation
public record MaxPool2d(Window window) implements Parameterless {

  /// @throws IllegalArgumentException if the padding is more than half the window
  public MaxPool2d {
    requireWindow(window, "MaxPool2d");
  }

  /// {@return the layer with windows of `size` × `size` side by side}
  ///
  /// @throws IllegalArgumentException for a size below 1
  public static MaxPool2d of(int size) {
    return new MaxPool2d(Window.of(size).withStride(size, size));
  }

  static void requireWindow(Window window, String owner) {
    Objects.requireNonNull(window, "window");
    if (2L * window.paddingHeight() > window.height() || 2L * window.paddingWidth() > window.width()) {
      throw new IllegalArgumentException(owner + ": padding is " + window.paddingHeight() + "×" + window.paddingWidth()
          + ", expected at most half of the window's " + window.height() + "×" + window.width());
    }
  }

  /// @throws IllegalArgumentException if the input has no planes, or smaller ones than the window
  @Override
  public Shape outputShape(Shape input) {
    return pooled(window, requirePlanes(input, this), this);
  }

  static Shape requirePlanes(Shape input, Layer layer) {
    if (input.rank() < 3) {
      throw new IllegalArgumentException(layer + ": input has shape " + input
          + ", expected [batch, channel, height, width]");
    }
    return input;
  }

  /// The shape after pooling the two innermost axes.
  static Shape pooled(Window window, Shape input, Layer layer) {
    int[] dims = input.toArray();
    int width = dims.length - 1;
    PoolOps.requirePooling(window, dims[width - 1], dims[width], layer);
    dims[width - 1] = window.positionsAlongHeight(dims[width - 1], layer);
    dims[width] = window.positionsAlongWidth(dims[width], layer);
    return Shape.of(dims);
  }

  /// Implicit: a push or pull is an addition for each output.
  @Override
  public JacobianStructure jacobianStructure(Shape input) {
    int outputs = outputShape(input).size();
    return JacobianStructure.implicit(outputs).keeping(2L * outputs);
  }

  @Override
  public Tensor forward(Tensor x, Parameters theta, Workspace ws) {
    return At.forward(this, window, x, theta, ws);
  }

  @Override
  public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
    return At.linearize(this, window, x, theta, ws);
  }

  /// For example `MaxPool2d[2×2, stride 2×2]`.
  @Override
  public String toString() {
    return "MaxPool2d[" + window + "]";
  }

  /// Max pooling at one point, over planes or rows.
  static final class At extends ParameterlessLinearization {

    private Window window;
    private Tensor won;

    static Tensor forward(Layer layer, Window window, Tensor x, Parameters theta, Workspace ws) {
      Tensor y = output(layer, x, theta, ws);
      PoolOps.max(window, x, y, Tensor.none(), ws);
      return y;
    }

    static Linearization linearize(Layer layer, Window window, Tensor x, Parameters theta, Workspace ws) {
      At at = ws.object(At.class, At::new);
      at.window = window;
      at.set(layer, x.shape(), output(layer, x, theta, ws), ws);
      at.won = ws.tensor(x.precision(), at.y.shape());
      PoolOps.max(window, x, at.y, at.won, ws);
      return at;
    }

    private static Tensor output(Layer layer, Tensor x, Parameters theta, Workspace ws) {
      Shape output = KnownShape.of(layer, x.shape(), ws);
      theta.require(0, x.precision(), 1, layer, "theta");
      return ws.tensor(x.precision(), output);
    }

    @Override
    void push(Tensor xDot, Tensor yDot) {
      int mark = ws.mark();
      PoolOps.maxPush(window, won, xDot, yDot, ws);
      ws.release(mark);
    }

    @Override
    void pull(Tensor yBar, Tensor xBar) {
      int mark = ws.mark();
      PoolOps.maxPull(window, won, yBar, xBar, ws);
      ws.release(mark);
    }
  }
}
