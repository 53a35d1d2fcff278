package dev.lanewise.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.train.Batches;
import dev.lanewise.train.Progress;
import dev.lanewise.train.optimizer.Optimizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A row of weight 2 counts as two rows.
class WeightsTest {

  private static final int ROWS = 40;
  private static final Tensor X = MlpTest.points(1, ROWS);
  private static final int[] LABELS = MlpTest.rings(X);

  @TempDir
  Path folder;

  private static <R extends Recipe<R>> R plain(R recipe) {
    return recipe.withoutStandardization().withPrecision(Precision.DOUBLE).withTraining(training -> training
        .withBatches(Batches.whole()).withOptimizer(Optimizer.sgd()).withRate(0.1).withEpochs(5));
  }

  static Stream<Recipe<?>> recipes() {
    return Stream.of(plain(Mlp.classification(2, 3).withHidden(5)),
        plain(Cnn.classification(2, 1, 1, 3).withHidden(5).withDropout(0)),
        plain(Sequence.classification(1, 3).withUnits(3)));
  }

  private static Tensor shaped(Recipe<?> recipe, Tensor rows) {
    return recipe instanceof Sequence ? rows.reshape(rows.shape().dim(0), 2, 1) : rows;
  }

  private static FitOptions with(Weights weights) {
    return FitOptions.none().withWeights(weights);
  }

