package dev.lanewise.nn;

import dev.lanewise.JacobianStructure;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;

/// Samples of any axes as rows of features: the same numbers, not copied.
///
/// | what        | formula | shapes                                  |
/// |-------------|---------|-----------------------------------------|
/// | value       | Y = X   | X `[batch, …]`, Y `[batch, n]`          |
/// | residuals   | none    |                                         |
/// | tangent     | Ẏ = Ẋ   | as X, Y, with a chunk before            |
/// | cotangent   | X̄ = Ȳ   | as the tangents                         |
/// | its tangent | X̄̇ = Ȳ̇   | as the tangents                         |
///
/// The output is a view of the input. The Jacobian of the flattened output by the flattened input is the identity, and
/// so a plan takes no step for it.
public record Flatten() implements Parameterless {

  /// @throws IllegalArgumentException if the input has no batch
  @Override
  public Shape outputShape(Shape input) {
    return Shape.of(batch(input), features(input));
  }

  private int batch(Shape input) {
    if (input.rank() < 1) {
      throw new IllegalArgumentException(this + ": input has shape " + input + ", expected [batch, …]");
    }
    return input.dim(0);
  }

  private static int features(Shape input) {
    int features = 1;
    for (int axis = 1; axis < input.rank(); axis++) {
      features = Math.multiplyExact(features, input.dim(axis));
    }
    return features;
  }

  /// Diagonal, all ones; nothing is kept.
  @Override
  public JacobianStructure jacobianStructure(Shape input) {
    outputShape(input);
    return JacobianStructure.identity();
  }

  @Override
  public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
    int batch = batch(x.shape());
    At at = ws.object(At.class, At::new);
    int features = features(x.shape());
    if (at.sample == null || at.sample.rank() != 1 || at.sample.dim(0) != features) {
      at.sample = Shape.of(features);
    }
    return at.view(this, x, batch, theta, ws);
  }

  /// The same numbers under another shape, at one point.
  static final class At extends ParameterlessLinearization {

    /// The shape of one output sample, kept for the next call.
    Shape sample;

    Linearization view(Layer layer, Tensor x, int batch, Parameters theta, Workspace ws) {
      theta.require(0, x.precision(), 1, layer, "theta");
      set(layer, x.shape(), ws.view(x, 0, batch, sample), ws);
      return this;
    }

    @Override
    void push(Tensor xDot, Tensor yDot) {
      yDot.copyFrom(xDot, 0);
    }

    @Override
    void pull(Tensor yBar, Tensor xBar) {
      xBar.copyFrom(yBar, 0);
    }

    @Override
    public Tensor slope() {
      return Tensor.none();
    }
  }
}
