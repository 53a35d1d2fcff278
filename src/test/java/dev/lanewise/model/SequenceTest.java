package dev.lanewise.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Layer;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.model.SequenceArchitecture.Cell;
import dev.lanewise.model.evaluation.Evaluation;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Dropout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// The recipe for sequences makes the network that it says, remembers what came first, and refuses what are no
/// sequences.
class SequenceTest {

  @TempDir
  Path folder;

  /// One feature of noise. Whether the first step is above its mean is the class.
  private static Tensor noise(long seed, int rows, int time) {
    return Tensor.of(new Random(seed).doubles((long) rows * time, 0, 10).toArray(), rows, time, 1);
  }

  private static int[] firsts(Tensor x) {
    int[] labels = new int[x.shape().dim(0)];
    Arrays.setAll(labels, row -> x.get(row * x.shape().dim(1)) > 5 ? 1 : 0);
    return labels;
  }

  @Test
  void recipesMakeTheNetworksThatTheySay() {
    Sequence sequence = Sequence.regression(2, 1);
    assertEquals("Sequence[regression 2-64-1, LSTM of 1 layer]", sequence.toString());
    List<Layer> layers = sequence.architecture().network().layers();
    assertEquals(2, layers.size());
    assertTrue(layers.get(0).toString().startsWith("Lstm[") && layers.get(1) instanceof Dense dense && dense.in() == 64
        && dense.out() == 1);
    Sequence other = sequence.withCell(Cell.GRU).withUnits(7).withLayers(2).withBothDirections().withDropout(0.1);
    assertEquals("Sequence[regression 2-7-1, GRU of 2 layers, bidirectional, dropout 0.1]", other.toString());
    layers = other.architecture().network().layers();
    assertTrue(layers.get(0).toString().startsWith("Gru["));
    assertEquals(new Dropout(0.1), layers.get(1));
    assertTrue(layers.get(2) instanceof Dense dense && dense.in() == 14);
    assertTrue(other.withCell(Cell.RNN).architecture().network().layers().get(0).toString().startsWith("Rnn["));
    assertEquals(Shape.of(5, 1), other.architecture().network().outputShape(Shape.of(5, 9, 2)));
  }

  @Test
  void whatCameFirstIsRemembered() {
    Tensor x = noise(1, 500, 8);
    Tensor fresh = noise(2, 300, 8);
    for (Cell cell : Cell.values()) {
      Classifier model = Sequence.classification(1, 2).withCell(cell).withUnits(16).withEpochs(12)
          .withTraining(training -> training.withRate(0.01)).fit(x, firsts(x));
      Evaluation.Classification judged = model.evaluate(fresh, firsts(fresh));
      assertTrue(judged.accuracy() > 0.9, cell + " " + judged);
    }
  }

  /// Each feature by the mean over all steps.
  @Test
  void featuresAreStandardizedOverAllSteps() {
    Tensor x = Tensor.of(new double[] {1, 10, 2, 20, 3, 30, 6, 60}, 2, 2, 2);
    Regressor model = Sequence.regression(2, 1).withUnits(2).withEpochs(1).fit(x, Tensor.of(new double[] {1, 2}, 2, 1));
    assertArrayEquals(new double[] {3, 30}, model.inputs().orElseThrow().mean().toDoubles());
  }

  @Test
  void sequencesMayBeLongerThanInTraining() {
    Regressor model = Sequence.regression(1, 1).withUnits(3)
        .withEpochs(1).fit(noise(1, 20, 4), Tensor.zeros(Precision.DOUBLE, 20, 1));
    assertEquals(Shape.of(20, 1), model.predict(noise(1, 20, 9)).shape());
    assertEquals(Shape.of(20, 1), model.predict(noise(1, 20, 1)).shape());
  }

  /// Sequences of 1 to 8 steps; the class is whether the last is above its mean, so that what stands behind it must not
  /// count.
  private static List<Tensor> ragged(long seed, int rows) {
    Random random = new Random(seed);
    return IntStream.range(0, rows).mapToObj(row -> noise(random.nextLong(), 1, 1 + random.nextInt(8))).map(x ->
        x.reshape(x.size(), 1)).toList();
  }

  private static int[] lasts(List<Tensor> sequences) {
    return sequences.stream().mapToInt(x -> x.get(x.size() - 1) > 5 ? 1 : 0).toArray();
  }

  @Test
  void sequencesMayHaveTheirLengthsWithThem() throws IOException {
    List<Tensor> sequences = ragged(1, 400);
    Tensor x = Sequence.rows(8, sequences);
    Sequence recipe = Sequence.classification(1, 2).withLengths(8).withUnits(8).withEpochs(12)
        .withTraining(training -> training.withRate(0.01));
    assertEquals("Sequence[classification 1-8-2, LSTM of 1 layer, lengths to 8]", recipe.toString());
    Classifier model = recipe.fit(x, lasts(sequences));
    List<Tensor> others = ragged(2, 200);
    Evaluation.Classification judged = model.evaluate(Sequence.rows(8, others), lasts(others));
    assertTrue(judged.accuracy() > 0.95, judged.toString());
    double[] there = sequences.stream().flatMapToDouble(sequence -> Arrays.stream(sequence.toDoubles())).toArray();
    assertEquals(Arrays.stream(there).average().orElseThrow(), model.inputs().orElseThrow().mean().get(3), 1e-12,
        "of the steps that are there");

    Tensor padded = x.copy();
    for (int row = 0; row < 400; row++) {
      for (int step = sequences.get(row).size(); step < 8; step++) {
        padded.set(9 * row + step, 1e6 * step);
      }
    }
    assertArrayEquals(model.parameters().flat().toDoubles(),
        recipe.fit(padded, lasts(sequences)).parameters().flat().toDoubles(),
        "what is not there was looked at");
    assertArrayEquals(model.logits(x, new Workspace()).toDoubles(), model.logits(padded, new Workspace()).toDoubles());
    Path file = folder.resolve("lengths.safetensors");
    model.save(file);
    assertEquals(model.architecture(), Classifier.load(file).architecture());
    assertArrayEquals(model.logits(x, new Workspace()).toDoubles(),
        Classifier.load(file).logits(x, new Workspace()).toDoubles());
    for (Cell cell : Cell.values()) {
      Sequence both = recipe.withCell(cell).withBothDirections().withEpochs(1).withoutStandardization();
      assertEquals(400, both.fit(x, lasts(sequences)).predict(padded).length);
    }
  }

