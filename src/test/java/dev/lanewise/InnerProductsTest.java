package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// Products and norms of vectors of any size, against exact ones; steps along a vector, by factors of any size.
class InnerProductsTest {

  private static BigDecimal exact(Tensor u, Tensor v) {
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < u.size(); i++) {
      sum = sum.add(new BigDecimal(u.get(i)).multiply(new BigDecimal(v.get(i))));
    }
    return sum;
  }

  private static Tensor random(Precision precision, int n, int exponent, Random random) {
    Tensor tensor = Tensor.zeros(precision, 1, n);
    for (int i = 0; i < n; i++) {
      tensor.set(i, Math.scalb(0.5 + random.nextDouble(), exponent));
    }
    return tensor;
  }

  @Property(tries = 400)
  void dotsAndNormsAreExactToDoubleWhereverTheyAreNumbers(
      @ForAll Precision precision, @ForAll @IntRange(min = 1, max = 50) int n,
      @ForAll @IntRange(min = -1000, max = 1000) int sizeOfU, @ForAll @IntRange(min = -1000, max = 1000) int sizeOfV,
      @ForAll long seed) {
    Random random = new Random(seed);
    int scale = precision == Precision.FLOAT ? 8 : 1;
    Tensor u = random(precision, n, sizeOfU / scale, random);
    Tensor v = random(precision, n, sizeOfV / scale, random);
    BigDecimal dot = exact(u, v);
    double nearest = dot.doubleValue();
    if (nearest < Double.POSITIVE_INFINITY && nearest > Double.MIN_NORMAL) {
      assertEquals(nearest, PointwiseOps.dot(u, v), 0x1p-48 * nearest);
    }
    double norm = exact(u, u).sqrt(MathContext.DECIMAL128).doubleValue();
    assertEquals(norm, PointwiseOps.norm(u), 0x1p-48 * norm);
    Tensor unit = Tensor.zeros(precision, 1, n);
    assertEquals(norm, PointwiseOps.normalise(u, unit), 0x1p-48 * norm);
    for (int i = 0; i < n; i++) {
      assertEquals(u.get(i) / norm, unit.get(i), 2 * precision.unitRoundoff());
    }
  }

  @Test
  void emptyZeroAndInfinite() {
    for (Precision precision : Precision.values()) {
      Tensor zeros = Tensor.zeros(precision, 1, 5);
      assertEquals(0, PointwiseOps.normalise(zeros, zeros));
      assertArrayEquals(new double[5], zeros.toDoubles());
      assertEquals(0, PointwiseOps.norm(Tensor.zeros(precision, 1, 0)));
      assertEquals(Double.POSITIVE_INFINITY, PointwiseOps.norm(Tensor.row(1, Double.POSITIVE_INFINITY).to(precision)));
      assertTrue(Double.isNaN(PointwiseOps.norm(Tensor.row(1, Double.NaN).to(precision))));
      Tensor ones = Tensor.row(1.0, 1).to(precision);
      assertTrue(Double.isNaN(PointwiseOps.dot(Tensor.row(1, Double.NaN).to(precision), ones)));
    }
    assertEquals(0, PointwiseOps.dot(Tensor.row(1e200, 0), Tensor.row(0, 1e200)));
    assertEquals(0x1p-149 * Math.sqrt(2), PointwiseOps.norm(Tensor.row(Float.MIN_VALUE, Float.MIN_VALUE)));
    assertEquals(Double.MIN_VALUE, PointwiseOps.norm(Tensor.row(Double.MIN_VALUE, 0)));
  }

  /// A float factor would be 0 or infinite, or without most of its digits.
  @Test
  void factorsThatFloatsDoNotHave() {
    Tensor v = Tensor.zeros(Precision.FLOAT, 1, 1);
    PointwiseOps.scale(1.25e-42, Tensor.row(2e38f), v);
    assertEquals((float) (1.25e-42 * 2e38f), v.get(0));
    PointwiseOps.scale(1e60, Tensor.row(3e-40f), v);
    assertEquals(1e60 * 3e-40f, v.get(0), 2e13);
    v.set(0, 1);
    PointwiseOps.addScaled(1e-50, Tensor.row(1e38f), v);
    assertEquals(1, v.get(0));
    PointwiseOps.addScaled(1e40, Tensor.row(-1e-40f), v);
    assertEquals((float) (1 + 1e40 * -1e-40f), v.get(0));
  }

  @Test
  void aMoveSaysWhetherItIsOne() {
    for (Precision precision : Precision.values()) {
      Tensor base = Tensor.row(1.0, 2, 3, 4, 5, 6, 7, 8, 9).to(precision);
      Tensor direction = Tensor.row(0, 0, 0, 0, 0, 0, 0, 0, 1.0).to(precision);
      Tensor point = base.copy();
      assertFalse(PointwiseOps.move(base, 9 * precision.unitRoundoff() / 2, direction, point));
      assertArrayEquals(base.toDoubles(), point.toDoubles());
      assertTrue(PointwiseOps.move(base, 0.5, direction, point));
      assertEquals(9.5, point.get(8));
      assertFalse(PointwiseOps.move(base, 0.5, direction, point), "there already");
    }
  }

  @Test
  void vectorsOfOtherSizesAreRefused() {
    Tensor u = Tensor.row(1f, 2);
    Tensor v = Tensor.row(1f, 2, 3);
    assertEquals("PointwiseOps.dot: u is FLOAT [1, 2], expected FLOAT of 3 elements",
        assertThrows(IllegalArgumentException.class, () -> PointwiseOps.dot(u, v)).getMessage());
    assertEquals("PointwiseOps.move: direction is FLOAT [1, 2], expected FLOAT of 3 elements",
        assertThrows(IllegalArgumentException.class, () -> PointwiseOps.move(v, 1, u, v)).getMessage());
    assertEquals("PointwiseOps.scale: u is DOUBLE [1, 3], expected FLOAT of 3 elements",
        assertThrows(IllegalArgumentException.class, () -> PointwiseOps.scale(2, v.to(Precision.DOUBLE), v))
            .getMessage());
    assertArrayEquals(new double[] {1, 2, 3}, v.toDoubles());
  }
}
