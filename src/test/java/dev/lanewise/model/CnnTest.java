package dev.lanewise.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.model.evaluation.Evaluation;
import dev.lanewise.nn.BatchNorm;
import dev.lanewise.nn.Conv2d;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Dropout;
import dev.lanewise.nn.Elementwise;
import dev.lanewise.nn.Flatten;
import dev.lanewise.nn.GlobalAvgPool;
import dev.lanewise.nn.MaxPool2d;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// The recipe for images makes the network that it says, learns digits, and refuses what are no images of its size.
class CnnTest {

  private static List<String> kinds(Cnn cnn) {
    return cnn.architecture().network().layers().stream().map(layer -> layer.getClass().getSimpleName()).toList();
  }

  @Test
  void recipesMakeTheNetworksThatTheySay() {
    Cnn cnn = Cnn.classification(1, 8, 8, 10);
    assertEquals("Cnn[classification 1×8×8, blocks 32 of 2, flattened, dense 100-10, RELU, dropout 0.5]",
        cnn.toString());
    assertEquals(List.of("Conv2d", "Conv2d", "MaxPool2d", "Flatten", "Dense", "Dropout", "Dense"),
        kinds(cnn));
    List<Layer> layers = cnn.architecture().network().layers();
    assertTrue(layers.get(1) instanceof Conv2d conv && conv.in() == 32 && conv.out() == 32 && conv.bias()
        && conv.activation() == Activation.RELU && conv.window().height() == 3, layers.get(1).toString());
    assertTrue(layers.get(4) instanceof Dense dense && dense.in() == 32 * 4 * 4 && dense.out() == 100);
    assertEquals(Shape.of(5, 10), cnn.architecture().network().outputShape(Shape.of(5, 1, 8, 8)));
    Cnn other = cnn.withBlocks(6).withDepth(1).withNormalization().withAveraging().withActivation(Activation.TANH)
        .withHidden().withDropout(0);
    assertEquals("Cnn[classification 1×8×8, blocks 6 of 1 normalized, averaged, dense 10, TANH]", other.toString());
    layers = other.architecture().network().layers();
    assertTrue(layers.get(0) instanceof Conv2d conv && !conv.bias() && conv.activation() == Activation.IDENTITY);
    assertEquals(new BatchNorm(6), layers.get(1));
    assertEquals(new Elementwise(Activation.TANH), layers.get(2));
    assertEquals(MaxPool2d.of(2), layers.get(3));
    assertEquals(new GlobalAvgPool(), layers.get(4));
    assertTrue(layers.get(5) instanceof Dense dense && dense.in() == 6 && dense.out() == 10);
    assertEquals(List.of("Flatten", "Dense"), kinds(Cnn.classification(3, 1, 1, 2).withHidden()));
    assertTrue(cnn.withDropout(0).architecture().network().layers().stream().noneMatch(layer ->
        layer instanceof Dropout));
    assertTrue(cnn.architecture().network().layers().contains(new Flatten()));
  }

  @Test
  void largerImagesHaveMoreBlocks() {
    assertEquals(List.of(), Cnn.regression(3, 9, 1, 1).architecture().blocks());
    assertEquals(27, Cnn.regression(3, 9, 1, 1).architecture().features());
    assertEquals(List.of(32), Cnn.regression(3, 9, 3, 1).architecture().blocks());
    assertEquals(List.of(32), Cnn.regression(3, 15, 15, 1).architecture().blocks());
    assertEquals(List.of(32, 64), Cnn.regression(1, 28, 28, 1).architecture().blocks());
    assertEquals(List.of(32, 64, 128, 128, 128), Cnn.regression(3, 300, 224, 1).architecture().blocks());
  }

  private static Tensor pixels;
  private static int[] labels;

