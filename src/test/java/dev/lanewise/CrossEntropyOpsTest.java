package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Targets whose sum is not 1, by the formula: −Σ y·log p, gradient p·Σy − y, second derivative Σy·(diag p − p·pᵀ).
class CrossEntropyOpsTest {

  private static final double[] LOGITS = {0.5, -1, 2, 0, 1.5, -0.25};
  private static final double[] TARGETS = {0.5, 2, 0, 0.25, 0.125, 0};
  private static final double[] WEIGHTS = {2, 0.5};

  @ParameterizedTest
  @EnumSource
  void theSumOfTheTargetsScalesTheProbabilities(Precision precision) {
    double tolerance = 8 * precision.unitRoundoff();
    for (boolean weighted : new boolean[] {false, true}) {
      Tensor o = Tensor.of(LOGITS, 2, 3).to(precision);
      Tensor y = Tensor.of(TARGETS, 2, 3).to(precision);
      Tensor w = weighted ? Tensor.of(WEIGHTS, 2).to(precision) : Tensor.none();
      Tensor g = Tensor.zeros(precision, 2, 3);
      Tensor u = Tensor.of(new double[] {1, -2, 0.5, 3, 0, 1}, 1, 2, 3).to(precision);
      Tensor v = Tensor.zeros(precision, 1, 2, 3);
      double value = CrossEntropyOps.valueAndGradient(o, y, w, 0.25, g, new Workspace());
      CrossEntropyOps.hessianProduct(o, y, w, 0.25, u, v, new Workspace());
      double expected = 0;
      double[] gradient = new double[6];
      double[] product = new double[6];
      for (int row = 0; row < 2; row++) {
        double weight = weighted ? WEIGHTS[row] : 1;
        double sum = 0;
        double whole = 0;
        double mean = 0;
        for (int i = 3 * row; i < 3 * row + 3; i++) {
          sum += Math.exp(LOGITS[i]);
          whole += TARGETS[i];
          mean += Math.exp(LOGITS[i]) * u.get(i);
        }
        for (int i = 3 * row; i < 3 * row + 3; i++) {
          double p = Math.exp(LOGITS[i]) / sum;
          expected -= weight * TARGETS[i] * Math.log(p);
          gradient[i] = 0.25 * weight * (p * whole - TARGETS[i]);
          product[i] = 0.25 * weight * whole * p * (u.get(i) - mean / sum);
        }
      }
      assertEquals(expected, value, tolerance * expected);
      assertArrayEquals(gradient, g.toDoubles(), tolerance);
      assertArrayEquals(product, v.toDoubles(), tolerance);
    }
  }
}
