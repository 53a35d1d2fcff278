package dev.lanewise.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.io.Safetensors;
import dev.lanewise.train.data.Imputation;
import dev.lanewise.train.validation.HoldOut;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// A row with a missing value is refused, unless it is stated what stands for it.
class MissingValuesTest {

  private static final double NAN = Double.NaN;
  private static final int[] LABELS = {0, 1, 0, 1, 0, 1};

  @TempDir
  Path folder;

  private static Tensor rows() {
    return Tensor.of(new double[] {1, 10, NAN, 20, 3, NAN, 4, 40, 100, 70, 2, 30}, 6, 2);
  }

  private static Mlp brief() {
    return Mlp.classification(2, 2).withHidden(3).withEpochs(2);
  }

  private static FitOptions with(Imputation imputation) {
    return FitOptions.none().withImputation(imputation);
  }

  @Test
  void aMissingValueIsRefusedByRowAndFeature() throws IOException {
    Mlp mlp = brief();
    assertRefused(mlp + ": x has NaN at row 1, column 0, expected a finite number", () -> mlp.fit(rows(), LABELS));
    FitOptions named = FitOptions.none().withNames(Names.ofFeatures("age", "weight").withClasses("healthy", "ill"));
    assertRefused(mlp + ": x has NaN at row 1, column 0 (age), expected a finite number",
        () -> mlp.fit(rows(), LABELS, named));
    Classifier model = mlp.fit(rows(), LABELS, named.withImputation(Imputation.mean()));
    Tensor infinite = rows();
    infinite.set(7, Double.POSITIVE_INFINITY);
    assertRefused(model + ": x has Infinity at row 3, column 1 (weight), expected a finite number",
        () -> model.predict(infinite));
    assertRefused(mlp + ": x has Infinity at row 3, column 1, expected a finite number or NaN",
        () -> mlp.fit(infinite, LABELS, with(Imputation.mean())));
    Cnn cnn = Cnn.classification(2, 1, 3, 2).withBlocks().withHidden(3);
    Tensor images = Tensor.zeros(Precision.FLOAT, 2, 6);
    images.set(10, NAN);
    assertRefused(cnn + ": x has NaN at row 1, column 4 (blue at 0, 1), expected a finite number",
        () -> cnn.fit(images, new int[2], FitOptions.none().withNames(Names.ofFeatures("red", "blue"))));
    Sequence sequence = Sequence.classification(2, 2);
    assertRefused(sequence + ": x has NaN at row 1, column 4 (heat at step 2), expected a finite number",
        () -> sequence.fit(images.reshape(2, 3, 2), new int[2],
            FitOptions.none().withNames(Names.ofFeatures("heat", "light"))));
    assertRefused("y has NaN at row 1, column 0", () -> Mlp.regression(2, 2).fit(rows(), rows(),
        with(Imputation.mean())));
  }

  @Test
  void whatStandsForItIsTakenOfTheValuesThatAreThere() throws IOException {
    assertFilled(Imputation.mean(), 22, 34);
    assertFilled(Imputation.median(), 3, 30);
    assertFilled(Imputation.constant(-1), -1, -1);
  }

  private static void assertFilled(Imputation imputation, double first, double second) throws IOException {
    Tensor whole = rows();
    whole.set(2, first);
    whole.set(5, second);
    Classifier model = brief().fit(rows(), LABELS, with(imputation));
    assertArrayEquals(new double[] {first, second}, model.imputer().orElseThrow().values().toDoubles());
    Classifier filled = brief().fit(whole, LABELS);
    assertArrayEquals(filled.parameters().flat().toDoubles(), model.parameters().flat().toDoubles());
    assertArrayEquals(filled.predictProbabilities(whole).toDoubles(), model.predictProbabilities(rows()).toDoubles());
    assertEquals(filled.evaluate(whole, LABELS), model.evaluate(rows(), LABELS));
  }

  @Test
  void onlyRowsToTrainOnAreLookedAt() throws IOException {
    Tensor x = MlpTest.points(1, 50);
    for (int row = 0; row < 50; row += 7) {
      x.set(2 * row, NAN);
    }
    Mlp mlp = Mlp.regression(2, 1).withHidden(3).withEpochs(1).withValidation(0.4);
    Tensor y = Tensor.zeros(Precision.DOUBLE, 50, 1);
    Regressor model = mlp.fit(x, y, with(Imputation.median()));
    double[] training = new HoldOut(0.4, 0).fold(50).training(x).toDoubles();
    double[] there = IntStream.range(0, 30).mapToDouble(row -> training[2 * row])
        .filter(value -> value == value).sorted().toArray();
    double median = (there[(there.length - 1) / 2] + there[there.length / 2]) / 2;
    assertEquals(median, model.imputer().orElseThrow().values().get(0), 1e-16);
  }

