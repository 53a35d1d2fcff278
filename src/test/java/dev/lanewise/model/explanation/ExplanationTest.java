package dev.lanewise.model.explanation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Activation;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.model.Architecture.Task;
import dev.lanewise.model.Classifier;
import dev.lanewise.model.Cnn;
import dev.lanewise.model.Mlp;
import dev.lanewise.model.MlpArchitecture;
import dev.lanewise.model.Names;
import dev.lanewise.model.Regressor;
import dev.lanewise.model.Sequence;
import dev.lanewise.model.evaluation.Evaluation;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// Figures of linear models, by hand.
class ExplanationTest {

  /// y₀ = 3a − 2b + 0c, y₁ = b.
  private static Regressor linear() {
    MlpArchitecture architecture = new MlpArchitecture(Task.REGRESSION, List.of(3, 2), Activation.RELU, 0);
    Parameters theta = Parameters.of(architecture.network().parameters(),
        Tensor.of(new double[] {3, -2, 0, 0, 1, 0, 0, 0}, 1, 8));
    return Regressor.of(architecture, theta).withNames(Names.ofFeatures("a", "b", "c").withOutputs("first", "second"));
  }

  /// Spreads 1, 10 and 0.5.
  private static Tensor rows() {
    return Tensor.of(new double[] {1, 10, 7, -1, 10, 8, 1, -10, 7, -1, -10, 8}, 4, 3);
  }

  @Test
  void sensitivityIsTheSlopeTimesTheSpread() {
    Sensitivity sensitivity = linear().sensitivity(rows());
    assertArrayEquals(new double[] {3, 20, 0, 0, 10, 0}, sensitivity.values().toDoubles(), 1e-14);
    assertEquals(List.of(1, 0, 2), sensitivity.ranking());
    assertEquals("""
        feature  first  second
        b         20.0    10.0
        a        3.000       0
        c            0       0
        """, sensitivity.report());
  }

  /// By the definition, over 150 rows, more than a slice.
  @Test
  void sensitivityIsAMeanOverAllRows() {
    Random random = new Random(1);
    Tensor x = Tensor.of(random.doubles(600, -1, 1).toArray(), 150, 4);
    int[] labels = IntStream.range(0, 150).map(row -> x.get(row, 0) > 0 ? 1 : 0).toArray();
    Classifier model = Mlp.classification(4, 2).withHidden(5).withEpochs(60).fit(x, labels);
    Tensor jacobian = model.jacobian(x, Classifier.Output.PROBABILITIES);
    Sensitivity sensitivity = model.sensitivity(x, Classifier.Output.PROBABILITIES);
    for (int at = 0; at < 8; at++) {
      double sum = 0;
      for (int row = 0; row < 150; row++) {
        sum += Math.abs(jacobian.get(row * 8 + at));
      }
      double spread = model.inputs().orElseThrow().sd().get(at % 4);
      assertEquals(sum / 150 * spread, sensitivity.of(at / 4, at % 4), 1e-6 * sum);
    }
    assertEquals(0, sensitivity.ranking().getFirst(), "what the labels were made of");
    assertEquals(List.of("0", "1"), sensitivity.outputs());
  }

  @Test
  void numbersOfImagesAndSequencesHaveNames() {
    Tensor images = Tensor.of(new Random(2).doubles(4 * 2 * 12).toArray(), 4, 2, 3, 4);
    Regressor ofImages = Cnn.regression(2, 3, 4, 1).withBlocks().withHidden().withEpochs(1)
        .fit(images, images.view(0, Shape.of(4, 1)))
        .withNames(Names.ofFeatures("red", "green"));
    assertEquals("green at 1, 2", ofImages.sensitivity(images).features().get(12 + 6));
    assertTrue(ofImages.sensitivity(images.reshape(4, 24)).report().contains("red at 0, 3"));
    Tensor sequences = images.reshape(4, 8, 3);
    Regressor ofSequences = Sequence.regression(3, 1).withUnits(2).withEpochs(1)
        .fit(sequences, Tensor.of(new double[] {1, 2, 3, 4}, 4, 1)).withNames(Names.ofFeatures("x", "y", "z"));
    assertEquals("z at step 7", ofSequences.sensitivity(sequences).features().getLast());
  }

  /// Two rows are shuffled to themselves, or swapped: then y₀ is 6 wrong in both rows by a, 40 by b.
  @Test
  void importanceByHand() {
    Tensor x = Tensor.of(new double[] {1, 10, 7, -1, -10, 8}, 2, 3);
    Regressor model = linear();
    Tensor y = model.predict(x);
    PermutationImportance importance = model.permutationImportance(x, y, 20, 3);
    assertEquals(0, importance.loss());
    double[] swapped = {36.0 / 2, (1600.0 + 400) / 2, 0};
    for (int feature = 0; feature < 3; feature++) {
      PermutationImportance.Feature one = importance.features().get(feature);
      double value = swapped[feature];
      assertEquals(feature == 2 ? 1 : 2, new TreeSet<>(one.increases()).size());
      one.increases().stream().filter(increase -> increase > 0)
          .forEach(increase -> assertEquals(value, increase, 1e-14 * value));
      double share = one.increases().stream().filter(increase -> increase > 0).count() / 20.0;
      assertEquals(value * share, one.mean(), 1e-12 * value);
      assertEquals(value * Math.sqrt(share * (1 - share)), one.spread(), 1e-12 * value);
    }
    assertEquals(List.of(1, 0, 2), importance.ranking());
    assertTrue(importance.report().startsWith("loss 0, each feature shuffled 20 times\n\nfeature  increase"),
        importance.report());
    assertEquals(importance, model.permutationImportance(x, y, 20, 3), "the same seed");
    assertNotEquals(importance, model.permutationImportance(x, y, 20, 4));
  }

