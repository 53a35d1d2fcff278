package dev.lanewise.model.explanation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.lanewise.Activation;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.model.Classifier;
import dev.lanewise.model.Classifier.Output;
import dev.lanewise.model.Cnn;
import dev.lanewise.model.FitOptions;
import dev.lanewise.model.Mlp;
import dev.lanewise.model.Recipe;
import dev.lanewise.model.Regressor;
import dev.lanewise.model.Sequence;
import dev.lanewise.train.data.Imputation;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A model's Jacobian is the derivative of its predictions, in the units of its data.
class ModelJacobianTest {

  private static final int ROWS = 24;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /// Numbers around 40, of a spread of 5.
  private static Tensor inputs(int... sample) {
    Tensor x = Tensor.zeros(Precision.DOUBLE, Shape.of(sample).prepend(ROWS));
    Random random = new Random(sample.length);
    for (int at = 0; at < x.size(); at++) {
      x.set(at, 40 + 5 * random.nextGaussian());
    }
    return x;
  }

  private static Tensor lengths(Tensor rows, int longest) {
    int row = rows.shape().last();
    for (int index = 0; index < rows.shape().dim(0); index++) {
      rows.set(index * row + row - 1, 1 + index % longest);
    }
    return rows;
  }

  private static Tensor targets(Tensor x) {
    int size = x.size() / ROWS;
    Tensor y = Tensor.zeros(Precision.DOUBLE, ROWS, 2);
    for (int row = 0; row < ROWS; row++) {
      y.set(2 * row, 1000 * x.get(row * size) - 7);
      y.set(2 * row + 1, 1e-3 * x.get(row * size + size / 2));
    }
    return y;
  }

  private static int[] labels(Tensor x) {
    return IntStream.range(0, ROWS).map(row -> row % 3).toArray();
  }

  private static <R extends Recipe<R>> R smooth(R recipe) {
    return recipe.withPrecision(Precision.DOUBLE).withEpochs(2);
  }

  private static Cnn small(Cnn cnn) {
    return smooth(cnn.withBlocks(3).withDepth(1).withHidden(4).withActivation(Activation.TANH));
  }

  static Stream<Arguments> regressions() {
    return Stream.of(
        Arguments.of(smooth(Mlp.regression(5, 2).withHidden(6).withActivation(Activation.TANH)), inputs(5)),
        Arguments.of(smooth(Mlp.regression(5, 2).withHidden().withActivation(Activation.TANH)).withoutStandardization(),
            inputs(5)),
        Arguments.of(small(Cnn.regression(2, 4, 5, 2)), inputs(2, 4, 5)),
        Arguments.of(small(Cnn.regression(1, 4, 4, 2)).withNormalization(), inputs(1, 4, 4)),
        Arguments.of(smooth(Sequence.regression(3, 2).withUnits(4)), inputs(5, 3)),
        Arguments.of(smooth(Sequence.regression(2, 2).withUnits(4).withLengths(4)), lengths(inputs(9), 4)));
  }

  static Stream<Arguments> classifications() {
    return Stream.of(
        Arguments.of(smooth(Mlp.classification(5, 3).withHidden(6).withActivation(Activation.TANH)), inputs(5)),
        Arguments.of(small(Cnn.classification(2, 4, 5, 3)), inputs(2, 4, 5)),
        Arguments.of(smooth(Sequence.classification(3, 3).withUnits(4).withBothDirections()), inputs(5, 3)));
  }

  @ParameterizedTest
  @MethodSource("regressions")
  void aRegressorsJacobianIsThatOfItsPredictions(Recipe<?> recipe, Tensor x) {
    Regressor model = recipe.fit(x, targets(x));
    requireDerivative(model::predict, model.jacobian(x), x);
  }

  @ParameterizedTest
  @MethodSource("classifications")
  void aClassifiersJacobianIsThatOfLogitsOrProbabilities(Recipe<?> recipe, Tensor x) {
    Classifier model = recipe.fit(x, labels(x));
    requireDerivative(rows -> model.logits(rows, new Workspace()), model.jacobian(x, Output.LOGITS), x);
    requireDerivative(model::predictProbabilities, model.jacobian(x, Output.PROBABILITIES), x);
  }

  /// By central differences over a thousandth of the spread, of all rows at once: none has a part in another's. A pool
  /// may switch within a step; hardly ever does it.
  private static void requireDerivative(UnaryOperator<Tensor> predict, Tensor jacobian, Tensor x) {
    int d = x.size() / ROWS;
    int m = predict.apply(x).shape().dim(1);
    assertEquals(Shape.of(ROWS, m, d), jacobian.shape());
    assertEquals(Precision.DOUBLE, jacobian.precision());
    double largest = 0;
    for (double slope : jacobian.toDoubles()) {
      largest = Math.max(largest, Math.abs(slope));
    }
    assertTrue(largest > 0);
    double step = 1e-4;
    for (int column = 0; column < d; column++) {
      if (x.shape().rank() == 2 && x.get(column) == Math.rint(x.get(column))) {
        continue; // The length of a sequence.
      }
      Tensor more = x.copy();
      Tensor less = x.copy();
      for (int row = 0; row < ROWS; row++) {
        more.set(row * d + column, x.get(row * d + column) + step);
        less.set(row * d + column, x.get(row * d + column) - step);
      }
      double[] after = predict.apply(more).toDoubles();
      double[] before = predict.apply(less).toDoubles();
      for (int at = 0; at < after.length; at++) {
        double expected = (after[at] - before[at]) / (2 * step);
        double rounding = 64 * Math.ulp(Math.max(Math.abs(after[at]), 1)) / step;
        assertEquals(expected, jacobian.get(at * d + column), 1e-6 * largest + rounding, "row and output " + at);
      }
    }
  }

