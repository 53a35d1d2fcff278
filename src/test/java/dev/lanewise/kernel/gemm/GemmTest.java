package dev.lanewise.kernel.gemm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.kernel.DoubleVectorKernels;
import dev.lanewise.kernel.FloatVectorKernels;
import dev.lanewise.kernel.elementwise.Nonlinearity;
import dev.lanewise.kernel.lanes.VirtualMachine;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// C = A·B in every form against sums in plain Java, within |C − C*| ≤ γ_k|A||B| (Higham, §3.5), and to the bits of the
/// portable kernels, whatever the width of the vectors: [DoubleSums].
class GemmTest {

  /// Around the lanes (4 to 16), the register tiles (4 to 12 rows, 1 to 4 vectors) and the blocks (120 rows, 256 deep)
  /// of every machine, and where the ways of a product begin and end.
  private static final int[] SIZES = {
      1, 5, 6, 7, 11, 12, 13, 23, 25, 31, 32, 33, 47, 49, 63, 65, 97, 119, 121, 160, 161, 255, 256, 257, 521};

  static List<GemmUnderTest> gemms() {
    return GemmUnderTest.all();
  }

  private enum Form { A_B, A_BT, AT_B, AT_BT }

  /// Depths around one and two vectors of 16 lanes, by which ways are chosen.
  @ParameterizedTest
  @MethodSource("gemms")
  void everySmallShapeAndTheFormsInTurn(GemmUnderTest gemm) {
    Random random = new Random(1);
    for (int m = 0; m <= 40; m++) {
      for (int n = 0; n <= 40; n++) {
        for (int k = 0; k <= 34; k = k == 17 ? 31 : k + 1) {
          check(gemm, Form.values()[(m + n + k) % 4], m, n, k, random);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("gemms")
  void sizesAroundTilesAndBlocks(GemmUnderTest gemm) {
    Random random = new Random(2);
    for (int draw = 0; draw < 60; draw++) {
      int m = SIZES[random.nextInt(SIZES.length)];
      int n = SIZES[random.nextInt(SIZES.length)];
      int k = SIZES[random.nextInt(SIZES.length)];
      check(gemm, Form.values()[draw % 4], m, n, k, random);
    }
  }

  /// Whose tiles are the widest, 8 vectors.
  @ParameterizedTest
  @MethodSource("gemms")
  void aRowOrTwoOfEveryWidth(GemmUnderTest gemm) {
    Random random = new Random(9);
    for (int m = 1; m <= 2; m++) {
      for (int n = 1; n <= 145; n++) {
        check(gemm, Form.A_B, m, n, 19, random);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("gemms")
  void blocksThatAreFilledMoreThanOnce(GemmUnderTest gemm) {
    check(gemm, Form.A_BT, 13, 1100, 530, new Random(3));
    check(gemm, Form.A_B, 1100, 40, 300, new Random(4));
    check(gemm, Form.AT_B, 70, 600, 513, new Random(5));
  }

  /// Deeper than a tile: the columns of A are read where they lie.
  @ParameterizedTest
  @MethodSource("gemms")
  void aDeepProductOfHardlyAnyColumns(GemmUnderTest gemm) {
    Random random = new Random(12);
    for (int k : new int[] {511, 512, 1023, 1100}) {
      check(gemm, Form.AT_B, 41, 1, k, random);
      check(gemm, Form.AT_B, 33, 3, k, random);
    }
  }

  /// B from end to end, in L3 and beyond it; so large that rows of it are taken block by block.
  @ParameterizedTest
  @MethodSource("gemms")
  void fewRowsOfALargeMatrix(GemmUnderTest gemm) {
    Random random = new Random(10);
    for (int m = 1; m <= 7; m++) {
      check(gemm, Form.A_B, m, 731, 821 + m, random);
    }
    for (int m = 1; m <= 4; m++) {
      check(gemm, Form.A_B, m, 427, 331 + m, random);
      check(gemm, Form.AT_B, m, 517, 521, random);
    }
    check(gemm, Form.A_BT, 5, 2101, 2003, random);
  }

  /// A in several strips for a B that is not turned.
  @ParameterizedTest
  @MethodSource("gemms")
  void someRowsTimesTheRowsOfALargeMatrix(GemmUnderTest gemm) {
    Random random = new Random(11);
    for (int m : new int[] {25, 29, 32, 33, 47, 64}) {
      check(gemm, Form.A_BT, m, 260 + m, 257, random);
    }
  }

  @ParameterizedTest
  @MethodSource("gemms")
  void theSameInputGivesTheSameBitsAndNaNComesThrough(GemmUnderTest gemm) {
    double[] a = values(13 * 20, new Random(6));
    double[] b = values(20 * 35, new Random(7));
    b[3 * 35 + 34] = Double.NaN;
    double[] first = gemm.run(13, 35, 20, a, 0, 20, 1, b, 0, 35, 1, new double[13 * 35], 0, 35, false,
        GemmUnderTest.Fusion.NONE);
    double[] second = gemm.run(13, 35, 20, a, 0, 20, 1, b, 0, 35, 1, new double[13 * 35], 0, 35, false,
        GemmUnderTest.Fusion.NONE);
    for (int i = 0; i < first.length; i++) {
      assertEquals(Double.doubleToRawLongBits(first[i]), Double.doubleToRawLongBits(second[i]));
      assertEquals(i % 35 == 34, Double.isNaN(first[i]), "element " + i);
    }
  }

  /// The first draws are of few rows and a large B.
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 16})
  void anyNumberOfThreadsGivesTheSameBits(int threads) {
    assumeTrue(VirtualMachine.hasVectors(), "the portable kernels use one thread");
    Random random = new Random(8);
    for (int draw = 0; draw < 60; draw++) {
      int m = draw < 4 ? 2 + draw % 3 : SIZES[random.nextInt(SIZES.length)];
      int n = draw < 4 ? 521 : SIZES[random.nextInt(SIZES.length)];
      int k = draw < 4 ? 519 : SIZES[random.nextInt(SIZES.length)];
      GemmUnderTest.Fusion fusion = switch (draw % 4) {
        case 0 -> GemmUnderTest.Fusion.NONE;
        case 1 -> new GemmUnderTest.Fusion(DoubleFusion.Stage.ACTIVATE, Nonlinearity.SILU, values(n, random),
            new double[m * n], 1);
        case 2 -> new GemmUnderTest.Fusion(DoubleFusion.Stage.SLOPE_ON_C, Nonlinearity.GELU, null,
            values(m * n, random), m);
        default -> new GemmUnderTest.Fusion(DoubleFusion.Stage.SLOPE_ON_A, Nonlinearity.TANH, null, values(k, random),
            1);
      };
      boolean turned = draw % 3 == 0;
      double[] a = values(m * k, random);
      double[] b = values(k * n, random);
      double[][] results = new double[4][];
      for (int run = 0; run < 4; run++) {
        int members = run % 2 == 0 ? 1 : threads;
        GemmUnderTest gemm = run < 2
            ? new GemmUnderTest.InDouble("double", new DoubleVectorKernels(), members)
            : new GemmUnderTest.InFloat("float", new FloatVectorKernels(), members);
        results[run] = gemm.run(m, n, k, a, 0, k, 1, b, 0, turned ? 1 : n, turned ? k : 1, new double[m * n], 0, n,
            false, fusion);
      }
      assertArrayEquals(results[0], results[1], "double " + m + " " + n + " " + k);
      assertArrayEquals(results[2], results[3], "float " + m + " " + n + " " + k);
    }
  }

  /// One product with offsets and row strides, added to C or not, and nothing written beside C.
  private static void check(GemmUnderTest gemm, Form form, int m, int n, int k, Random random) {
    boolean turnA = form == Form.AT_B || form == Form.AT_BT;
    boolean turnB = form == Form.A_BT || form == Form.AT_BT;
    int ld = random.nextInt(3);
    int ars = turnA ? 1 : k + ld;
    int acs = turnA ? m + ld : 1;
    int brs = turnB ? 1 : n + ld;
    int bcs = turnB ? k + ld : 1;
    int at = random.nextInt(4);
    int bt = random.nextInt(4);
    int ct = random.nextInt(4);
    int cs = Math.max(1, n + random.nextInt(3));
    double[] a = values(at + (turnA ? k : m) * (Math.max(m, k) + ld) + 1, random);
    double[] b = values(bt + (turnB ? n : k) * (Math.max(n, k) + ld) + 1, random);
    double[] c = values(ct + m * cs + 5, random);
    boolean add = random.nextBoolean();
    double[] result = gemm.run(m, n, k, a, at, ars, acs, b, bt, brs, bcs, c, ct, cs, add, GemmUnderTest.Fusion.NONE);
    double[] portable = gemm.portable()
        .run(m, n, k, a, at, ars, acs, b, bt, brs, bcs, c, ct, cs, add, GemmUnderTest.Fusion.NONE);
    String what = gemm + " " + form + " m=" + m + " n=" + n + " k=" + k + (add ? " added" : "");
    double gamma = (k + 1) * gemm.unitRoundoff() / (1 - (k + 1) * gemm.unitRoundoff());
    for (int at0 = 0; at0 < c.length; at0++) {
      int i = at0 < ct ? -1 : (at0 - ct) / cs;
      int j = at0 < ct ? -1 : (at0 - ct) % cs;
      if (i < 0 || i >= m || j >= n) {
        assertEquals(c[at0], result[at0], what + ": written beside C at " + at0);
        continue;
      }
      double sum = add ? c[at0] : 0;
      double magnitude = Math.abs(sum);
      for (int p = 0; p < k; p++) {
        double product = a[at + i * ars + p * acs] * b[bt + p * brs + j * bcs];
        sum += product;
        magnitude += Math.abs(product);
      }
      // Twice the bound: in double the reference rounds as well.
      assertTrue(Math.abs(sum - result[at0]) <= 2 * gamma * magnitude, () -> what + " at " + i + ", " + j);
      assertEquals(portable[at0], result[at0], () -> what + " at " + i + ", " + j + ": another order of sums");
    }
  }

  private static double[] values(int length, Random random) {
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextFloat() * 2f - 1f;
    }
    return values;
  }
}