  /// The expected increase of the squared error of y = w·x over many rows is 2·w²·s².
  @Test
  void importanceOfManyRows() {
    Random random = new Random(5);
    Tensor x = Tensor.zeros(Precision.DOUBLE, 4000, 3);
    for (int at = 0; at < x.size(); at++) {
      x.set(at, random.nextGaussian());
    }
    Regressor model = linear();
    Tensor before = x.copy();
    PermutationImportance importance = model.permutationImportance(x, model.predict(x), 3, 1);
    assertEquals(2 * 9 / 2.0, importance.features().get(0).mean(), 0.4);
    assertEquals((2 * 4 + 2) / 2.0, importance.features().get(1).mean(), 0.3);
    assertEquals(0, importance.features().get(2).mean());
    assertArrayEquals(before.toDoubles(), x.toDoubles(), "not changed");
    PermutationImportance fall = model.permutationImportance(x, model.predict(x), 1, 1, judged -> -judged.r2());
    assertEquals(-1, fall.loss());
    assertEquals((2 * 9.0 / 13 + 0) / 2, fall.features().get(0).mean(), 0.05);
  }

  /// A feature's channel, and its steps, go along together; sequences swap with those of their length.
  @Test
  void whatBelongsToAFeatureIsShuffledTogether() {
    Tensor x = Tensor.zeros(Precision.DOUBLE, 3, 12);
    for (int at = 0; at < x.size(); at++) {
      x.set(at, at);
    }
    FeatureLayout channels = new FeatureLayout(List.of("a", "b"), 6, 12, false);
    PermutationImportance.of(x, channels, 5, 1, shuffled -> {
      for (int row = 0; row < 3; row++) {
        for (int at = 0; at < 12; at++) {
          assertEquals(at, shuffled.get(12 * row + at) % 12);
          assertEquals(Math.floor(shuffled.get(12 * row + at / 6 * 6) / 12), Math.floor(shuffled.get(12 * row
              + at) / 12));
        }
      }
      return 0;
    });
    Tensor sequences = Tensor.of(new double[] {1, 2, 0, 0, 1, 3, 4, 5, 6, 2, 7, 8, 0, 0, 1}, 3, 5);
    TreeSet<Double> firsts = new TreeSet<>();
    PermutationImportance.of(sequences, new FeatureLayout(List.of("a", "b"), 1, 4, true), 20, 1, shuffled -> {
      assertArrayEquals(new double[] {3, 4, 5, 6, 2}, shuffled.slice(1, 1).toDoubles(), "the only one of 2 steps");
      firsts.add(shuffled.get(0));
      return 0;
    });
    assertEquals(Set.of(1.0, 7.0), firsts);
  }

  @Test
  void aClassifiersImportanceIsThatOfItsLogLoss() {
    Tensor x = Tensor.of(new Random(1).doubles(400, -1, 1).toArray(), 200, 2);
    int[] labels = IntStream.range(0, 200).map(row -> x.get(row, 0) > 0 ? 1 : 0).toArray();
    Classifier model = Mlp.classification(2, 2).withHidden(8).withEpochs(40).fit(x, labels);
    PermutationImportance importance = model.permutationImportance(x, labels, 4, 1);
    assertEquals(model.evaluate(x, labels).logLoss(), importance.loss());
    assertTrue(importance.features().get(0).mean() > 10 * Math.abs(importance.features().get(1).mean()));
    PermutationImportance byAccuracy =
        model.permutationImportance(x, labels, 4, 1, judged -> 1 - judged.accuracy());
    assertEquals(0.5, byAccuracy.features().get(0).mean(), 0.1);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Regressor model = linear();
    Tensor one = Tensor.row(1.0, 2, 3);
    assertRefused("x has 1 rows, expected at least 2", () -> model.sensitivity(one));
    assertRefused("0 repeats, expected at least 1", () -> model.permutationImportance(rows(), model.predict(rows()),
        0, 1));
    assertRefused("expected at least 2 rows of 3 numbers", () -> model.permutationImportance(one, model.predict(one),
        1, 1));
    assertRefused("rows of targets, expected 4",
        () -> model.permutationImportance(rows(), model.predict(one), 1, 1, Evaluation.Regression::r2));
    assertRefused("expected whole features", () -> new FeatureLayout(List.of("a", "b"), 2, 6, false));
  }

  private static void assertRefused(String part, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }
}
