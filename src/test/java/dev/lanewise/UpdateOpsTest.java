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
import org.junit.jupiter.api.function.Executable;

/// Products and norms of vectors of any size, against exact ones; and the numbers of a step that its precision does not
/// have.
class UpdateOpsTest {

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
  void numbersThatFloatsDoNotHave() {
    Tensor w = Tensor.row(1f);
    Tensor g = Tensor.row(1f);
    Tensor state = Tensor.zeros(Precision.FLOAT, 2, 1);
    refused("UpdateOps.adam: beta2 is 0.99999999, which is 1.0 in FLOAT, expected less than 1",
        () -> UpdateOps.adam(w, g, state, 0, 1, 0.9, 1 - 1e-8, 1, 1e-8, 0.1, 0, 1, 0));
    refused("UpdateOps.adam: beta1 is 0.99999999, which is 1.0 in FLOAT, expected less than 1",
        () -> UpdateOps.adam(w, g, state, 0, 1, 1 - 1e-8, 0.999, 1, 1e-8, 0.1, 0, 1, 0));
    refused("UpdateOps.adam: epsilon is 1.0E-46, which is 0.0 in FLOAT, expected a positive number",
        () -> UpdateOps.adam(w, g, state, 0, 1, 0.9, 0.999, 1, 1e-46, 0.1, 0, 1, 0));
    refused("UpdateOps.momentum: friction is 0.99999999, which is 1.0 in FLOAT, expected less than 1",
        () -> UpdateOps.momentum(w, g, Tensor.zeros(Precision.FLOAT, 1, 1), 0, 1, 1 - 1e-8, 0, 1, 0.1, 0, 1, 0));
    Workspace ws = new Workspace();
    refused("LossOps.huber: delta is 1.0E-46, which is 0.0 in FLOAT, expected a positive number",
        () -> LossOps.huber(w, w, Tensor.none(), 1e-46, 1, g, ws));
    refused("LossOps.huberCurvature: delta is 1.0E46, which is Infinity in FLOAT, expected a positive number",
        () -> LossOps.huberCurvature(w, w, Tensor.none(), 1e46, 1, w.reshape(1, 1, 1), g.reshape(1, 1, 1)));
    assertEquals(1, w.get(0));
    assertEquals(1, g.get(0));
  }

  private static void refused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
