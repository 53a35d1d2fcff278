package dev.lanewise.slides;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Elementwise;
import dev.lanewise.nn.Sequential;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Example 1 of the slides, equations 15 to 41, as its algorithm states it: 𝓛 = ½‖y − W₂·φ(W₁·x)‖², L = 4 layers, every
/// x_ℓ, u_ℓ and g_ℓ against the formulas worked out by hand. Where the slides misprint, the corrected form stands here.
class ExampleOneTest {

  private static final double[] X = {0.5, -1.2, 0.8};
  private static final double[] Y = {0.3, -0.4};
  private static final double[][] W1 = {{0.1, -0.2, 0.3}, {0.7, 0.5, -0.6}, {-0.9, 0.4, 0.2}, {0.25, -0.35, 0.45}};
  private static final double[][] W2 = {{0.6, -0.1, 0.2, 0.8}, {-0.5, 0.9, 0.3, -0.7}};

  private final List<Layer> layers = List.of(
      new Dense(3, 4, false, Activation.IDENTITY),
      new Elementwise(Activation.TANH),
      new Dense(4, 2, false, Activation.IDENTITY),
      new HalfSquaredError(Y));
  private final Sequential network = new Sequential(layers);
  private final Parameters theta = theta();

  private Parameters theta() {
    Parameters values = Parameters.zeros(network.parameters(), Precision.DOUBLE);
    copy(W1, values.get("0.weight"));
    copy(W2, values.get("2.weight"));
    return values;
  }

  @Test
  void theAlgorithmGivesEveryIntermediateOfTheSlides() {
    // By hand: the forward pass, equations 17 to 20, and the errors that come back, equations 26 to 41.
    double[] x2 = times(W1, X);
    double[] x3 = {Math.tanh(x2[0]), Math.tanh(x2[1]), Math.tanh(x2[2]), Math.tanh(x2[3])};
    double[] x4 = times(W2, x3);
    double loss = (square(Y[0] - x4[0]) + square(Y[1] - x4[1])) / 2;
    double[] u4 = {x4[0] - Y[0], x4[1] - Y[1]};
    double[] u3 = transposedTimes(W2, u4);
    double[] u2 = new double[4];
    for (int i = 0; i < 4; i++) {
      u2[i] = u3[i] * (1 - square(x3[i]));
    }
    double[] u1 = transposedTimes(W1, u2);

    // The algorithm. Steps 1 to 3: forward, x_(ℓ+1) = f_ℓ(x_ℓ, θ_ℓ).
    Workspace ws = new Workspace();
    Tensor[] x = new Tensor[6];
    List<Linearization> f = new ArrayList<>();
    x[1] = Tensor.row(X);
    for (int l = 1; l <= 4; l++) {
      f.add(layers.get(l - 1).linearize(x[l], theta.part(l - 1), ws));
      x[l + 1] = f.get(l - 1).output();
    }
    assertClose(x2, x[2], "x2, equation 17");
    assertClose(x3, x[3], "x3, equation 18");
    assertClose(x4, x[4], "x4, equation 19");
    assertEquals(loss, x[5].get(0), 1e-15, "the loss, equation 20");

    // Steps 4 to 7: u_(L+1) = 1, then g_ℓ and u_ℓ from the last layer to the first, equation 25.
    Tensor[] u = new Tensor[6];
    u[5] = Tensor.of(new double[] {1}, 1, 1, 1);
    Parameters g = Parameters.zeros(network.parameters(), Precision.DOUBLE);
    for (int l = 4; l >= 1; l--) {
      u[l] = Tensor.zeros(Precision.DOUBLE, x[l].shape().prepend(1));
      f.get(l - 1).vjp(u[l + 1], u[l], g.part(l - 1));
    }
    assertClose(u4, u[4], "u4 = x4 − y, equations 26 and 41");
    assertClose(u3, u[3], "u3 = W2ᵀ·u4, equation 27");
    assertClose(u2, u[2], "u2 = u3 ⊙ φ′(x2), equations 30 and 40");
    assertClose(u1, u[1], "u1 = W1ᵀ·u2, equation 32: the input gradient");
    assertClose(outer(u4, x3), g.get("2.weight"), "g3 = u4·x3ᵀ, equation 37");
    assertEquals(0, g.part(1).count(), "g2 is empty: the activation has no parameters, equation 38");
    assertClose(outer(u2, X), g.get("0.weight"), "g1 = u2·x1ᵀ, equation 39");
    assertEquals(0, g.part(3).count(), "g4 is empty: the loss has no parameters");

    // Step 9, and the same from the composed network in one call.
    var all = Jacobians.valueAndVjp(network, theta, x[1], Tensor.row(1.0));
    assertEquals(loss, all.value().get(0), 1e-15);
    assertClose(u1, all.xBar(), "input gradient");
    assertArrayEquals(g.flat().toDoubles(), all.thetaBar().flat().toDoubles(), "parameter gradients");
  }

  @Test
  void theGradientByReverseModeIsTheOneOfForwardMode() {
    Tensor gradient = Jacobians.gradient(network, theta, Tensor.row(X));
    for (int j = 0; j < 3; j++) {
      double[] direction = new double[3];
      direction[j] = 1;
      var pushed = Jacobians.valueAndJvp(network, theta, Tensor.row(X), Tensor.row(direction));
      assertEquals(gradient.get(j), pushed.tangent().get(0), 1e-15, "component " + j);
    }
  }

  private static double square(double a) {
    return a * a;
  }

  private static double[] times(double[][] w, double[] x) {
    double[] y = new double[w.length];
    for (int i = 0; i < w.length; i++) {
      for (int j = 0; j < x.length; j++) {
        y[i] += w[i][j] * x[j];
      }
    }
    return y;
  }

  private static double[] transposedTimes(double[][] w, double[] u) {
    double[] x = new double[w[0].length];
    for (int i = 0; i < w.length; i++) {
      for (int j = 0; j < x.length; j++) {
        x[j] += w[i][j] * u[i];
      }
    }
    return x;
  }

  private static double[] outer(double[] u, double[] x) {
    double[] product = new double[u.length * x.length];
    for (int at = 0; at < product.length; at++) {
      product[at] = u[at / x.length] * x[at % x.length];
    }
    return product;
  }

  private static void copy(double[][] w, Tensor to) {
    for (int at = 0; at < to.size(); at++) {
      to.set(at, w[at / w[0].length][at % w[0].length]);
    }
  }

  private static void assertClose(double[] expected, Tensor actual, String what) {
    assertArrayEquals(expected, actual.toDoubles(), 1e-15, what);
  }
}
