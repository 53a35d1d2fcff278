package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Activation;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.autodiff.Mode;
import dev.lanewise.autodiff.PreparedJacobian;
import dev.lanewise.train.data.Standardizer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// The layer computes what a [Standardizer] does, to the bit, and does not cost a Jacobian a factor.
class StandardizationTest {

  private static final double MAX = Double.MAX_VALUE;

  private static double[] value(Standardization layer, Tensor x) {
    return layer.forward(x, Parameters.none(), new Workspace()).toDoubles();
  }

  @Test
  void exactValues() {
    Standardization layer = new Standardization(new double[] {4, 20, 7}, new double[] {2, 0.5, 0});
    assertArrayEquals(new double[] {-1, 4, 0, 3, -2, 0},
        value(layer, Tensor.of(new double[] {2, 22, 9, 10, 19, -1}, 2, 3)));
    Standardization back = new Standardization(layer.mean(), layer.sd(), true);
    assertArrayEquals(new double[] {2, 22, 7}, value(back, Tensor.row(-1f, 4, 5)));
  }

  @Test
  void itIsTheStandardizersFormulaToTheBit() {
    Random random = new Random(1);
    for (Precision precision : Precision.values()) {
      Tensor x = Tensor.zeros(precision, 50, 3);
      for (int at = 0; at < x.size(); at++) {
        x.set(at, 1e4 * (at % 3) + random.nextGaussian());
      }
      Standardizer standardizer = Standardizer.fit(x);
      Standardization layer = new Standardization(standardizer.mean().toDoubles(), standardizer.sd().toDoubles());
      assertArrayEquals(standardizer.apply(x).toDoubles(), value(layer, x));
      Standardization back = new Standardization(layer.mean(), layer.sd(), true);
      assertArrayEquals(standardizer.invert(x).toDoubles(), value(back, x));
    }
  }

  @Test
  void channelsOfImages() {
    Random random = new Random(2);
    for (Precision precision : Precision.values()) {
      Tensor x = Tensor.zeros(precision, 4, 2, 3, 5);
      for (int at = 0; at < x.size(); at++) {
        x.set(at, 1e3 * (at / 15 % 2) + random.nextGaussian());
      }
      Standardizer standardizer = Standardizer.fitChannels(x);
      double[] mean = standardizer.mean().toDoubles();
      double[] sd = standardizer.sd().toDoubles();
      Standardization layer = new Standardization(mean, sd, false, true);
      assertArrayEquals(standardizer.apply(x).toDoubles(), value(layer, x));
      assertArrayEquals(standardizer.invert(x).toDoubles(), value(new Standardization(mean, sd, true, true), x));
      assertEquals((float) (1 / sd[1]),
          (float) layer.linearize(x, Parameters.none(), new Workspace()).slope().get(30 + 29));
      assertNotEquals(layer, new Standardization(mean, sd));
      assertEquals("Standardization[channels=2]", layer.toString());
      assertRefused("Standardization[channels=2]: input has shape [4, 3, 2], expected [batch, 2, …]",
          () -> value(layer, Tensor.zeros(precision, 4, 3, 2)));
    }
  }

  @Test
  void floatsFarFromZeroKeepTheirDigits() {
    Standardization layer = new Standardization(new double[] {16_777_215.25}, new double[] {0.5});
    assertArrayEquals(new double[] {-0.5, 1.5}, value(layer, Tensor.of(new float[] {16_777_215, 16_777_216}, 2, 1)));
  }

  @Test
  void whatLiesBetweenDoesNotOverflow() {
    assertArrayEquals(new double[] {2},
        value(new Standardization(new double[] {-MAX}, new double[] {MAX}), Tensor.row(MAX)));
    assertArrayEquals(new double[] {MAX},
        value(new Standardization(new double[] {-MAX}, new double[] {MAX}, true), Tensor.row(2.0)));
  }

  @Test
  void whatIsNoNumberComesThrough() {
    Tensor x = Tensor.row(Double.NaN, Double.NaN, Double.POSITIVE_INFINITY);
    double[] y = value(new Standardization(new double[3], new double[] {1, 0, 2}), x);
    assertTrue(Double.isNaN(y[0]) && Double.isNaN(y[1]) && y[2] == Double.POSITIVE_INFINITY);
  }

