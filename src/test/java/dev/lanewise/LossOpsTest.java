package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// The doors of losses of numbers: targets that fit, weights that count.
class LossOpsTest {

  private final Shape outputs = Shape.of(2, 3);
  private final Tensor targets = Tensor.zeros(Precision.DOUBLE, 2, 3);
  private final Tensor weights = Tensor.of(new double[] {0, 2}, 2);

  private void requireNumbers(Tensor targets, Tensor weights) {
    LossOps.requireNumbers(Precision.DOUBLE, outputs, targets, weights, "Owner");
  }

  @Test
  void numbersWithAndWithoutWeights() {
    requireNumbers(targets, Tensor.none());
    requireNumbers(targets, weights);
    LossOps.requireWeights(Precision.DOUBLE, Shape.of(2, 1, 9), weights, "Owner");
    LossOps.requireNotNegative(Tensor.none(), "Owner", "weights");
  }

  @Test
  void targetsAndWeightsThatDoNotFit() {
    refused("Owner: targets is DOUBLE [3, 2], expected DOUBLE [2, 3]",
        () -> requireNumbers(targets.reshape(3, 2), weights));
    refused("Owner: targets is none, expected DOUBLE [2, 3]", () -> requireNumbers(Tensor.none(), weights));
    refused("Owner: weights are DOUBLE [6], expected DOUBLE of 2 elements, one for each row",
        () -> requireNumbers(targets, targets.reshape(6)));
    refused("Owner: weights are FLOAT [2], expected DOUBLE of 2 elements, one for each row",
        () -> requireNumbers(targets, weights.to(Precision.FLOAT)));
  }

  @Test
  void numbersThatAreNone() {
    targets.set(4, Double.NaN);
    refused("Owner: targets has NaN at row 1, column 1, expected a finite number",
        () -> requireNumbers(targets, weights));
    targets.fill(0);
    for (double weight : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      weights.set(1, weight);
      String refusal = "Owner: weights has " + weight + " at row 1, expected a finite number, at least 0";
      refused(refusal, () -> requireNumbers(targets, weights));
      refused(refusal, () -> LossOps.requireNotNegative(weights, "Owner", "weights"));
    }
  }

  private static void refused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
