package dev.lanewise.graph;

import dev.lanewise.Activation;
import dev.lanewise.AffineMap;
import dev.lanewise.Initializer;
import dev.lanewise.JacobianStructure;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.Ops;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.ops.DenseLinearization;
import java.util.Optional;

/// The layer of [Node#linear]: y = φ(W·x + b) along the last axis of samples of any rank. Its rules are those of
/// [DenseLinearization].
///
/// @param name the prefix of its parameters' names
/// @param input a sample's shape
/// @param output the shape of a sample's result
/// @param bias whether there is a b
/// @param activation φ
record AffineLayer(String name, Shape input, Shape output, boolean bias, Activation activation) implements Layer {

  private static final Initializer INITIALIZER = Initializer.glorotUniform();

  static AffineLayer of(String name, Shape input, int out, boolean bias) {
    if (out < 1) {
      throw new IllegalArgumentException(out + " features, expected at least 1");
    }
    int[] dims = input.toArray();
    dims[dims.length - 1] = out;
    return new AffineLayer(name, input, Shape.of(dims), bias, Activation.IDENTITY);
  }

  @Override
  public Shape outputShape(Shape batch) {
    GraphLayer.requireInput(this, input, batch);
    return output.prepend(batch.dim(0));
  }

  @Override
  public ParameterSpec parameters() {
    var weight = new ParameterSpec.Entry("weight", Shape.of(output.last(), input.last()), INITIALIZER);
    return bias
        ? ParameterSpec.of(weight, new ParameterSpec.Entry("bias", Shape.of(output.last()), Initializer.zeros()))
        : ParameterSpec.of(weight);
  }

  @Override
  public JacobianStructure jacobianStructure(Shape batch) {
    GraphLayer.requireInput(this, input, batch);
    int in = input.last();
    int out = output.last();
    JacobianStructure structure = batch.rows() == 1
        ? JacobianStructure.dense(out, in)
        : JacobianStructure.implicit((long) batch.rows() * out * in);
    return structure.keeping(activation.kept((long) batch.rows() * out));
  }

  @Override
  public Optional<AffineMap> affineMap(Parameters theta) {
    requireParameters(theta, theta.isNone() ? null : theta.precision());
    return input.rank() == 1 ? Optional.of(new AffineMap(theta.get(0), bias(theta), activation)) : Optional.empty();
  }

  @Override
  public Optional<Layer> activatedBy(Activation phi) {
    return activation == Activation.IDENTITY
        ? Optional.of(new AffineLayer(name, input, output, bias, phi)) : Optional.empty();
  }

  private Tensor bias(Parameters theta) {
    return bias ? theta.get(1) : Tensor.none();
  }

  @Override
  public Tensor forward(Tensor x, Parameters theta, Workspace ws) {
    require(x, theta);
    Tensor y = ws.tensor(x.precision(), x.shape().dim(0), output);
    forward(x, theta, y, ws);
    return y;
  }

  /// Writes the value to `y`.
  void forward(Tensor x, Parameters theta, Tensor y, Workspace ws) {
    Ops.dense(x, theta.get(0), bias(theta), activation, y, Tensor.none(), ws);
  }

  @Override
  public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
    require(x, theta);
    return DenseLinearization.of(this, activation, x, theta, ws.tensor(x.precision(), x.shape().dim(0), output), ws);
  }

  private void require(Tensor x, Parameters theta) {
    GraphLayer.requireInput(this, input, x.shape());
    requireParameters(theta, x.precision());
  }

  private void requireParameters(Parameters theta, Precision precision) {
    theta.require(bias ? 2 : 1, precision, 1, this, "theta");
    if (!theta.get(0).shape().is(output.last(), input.last()) || bias && !theta.get(1).shape().is(output.last())) {
      throw new IllegalArgumentException(this + ": theta has " + theta.spec() + ", expected weight ["
          + output.last() + ", " + input.last() + "]" + (bias ? " and bias [" + output.last() + "]" : ""));
    }
  }

  /// For example `inner: Linear[in=64, out=32]`.
  @Override
  public String toString() {
    return name + ": Linear[in=" + input.last() + ", out=" + output.last() + (bias ? "" : ", no bias")
        + (activation == Activation.IDENTITY ? "" : ", " + activation) + "]";
  }
}