  /// Every third digit of those of the examples.
  private static void readDigits() throws IOException {
    if (pixels == null) {
      var in = CnnTest.class.getResourceAsStream("/dev/lanewise/examples/digits.csv");
      try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
        List<String> lines = reader.lines().skip(1).toList();
        double[][] rows = new double[lines.size() / 3][];
        Arrays.setAll(rows, row -> Arrays.stream(lines.get(3 * row).split(",")).mapToDouble(
            Double::parseDouble).toArray());
        labels = Arrays.stream(rows).mapToInt(row -> (int) row[64]).toArray();
        pixels = Tensor.of(Arrays.stream(rows).flatMapToDouble(row -> Arrays.stream(row, 0, 64)).toArray(), rows.length,
            64);
      }
    }
  }

  @Test
  void digitsAreLearned() throws IOException {
    readDigits();
    int rows = 300;
    Tensor x = pixels.slice(0, rows);
    int[] y = Arrays.copyOf(labels, rows);
    Cnn cnn = Cnn.classification(1, 8, 8, 10).withBlocks(8).withHidden(50).withDropout(0.2);
    Classifier model = cnn.fit(x, y);
    Evaluation.Classification judged =
        model.evaluate(pixels.slice(rows, labels.length - rows), Arrays.copyOfRange(labels, rows, labels.length));
    assertTrue(judged.accuracy() > 0.9, judged.toString());
    assertEquals(1, model.inputs().orElseThrow().columns(), "one mean for all pixels");
  }

  @Test
  void rowsAndImagesAreTheSame() throws IOException {
    readDigits();
    Tensor x = pixels.slice(0, 50);
    Tensor images = x.reshape(50, 1, 8, 8);
    int[] y = Arrays.copyOf(labels, 50);
    Cnn cnn = Cnn.classification(1, 8, 8, 10).withBlocks(8).withEpochs(2);
    Classifier model = cnn.fit(x, y);
    Classifier ofImages = cnn.fit(images, y);
    assertArrayEquals(model.parameters().flat().toDoubles(), ofImages.parameters().flat().toDoubles());
    assertArrayEquals(model.predict(x), ofImages.predict(images));
  }

  @Test
  void whatAreNoImagesOfItsSizeIsRefused() {
    Cnn cnn = Cnn.classification(2, 4, 6, 2).withEpochs(1);
    Classifier model = cnn.fit(Tensor.zeros(Precision.FLOAT, 4, 2, 4, 6), new int[] {0, 1, 0, 1});
    String expected = " has shape %s, expected [rows, 2, 4, 6] or [rows, 48]";
    for (int[] shape : new int[][] {{4, 2, 6, 4}, {4, 1, 4, 6}, {4, 47}, {4, 2, 24}, {48}, {0}, {2, 2, 4, 6, 1},
        {2, 4, 6}}) {
      Tensor x = Tensor.zeros(Precision.FLOAT, shape);
      String message = expected.formatted(Shape.of(shape));
      assertRefused(cnn + ": x" + message, () -> cnn.fit(x, new int[4]));
      assertRefused(model + ": x" + message, () -> model.predict(x));
      assertRefused(model + ": x" + message, () -> model.evaluate(x, new int[4]));
    }
    assertRefused("expected [rows, 2, 4, 6] or [rows, 48]", () -> model.predict(Tensor.none()));
    assertRefused("63 rows of labels, expected 4 as x has", () ->
        cnn.fit(Tensor.zeros(Precision.FLOAT, 4, 48), new int[63]));
  }

  @Test
  void recipesThatAreNoneAreRefused() {
    assertRefused("Cnn: 1 class, expected at least 2", () -> Cnn.classification(1, 8, 8, 1));
    assertRefused("Cnn: images are 0×8×8, expected each at least 1", () -> Cnn.regression(0, 8, 8, 1));
    assertRefused("Cnn: images are 1×8×0", () -> Cnn.regression(1, 8, 0, 1));
    assertRefused("Cnn: images are 1×-8×8", () -> Cnn.regression(1, -8, 8, 1));
    assertRefused("Cnn: images are 8×8, expected both at least 2 to the power of 4", () -> Cnn.regression(1, 8, 8, 1)
        .withBlocks(1, 2, 3, 4));
    assertRefused("expected both at least 2 to the power of 40", () -> Cnn.regression(1, 8, 8, 1).withBlocks(ones(40)));
    assertRefused("Cnn: blocks are [0] of 2 convolutions", () -> Cnn.regression(1, 8, 8, 1).withBlocks(0));
    assertRefused("of 0 convolutions, expected each at least 1", () -> Cnn.regression(1, 8, 8, 1).withDepth(0));
    assertRefused("Cnn: dense layers are [0, 1]", () -> Cnn.regression(1, 8, 8, 1).withHidden(0));
    assertRefused("Shape [70000, 70000, 70000]: more elements than an array holds", () ->
        Cnn.regression(70_000, 70_000, 70_000, 1));
    assertRefused("Dropout: rate is 1.0", () -> Cnn.regression(1, 8, 8, 1).withDropout(1));
    assertRefused("Cnn: share of validation is 0.6", () -> Cnn.regression(1, 8, 8, 1).withValidation(0.6));
    assertRefused("targets are numbers, expected labels",
        () -> Cnn.classification(1, 2, 2, 2).fit(Tensor.zeros(Precision.FLOAT, 4, 4),
        Tensor.zeros(Precision.FLOAT, 4, 1)));
  }

  private static int[] ones(int count) {
    int[] ones = new int[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static void assertRefused(String part, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }
}
