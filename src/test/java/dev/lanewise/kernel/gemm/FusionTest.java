package dev.lanewise.kernel.gemm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernel.elementwise.DoublePortableElementwise;
import dev.lanewise.kernel.elementwise.Nonlinearity;
import dev.lanewise.kernel.gemm.DoubleFusion.Stage;
import dev.lanewise.kernel.gemm.GemmUnderTest.Fusion;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is fused into a product gives what the product followed by separate passes gives, for every activation, on
/// shapes that take each of the gemm's paths.
class FusionTest {

  private static final int[][] SHAPES = {{1, 5, 3}, {1, 70, 300}, {3, 33, 17}, {8, 40, 33}, {26, 65, 300}, {60, 33, 40},
      {120, 70, 20}};

  static List<GemmUnderTest> gemms() {
    return GemmUnderTest.all();
  }

  @ParameterizedTest
  @MethodSource("gemms")
  void biasActivationAndKeptSlope(GemmUnderTest gemm) {
    Random random = new Random(1);
    for (Nonlinearity phi : Nonlinearity.values()) {
      for (int[] shape : SHAPES) {
        int m = shape[0];
        int n = shape[1];
        int k = shape[2];
        double[] a = values(m * k, random);
        double[] w = values(n * k, random);
        double[] bias = random.nextBoolean() ? values(n, random) : null;
        double[] slope = random.nextBoolean() ? new double[m * n] : null;
        double[] z = gemm.run(m, n, k, a, 0, k, 1, w, 0, 1, k, new double[m * n], 0, n, false, Fusion.NONE);
        Fusion fusion = new Fusion(Stage.ACTIVATE, phi, bias, slope, m);
        double[] y = gemm.run(m, n, k, a, 0, k, 1, w, 0, 1, k, new double[m * n], 0, n, false, fusion);
        Fusion kept = new Fusion(Stage.ACTIVATE, phi, bias, slope == null ? null : new double[m * n], m);
        assertArrayEquals(gemm.portable().run(m, n, k, a, 0, k, 1, w, 0, 1, k, new double[m * n], 0, n, false, kept), y,
            gemm + " " + phi + ": bits");
        assertArrayEquals(kept.residual(), slope, gemm + " " + phi + ": slope's bits");
        for (int i = 0; i < m * n; i++) {
          double[] expected = activate(gemm, phi, z[i], bias == null ? 0 : bias[i % n]);
          String what = gemm + " " + phi + " m=" + m + " n=" + n + " k=" + k + " at " + i;
          assertClose(expected[0], y[i], gemm, what);
          if (slope != null) {
            assertClose(expected[1], slope[i], gemm, what + ": slope");
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("gemms")
  void slopeOnTheResultAndOnTheLeftOperand(GemmUnderTest gemm) {
    Random random = new Random(2);
    for (Nonlinearity phi : Nonlinearity.values()) {
      for (int[] shape : SHAPES) {
        int m = shape[0];
        int n = shape[1];
        int k = shape[2];
        int period = m % 4 == 0 ? m / 4 : m;
        double[] a = values(m * k, random);
        double[] w = values(n * k, random);
        double[] onC = values(m * n, random);
        double[] onA = values(period * k, random);
        double[] plain = gemm.run(m, n, k, a, 0, k, 1, w, 0, 1, k, new double[m * n], 0, n, false, Fusion.NONE);
        double[] pushed = gemm.run(m, n, k, a, 0, k, 1, w, 0, 1, k, new double[m * n], 0, n, false,
            new Fusion(Stage.SLOPE_ON_C, phi, null, onC, period));
        double[] scaled = new double[m * k];
        for (int i = 0; i < scaled.length; i++) {
          scaled[i] = slope(phi, onA[i % (period * k)]) * a[i];
        }
        double[] pulled = gemm.run(m, n, k, a, 0, k, 1, w, 0, n, 1, new double[m * n], 0, n, false,
            new Fusion(Stage.SLOPE_ON_A, phi, null, onA, period));
        double[] expected = GemmUnderTest.all().getFirst()
            .run(m, n, k, scaled, 0, k, 1, w, 0, n, 1, new double[m * n], 0, n, false, Fusion.NONE);
        double[] inColumns = gemm.run(m, n, k, turned(m, k, a), 0, 1, m, w, 0, n, 1, new double[m * n], 0, n, false,
            new Fusion(Stage.SLOPE_ON_A, phi, null, onA, period));
        for (boolean add : new boolean[] {false, true}) {
          for (int rows : new int[] {period, 1}) {
            Fusion fusion = new Fusion(Stage.SLOPE_ON_A, phi, null, onA, rows);
            for (int columns = 1; columns <= n; columns += n - 1) {
              assertArrayEquals(gemm.portable()
                  .run(m, columns, k, a, 0, k, 1, w, 0, n, 1, onC, 0, columns, add, fusion),
                  gemm.run(m, columns, k, a, 0, k, 1, w, 0, n, 1, onC, 0, columns, add, fusion),
                  gemm + " " + phi + ": bits");
            }
          }
        }
        for (int i = 0; i < m * n; i++) {
          String what = gemm + " " + phi + " m=" + m + " n=" + n + " k=" + k + " at " + i;
          assertClose(expected[i], inColumns[i], gemm, what + ": pulled, A in columns");
          assertClose(slope(phi, onC[i % (period * n)]) * plain[i], pushed[i], gemm, what + ": pushed");
          assertClose(expected[i], pulled[i], gemm, what + ": pulled");
        }
      }
    }
  }

  /// Value and slope in double: of z + bias as the gemm's precision rounds it.
  private static double[] activate(GemmUnderTest gemm, Nonlinearity phi, double z, double bias) {
    double sum = gemm.unitRoundoff() > 0x1p-30 ? (float) z + (float) bias : z + bias;
    double[] y = new double[1];
    double[] slope = new double[1];
    DoublePortableElementwise.activateKeepingSlope(phi, 1, new double[] {sum}, 0, y, 0, slope, 0);
    return new double[] {y[0], slope[0]};
  }

  private static double slope(Nonlinearity phi, double residual) {
    double[] v = new double[1];
    DoublePortableElementwise.scaleBySlope(phi, 1, new double[] {residual}, 0, new double[] {1}, 0, v, 0);
    return v[0];
  }

  private static void assertClose(double expected, double actual, GemmUnderTest gemm, String what) {
    assertEquals(expected, actual, 400 * gemm.unitRoundoff() * (1 + Math.abs(expected)), what);
  }

  private static double[] turned(int m, int k, double[] a) {
    double[] turned = new double[m * k];
    for (int i = 0; i < m * k; i++) {
      turned[i % k * m + i / k] = a[i];
    }
    return turned;
  }

  private static double[] values(int length, Random random) {
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextFloat() * 2f - 1f;
    }
    return values;
  }
}