  /// A time in seconds, beside which an hour is less than a float tells apart.
  @Test
  void standardizationIsDoneInDouble() {
    Tensor x = Tensor.zeros(Precision.DOUBLE, 32, 1);
    Tensor y = Tensor.zeros(Precision.DOUBLE, 32, 1);
    for (int row = 0; row < 32; row++) {
      x.set(row, 1.7e9 + row);
      y.set(row, 1e12 + Math.sin(row / 5.0));
    }
    Mlp mlp = Mlp.regression(1, 1).withHidden(8).withActivation(Activation.TANH).withEpochs(3);
    Regressor model = mlp.fit(x, y);
    Tensor jacobian = model.jacobian(x);
    for (int row = 0; row < 32; row++) {
      Tensor more = Tensor.row(x.get(row) + 0.5);
      Tensor less = Tensor.row(x.get(row) - 0.5);
      double expected = model.predict(more).get(0) - model.predict(less).get(0);
      assertEquals(expected, jacobian.get(row), 0.02 * Math.abs(expected) + 1e-3, "row " + row);
    }
    assertTrue(jacobian.get(0) != jacobian.get(9), "floats that near are the same");
  }

  @Test
  void aPreparedOneGivesTheSameAndAllocatesNothing() {
    Tensor x = inputs(5);
    for (Precision precision : Precision.values()) {
      Regressor model = Mlp.regression(5, 2).withHidden(6).withPrecision(precision).withEpochs(2).fit(x, targets(x));
      PreparedModelJacobian prepared = model.prepareJacobian(x.shape());
      Tensor y = Tensor.zeros(precision, ROWS, 2);
      Tensor jacobian = Tensor.zeros(precision, ROWS, 2, 5);
      prepared.at(x, y, jacobian);
      assertArrayEquals(model.jacobian(x).to(precision).toDoubles(), jacobian.toDoubles(),
          precision == Precision.FLOAT ? 0.1 : 1e-10);
      assertArrayEquals(model.predict(x).to(precision).toDoubles(), y.toDoubles());
      Tensor wide = Tensor.zeros(Precision.DOUBLE, ROWS, 2, 5);
      prepared.at(x, Tensor.zeros(Precision.DOUBLE, ROWS, 2), wide);
      assertArrayEquals(model.jacobian(x).toDoubles(), wide.toDoubles());
      assertTrue(prepared.explain().startsWith("Jacobians 2 × 5 of 24 samples"), prepared.explain());
      long least = Long.MAX_VALUE;
      for (int round = 0; round < 100_000 && least > 0; round++) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        prepared.at(x, y, jacobian);
        least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
      }
      assertEquals(0, least);
    }
  }

  @Test
  void aValueThatWasFilledInIsOneThatWasGiven() throws IOException {
    Tensor x = inputs(5);
    Regressor model = smooth(Mlp.regression(5, 2).withHidden(6)).fit(x, targets(x),
        FitOptions.none().withImputation(Imputation.constant(41)));
    Tensor given = x.copy();
    Tensor missing = x.copy();
    given.set(7, 41);
    missing.set(7, Double.NaN);
    assertArrayEquals(model.jacobian(given).toDoubles(), model.jacobian(missing).toDoubles());
    Tensor y = Tensor.zeros(Precision.DOUBLE, ROWS, 2);
    Tensor jacobian = Tensor.zeros(Precision.DOUBLE, ROWS, 2, 5);
    model.prepareJacobian(x.shape()).at(missing, y, jacobian);
    assertArrayEquals(model.jacobian(given).toDoubles(), jacobian.toDoubles());
    assertArrayEquals(model.predict(given).toDoubles(), y.toDoubles());
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Tensor x = inputs(5);
    Regressor model = smooth(Mlp.regression(5, 2).withHidden(6)).fit(x, targets(x));
    assertEquals(Shape.of(0, 2, 5), model.jacobian(x.slice(0, 0)).shape());
    assertRefused(model + ": x has shape [1, 4], expected [rows, 5]", () -> model.jacobian(Tensor.row(1.0, 2, 3, 4)));
    assertRefused(model + ": inputs of shape [0, 5], expected [rows, 5] of at least 1 row",
        () -> model.prepareJacobian(Shape.of(0, 5)));
    Tensor broken = x.copy();
    broken.set(13, Double.NaN);
    assertRefused(model + ": x has NaN at row 2, column 3, expected a finite number", () -> model.jacobian(broken));
    PreparedModelJacobian prepared = model.prepareJacobian(x.shape());
    Tensor y = Tensor.zeros(Precision.DOUBLE, ROWS, 2);
    Tensor place = Tensor.zeros(Precision.DOUBLE, prepared.shape());
    assertRefused("PreparedModelJacobian[[24, 5] → [24, 2, 5]]: x has NaN at row 2, column 3, NaN when standardized, "
        + "expected a finite number of DOUBLE's range", () -> prepared.at(broken, y, place));
    assertRefused("jacobian is DOUBLE [24, 10], expected", () -> prepared.at(x, y, place.reshape(ROWS, 10)));
    assertRefused("x is DOUBLE [12, 5]", () -> prepared.at(x.slice(0, 12), y, place));
    assertRefused("Units: 1 means and 2 deviations", () -> new Units(new double[1], new double[2]));
    assertRefused("Units: number 0 has mean 0.0 and sd -1.0", () -> new Units(new double[1], new double[] {-1}));
  }

  private static void assertRefused(String part, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }
}
