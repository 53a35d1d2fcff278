package dev.lanewise.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Activation;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.model.SequenceArchitecture.Cell;
import dev.lanewise.train.EarlyStopping;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for models of images and of sequences as for those of rows.
class RecipesTest {

  private static final int ROWS = 60;

  @TempDir
  Path folder;

  /// A recipe, briefly trained, and inputs for it.
  record Sample(Recipe<?> recipe, Tensor x) {

    private static Sample of(Recipe<?> recipe, int... sample) {
      Tensor x = Tensor.zeros(Precision.DOUBLE, Shape.of(sample).prepend(ROWS));
      Random random = new Random(sample.length);
      for (int at = 0; at < x.size(); at++) {
        x.set(at, 50 + 10 * random.nextGaussian());
      }
      return new Sample(recipe, x);
    }

    /// By the first number of a row, and one of its last.
    int[] labels() {
      return IntStream.range(0, ROWS).map(row -> (number(row, 0) > 50 ? 1 : 0)
          + (number(row, 2) > 50 ? 1 : 0)).toArray();
    }

    Tensor targets() {
      Tensor y = Tensor.zeros(Precision.DOUBLE, ROWS, 2);
      for (int row = 0; row < ROWS; row++) {
        y.set(2 * row, 1000 + number(row, 0));
        y.set(2 * row + 1, number(row, 1) - number(row, 2));
      }
      return y;
    }

    private double number(int row, int at) {
      int size = x.size() / ROWS;
      return x.get(row * size + at * (size - 1) / 2);
    }

    @Override
    public String toString() {
      return recipe.toString();
    }
  }

  private static Cnn brief(Cnn cnn) {
    return cnn.withBlocks(3, 4).withDepth(1).withHidden(5).withEpochs(4);
  }

  static Stream<Sample> classifications() {
    Sequence sequence = Sequence.classification(3, 3).withUnits(5).withEpochs(4);
    return Stream.of(
        Sample.of(Mlp.classification(6, 3).withHidden(5).withEpochs(4), 6),
        Sample.of(brief(Cnn.classification(2, 5, 6, 3)), 2, 5, 6),
        Sample.of(brief(Cnn.classification(1, 4, 4, 3)).withNormalization().withActivation(Activation.TANH)
        .withDropout(0), 1, 4, 4),
        Sample.of(brief(Cnn.classification(2, 7, 4, 3)).withAveraging().withHidden().withDepth(2)
        .withPrecision(Precision.DOUBLE), 2, 7, 4),
        Sample.of(sequence, 4, 3),
        Sample.of(sequence.withCell(Cell.GRU).withLayers(2).withDropout(0.3).withPrecision(Precision.DOUBLE), 5, 3),
        Sample.of(sequence.withCell(Cell.RNN).withBothDirections().withoutStandardization(), 4, 3));
  }

  static Stream<Sample> regressions() {
    Sequence sequence = Sequence.regression(3, 2).withUnits(5).withEpochs(4);
    return Stream.of(
        Sample.of(Mlp.regression(6, 2).withHidden(5).withEpochs(4), 6),
        Sample.of(brief(Cnn.regression(2, 5, 6, 2)), 2, 5, 6),
        Sample.of(sequence, 4, 3),
        Sample.of(sequence.withCell(Cell.GRU).withBothDirections().withPrecision(Precision.DOUBLE), 4, 3));
  }

  private static double[] theta(Classifier model) {
    return model.parameters().flat().toDoubles();
  }

  @ParameterizedTest
  @MethodSource("classifications")
  void aClassifierComesBackToTheBit(Sample sample) throws IOException {
    Classifier model = sample.recipe.fit(sample.x, sample.labels());
    Path file = folder.resolve("model.safetensors");
    model.save(file);
    Classifier back = Classifier.load(file);
    assertEquals(model.architecture(), back.architecture());
    assertEquals(sample.recipe.precision(), back.parameters().precision());
    assertArrayEquals(model.predictProbabilities(sample.x).toDoubles(),
        back.predictProbabilities(sample.x).toDoubles());
    assertEquals(model.evaluate(sample.x, sample.labels()).toString(),
        back.evaluate(sample.x, sample.labels()).toString());
    assertThrows(MalformedModelException.class, () -> Regressor.load(file));
  }

