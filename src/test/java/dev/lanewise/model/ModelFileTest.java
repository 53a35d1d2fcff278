package dev.lanewise.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.lanewise.Activation;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.io.MalformedSafetensorsException;
import dev.lanewise.io.Safetensors;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A model comes back from its file as it was, to the bit; what is not one is refused.
class ModelFileTest {

  /// What a small tensor may set aside for others to come, in each precision: as much as the largest region of G1.
  private static final long SLABS = 64L << 20;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir
  Path folder;

  private static Mlp brief(Mlp mlp) {
    return mlp.withHidden(4, 3).withTraining(training -> training.withEpochs(2));
  }

  private static Classifier classifier() {
    Tensor x = MlpTest.points(1, 64);
    return brief(Mlp.classification(2, 3)).withDropout(0.25).withActivation(Activation.GELU).fit(x, MlpTest.rings(x));
  }

  @Test
  void aClassifierComesBackToTheBit() throws IOException {
    Classifier model = classifier();
    Path file = folder.resolve("rings.safetensors");
    model.save(file);
    Classifier back = Classifier.load(file);
    assertEquals(model.architecture(), back.architecture());
    Tensor x = MlpTest.points(2, 20);
    assertArrayEquals(model.predictProbabilities(x).toDoubles(), back.predictProbabilities(x).toDoubles());
  }

  @Test
  void aRegressorComesBackToTheBitInEitherPrecision() throws IOException {
    Tensor x = MlpTest.points(1, 64);
    for (Precision precision : Precision.values()) {
      for (Mlp mlp : List.of(brief(Mlp.regression(2, 2)), brief(Mlp.regression(2, 2)).withoutStandardization())) {
        Regressor model = mlp.withPrecision(precision).fit(x, x);
        Path file = folder.resolve(precision + ".safetensors");
        model.save(file);
        assertEquals(precision, Regressor.load(file).parameters().precision());
        assertArrayEquals(model.predict(x).toDoubles(), Regressor.load(file).predict(x).toDoubles());
      }
    }
  }

  @Test
  void namesAreThoseOfOtherPrograms() throws IOException {
    Path file = folder.resolve("rings.safetensors");
    classifier().save(file);
    assertEquals(List.of("0.weight", "0.bias", "2.weight", "2.bias", "4.weight", "4.bias", "standardize.mean",
        "standardize.sd"),
        List.copyOf(Safetensors.read(file).tensors().keySet()));
  }

