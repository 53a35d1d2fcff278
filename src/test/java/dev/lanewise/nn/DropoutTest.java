package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.testkit.LayerContract;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Dropout keeps the contract in training as well, drops as often as it says, each unit on its own, and nothing at
/// inference.
class DropoutTest {

  private static final Parameters NO_PARAMETERS = Parameters.zeros(ParameterSpec.none(), Precision.DOUBLE);

  @TestFactory
  Stream<DynamicTest> lawsInTraining() {
    Layer network = Sequential.of(new Dense(5, 8, Activation.TANH), new Dropout(0.4), new Dense(8, 6, Activation.SILU),
        new Dropout(0.2), new Dense(6, 2));
    return Stream.of(LayerContract.of(new InTraining(new Dropout(0.5), 7), Shape.of(9)),
        LayerContract.of(new InTraining(network, 7), Shape.of(5)))
        .flatMap(contract -> contract.laws().stream()
        .map(law -> dynamicTest(law.name() + " of " + contract.layer(), law::check)));
  }

  private static double[] scales(double rate, long seed, int rows, int columns) {
    Workspace ws = new Workspace();
    ws.beginTraining(seed);
    Tensor ones = Tensor.zeros(Precision.DOUBLE, rows, columns);
    ones.fill(1);
    return new Dropout(rate).forward(ones, NO_PARAMETERS, ws).toDoubles();
  }

  /// The share of dropped units, and of pairs of neighbours in a row, in a column and in the next draw that are both
  /// dropped, within six standard errors.
  @Test
  void unitsAreDroppedAsOftenAsSaidAndIndependently() {
    double rate = 0.3;
    int n = 1000;
    double[] scales = scales(rate, 1, n, n);
    double[] next = scales(rate, 2, n, n);
    assertEquals(2, Arrays.stream(scales).distinct().count());
    assertEquals(1 / 0.7, Arrays.stream(scales).max().orElseThrow());
    double dropped = 0;
    double[] pairs = new double[3];
    for (int i = 0; i < n * n; i++) {
      dropped += scales[i] == 0 ? 1 : 0;
      pairs[0] += scales[i] == 0 && scales[(i + 1) % (n * n)] == 0 ? 1 : 0;
      pairs[1] += scales[i] == 0 && scales[(i + n) % (n * n)] == 0 ? 1 : 0;
      pairs[2] += scales[i] == 0 && next[i] == 0 ? 1 : 0;
    }
    assertEquals(rate, dropped / (n * n), 6 * Math.sqrt(rate * (1 - rate)) / n);
    for (double pair : pairs) {
      assertEquals(rate * rate, pair / (n * n), 6 * Math.sqrt(2 * rate * rate * (1 - rate * rate)) / n);
    }
  }

  @Test
  void theSeedDecidesAndEachLayerDrawsAnew() {
    assertArrayEquals(scales(0.5, 9, 8, 8), scales(0.5, 9, 8, 8));
    assertFalse(Arrays.equals(scales(0.5, 9, 8, 8), scales(0.5, 10, 8, 8)));
    Workspace ws = new Workspace();
    ws.beginTraining(3);
    Tensor ones = Tensor.zeros(Precision.FLOAT, 16, 16);
    ones.fill(1);
    Parameters none = NO_PARAMETERS.to(Precision.FLOAT);
    Tensor first = new Dropout(0.5).forward(ones, none, ws).copy();
    assertFalse(Arrays.equals(first.toDoubles(), new Dropout(0.5).linearize(ones, none, ws).output().toDoubles()));
    ws.reset();
    assertArrayEquals(first.toDoubles(), new Dropout(0.5).linearize(ones, none, ws).output().toDoubles(),
        "the same after a reset");
    assertArrayEquals(scales(0.5, 3, 16, 16), first.toDoubles(), "the same in either precision");
  }

  @Test
  void atInferenceItIsTheIdentity() {
    Workspace ws = new Workspace();
    ws.beginTraining(1);
    ws.endTraining();
    Tensor x = Tensor.row(1.5, -2, Double.NaN, Double.POSITIVE_INFINITY, -0.0);
    assertArrayEquals(x.toDoubles(), new Dropout(0.9).forward(x, NO_PARAMETERS, ws).toDoubles());
    assertTrue(new Dropout(0.9).linearize(x, NO_PARAMETERS, ws).slope().isNone());
    assertArrayEquals(new double[] {1, 1}, scales(0, 1, 1, 2), "a rate of 0 drops nothing in training either");
  }

  @Test
  void ratesThatAreNoneAreRefused() {
    for (double rate : new double[] {-0.1, 1, Double.NaN}) {
      String message = assertThrows(IllegalArgumentException.class, () -> new Dropout(rate)).getMessage();
      assertEquals("Dropout: rate is " + rate + ", expected at least 0 and below 1", message);
    }
  }
}
