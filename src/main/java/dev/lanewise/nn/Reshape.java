package dev.lanewise.nn;

import dev.lanewise.JacobianStructure;
import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import java.util.Objects;

/// Samples by other axes: the same numbers in the same order, not copied. [Flatten] is its inverse.
///
/// | what        | formula | shapes                                          |
/// |-------------|---------|-------------------------------------------------|
/// | value       | Y = X   | X `[batch, …]`, Y `[batch, …dims]`, as many numbers |
/// | residuals   | none    |                                                 |
/// | tangent     | Ẏ = Ẋ   | as X, Y, with a chunk before                    |
/// | cotangent   | X̄ = Ȳ   | as the tangents                                 |
/// | its tangent | X̄̇ = Ȳ̇   | as the tangents                                 |
///
/// The output is a view of the input. The Jacobian of the flattened output by the flattened input is the identity.
///
/// @param sample the axes of one sample of the output
public record Reshape(Shape sample) implements Parameterless {

  /// Refuses null.
  public Reshape {
    Objects.requireNonNull(sample, "sample");
  }

  /// To `[batch, …dims]`.
  ///
  /// @throws IllegalArgumentException for a negative length, or more elements than an array holds
  public Reshape(int... dims) {
    this(Shape.of(dims));
  }

  /// @throws IllegalArgumentException if the input has no batch, or samples of another size
  @Override
  public Shape outputShape(Shape input) {
    require(input);
    return sample.prepend(input.dim(0));
  }

  private void require(Shape input) {
    long size = 1;
    for (int axis = 1; axis < input.rank(); axis++) {
      size *= input.dim(axis);
    }
    if (input.rank() < 1 || size != sample.size()) {
      throw new IllegalArgumentException(
          this + ": input has shape " + input + ", expected [batch, …] of " + sample.size() + " numbers a sample");
    }
  }

  /// Diagonal, all ones; nothing is kept.
  @Override
  public JacobianStructure jacobianStructure(Shape input) {
    require(input);
    return JacobianStructure.identity();
  }

  @Override
  public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
    require(x.shape());
    Flatten.At at = ws.object(Flatten.At.class, Flatten.At::new);
    at.sample = sample;
    return at.view(this, x, x.shape().dim(0), theta, ws);
  }

  /// For example `Reshape[1, 8, 8]`.
  @Override
  public String toString() {
    return "Reshape" + sample;
  }
}
