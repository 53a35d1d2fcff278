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
    SequentialLinearization at = ws.object(SequentialLinearization.class, SequentialLinearization::new);
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
}