  @Test
  void aFileCutOffAtAnyByteIsRefused() throws IOException {
    Path file = folder.resolve("rings.safetensors");
    classifier().save(file);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      String message = assertThrows(MalformedSafetensorsException.class, () -> Classifier.load(file),
          "cut to " + length).getMessage();
      assertTrue(message.contains("truncated"), message);
    }
  }

  @Test
  void foreignFilesAreRefused() throws IOException {
    Path file = folder.resolve("rings.safetensors");
    Safetensors.of(Map.of("0.weight", Tensor.row(1f)), Map.of()).write(file);
    assertRefused(file, "has no metadata lanewise.model, expected it among []");
    classifier().save(file);
    assertEquals(file + ": task is CLASSIFICATION, expected REGRESSION",
        assertThrows(MalformedModelException.class, () -> Regressor.load(file)).getMessage());
    changed(file, Map.of(), Map.of("lanewise.version", "2"));
    assertRefused(file, "lanewise.version is 2, expected 1");
    changed(file, Map.of(), Map.of("lanewise.version", "1", "widths", "2-4-5-3"));
    assertRefused(file, "tensor 2.weight is [3, 4], expected [5, 4]");
    changed(file, Map.of(), Map.of("widths", "2-4-3-"));
    assertRefused(file, "widths are 2-4-3-, expected positive integers such as 64-32-10");
    changed(file, Map.of(), Map.of("widths", "two"));
    assertRefused(file, "widths are two, expected positive integers such as 64-32-10");
    changed(file, Map.of(), Map.of("widths", "2-4-3-3", "activation", "SINE"));
    assertRefused(file, "SINE");
    changed(file, Map.of("extra", Tensor.row(1f)), Map.of("activation", "RELU"));
    assertRefused(file, "tensors [extra] belong to nothing of the model");
  }

  private static Map<String, String> texts(String widths) {
    return new LinkedHashMap<>(Map.of("lanewise.model", "mlp", "lanewise.version", "1", "task", "CLASSIFICATION",
        "widths", widths,
        "activation", "RELU", "dropout", "0.0"));
  }

  /// A network of these widths would be eight gigabytes, the file has 300 bytes.
  @Test
  void widthsAreNotTakenOnTheFilesWord() throws IOException {
    Path file = folder.resolve("claims.safetensors");
    Tensor one = Tensor.of(new float[] {1}, 1);
    Map<String, Tensor> tensors = Map.of("0.weight", one, "0.bias", one, "1.weight", one, "1.bias", one);
    Map<String, String> refusals = new LinkedHashMap<>();
    refusals.put("45000-45000-2", "tensor 0.weight is [1], expected [45000, 45000]");
    refusals.put("1-1-1000000000", "widths are 1-1-1000000000, expected positive integers");
    refusals.put("100000-100000-2", "Shape [100000, 100000]: more elements than an array holds");
    refusals.put("1-".repeat(1_000_000) + "2", "1000001 numbers, expected at most 3 with 4 tensors");
    refusals.put("1".repeat(2_000_000), "expected positive integers");
    refusals.put("0-1-2", "expected positive integers");
    refusals.put("1--2", "expected positive integers");
    refusals.put("", "expected positive integers");
    for (var refusal : refusals.entrySet()) {
      Safetensors.of(tensors, texts(refusal.getKey())).write(file);
      long before = THREADS.getCurrentThreadAllocatedBytes();
      assertRefused(file, refusal.getValue());
      long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      assertTrue(allocated < SLABS + 2_000_000 + 10 * Files.size(file),
          () -> refusal.getValue() + ": allocated " + allocated);
    }
  }

  /// What a file says is quoted in part.
  @Test
  void messagesAreForPeople() throws IOException {
    Path file = folder.resolve("texts.safetensors");
    String text = "t".repeat(1_000_000);
    Tensor one = Tensor.of(new float[] {1}, 1);
    for (String key : texts("1-2").keySet()) {
      Map<String, String> texts = texts("1-2");
      texts.put(key, text);
      Safetensors.of(Map.of("0.weight", one, "0.bias", one), texts).write(file);
      assertRefused(file, key.equals("dropout") ? "dropout is ttt" : key);
    }
    Safetensors.of(Map.of(text, one), Map.of(text, text)).write(file);
    assertRefused(file, "has no metadata lanewise.model, expected it among [ttt");
    Safetensors.of(Map.of("0.weight", Tensor.zeros(Precision.FLOAT, 2, 1), "0.bias", Tensor.zeros(Precision.FLOAT, 2),
        text, one),
        texts("1-2")).write(file);
    assertRefused(file, "tensors [ttt");
  }

  /// The positions of dense layers, with and without dropout between them, are those of the network.
  @Test
  void manyLayersComeBack() throws IOException {
    for (String dropout : List.of("0.0", "0.5")) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      int layers = 2_000;
      for (int layer = 0; layer < layers; layer++) {
        int position = dropout.equals("0.0") ? layer : 2 * layer;
        int out = layer == layers - 1 ? 2 : 1;
        tensors.put(position + ".weight", Tensor.zeros(Precision.FLOAT, out, 1));
        tensors.put(position + ".bias", Tensor.zeros(Precision.FLOAT, out));
      }
      Map<String, String> texts = texts("1-".repeat(layers) + "2");
      texts.put("dropout", dropout);
      Path file = folder.resolve("deep.safetensors");
      Safetensors.of(tensors, texts).write(file);
      assertEquals(layers + 1, ((MlpArchitecture) Classifier.load(file).architecture()).widths().size());
    }
  }

  @Test
  void damagedNumbersAreRefused() throws IOException {
    Path file = folder.resolve("rings.safetensors");
    classifier().save(file);
    Tensor weight = Tensor.zeros(Precision.FLOAT, 3, 4);
    weight.set(6, Double.NaN);
    changed(file, Map.of("2.weight", weight), Map.of());
    assertRefused(file, "tensor 2.weight has NaN at row 1, column 2, expected a finite number");
    classifier().save(file);
    changed(file, Map.of("standardize.sd", Tensor.of(new double[] {1, -1}, 2)), Map.of());
    assertRefused(file, "column 1 has mean");
    classifier().save(file);
    changed(file, Map.of("standardize.sd", Tensor.of(new double[3], 3), "standardize.mean",
        Tensor.of(new double[3], 3)), Map.of());
    assertRefused(file, "standardize has 3 columns, expected 2");
  }

  /// Puts other tensors and texts into a file.
  private static void changed(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) throws IOException {
    Safetensors before = Safetensors.read(file);
    Map<String, Tensor> allTensors = new LinkedHashMap<>(before.tensors());
    Map<String, String> allMetadata = new LinkedHashMap<>(before.metadata());
    allTensors.putAll(tensors);
    allMetadata.putAll(metadata);
    Safetensors.of(allTensors, allMetadata).write(file);
  }

  private static void assertRefused(Path file, String part) {
    String message = assertThrows(MalformedModelException.class, () -> Classifier.load(file)).getMessage();
    assertTrue(message.startsWith(file + ": ") && message.contains(part), message);
    assertTrue(message.length() < 4_200, () -> "message of " + message.length());
  }
}