  @Test
  void lengthsThatAreNoneAreRefused() {
    Sequence recipe = Sequence.classification(2, 2).withLengths(3).withUnits(2).withEpochs(1);
    Tensor x = Sequence.rows(3, List.of(Tensor.row(1f, 2), Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2)));
    assertArrayEquals(new double[] {1, 2, 0, 0, 0, 0, 1, 1, 2, 3, 4, 5, 6, 3}, x.toDoubles());
    Classifier model = recipe.fit(x, new int[] {0, 1});
    for (double length : new double[] {0, 4, 1.5, -1}) {
      Tensor wrong = x.copy();
      wrong.set(13, length);
      String message = ": x has length " + length + " at row 1, expected a whole number from 1 to 3";
      assertRefused(recipe + message, () -> recipe.fit(wrong, new int[2]));
      assertRefused(model + message, () -> model.predict(wrong));
    }
    assertRefused("x has shape [2, 3, 2], expected [rows, 7], 3 steps of 2 and a length", () ->
        model.predict(Tensor.zeros(Precision.FLOAT, 2, 3, 2)));
    assertRefused("x has shape [2, 6], expected [rows, 7]", () -> model.predict(Tensor.zeros(Precision.FLOAT, 2, 6)));
    assertRefused("sequence 1 is FLOAT [4, 2], expected FLOAT [time, 2] of 1 to 3 steps",
        () -> Sequence.rows(3, List.of(Tensor.row(1f, 2), Tensor.zeros(Precision.FLOAT, 4, 2))));
    assertRefused("sequence 1 is FLOAT [0, 2]", () ->
        Sequence.rows(3, List.of(Tensor.row(1f, 2), Tensor.zeros(Precision.FLOAT, 0, 2))));
    assertRefused("sequence 1 is DOUBLE [1, 2]", () ->
        Sequence.rows(3, List.of(Tensor.row(1f, 2), Tensor.row(1.0, 2))));
    assertRefused("sequence 1 is FLOAT [1, 3]", () ->
        Sequence.rows(3, List.of(Tensor.row(1f, 2), Tensor.row(1f, 2, 3))));
    assertRefused("0 sequences of up to 3 steps", () -> Sequence.rows(3, List.of()));
    assertRefused("1 sequences of up to 0 steps", () -> Sequence.rows(0, List.of(Tensor.row(1f))));
    assertRefused("the longest has 0 steps", () -> recipe.withLengths(0));
    assertRefused("the longest has 2000000000 steps of 2 features", () -> recipe.withLengths(2_000_000_000));
  }

  @Test
  void whatAreNoSequencesIsRefused() {
    Sequence sequence = Sequence.classification(3, 2).withUnits(2).withEpochs(1);
    Classifier model = sequence.fit(Tensor.zeros(Precision.FLOAT, 4, 5, 3), new int[] {0, 1, 0, 1});
    for (int[] shape : new int[][] {{4, 0, 3}, {4, 5, 2}, {4, 3}, {4, 15}, {3}, {0}, {4, 5, 3, 1}}) {
      Tensor x = Tensor.zeros(Precision.FLOAT, shape);
      String message = " has shape " + Shape.of(shape) + ", expected [rows, time, 3] of at least 1 step";
      assertRefused(sequence + ": x" + message, () -> sequence.fit(x, new int[4]));
      assertRefused(model + ": x" + message, () -> model.predict(x));
    }
    assertRefused("expected [rows, time, 3] of at least 1 step", () -> model.predict(Tensor.none()));
  }

  @Test
  void recipesThatAreNoneAreRefused() {
    assertRefused("Sequence: 1 class, expected at least 2", () -> Sequence.classification(2, 1));
    assertRefused("Sequence: 0 features, 1 layers of 64 units, 1 outputs, expected each at least 1", () ->
        Sequence.regression(0, 1));
    assertRefused("Sequence: 2 features, 1 layers of 64 units, 0 outputs", () -> Sequence.regression(2, 0));
    assertRefused("1 layers of 0 units", () -> Sequence.regression(2, 1).withUnits(0));
    assertRefused("at most 1048576 units", () -> Sequence.regression(2, 1).withUnits(Integer.MAX_VALUE));
    assertRefused("0 layers of 64 units", () -> Sequence.regression(2, 1).withLayers(0));
    assertRefused("Dropout: rate is 1.0", () -> Sequence.regression(2, 1).withDropout(1));
    assertRefused("Sequence: share of validation is 0.6", () -> Sequence.regression(2, 1).withValidation(0.6));
    assertRefused("targets are labels, expected numbers",
        () -> Sequence.regression(1, 1).fit(Tensor.zeros(Precision.FLOAT, 4, 4, 1), new int[4]));
  }

  private static void assertRefused(String part, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }
}