  private static double[] theta(Classifier model) {
    return model.parameters().flat().toDoubles();
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void aRowOfWeight2IsTwoRows(Recipe<?> recipe) throws IOException {
    int[] twice = IntStream.range(0, ROWS + 10).map(row -> row < ROWS ? row : row - ROWS).toArray();
    Tensor x = Tensor.of(Arrays.stream(twice).flatMap(row -> IntStream.of(2 * row, 2 * row + 1))
        .mapToDouble(X::get).toArray(), twice.length, 2);
    Classifier repeated = recipe.fit(shaped(recipe, x), Arrays.stream(twice).map(row -> LABELS[row]).toArray());
    double[] weights = IntStream.range(0, ROWS).mapToDouble(row -> row < 10 ? 2e200 : 1e200).toArray();
    Classifier weighted = recipe.fit(shaped(recipe, X), LABELS, with(Weights.ofRows(weights)));
    assertArrayEquals(theta(repeated), theta(weighted), 1e-13);
    assertFalse(Arrays.equals(theta(recipe.fit(shaped(recipe, X), LABELS)), theta(weighted)));
  }

  @Test
  void aRegressionsRowsHaveWeightsToo() throws IOException {
    Mlp mlp = plain(Mlp.regression(2, 2).withHidden(5));
    double[] weights = new double[ROWS];
    Arrays.fill(weights, 0, 30, 7);
    Regressor weighted = mlp.fit(X, X, with(Weights.ofRows(weights)));
    assertArrayEquals(mlp.fit(X.slice(0, 30), X.slice(0, 30)).parameters().flat().toDoubles(),
        weighted.parameters().flat().toDoubles(), 1e-13, "a row of weight 0 is none");
  }

  @Test
  void classesHaveWeights() throws IOException {
    Mlp mlp = plain(Mlp.classification(2, 3).withHidden(5));
    double[] ofClasses = {3, 0.5, 1};
    double[] ofRows = Arrays.stream(LABELS).mapToDouble(label -> ofClasses[label]).toArray();
    double[] expected = theta(mlp.fit(X, LABELS, with(Weights.ofRows(ofRows))));
    assertArrayEquals(expected, theta(mlp.fit(X, LABELS, with(Weights.ofClasses(ofClasses)))));
    double[] half = Arrays.stream(ofRows).map(weight -> weight / 2).toArray();
    double[] two = new double[ROWS];
    Arrays.fill(two, 2);
    assertArrayEquals(expected, theta(mlp.fit(X, LABELS, with(Weights.ofRows(half)))), "their sum divides");
    assertArrayEquals(expected,
        theta(mlp.fit(X, LABELS, with(Weights.ofClasses(ofClasses).and(Weights.ofRows(two))))), 1e-15);
  }

  /// scikit-learn's `balanced`: N/(C·N_c).
  @Test
  void balancedClassesCountAlike() throws IOException {
    assertArrayEquals(new double[] {4 / 3.0, 4 / 3.0, 4 / 6.0, 4 / 6.0},
        Weights.balanced().of(new int[] {0, 2, 1, 1}, 3, "test"), 1e-15);
    assertArrayEquals(new double[] {2 * 4 / 3.0, 0, 4 / 6.0, 4 / 6.0},
        Weights.ofRows(2, 0, 1, 1).and(Weights.balanced()).of(new int[] {0, 2, 1, 1}, 3, "test"), 1e-15);
    assertArrayEquals(new double[] {0.25, 0.25}, Weights.balanced().of(new int[] {1, 1}, 4, "a class without rows"));
    int[] rare = IntStream.range(0, ROWS).map(row -> row % 10 == 0 ? 1 : 0).toArray();
    Mlp mlp = Mlp.classification(2, 2).withHidden()
        .withTraining(training -> training.withOptimizer(Optimizer.lbfgs(8)).withEpochs(30));
    Tensor noise = MlpTest.points(9, ROWS);
    int asRare = (int) Arrays.stream(mlp.fit(noise, rare).predict(noise)).filter(label -> label == 1).count();
    int balanced = (int) Arrays.stream(mlp.fit(noise, rare, with(Weights.balanced())).predict(noise))
        .filter(label -> label == 1).count();
    assertEquals(0, asRare, "noise is of the frequent class");
    assertTrue(balanced > ROWS / 5, "and, balanced, of either: " + balanced);
  }

  /// Σ w·ℓ / Σ w over the rows held out, by the model's own probabilities after the last epoch.
  @Test
  void theLossThatIsWatchedIsWeighted() throws IOException {
    double[] weights = IntStream.range(0, ROWS).mapToDouble(row -> 1 + row % 5).toArray();
    Mlp mlp = plain(Mlp.classification(2, 3).withHidden(5)).withValidation(0.25);
    List<Progress> heard = new ArrayList<>();
    Classifier model = mlp.fit(X, LABELS, with(Weights.ofRows(weights)).withListener(heard::add));
    FitOptions options = with(Weights.ofRows(weights));
    TrainingRows rows = TrainingRows.classification(mlp, X, LABELS, options);
    Tensor x = rows.validation().orElseThrow().inputs();
    double losses = 0;
    double sum = 0;
    for (int row = 0; row < 10; row++) {
      int given = given(x.slice(row, 1));
      losses -= weights[given] * Math.log(model.predictProbabilities(x.slice(row, 1)).get(LABELS[given]));
      sum += weights[given];
    }
    assertEquals(losses / sum, heard.getLast().validationLoss(), 1e-14);
  }

  /// Which row of X this is.
  private static int given(Tensor row) {
    return IntStream.range(0, ROWS).filter(at -> X.get(at, 0) == row.get(0)).findFirst().orElseThrow();
  }

  @Test
  void aCheckpointIsOfItsWeights() throws IOException {
    Mlp mlp = plain(Mlp.classification(2, 3).withHidden(5));
    FitOptions options = FitOptions.none().withCheckpoint(folder.resolve("checkpoint.safetensors"), 1);
    mlp.fit(X, LABELS, options.withWeights(Weights.balanced()));
    mlp.fit(X, LABELS, options.withWeights(Weights.balanced()));
    String message = assertThrows(MalformedModelException.class, () -> mlp.fit(X, LABELS, options)).getMessage();
    assertTrue(message.contains("fit.data is "), message);
  }

  @Test
  void weightsThatAreNoneAreRefused() {
    Mlp mlp = Mlp.classification(2, 3);
    assertRefused("Weights: the weight of row 1 is -1.0, expected a finite number, at least 0",
        () -> Weights.ofRows(1, -1));
    assertRefused("Weights: the weight of class 0 is NaN", () -> Weights.ofClasses(Double.NaN, 1));
    assertRefused("Weights: the weight of row 0 is Infinity", () -> Weights.ofRows(Double.POSITIVE_INFINITY));
    assertRefused("Weights: all 3 weights of rows are 0, expected one above 0", () -> Weights.ofRows(0, 0, 0));
    assertRefused("Weights: all 0 weights of classes are 0", () -> Weights.ofClasses());
    assertRefused("both are of classes", () -> Weights.balanced().and(Weights.ofClasses(1, 2)));
    assertRefused("both are of rows", () -> Weights.ofRows(1).and(Weights.ofRows(2)));
    assertRefused(mlp + ": 2 weights of rows, expected 40", () -> mlp.fit(X, LABELS, with(Weights.ofRows(1, 2))));
    assertRefused(mlp + ": 2 weights of classes, expected 3", () -> mlp.fit(X, LABELS, with(Weights.ofClasses(1, 2))));
    assertRefused("Mlp[regression 2-100-100-2, RELU]: weights are of classes, expected weights of rows",
        () -> Mlp.regression(2, 2).fit(X, X, with(Weights.balanced())));
    double[] one = new double[ROWS];
    one[3] = 1;
    assertRefused("held out are 0, expected one above 0", () -> Mlp.regression(2, 2).withValidation(0.05).fit(X, X,
        with(Weights.ofRows(one))));
    assertRefused(mlp + ": the weights of all 40 rows to train on are 0", () -> {
      int[] twos = new int[ROWS];
      mlp.fit(X, twos, with(Weights.ofClasses(0, 1, 1)));
    });
    assertEquals("Weights[none]", Weights.none().toString());
    assertEquals("Weights[2 rows, balanced]", Weights.balanced().and(Weights.ofRows(1, 2)).toString());
  }

  private static void assertRefused(String part, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }
}