  @ParameterizedTest
  @MethodSource("regressions")
  void aRegressorComesBackToTheBit(Sample sample) throws IOException {
    Regressor model = sample.recipe.fit(sample.x, sample.targets());
    Path file = folder.resolve("model.safetensors");
    model.save(file);
    Regressor back = Regressor.load(file);
    assertEquals(model.architecture(), back.architecture());
    assertArrayEquals(model.predict(sample.x).toDoubles(), back.predict(sample.x).toDoubles());
    assertEquals(1050, model.predict(sample.x).get(0, 0), 60, "in the targets' units");
  }

  /// Interrupted after each epoch, also by early stopping's measure.
  @ParameterizedTest
  @MethodSource("classifications")
  void goingOnEndsWithTheSameBits(Sample sample) throws IOException {
    Recipe<?> recipe = sample.recipe.withValidation(0.2)
        .withTraining(training -> training.withEarlyStopping(EarlyStopping.patience(3)));
    double[] uninterrupted = theta(recipe.fit(sample.x, sample.labels()));
    for (int end = 1; end < 4; end++) {
      int after = end;
      FitOptions options = FitOptions.none().withCheckpoint(folder.resolve(end + ".safetensors"), 1);
      assertThrows(IllegalStateException.class, () ->
          recipe.fit(sample.x, sample.labels(), options.withListener(progress -> {
        if (progress.epoch() == after + 1) {
          throw new IllegalStateException("the process ends");
        }
      })));
      List<Long> epochs = new ArrayList<>();
      assertArrayEquals(uninterrupted,
          theta(recipe.fit(sample.x, sample.labels(), options.withListener(progress -> epochs.add(progress.epoch())))));
      assertEquals(end + 1, epochs.getFirst(), "from the checkpoint");
    }
  }

  @ParameterizedTest
  @MethodSource("classifications")
  void theSeedDecides(Sample sample) {
    double[] first = theta(sample.recipe.fit(sample.x, sample.labels()));
    assertArrayEquals(first, theta(sample.recipe.fit(sample.x, sample.labels())));
    assertFalse(Arrays.equals(first, theta(sample.recipe.withSeed(2).fit(sample.x, sample.labels()))));
  }

  /// What standardizes is the first layer: the network takes inputs as they are.
  @ParameterizedTest
  @MethodSource("classifications")
  void theNetworkIsTheModel(Sample sample) {
    Classifier model = sample.recipe.fit(sample.x, sample.labels());
    Workspace ws = new Workspace();
    Tensor given = sample.x.to(sample.recipe.precision());
    double[] expected = model.logits(sample.x, ws).toDoubles();
    assertArrayEquals(expected, model.network().forward(given, model.parameters(), new Workspace()).toDoubles(),
        sample.recipe.precision() == Precision.FLOAT ? 1e-4 : 1e-12);
    model.logits(sample.x.slice(3, 7), ws);
    assertArrayEquals(expected, model.logits(sample.x, ws).toDoubles(), "one workspace for many");
    assertEquals(0, ws.mark());
    assertArrayEquals(Arrays.copyOfRange(expected, 9, 30), model.logits(sample.x.slice(3, 7), ws).toDoubles(),
        "row by row");
    assertEquals(0, model.predict(sample.x.slice(0, 0)).length);
  }

  @ParameterizedTest
  @MethodSource("classifications")
  void aRowThatIsNoNumberIsNamed(Sample sample) {
    Tensor x = sample.x.copy();
    int size = x.size() / ROWS;
    x.set(7 * size + 5, Double.NaN);
    String message = assertThrows(IllegalArgumentException.class, () ->
        sample.recipe.fit(x, sample.labels())).getMessage();
    assertTrue(message.startsWith(sample.recipe + ": x has NaN at row 7, column 5, expected a finite number"), message);
  }

  /// A checkpoint is of one recipe; so is what a file says of its model.
  @ParameterizedTest
  @MethodSource("classifications")
  void checkpointsOfAnotherNetworkAreRefused(Sample sample) throws IOException {
    FitOptions options = FitOptions.none().withCheckpoint(folder.resolve("checkpoint.safetensors"), 1);
    sample.recipe.fit(sample.x, sample.labels(), options);
    Sample other = Sample.of(Mlp.classification(6, 3).withHidden(6).withEpochs(4), 6);
    String message = assertThrows(MalformedModelException.class,
        () -> other.recipe.fit(other.x, other.labels(), options)).getMessage();
    assertTrue(message.contains("fit.architecture is " + sample.recipe.architecture()
        + ", expected classification 6-6-3"), message);
  }
}
