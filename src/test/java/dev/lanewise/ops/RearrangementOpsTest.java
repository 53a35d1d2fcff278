package dev.lanewise.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Elements come from where the map says, and cotangents go back there, whichever way they are moved.
class RearrangementOpsTest {

  /// By runs: a copy, zeros, one element repeated, another copy.
  private static final int[] RUNS = {3, 4, 5, 6, 7, 8, 9, -1, -1, -1, -1, -1, -1, 2, 2, 2, 2, 2, 2, 2, 0, 1, 2, 3, 4,
      5, 6};
  /// One by one, some twice, some none.
  private static final int[] SINGLE = {9, 0, -1, 3, 3, 1, 7, -1, 2};
  /// None twice: there is a way back.
  private static final int[] ONCE = {9, 0, -1, 3, 1, 7, -1, 2};

  private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");

  @ParameterizedTest
  @EnumSource(Precision.class)
  void takesAndGives(Precision precision) {
    for (int[] index : new int[][] {RUNS, SINGLE, ONCE, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {}, {-1, -1}}) {
      for (int operands : new int[] {0, 1, 2}) {
        for (int each : new int[] {1, 3}) {
          check(precision, Places.of(10, index), operands, each);
        }
      }
    }
    check(precision, Places.of(0, new int[] {-1, -1, -1}), 1, 1);
    for (int[] sizes : new int[][] {{1, 4, 5}, {2, 7, 4}, {3, 3, 9}, {1, 16, 16}}) {
      check(precision, transposed(sizes[0], sizes[1], sizes[2], 0), 2, 3);
      check(precision, transposed(sizes[0], sizes[1], sizes[2], 1), 2, 1);
    }
  }

  /// Matrices transposed, the last of them but for so many elements.
  private static Places transposed(int count, int rows, int columns, int less) {
    int[] index = new int[count * rows * columns];
    for (int i = 0; i < index.length - less; i++) {
      int within = i % (rows * columns);
      index[i] = i - within + within % rows * columns + within / rows;
    }
    return Places.of(index.length, index);
  }

  private void check(Precision precision, Places places, int operands, int each) {
    int m = places.operandSize();
    int n = places.size();
    Tensor x = random(precision, operands, m);
    Tensor y = random(precision, operands * each, n);
    RearrangementOps.take(places, x, y);
    double[] given = new double[operands * m];
    Tensor yBar = random(precision, operands * each, n);
    for (int sample = 0; sample < operands * each; sample++) {
      for (int i = 0; i < n; i++) {
        int from = places.get(i);
        assertEquals(from < 0 ? 0 : x.get(sample / each * m + from), y.get(sample * n + i), places + " " + i);
        if (from >= 0) {
          int to = sample / each * m + from;
          double sum = given[to] + yBar.get(sample * n + i);
          given[to] = precision == Precision.FLOAT ? (float) sum : sum;
        }
      }
    }
    Tensor bar = random(precision, operands, m);
    RearrangementOps.give(places, yBar, bar);
    assertArrayEquals(given, bar.toDoubles(), precision == Precision.FLOAT ? 2e-6 : 1e-14, places.toString());
  }

  @Test
  void areEqualAsTheSameMap() {
    int[] index = {1, 0, -1};
    Places places = Places.of(2, index);
    index[0] = 0;
    assertEquals(Places.of(2, new int[] {1, 0, -1}), places);
    assertEquals(Places.of(2, new int[] {1, 0, -1}).hashCode(), places.hashCode());
    assertNotEquals(Places.of(3, new int[] {1, 0, -1}), places);
    assertNotEquals(Places.of(2, index), places);
    assertEquals("Places[2 -> 3]", places.toString());
  }

  @Test
  void refuses() {
    assertRefused("Places: element 1 comes from 2, expected one of the 2 elements", () -> Places.of(2, new int[] {0,
        2}));
    assertRefused("Places: element 0 comes from -2", () -> Places.of(2, new int[] {-2}));
    Places places = Places.of(2, new int[] {0, 1, 1});
    Tensor x = Tensor.zeros(Precision.DOUBLE, 2, 2);
    assertRefused("RearrangementOps.take: y is DOUBLE [4], expected samples of 3",
        () -> RearrangementOps.take(places, x, Tensor.zeros(Precision.DOUBLE, 4)));
    assertRefused("RearrangementOps.take: an operand DOUBLE [2, 2] of 2 samples for a result DOUBLE [3, 3] of 3",
        () -> RearrangementOps.take(places, x, Tensor.zeros(Precision.DOUBLE, 3, 3)));
    assertRefused("RearrangementOps.take: an operand", () -> RearrangementOps.take(places, x,
        Tensor.zeros(Precision.FLOAT, 2, 3)));
    assertRefused("RearrangementOps.give: bar is none",
        () -> RearrangementOps.give(places, Tensor.zeros(Precision.DOUBLE, 2, 3), Tensor.none()));
  }

  private static void assertRefused(String message, Runnable call) {
    IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, call::run);
    assertTrue(refusal.getMessage().startsWith(message), refusal.getMessage());
  }

  /// Numbers that lie somewhere in an array.
  private Tensor random(Precision precision, int samples, int n) {
    Tensor tensor = Tensor.zeros(precision, samples * n + 5).view(random.nextInt(6), Shape.of(samples, n));
    for (int i = 0; i < samples * n; i++) {
      tensor.set(i, random.nextGaussian());
    }
    return tensor;
  }
}
