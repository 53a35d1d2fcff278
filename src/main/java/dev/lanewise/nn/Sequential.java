package dev.lanewise.nn;

import dev.lanewise.JacobianStructure;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import java.util.List;

/// Layers applied in order: the composition f = f_L ∘ … ∘ f₁ of the slides, equation [2].
///
/// | what       | formula                                    |
/// |------------|--------------------------------------------|
/// | value      | x₁ = x, x_(ℓ+1) = f_ℓ(x_ℓ, θ_ℓ), y = x_(L+1) |
/// | parameters | layer ℓ's under the names `ℓ.name`, ℓ from 0 |
/// | residuals  | the layers'                                |
/// | tangent    | ẋ_(ℓ+1) = J_ℓ·ẋ_ℓ + J_θℓ·θ̇_ℓ, for ℓ = 1 … L   |
/// | cotangent  | x̄_ℓ = J_ℓᵀ·x̄_(ℓ+1), θ̄_ℓ += J_θℓᵀ·x̄_(ℓ+1), for ℓ = L … 1 |
/// | its tangent | x̄̇_ℓ, θ̄̇_ℓ from ẋ_ℓ, θ̇_ℓ, x̄_(ℓ+1), x̄̇_(ℓ+1), for ℓ = L … 1 |
///
/// Slides, equations [3], [13], [14] and [25]; the algorithm of Example 1.
///
/// [2]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-2
/// [3]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-3
/// [13]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-13
/// [14]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-14
/// [25]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-25
///
/// @param layers the layers in order of application, at least one
public record Sequential(List<Layer> layers) implements Layer {

