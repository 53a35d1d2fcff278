package dev.lanewise;

import java.util.List;
import java.util.Optional;

/// A differentiable function of an input and of parameters: y = f(x, θ). Built-in layers and your own implement the
/// same interface, with the same rights.
///
/// A layer is stateless and safe to share between threads: it has hyper-parameters only, usually as a record.
/// Parameters are passed in. The [Linearization] keeps what a derivative needs. The [Workspace] provides memory and, to
/// a layer that draws at random in training, whether to draw ([Workspace#isTraining()]) and a seed
/// ([Workspace#nextDraw()]).
///
/// The batch is axis 0 of the input and of the output: `[batch, features]`, sequences `[batch, time, features]`, images
/// `[batch, channel, height, width]`. Jacobians and gradients sample by sample, slices of a training set and losses
/// rely on it. `dev.lanewise.testkit.LayerContract` tests the laws that a layer must satisfy.
public interface Layer {

  /// {@return the shape of the output for an input of shape `input`, batch axis included}
  ///
  /// @throws IllegalArgumentException if the layer cannot take such an input
  Shape outputShape(Shape input);

  /// {@return the parameters' names, shapes and initial values; [ParameterSpec#none()] for a layer without parameters}
  ParameterSpec parameters();

  /// Evaluates the layer at `x` and `theta`, and keeps what its derivatives there need.
  ///
  /// Neither `x` nor `theta` is changed or copied: both must stay as they are for as long as the result is used. Output
  /// and residuals live in `ws`, until it is reset.
  ///
  /// @return the layer at this point: its output, to push and pull through
  /// @throws IllegalArgumentException if shape or precision do not fit, of x or of a parameter
  Linearization linearize(Tensor x, Parameters theta, Workspace ws);

  /// Evaluates the layer without keeping anything for derivatives. The result lives in `ws`.
  ///
  /// @return y = f(x, θ)
  /// @throws IllegalArgumentException if shape or precision do not fit
  default Tensor forward(Tensor x, Parameters theta, Workspace ws) {
    return linearize(x, theta, ws).output();
  }

  /// {@return the layers f_1, …, f_L that this one is the composition of, f = f_L ∘ … ∘ f_1, the first applied first;
  /// empty for a layer that is not a composition} Part ℓ of its parameters is θ_ℓ. A planner can then multiply the
  /// chain rule's factors in any order.
  default List<Layer> chain() {
    return List.of();
  }

  /// {@return the layers f_1, …, f_B whose outputs add up to this one's, f(x) = f_1(x) + … + f_B(x), in the order of
  /// the additions; empty for a layer that is no such sum} All branches take the same input. Part b of this layer's
  /// parameters is θ_b. The branches' Jacobians add up likewise, and each may be computed in its cheapest order. A
  /// layer has a [#chain()] or branches, or neither.
  default List<Layer> branches() {
    return List.of();
  }

  /// {@return the structure of the Jacobian of the flattened output by the flattened input, for an input of shape
  /// `input`, and the memory that a linearization takes}
  ///
  /// @throws IllegalArgumentException if the layer cannot take such an input
  default JacobianStructure jacobianStructure(Shape input) {
    return JacobianStructure.implicit((long) input.size() * outputShape(input).size());
  }

  /// {@return W, b and φ if the layer computes y = φ(W·x + b) for each sample, with the present and later values of θ;
  /// empty otherwise} The map is not used in training ([Workspace#isTraining()]).
  ///
  /// @throws IllegalArgumentException if θ is not this layer's
  default Optional<AffineMap> affineMap(Parameters theta) {
    return Optional.empty();
  }

  /// {@return the layer that computes φ(f(x, θ)) in one pass, with the same parameters; empty if there is none, for
  /// example if this one already has an activation} Expressions use it instead of this layer followed by φ.
  ///
  /// @param phi φ
  default Optional<Layer> activatedBy(Activation phi) {
    return Optional.empty();
  }

  /// {@return whether an output sample depends on other samples of the batch, as in a loss} Per-sample Jacobians seed
  /// all samples at once, which is valid only if this is false.
  default boolean mixesSamples() {
    return false;
  }

  /// {@return whether an output sample depends on other samples of the batch in training ([Workspace#isTraining()]),
  /// where a layer may take its statistics from the batch}
  default boolean mixesSamplesInTraining() {
    return mixesSamples();
  }
}
