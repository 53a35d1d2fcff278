package dev.lanewise.train.optimizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Where conjugate gradients and L-BFGS go, against the formulas in dense matrices.
class DirectionsTest {

  /// Σ (x_i − i)⁴/4 + ½ xᵀAx with A of some coupling: no parabola, so that no two pairs agree.
  private static double coupled(double[] x, double[] g) {
    double value = 0;
    for (int i = 0; i < x.length; i++) {
      double r = x[i] - i;
      value += r * r * r * r / 4;
      g[i] += r * r * r;
      for (int j = 0; j < x.length; j++) {
        double a = i == j ? 2 : 1.0 / (1 + i + j);
        value += a * x[i] * x[j] / 2;
        g[i] += a * x[j];
      }
    }
    return value;
  }

  /// −H·g with H by the dense formula of BFGS from γ·I over these pairs, oldest first: Nocedal & Wright 2006, equation
  /// 7.16.
  private static double[] dense(List<double[]> steps, List<double[]> changes, double[] g) {
    int n = g.length;
    double[][] h = new double[n][n];
    double[] newest = changes.getLast();
    for (int i = 0; i < n; i++) {
      h[i][i] = dot(steps.getLast(), newest) / dot(newest, newest);
    }
    for (int pair = 0; pair < steps.size(); pair++) {
      double[] s = steps.get(pair);
      double[] y = changes.get(pair);
      double rho = 1 / dot(s, y);
      double[][] next = new double[n][n];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          double sum = rho * s[i] * s[j];
          for (int k = 0; k < n; k++) {
            for (int l = 0; l < n; l++) {
              sum += ((i == k ? 1 : 0) - rho * s[i] * y[k]) * h[k][l] * ((l == j ? 1 : 0) - rho * y[l] * s[j]);
            }
          }
          next[i][j] = sum;
        }
      }
      h = next;
    }
    double[] d = new double[n];
    for (int i = 0; i < n; i++) {
      d[i] = -dot(h[i], g);
    }
    return d;
  }

  private static double dot(double[] u, double[] v) {
    double sum = 0;
    for (int i = 0; i < u.length; i++) {
      sum += u[i] * v[i];
    }
    return sum;
  }

  private static double[] minus(double[] u, double[] v) {
    double[] difference = new double[u.length];
    for (int i = 0; i < u.length; i++) {
      difference[i] = u[i] - v[i];
    }
    return difference;
  }

  @Test
  void lbfgsFollowsTheDenseFormulaOfItsLastPairs() {
    for (int memory : new int[] {1, 3, 20}) {
      Recorded f = new Recorded(DirectionsTest::coupled, new Random(5).doubles(6, -3, 3).toArray());
      BatchMethod method = Optimizer.lbfgs(memory);
      OptimizerState state = OptimizerState.initial(method, Precision.DOUBLE, 6);
      List<double[]> steps = new ArrayList<>();
      List<double[]> changes = new ArrayList<>();
      method.iterate(f, state);
      double[] before = f.points.getFirst();
      double[] gradientBefore = f.gradients.getFirst();
      for (int iteration = 0; iteration < 8; iteration++) {
        steps.add(minus(f.point().toDoubles(), before));
        changes.add(minus(f.gradient(), gradientBefore));
        if (steps.size() > memory) {
          steps.removeFirst();
          changes.removeFirst();
        }
        before = f.point().toDoubles();
        gradientBefore = f.gradient();
        int asked = f.points.size();
        method.iterate(f, state);
        double[] d = dense(steps, changes, gradientBefore);
        double scale = Math.sqrt(dot(d, d));
        String what = "memory " + memory + ", iteration " + iteration;
        assertArrayEquals(d, minus(f.points.get(asked), before), 1e-9 * scale, what);
      }
    }
  }

  /// Along the pairs' direction there is a wall: the search is begun anew with −g, which does not lead into it. What is
  /// known of H after that is the step after the restart alone. The second coordinate has the coarser numbers: where it
  /// moves, the first one would.
  @Test
  void lbfgsBeginsAnewWhereItsPairsLeadNowhere() {
    double[] wall = {Double.NaN};
    Recorded f = new Recorded((x, g) -> {
      if (x[0] == 1) {
        g[0] = -1;
        g[1] = -1;
        return 10;
      }
      wall[0] = Double.isNaN(wall[0]) ? x[0] : wall[0];
      g[1] = Math.exp(x[1] - 1e6 - 6);
      return x[0] == wall[0] ? g[1] : Double.NaN;
    }, 1, 1e6);
    BatchMethod method = Optimizer.lbfgs(5);
    OptimizerState state = OptimizerState.initial(method, Precision.DOUBLE, 2);
    double value = method.iterate(f, state);
    double[] first = f.point().toDoubles();
    double[] gradient = f.gradient();
    assertEquals(2, f.points.size(), "a pair of both coordinates");
    assertTrue(method.iterate(f, state) < value);
    assertFalse(method.hasStalled(state));
    double[] second = f.point().toDoubles();
    assertEquals(first[0], second[0]);
    assertTrue(second[1] < first[1] - 0.1, second[1] + " after " + first[1]);
    int asked = f.points.size();
    double[] d = dense(List.of(minus(second, first)), List.of(minus(f.gradient(), gradient)), f.gradient());
    method.iterate(f, state);
    assertArrayEquals(d, minus(f.points.get(asked), second), 1e-9);
  }

  /// A slope that gets steeper along the step makes ⟨s, y⟩ negative: H is forgotten, the next direction −g.
  @Test
  void lbfgsForgetsAfterNegativeCurvature() {
    int[] asked = {0};
    Recorded f = new Recorded((x, g) -> {
      int ask = asked[0]++;
      g[0] = ask == 0 ? -1 : ask == 1 ? -0.5 : -0.25 * ask;
      g[1] = ask == 0 ? 0 : ask == 1 ? -0.5 : -ask;
      return 10 - 5 * ask * Math.pow(10, ask);
    }, 0, 0);
    BatchMethod method = Optimizer.lbfgs(5);
    OptimizerState state = OptimizerState.initial(method, Precision.DOUBLE, 2);
    method.iterate(f, state);
    assertEquals(2, asked[0]);
    method.iterate(f, state);
    double[] g = f.gradients.getLast();
    double[] base = f.point().toDoubles();
    int before = asked[0];
    method.iterate(f, state);
    double[] step = minus(f.points.get(before), base);
    assertEquals(-1, dot(step, g) / Math.sqrt(dot(step, step) * dot(g, g)), 1e-9);
  }

  /// ⟨g, g − g_before⟩ < 0: β is 0, the next direction −g.
  @Test
  void conjugateGradientsDropANegativeBeta() {
    Recorded f = new Recorded((x, g) -> {
      boolean start = x[0] == 0 && x[1] == 0;
      g[0] = start ? -1 : -0.08;
      g[1] = start ? -1 : -0.01;
      return start ? 1 : -x[0] * 0.08 - x[1] * 0.01;
    }, 0, 0);
    BatchMethod method = Optimizer.conjugateGradient();
    OptimizerState state = OptimizerState.initial(method, Precision.DOUBLE, 2);
    method.iterate(f, state);
    double[] base = f.point().toDoubles();
    int asked = f.points.size();
    method.iterate(f, state);
    double[] d = minus(f.points.get(asked), base);
    assertTrue(d[0] > 0);
    assertEquals(0.01 / 0.08, d[1] / d[0], 1e-12);
  }

  /// β of Polak and Ribière where it is positive.
  @Test
  void conjugateGradientsFollowTheFormula() {
    Recorded f = new Recorded(DirectionsTest::coupled, new Random(5).doubles(6, -3, 3).toArray());
    BatchMethod method = Optimizer.conjugateGradient();
    OptimizerState state = OptimizerState.initial(method, Precision.DOUBLE, 6);
    method.iterate(f, state);
    double[] before = f.gradients.getFirst();
    double[] d = minus(new double[6], before);
    int positive = 0;
    for (int iteration = 0; iteration < 8; iteration++) {
      double[] g = f.gradient();
      double beta = Math.max(0, dot(g, minus(g, before)) / dot(before, before));
      positive += beta > 0 ? 1 : 0;
      for (int i = 0; i < 6; i++) {
        d[i] = beta * d[i] - g[i];
      }
      double[] base = f.point().toDoubles();
      int asked = f.points.size();
      method.iterate(f, state);
      double[] step = minus(f.points.get(asked), base);
      double cosine = dot(step, d) / Math.sqrt(dot(step, step) * dot(d, d));
      assertEquals(1, cosine, 1e-9, "iteration " + iteration);
      before = g;
    }
    assertTrue(positive > 4, "β > 0 " + positive + " times");
  }
}
