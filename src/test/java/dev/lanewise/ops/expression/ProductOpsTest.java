package dev.lanewise.ops.expression;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Many products at once are each its definition, whichever of them are made one, and add up where they fall on one
/// matrix.
class ProductOpsTest {

  private final Random random = new Random(3);
  private final Workspace ws = new Workspace();

  /// How often each operand and the result are there, and how many products in a row each serves.
  private static final int[][] COUNTS = {
      // a, its each, b, its each, c, its each
      {6, 1, 6, 1, 6, 1}, {6, 1, 1, 6, 6, 1}, {1, 6, 6, 1, 6, 1}, {3, 2, 6, 1, 6, 1}, {2, 1, 6, 1, 6, 1},
      {6, 1, 6, 1, 1, 6}, {6, 1, 6, 1, 3, 2}, {6, 1, 6, 1, 2, 1}, {6, 1, 1, 1, 1, 1}, {2, 1, 3, 2, 6, 1}};

  @ParameterizedTest
  @EnumSource(Precision.class)
  void eachIsItsDefinition(Precision precision) {
    for (int[] counts : COUNTS) {
      for (int turned = 0; turned < 4; turned++) {
        for (int directions = 0; directions < 4; directions++) {
          check(precision, counts, turned % 2 == 1, turned / 2 == 1, directions % 2 == 1 ? 2 : 1,
              directions / 2 == 1 ? 2 : 1, turned > 1);
        }
      }
    }
  }

  private void check(Precision precision, int[] counts, boolean aTurned, boolean bTurned, int aDirections,
      int bDirections, boolean add) {
    int m = 2;
    int n = 3;
    int k = 4;
    int directions = 2;
    Tensor a = random(precision, aDirections * counts[0], m * k);
    Tensor b = random(precision, bDirections * counts[2], k * n);
    Tensor c = random(precision, directions * counts[4], m * n);
    double[] expected = add ? c.toDoubles() : new double[c.size()];
    for (int product = 0; product < directions * 6; product++) {
      int direction = product / 6;
      int i = product % 6;
      int at = ((aDirections == 1 ? 0 : direction) * counts[0] + i / counts[1] % counts[0]) * m * k;
      int bt = ((bDirections == 1 ? 0 : direction) * counts[2] + i / counts[3] % counts[2]) * k * n;
      int ct = (direction * counts[4] + i / counts[5] % counts[4]) * m * n;
      for (int row = 0; row < m; row++) {
        for (int column = 0; column < n; column++) {
          for (int p = 0; p < k; p++) {
            expected[ct + row * n + column] += a.get(at + (aTurned ? p * m + row : row * k + p))
                * b.get(bt + (bTurned ? column * k + p : p * n + column));
          }
        }
      }
    }
    ProductOps.multiply(directions, 6, m, n, k, a, aDirections, counts[1], aTurned, b, bDirections, counts[3], bTurned,
        c, counts[5], add, ws);
    assertArrayEquals(expected, c.toDoubles(), precision == Precision.FLOAT ? 1e-4 : 1e-12);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void nothingIsZero(Precision precision) {
    Tensor c = random(precision, 1, 6);
    double[] before = c.toDoubles();
    Tensor none = Tensor.zeros(precision, 0);
    ProductOps.multiply(1, 0, 2, 3, 4, none, 1, 1, false, none, 1, 1, false, c, 1, true, ws);
    ProductOps.multiply(1, 1, 2, 3, 0, none, 1, 1, false, none, 1, 1, false, c, 1, true, ws);
    assertArrayEquals(before, c.toDoubles());
    ProductOps.multiply(1, 0, 2, 3, 4, none, 1, 1, false, none, 1, 1, false, c, 1, false, ws);
    assertArrayEquals(new double[6], c.toDoubles());
    c.fill(1);
    ProductOps.multiply(1, 1, 2, 3, 0, none, 1, 1, false, none, 1, 1, false, c, 1, false, ws);
    assertArrayEquals(new double[6], c.toDoubles());
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void refuses(Precision precision) {
    Tensor a = Tensor.zeros(precision, 2, 4);
    Tensor b = Tensor.zeros(precision, 4, 3);
    Tensor c = Tensor.zeros(precision, 2, 3);
    Tensor other = b.to(precision == Precision.FLOAT ? Precision.DOUBLE : Precision.FLOAT);
    assertRefused("ProductOps.multiply: a is " + precision + " [2, 3], expected " + precision + " matrices of 2 by 4",
        () -> ProductOps.multiply(1, 1, 2, 3, 4, c, 1, 1, false, b, 1, 1, false, c, 1, false, ws));
    assertRefused("ProductOps.multiply: b is " + other.describe(),
        () -> ProductOps.multiply(1, 1, 2, 3, 4, a, 1, 1, false, other, 1, 1, false, c, 1, false, ws));
    assertRefused("ProductOps.multiply: b is",
        () -> ProductOps.multiply(2, 1, 2, 3, 4, a, 1, 1, false, b, 2, 1, false, c, 1, false, ws));
    assertRefused("ProductOps.multiply: c is",
        () -> ProductOps.multiply(2, 1, 2, 3, 4, a, 1, 1, false, b, 1, 1, false, c, 1, false, ws));
    assertRefused("ProductOps.multiply: a is",
        () -> ProductOps.multiply(1, 1, 2, 3, 4, a, 3, 1, false, b, 1, 1, false, c, 1, false, ws));
  }

  private static void assertRefused(String message, Runnable call) {
    IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, call::run);
    assertTrue(refusal.getMessage().startsWith(message), refusal.getMessage());
  }

  private Tensor random(Precision precision, int count, int n) {
    Tensor tensor = Tensor.zeros(precision, count, n);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.set(i, random.nextGaussian());
    }
    return tensor;
  }
}
