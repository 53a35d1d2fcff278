package dev.lanewise.train;

import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The backpropagation algorithm of the slides, Example 1, "Backprop for MLP with L layers", with all that it computes.
///
/// A training step does the same in less memory; this is for reading, for tests and for inspecting error signals. The
/// loss layer f_L holds the targets ([dev.lanewise.train.loss.LossLayer]), which the slides' f_L(x_L, θ_L) leaves out.
/// The slides return "∂𝓛/∂θ_ℓ = x_(L+1)", where the loss is meant. Rows of x are samples.
///
/// @param x x_1 = x, …, x_L, x_(L+1) = 𝓛; x_ℓ at index ℓ − 1
/// @param u u_1 = ∇ₓ𝓛, …, u_L, u_(L+1) = 1, as row vectors `[1, …x_ℓ]`; u_ℓ at index ℓ − 1
/// @param g g_ℓ = ∂𝓛/∂θ_ℓ, part ℓ − 1
public record Backpropagation(List<Tensor> x, List<Tensor> u, Parameters g) {

  /// Copies the lists.
  public Backpropagation {
    x = List.copyOf(x);
    u = List.copyOf(u);
  }

  /// Runs the algorithm.
  ///
  /// @param layers f_1, …, f_L, whose last value is scalar
  /// @param theta θ, with a part for each layer, as of their composition
  /// @return all that it computed
  /// @throws IllegalArgumentException if shapes or precisions do not fit, or the last layer's output is not `[1, 1]`
  public static Backpropagation of(List<Layer> layers, Parameters theta, Tensor input) {
    int last = layers.size();
    theta.requireParts(last, "Backpropagation", "theta");
    ParameterSpec spec = theta.spec();
    Workspace ws = new Workspace();
    Linearization[] f = new Linearization[last + 1];
    Tensor[] x = new Tensor[last + 2];
    Tensor[] u = new Tensor[last + 2];
    Parameters g = Parameters.zeros(spec, input.precision());

    // Forward pass: steps 1 to 3.
    x[1] = input;
    for (int l = 1; l <= last; l++) {
      f[l] = layers.get(l - 1).linearize(x[l], theta.part(l - 1), ws);
      x[l + 1] = f[l].output();
    }
    if (!x[last + 1].shape().is(1, 1)) {
      throw new IllegalArgumentException("Backpropagation: the last value is " + x[last + 1].shape()
          + ", expected a loss [1, 1]");
    }

    // Backward pass: steps 4 to 7, equation 25.
    u[last + 1] = Tensor.zeros(input.precision(), 1, 1, 1);
    u[last + 1].fill(1);
    for (int l = last; l >= 1; l--) {
      u[l] = Tensor.zeros(input.precision(), x[l].shape().prepend(1));
      f[l].vjp(u[l + 1], u[l], g.part(l - 1));
    }

    // Steps 8 and 9. Values live in the workspace, which ends here.
    List<Tensor> values = new ArrayList<>();
    for (int l = 1; l <= last + 1; l++) {
      values.add(x[l].copy());
    }
    return new Backpropagation(values, Arrays.asList(u).subList(1, last + 2), g);
  }

  /// {@return 𝓛 = x_(L+1)}
  public double loss() {
    return x.getLast().get(0);
  }

  /// {@return ∇ₓ𝓛 = u_1}
  public Tensor inputGradient() {
    return u.getFirst();
  }
}