  @Test
  void channelsAndStepsHaveOneNumberEach() throws IOException {
    Tensor images = Tensor.of(new double[] {1, NAN, 10, 20, 3, 5, NAN, 60}, 2, 2, 1, 2);
    Cnn cnn = Cnn.classification(2, 1, 2, 2).withBlocks().withHidden(3).withEpochs(1);
    assertArrayEquals(new double[] {3, 30},
        cnn.fit(images, new int[] {0, 1}, with(Imputation.mean())).imputer().orElseThrow().values().toDoubles());
    Sequence sequence = Sequence.classification(2, 2).withUnits(2).withEpochs(1);
    assertArrayEquals(new double[] {(1 + 10 + 3) / 3.0, (20 + 5 + 60) / 3.0}, sequence.fit(images.reshape(2, 2, 2),
        new int[] {0, 1}, with(Imputation.mean())).imputer().orElseThrow().values().toDoubles(), 1e-14);
    Tensor rows = Tensor.of(new double[] {1, NAN, 77, 78, 1, 3, 4, 5, NAN, 2}, 2, 5);
    Sequence lengths = sequence.withLengths(2);
    Classifier model = lengths.fit(rows, new int[] {0, 1}, with(Imputation.mean()));
    assertArrayEquals(new double[] {3, 4, 3, 4, NAN}, model.imputer().orElseThrow().values().toDoubles());
    Tensor noLength = rows.copy();
    noLength.set(9, NAN);
    assertRefused("x has NaN at row 1, column 4", () -> model.predict(noLength));
    assertRefused("x has length NaN at row 1", () -> lengths.fit(noLength, new int[] {0, 1}, with(Imputation.mean())));
  }

  @Test
  void itIsKeptInTheFile() throws IOException {
    Path file = folder.resolve("model.safetensors");
    Classifier model = brief().fit(rows(), LABELS, with(Imputation.median()));
    model.save(file);
    assertEquals("impute.values", List.copyOf(Safetensors.read(file).tensors().keySet()).getLast());
    Classifier back = Classifier.load(file);
    assertArrayEquals(model.predictProbabilities(rows()).toDoubles(), back.predictProbabilities(rows()).toDoubles());
    Cnn cnn = Cnn.classification(2, 1, 1, 2).withBlocks().withHidden(3).withEpochs(1);
    Classifier ofImages = cnn.fit(rows(), LABELS, with(Imputation.median()));
    ofImages.save(file);
    assertTrue(Classifier.load(file).imputer().orElseThrow().isOfChannels());
    assertArrayEquals(ofImages.predictProbabilities(rows()).toDoubles(),
        Classifier.load(file).predictProbabilities(rows()).toDoubles());
    brief().fit(MlpTest.points(1, 6), LABELS).save(file);
    assertFalse(Safetensors.read(file).tensors().containsKey("impute.values"));
    assertTrue(Classifier.load(file).imputer().isEmpty());
  }

  @Test
  void aFileIsNotTakenAtItsWord() throws IOException {
    Path file = folder.resolve("model.safetensors");
    brief().fit(rows(), LABELS, with(Imputation.median())).save(file);
    assertMalformed(file, Tensor.of(new double[3], 3), "Imputer[columns=3], expected 2 columns");
    assertMalformed(file, Tensor.of(new double[2], 1, 2), "values are [1, 2], expected [D]");
    assertMalformed(file, Tensor.of(new double[] {1, Double.NEGATIVE_INFINITY}, 2), "column 1 has -Infinity");
  }

  private static void assertMalformed(Path file, Tensor values, String part) throws IOException {
    Safetensors before = Safetensors.read(file);
    Map<String, Tensor> tensors = new LinkedHashMap<>(before.tensors());
    tensors.put("impute.values", values);
    Safetensors.of(tensors, before.metadata()).write(file);
    String message = assertThrows(MalformedModelException.class, () -> Classifier.load(file)).getMessage();
    assertTrue(message.contains(part), message);
  }

  @Test
  void aCheckpointIsOfItsImputation() throws IOException {
    FitOptions options = FitOptions.none().withCheckpoint(folder.resolve("checkpoint.safetensors"), 1);
    brief().fit(rows(), LABELS, options.withImputation(Imputation.mean()));
    String message = assertThrows(MalformedModelException.class,
        () -> brief().fit(rows(), LABELS, options.withImputation(Imputation.median()))).getMessage();
    assertTrue(message.contains("fit.data is "), message);
  }

  @Test
  void aColumnWithoutValuesIsRefused() throws IOException {
    Tensor x = rows();
    Arrays.setAll(x.doubles(), at -> at % 2 == 0 ? NAN : at);
    assertRefused("Imputer: column 0 has no value, expected one at least to take a MEAN of",
        () -> brief().fit(x, LABELS, with(Imputation.mean())));
    brief().fit(x, LABELS, with(Imputation.constant(2)));
    assertRefused("CONSTANT of NaN, expected a finite number", () -> Imputation.constant(NAN));
    assertRefused("column 0 has 1.0E300, expected a number of FLOAT's range as x has",
        () -> brief().fit(x.to(Precision.FLOAT), LABELS, with(Imputation.constant(1e300))));
  }

  private static void assertRefused(String part, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }
}