  /// diag(1/s) becomes part of the first product, diag(s) of the last: the plan has two factors as without.
  @Test
  void aPlanFoldsItIntoItsNeighbours() {
    Dense first = new Dense(3, 40, Activation.TANH);
    Dense last = new Dense(40, 2);
    Sequential plain = Sequential.of(first, last);
    Standardization in = new Standardization(new double[] {4, 20, 7}, new double[] {2, 0.5, 0});
    Standardization out = new Standardization(new double[] {100, -3}, new double[] {10, 0.25}, true);
    Sequential whole = Sequential.of(in, first, last, out);
    for (Precision precision : Precision.values()) {
      Parameters theta = Parameters.initialize(plain.parameters(), precision, 1);
      Parameters ofWhole = Parameters.of(whole.parameters(), theta.flat());
      Tensor x = Tensor.row(5.0, 19, 6).to(precision);
      Tensor inside = Jacobians.jacobian(plain, theta, Tensor.row(0.5, -2, 0).to(precision));
      for (Mode mode : Mode.values()) {
        Tensor j = Jacobians.jacobian(whole, ofWhole, x, mode, 2);
        for (int i = 0; i < 2; i++) {
          for (int k = 0; k < 3; k++) {
            double expected = k == 2 ? 0 : out.sd()[i] * inside.get(i, k) / in.sd()[k];
            assertEquals(expected, j.get(i, k),
                (precision == Precision.FLOAT ? 1e-6 : 1e-14) * Math.max(1, Math.abs(expected)));
          }
        }
      }
      String plan = PreparedJacobian.of(whole, ofWhole, x.shape()).plan().explain();
      assertTrue(plan.contains(first + " ∘ " + in) && plan.contains(out + " ∘ " + last), plan);
    }
  }

  @Test
  void equalByValueAndWithArraysOfItsOwn() {
    double[] mean = {1, 2};
    double[] sd = {3, 4};
    Standardization layer = new Standardization(mean, sd);
    Standardization same = new Standardization(mean.clone(), sd.clone());
    assertEquals(same, layer);
    assertEquals(same.hashCode(), layer.hashCode());
    assertNotEquals(layer, new Standardization(mean, sd, true));
    assertNotEquals(layer, new Standardization(sd, sd));
    assertNotEquals(layer, new Standardization(mean, mean));
    mean[0] = 9;
    sd[1] = 9;
    layer.mean()[1] = 9;
    layer.sd()[0] = 9;
    assertEquals(same, layer);
    assertEquals("Standardization[features=2]", layer.toString());
    assertEquals("Standardization[features=2, inverse]", new Standardization(mean, sd, true).toString());
  }

  @Test
  void whatIsNoneIsRefused() {
    assertRefused("Standardization: 0 means and 0 deviations, expected as many, at least 1",
        () -> new Standardization(new double[0], new double[0]));
    assertRefused("Standardization: 2 means and 1 deviations", () -> new Standardization(new double[2], new double[1]));
    assertRefused("Standardization: feature 1 has mean 0.0 and sd -1.0, expected finite ones, the sd at least 0",
        () -> new Standardization(new double[2], new double[] {1, -1}));
    assertRefused("Standardization: feature 0 has mean NaN and sd 1.0",
        () -> new Standardization(new double[] {Double.NaN}, new double[] {1}));
    Standardization layer = new Standardization(new double[3], new double[] {1, 1e-170, 1});
    assertRefused("Standardization[features=3]: input has shape [1, 2], expected [batch, …, 3]",
        () -> value(layer, Tensor.row(1.0, 2)));
    assertRefused("Standardization[features=3]: feature 1 has sd 1.0E-170 and slope 1.0E170, expected a slope "
        + "that is finite in FLOAT", () -> layer.linearize(Tensor.row(1f, 0, 1), Parameters.none(), new Workspace()));
    assertEquals(1e170, layer.linearize(Tensor.row(1.0, 0, 1), Parameters.none(), new Workspace()).slope().get(1));
  }

  private static void assertRefused(String part, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }
}
