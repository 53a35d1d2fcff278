package dev.lanewise.kernel.recurrent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lanewise.kernel.DoubleKernels;
import dev.lanewise.kernel.lanes.VirtualMachine;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The gates on vectors against those in plain Java, to the bit: rows around the width of a vector, k directions over
/// one point, parts that begin anywhere, and nothing written beside them.
@EnabledIf("vectorsAreUsed")
class GatesTest {

  private static final int PERIOD = 3;
  private static final int ROWS = 2 * PERIOD;
  private static final int AT = 5;
  private static final int LANES = DoubleKernels.BEST.lanes();

  private final Random random = new Random(1);

  static boolean vectorsAreUsed() {
    return VirtualMachine.hasVectors();
  }

  /// As many rows of n numbers, and some around them.
  private double[] numbers(int rows, int n) {
    return random.doubles(rows * n + 2L * AT, -1, 1).toArray();
  }

  private static double[][] copies(double[]... arrays) {
    double[][] copies = new double[arrays.length][];
    for (int i = 0; i < arrays.length; i++) {
      copies[i] = arrays[i].clone();
    }
    return copies;
  }

  private static void assertSame(double[][] expected, double[][] actual, String what) {
    for (int i = 0; i < expected.length; i++) {
      assertArrayEquals(expected[i], actual[i], what + ", array " + i);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 16, 17, 23, 31, 32, 33, 48, 70})
  void lstm(int n) {
    double[] gates = numbers(PERIOD, 4 * n);
    double[] before = numbers(PERIOD, n);
    double[] tanh = numbers(PERIOD, n);
    double[][] inputs = {numbers(ROWS, 4 * n), numbers(ROWS, n), numbers(ROWS, n), numbers(ROWS, n), numbers(ROWS, n),
        numbers(ROWS, n)};
    double[] hBar = numbers(PERIOD, n);
    double[] cBar = numbers(PERIOD, n);
    double[][] a = copies(inputs);
    double[][] b = copies(inputs);
    DoublePortableLstm.cell(PERIOD, 0, n, gates, AT, before, AT, a[1], AT);
    DoubleVectorLstm.cell(PERIOD, n, gates, AT, before, AT, b[1], AT);
    DoublePortableLstm.cell(PERIOD, n - n % LANES, n, gates, AT, before, AT, b[1], AT);
    DoublePortableLstm.output(PERIOD, 0, n, gates, AT, tanh, AT, a[2], AT);
    DoubleVectorLstm.output(PERIOD, n, gates, AT, tanh, AT, b[2], AT);
    DoublePortableLstm.output(PERIOD, n - n % LANES, n, gates, AT, tanh, AT, b[2], AT);
    assertSame(a, b, "value");
    DoublePortableLstm.push(ROWS, PERIOD, 0, n, gates, AT, before, AT, tanh, AT, a[0], AT, a[1], AT, a[2], AT, a[3],
        AT);
    DoubleLstm.push(ROWS, PERIOD, n, gates, AT, before, AT, tanh, AT, b[0], AT, b[1], AT, b[2], AT, b[3], AT);
    assertSame(a, b, "push");
    DoublePortableLstm.pull(ROWS, PERIOD, 0, n, gates, AT, before, AT, tanh, AT, a[1], AT, a[2], AT, a[0], AT, a[3],
        AT);
    DoubleLstm.pull(ROWS, PERIOD, n, gates, AT, before, AT, tanh, AT, b[1], AT, b[2], AT, b[0], AT, b[3], AT);
    assertSame(a, b, "pull");
    double[] dots = numbers(ROWS, 4 * n);
    DoublePortableLstm.pullDot(ROWS, PERIOD, 0, n, gates, AT, before, AT, tanh, AT, dots, AT, a[1], AT, a[2], AT, hBar,
        AT,
        cBar, AT, a[3], AT, a[4], AT, a[0], AT, a[5], AT);
    DoubleLstm.pullDot(ROWS, PERIOD, n, gates, AT, before, AT, tanh, AT, dots, AT, b[1], AT, b[2], AT, hBar, AT,
        cBar, AT, b[3], AT, b[4], AT, b[0], AT, b[5], AT);
    assertSame(a, b, "pullDot");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 16, 17, 23, 31, 32, 33, 48, 70})
  void gru(int n) {
    double[] before = numbers(PERIOD, n);
    double[] hBar = numbers(PERIOD, n);
    double[][] inputs = {numbers(ROWS, 4 * n), numbers(ROWS, n), numbers(ROWS, n), numbers(ROWS, n), numbers(PERIOD,
        4 * n)};
    double[][] a = copies(inputs);
    double[][] b = copies(inputs);
    DoublePortableGru.candidate(PERIOD, 0, n, a[4], AT);
    DoubleVectorGru.candidate(PERIOD, n, b[4], AT);
    DoublePortableGru.candidate(PERIOD, n - n % LANES, n, b[4], AT);
    DoublePortableGru.output(PERIOD, 0, n, a[4], AT, before, AT, a[1], AT);
    DoubleVectorGru.output(PERIOD, n, b[4], AT, before, AT, b[1], AT);
    DoublePortableGru.output(PERIOD, n - n % LANES, n, b[4], AT, before, AT, b[1], AT);
    assertSame(a, b, "value");
    DoublePortableGru.push(ROWS, PERIOD, 0, n, a[4], AT, before, AT, a[0], AT, a[1], AT, a[2], AT);
    DoubleGru.push(ROWS, PERIOD, n, b[4], AT, before, AT, b[0], AT, b[1], AT, b[2], AT);
    assertSame(a, b, "push");
    double[] dots = a[0].clone();
    DoublePortableGru.pull(ROWS, PERIOD, 0, n, a[4], AT, before, AT, a[1], AT, a[0], AT, a[2], AT);
    DoubleGru.pull(ROWS, PERIOD, n, b[4], AT, before, AT, b[1], AT, b[0], AT, b[2], AT);
    assertSame(a, b, "pull");
    DoublePortableGru.pullDot(ROWS, PERIOD, 0, n, a[4], AT, before, AT, dots, AT, a[1], AT, hBar, AT, a[2], AT, a[0],
        AT,
        a[3], AT);
    DoubleGru.pullDot(ROWS, PERIOD, n, b[4], AT, before, AT, dots, AT, b[1], AT, hBar, AT, b[2], AT, b[0], AT,
        b[3], AT);
    assertSame(a, b, "pullDot");
  }

  /// The twins, of one row.
  @Test
  void floatsDoTheSame() {
    int n = 37;
    float[][] a = new float[7][4 * n];
    for (float[] array : a) {
      for (int i = 0; i < array.length; i++) {
        array[i] = random.nextFloat(-1, 1);
      }
    }
    float[][] b = new float[a.length][];
    for (int i = 0; i < a.length; i++) {
      b[i] = a[i].clone();
    }
    FloatPortableLstm.push(1, 1, 0, n, a[0], 0, a[1], 0, a[2], 0, a[3], 0, a[4], 0, a[5], 0, a[6], 0);
    FloatLstm.push(1, 1, n, b[0], 0, b[1], 0, b[2], 0, b[3], 0, b[4], 0, b[5], 0, b[6], 0);
    FloatPortableLstm.pull(1, 1, 0, n, a[0], 0, a[1], 0, a[2], 0, a[4], 0, a[5], 0, a[3], 0, a[6], 0);
    FloatLstm.pull(1, 1, n, b[0], 0, b[1], 0, b[2], 0, b[4], 0, b[5], 0, b[3], 0, b[6], 0);
    FloatPortableGru.push(1, 1, 0, n, a[0], 0, a[1], 0, a[3], 0, a[4], 0, a[5], 0);
    FloatGru.push(1, 1, n, b[0], 0, b[1], 0, b[3], 0, b[4], 0, b[5], 0);
    FloatPortableGru.pull(1, 1, 0, n, a[0], 0, a[1], 0, a[4], 0, a[3], 0, a[6], 0);
    FloatGru.pull(1, 1, n, b[0], 0, b[1], 0, b[4], 0, b[3], 0, b[6], 0);
    for (int i = 0; i < a.length; i++) {
      assertArrayEquals(a[i], b[i], "array " + i);
    }
  }
}
