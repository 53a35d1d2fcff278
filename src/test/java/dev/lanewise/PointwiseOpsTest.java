package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Sums and products of a tensor with each direction of another, at widths around those of vectors.
class PointwiseOpsTest {

  private static final int CHUNK = 3;
  private static final int ROWS = 2;

  @ParameterizedTest
  @EnumSource
  void theSmallerOneServesEachDirection(Precision precision) {
    for (int n : new int[] {1, 3, 8, 17, 64}) {
      Tensor u = counted(precision, 0.5, 1, ROWS, n);
      Tensor v = counted(precision, 2, CHUNK, ROWS, n);
      double[] sum = new double[v.size()];
      double[] product = new double[v.size()];
      for (int i = 0; i < v.size(); i++) {
        sum[i] = v.get(i) + u.get(i % u.size());
        product[i] = v.get(i) * u.get(i % u.size());
      }
      Tensor added = v.copy();
      PointwiseOps.add(u, added);
      assertArrayEquals(sum, added.toDoubles(), "sum, " + n + " columns");
      PointwiseOps.multiply(u, v);
      assertArrayEquals(product, v.toDoubles(), "product, " + n + " columns");
    }
  }

  @ParameterizedTest
  @EnumSource
  void withItself(Precision precision) {
    Tensor v = counted(precision, 1, 2, 2);
    PointwiseOps.add(v, v);
    assertArrayEquals(new double[] {2, 4, 6, 8}, v.toDoubles());
    PointwiseOps.multiply(v, v);
    assertArrayEquals(new double[] {4, 16, 36, 64}, v.toDoubles());
  }

  @ParameterizedTest
  @EnumSource
  void nothingMeetsNothing(Precision precision) {
    PointwiseOps.add(counted(precision, 1, 0, 4), counted(precision, 1, 3, 0, 4));
  }

  @ParameterizedTest
  @EnumSource
  void productsIntoAThird(Precision precision) {
    for (int n : new int[] {1, 3, 8, 17, 64}) {
      Tensor x = counted(precision, 0.5, 1, n);
      Tensor y = counted(precision, 2, n);
      Tensor z = Tensor.zeros(precision, n, 1);
      PointwiseOps.multiply(x, y, z);
      double[] product = new double[n];
      Arrays.setAll(product, i -> x.get(i) * y.get(i));
      assertArrayEquals(product, z.toDoubles(), n + " elements");
      PointwiseOps.multiply(x, z, z);
      Arrays.setAll(product, i -> x.get(i) * product[i]);
      assertArrayEquals(product, z.toDoubles(), n + " elements, in place");
      String refusal = "PointwiseOps.multiply: y is " + precision + " [1, 2], expected " + precision + " of " + n
          + " elements";
      assertEquals(refusal, assertThrows(IllegalArgumentException.class,
          () -> PointwiseOps.multiply(x, Tensor.zeros(precision, 1, 2), z)).getMessage());
    }
  }

  /// factor, 2·factor, 3·factor, …: sums and products of these are exact.
  private static Tensor counted(Precision precision, double factor, int... dims) {
    Tensor tensor = Tensor.zeros(precision, dims);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.set(i, factor * (i + 1));
    }
    return tensor;
  }
}
