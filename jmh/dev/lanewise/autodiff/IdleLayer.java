package dev.lanewise.autodiff;

import dev.lanewise.JacobianStructure;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.nn.Sequential;

/// A layer that computes nothing, with the shapes of another. The Jacobian of a network of such layers takes only the
/// time outside the layers: checks of arguments, seeds, writing of the Jacobian.
final class IdleLayer implements Layer, Linearization {

  private final Layer like;
  private final Tensor y;

  private IdleLayer(Layer like, Precision precision, Shape input) {
    this.like = like;
    this.y = Tensor.zeros(precision, like.outputShape(input));
  }

  /// A network of as many idle layers.
  static Sequential like(Sequential network, Precision precision, Shape input) {
    Layer[] layers = new Layer[network.layers().size()];
    Shape shape = input;
    for (int layer = 0; layer < layers.length; layer++) {
      layers[layer] = new IdleLayer(network.layers().get(layer), precision, shape);
      shape = network.layers().get(layer).outputShape(shape);
    }
    return Sequential.of(layers);
  }

  @Override
  public Shape outputShape(Shape input) {
    return like.outputShape(input);
  }

  @Override
  public ParameterSpec parameters() {
    return like.parameters();
  }

  @Override
  public JacobianStructure jacobianStructure(Shape input) {
    return like.jacobianStructure(input);
  }

  @Override
  public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
    return this;
  }

  @Override
  public Tensor output() {
    return y;
  }

  @Override
  public void jvp(Tensor xDot, Parameters thetaDot, Tensor yDot) {}

  @Override
  public void vjp(Tensor yBar, Tensor xBar, Parameters thetaBar) {}
}