  /// @throws IllegalArgumentException if there is no layer
  public Sequential {
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("Sequential: has 0 layers, expected at least 1");
    }
  }

  /// {@return the composition of these layers, the first applied first}
  ///
  /// @throws IllegalArgumentException if there is no layer
  public static Sequential of(Layer... layers) {
    return new Sequential(List.of(layers));
  }

  @Override
  public Shape outputShape(Shape input) {
    Shape shape = input;
    for (Layer layer : layers) {
      shape = layer.outputShape(shape);
    }
    return shape;
  }

  @Override
  public ParameterSpec parameters() {
    return ParameterSpec.join(layers.stream().map(Layer::parameters).toList());
  }

  @Override
  public List<Layer> chain() {
    return layers;
  }

  /// Implicit: whoever wants more asks the layers of [#chain()].
  @Override
  public JacobianStructure jacobianStructure(Shape input) {
    long multiplyAdds = 0;
    long kept = 0;
    long recomputed = 0;
    Shape shape = input;
    for (Layer layer : layers) {
      JacobianStructure structure = layer.jacobianStructure(shape);
      multiplyAdds += structure.multiplyAdds();
      kept += structure.kept();
      recomputed += structure.recomputed();
      shape = layer.outputShape(shape);
    }
    return JacobianStructure.implicit(multiplyAdds).keeping(kept).recomputing(recomputed);
  }

  @Override
  public Tensor forward(Tensor x, Parameters theta, Workspace ws) {
    theta.requireParts(layers.size(), this, "theta");
    Tensor value = x;
    for (int layer = 0; layer < layers.size(); layer++) {
      value = layers.get(layer).forward(value, theta.part(layer), ws);
    }
    return value;
  }

  @Override
  public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
    theta.requireParts(layers.size(), this, "theta");
    At at = ws.object(At.class, At::new);
    at.begin(this, x, theta, ws);
    Tensor value = x;
    for (int layer = 0; layer < layers.size(); layer++) {
      value = at.add(layer, layers.get(layer).linearize(value, theta.part(layer), ws));
    }
    return at;
  }

  @Override
  public boolean mixesSamples() {
    for (int layer = 0; layer < layers.size(); layer++) { // by index: an iterator would be allocated at each call
      if (layers.get(layer).mixesSamples()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean mixesSamplesInTraining() {
    for (int layer = 0; layer < layers.size(); layer++) {
      if (layers.get(layer).mixesSamplesInTraining()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return "Sequential" + layers;
  }

  /// The layers' linearizations, in order.
  private static final class At implements Linearization {

    private Sequential network;
    private Tensor x;
    private Parameters theta;
    private Linearization[] layers = {};
    private Tensor[] tangents = {};
    private Tensor[] cotangents = {};
    private Workspace ws;

    void begin(Sequential network, Tensor x, Parameters theta, Workspace ws) {
      this.network = network;
      this.x = x;
      this.theta = theta;
      this.ws = ws;
      if (layers.length != network.layers().size()) {
        layers = new Linearization[network.layers().size()];
      }
    }

    Tensor add(int index, Linearization layer) {
      layers[index] = layer;
      return layer.output();
    }

    @Override
    public Tensor output() {
      return layers[layers.length - 1].output();
    }

    /// ẋ_(ℓ+1) = J_ℓ·ẋ_ℓ + J_θℓ·θ̇_ℓ, from the first layer to the last: slides, equation 13.
    @Override
    public void jvp(Tensor xDot, Parameters thetaDot, Tensor yDot) {
      int chunk = Linearization.requirePush(network, x.shape(), theta, output(), xDot, thetaDot, yDot);
      int mark = ws.mark();
      Tensor tangent = xDot;
      for (int layer = 0; layer < layers.length; layer++) {
        boolean last = layer == layers.length - 1;
        Tensor next = last ? yDot : ws.tensor(x.precision(), chunk, layers[layer].output().shape());
        layers[layer].jvp(tangent, thetaDot.part(layer), next);
        tangent = next;
      }
      ws.release(mark);
    }

    /// x̄_ℓ = J_ℓᵀ·x̄_(ℓ+1), θ̄_ℓ += J_θℓᵀ·x̄_(ℓ+1), from the last layer to the first: slides, equations 14 and 25.
    @Override
    public void vjp(Tensor yBar, Tensor xBar, Parameters thetaBar) {
      int chunk = Linearization.requirePull(network, x.shape(), theta, output(), yBar, xBar, thetaBar);
      if (xBar.isNone() && thetaBar.isNone()) {
        return;
      }
      int mark = ws.mark();
      Tensor cotangent = yBar;
      for (int layer = layers.length - 1; layer >= 0; layer--) {
        Tensor next = layer == 0 ? xBar : ws.tensor(x.precision(), chunk, layers[layer - 1].output().shape());
        layers[layer].vjp(cotangent, next, thetaBar.part(layer));
        cotangent = next;
      }
      ws.release(mark);
    }

    /// x̄̇_ℓ and θ̄̇_ℓ from x̄̇_(ℓ+1), from the last layer to the first, with ẋ_ℓ of every layer's input and x̄_(ℓ+1) of its
    /// output at hand.
    @Override
    public void vjpDot(
        Tensor xDot, Parameters thetaDot, Tensor yBar, Tensor yBarDot, Tensor xBarDot, Parameters thetaBarDot) {
      int chunk = Linearization.requirePullDot(
          network, x.shape(), theta, output(), xDot, thetaDot, yBar, yBarDot, xBarDot, thetaBarDot);
      if (xBarDot.isNone() && thetaBarDot.isNone()) {
        return;
      }
      int mark = ws.mark();
      pushToEach(xDot, thetaDot, chunk);
      pullToEach(yBar);
      Tensor cotangentDot = yBarDot;
      for (int layer = layers.length - 1; layer >= 0; layer--) {
        Tensor next = layer == 0 ? xBarDot : ws.tensor(x.precision(), chunk, layers[layer - 1].output().shape());
        layers[layer].vjpDot(
            tangents[layer], thetaDot.part(layer), cotangents[layer], cotangentDot, next, thetaBarDot.part(layer));
        cotangentDot = next;
      }
      ws.release(mark);
    }

    /// ẋ_ℓ of every layer's input; none for all where nothing is pushed.
    private void pushToEach(Tensor xDot, Parameters thetaDot, int chunk) {
      if (tangents.length != layers.length) {
        tangents = new Tensor[layers.length];
      }
      boolean none = xDot.isNone() && thetaDot.isNone();
      tangents[0] = xDot;
      for (int layer = 1; layer < layers.length; layer++) {
        tangents[layer] = none ? xDot : ws.tensor(x.precision(), chunk, layers[layer - 1].output().shape());
        if (!none) {
          layers[layer - 1].jvp(tangents[layer - 1], thetaDot.part(layer - 1), tangents[layer]);
        }
      }
    }

    /// x̄_(ℓ+1) of every layer's output.
    private void pullToEach(Tensor yBar) {
      if (cotangents.length != layers.length) {
        cotangents = new Tensor[layers.length];
      }
      cotangents[layers.length - 1] = yBar;
      for (int layer = layers.length - 1; layer > 0; layer--) {
        cotangents[layer - 1] = ws.tensor(x.precision(), 1, layers[layer - 1].output().shape());
        layers[layer].vjp(cotangents[layer], cotangents[layer - 1], Parameters.none());
      }
    }
  }
}
