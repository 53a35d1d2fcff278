package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Activation;
import dev.lanewise.JacobianStructure;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Elementwise;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Softmax;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// One unit's overflow stays with what depends on it, and every mode gives the same matrix.
class OverflowTest {

  /// y = x, with a slope that is not a number where x is above 1e30: what a slope by a formula becomes when its unit
  /// overflows.
  private record Steep(boolean saysSo) implements Layer {
    @Override
    public Shape outputShape(Shape input) {
      return input;
    }

    @Override
    public ParameterSpec parameters() {
      return ParameterSpec.none();
    }

    @Override
    public JacobianStructure jacobianStructure(Shape input) {
      return saysSo ? JacobianStructure.diagonal(input.size()) : Layer.super.jacobianStructure(input);
    }

    @Override
    public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
      Tensor slope = x.copy();
      for (int i = 0; i < x.size(); i++) {
        slope.set(i, x.get(i) > 1e30 ? Double.NaN : 1);
      }
      return new At(x, slope);
    }
  }

  private record At(Tensor output, Tensor slope) implements Linearization {
    @Override
    public void jvp(Tensor xDot, Parameters thetaDot, Tensor yDot) {
      for (int i = 0; i < yDot.size(); i++) {
        yDot.set(i, slope.get(i % slope.size()) * xDot.get(i));
      }
    }

    @Override
    public void vjp(Tensor yBar, Tensor xBar, Parameters thetaBar) {
      jvp(yBar, thetaBar, xBar);
    }
  }

  private static Map<String, Tensor> byEveryWay(Layer f, Parameters theta, Tensor x) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    Precision precision = x.precision();
    Tensor y = Tensor.zeros(precision, f.outputShape(x.shape()));
    for (Mode mode : Mode.values()) {
      for (int chunk : new int[] {1, 2, 64}) {
        all.put(mode + " in chunks of " + chunk, Jacobians.jacobian(f, theta, x, mode, chunk));
      }
      all.put("prepared " + mode, Tensor.zeros(precision, y.size(), x.size()));
      PreparedJacobian.of(f, theta, precision, x.shape(), JacobianOptions.defaults().withMode(mode)).at(x, y,
          all.get("prepared " + mode));
    }
    for (Mode mode : new Mode[] {Mode.FORWARD, Mode.REVERSE}) {
      all.put("seeded " + mode, Jacobians.jacobian(f, theta, x,
          JacobianOptions.defaults().withMode(mode).withSeededIdentities()));
    }
    return all;
  }

  /// The matrix that `f` must have at `x`: of numbers only whether they are, up to `what`'s own value.
  private static void requirePattern(Layer f, Parameters theta, Tensor x, String pattern) {
    byEveryWay(f, theta, x).forEach((way, jacobian) -> assertEquals(pattern, pattern(jacobian), f + ", " + way
        + ": " + jacobian));
  }

  /// `.` for a finite element, `N` for NaN, rows behind each other.
  private static String pattern(Tensor jacobian) {
    StringBuilder text = new StringBuilder();
    int d = jacobian.shape().last();
    for (int i = 0; i < jacobian.size(); i++) {
      text.append(i > 0 && i % d == 0 ? " " : "").append(Double.isNaN(jacobian.get(i)) ? "N"
          : Double.isFinite(jacobian.get(i)) ? "." : "I");
    }
    return text.toString();
  }

  private static Parameters theta(Layer f, double... values) {
    Parameters theta = Parameters.zeros(f.parameters(), Precision.FLOAT);
    for (int i = 0; i < theta.flat().size(); i++) {
      theta.flat().set(i, values.length > 0 ? values[i] : 0.5);
    }
    return theta;
  }

  private static final Dense IDENTITY = new Dense(2, 2, false, Activation.IDENTITY);

  @Test
  void theOutputsUnitThatOverflowsHasItsRowAlone() {
    for (boolean said : new boolean[] {true, false}) {
      Layer one = Sequential.of(IDENTITY, new Steep(said));
      requirePattern(one, theta(one, 1, 2, 1e20, 1e20), Tensor.row(1e20f, 1f), ".. NN");
      Layer two = Sequential.of(IDENTITY, IDENTITY, new Steep(said));
      requirePattern(two, theta(two, 1, 2, 3, 4, 1, 1, 1e20, 1e20), Tensor.row(1e20f, 1f), ".. NN");
    }
  }

  @Test
  void theInputThatOverflowsHasItsColumnAlone() {
    for (boolean said : new boolean[] {true, false}) {
      Layer f = Sequential.of(new Steep(said), IDENTITY);
      requirePattern(f, theta(f, 1, 2, 3, 4), Tensor.row(1f, 1e31f), ".N .N");
      requirePattern(new Steep(said), Parameters.none(), Tensor.row(1f, 1e31f), ".. .N");
    }
  }

  @Test
  void aHiddenUnitThatOverflowsReachesAllThatTheProductSays() {
    for (boolean said : new boolean[] {true, false}) {
      Layer f = Sequential.of(IDENTITY, new Steep(said), IDENTITY);
      requirePattern(f, theta(f, 1, 2, 1e20, 1e20, 1, 0, 1, 1), Tensor.row(1e20f, 1f), "NN NN");
      Layer both = Sequential.of(new Steep(said), IDENTITY, new Steep(said));
      requirePattern(both, theta(both, 1, 2, 1, 0), Tensor.row(1e31f, 1f), "NN NN");
    }
  }

  @Test
  void anInfiniteWeightHasItsElementAlone() {
    Layer f = new Dense(2, 3, false, Activation.IDENTITY);
    requirePattern(f, theta(f, 1, Double.POSITIVE_INFINITY, 3, 4, 5, 6), Tensor.row(1f, 1f), ".I .. ..");
  }

  @Test
  void oneSamplesOverflowIsNoOthers() {
    for (boolean said : new boolean[] {true, false}) {
      Layer f = Sequential.of(IDENTITY, new Steep(said));
      Tensor x = Tensor.of(new float[] {1, 1, 1e20f, 1, 1, 1}, 3, 2);
      Parameters theta = theta(f, 1, 2, 1e20, 1e20);
      requirePattern(f, theta, x, "...... ...... ...... ..NN.. ...... ......");
      Tensor y = Tensor.zeros(Precision.FLOAT, 3, 2);
      for (Mode mode : Mode.values()) {
        Tensor prepared = Tensor.zeros(Precision.FLOAT, 3, 2, 2);
        PreparedSampleJacobians.of(f, theta, x.shape(), JacobianOptions.defaults().withMode(mode)).at(x, y, prepared);
        assertEquals(".. .. .. NN .. ..", pattern(prepared), mode.toString());
        if (mode == Mode.FORWARD || mode == Mode.REVERSE) {
          assertEquals(".. .. .. NN .. ..", pattern(SampleJacobians.perSampleJacobians(f, theta, x, mode, 1)),
              mode.toString());
        }
      }
    }
  }

  /// Of built-in layers, at inputs where products, outputs and slopes overflow in float.
  @Test
  void everyModeOfEveryActivationGivesTheSame() {
    for (Activation phi : Activation.values()) {
      for (float huge : new float[] {3e38f, -3e38f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN}) {
        Layer[] nets = {
            new Dense(2, 2, phi), Sequential.of(new Dense(2, 3, phi), new Dense(3, 2, phi)),
            Sequential.of(new Elementwise(phi), new Dense(2, 3, phi), new Softmax()), Sequential.of(new Softmax(),
            new Elementwise(phi))};
        for (Layer f : nets) {
          Parameters theta = Parameters.initialize(f.parameters(), Precision.FLOAT, 3);
          if (theta.count() > 0) {
            theta.flat().set(1, 2);
          }
          Tensor x = Tensor.row(0.5f, huge);
          Map<String, Tensor> all = byEveryWay(f, theta, x);
          String first = pattern(all.get("FORWARD in chunks of 1"));
          all.forEach((way, jacobian) -> assertEquals(first, pattern(jacobian), f + " at " + x + ", " + way));
        }
      }
    }
  }

  /// The example of the rule: row 0 does not depend on the unit that overflows.
  @Test
  void aSiluUnitThatOverflowsLeavesTheOtherRow() {
    Layer f = new Dense(2, 2, false, Activation.SILU);
    Parameters theta = theta(f, 0.25, 0.5, 3e38, 3e38);
    byEveryWay(f, theta, Tensor.row(2f, 2f)).forEach((way, jacobian) -> {
      assertTrue(Double.isFinite(jacobian.get(0, 0)) && Double.isFinite(jacobian.get(0, 1)), way + ": " + jacobian);
      assertEquals(2 * jacobian.get(0, 0), jacobian.get(0, 1), 1e-6, way);
    });
  }
}
