package dev.lanewise.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Tensor;
import dev.lanewise.io.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// Names are kept in the model and its file; a file's are read with distrust.
class NamesTest {

  private static final Tensor X = MlpTest.points(1, 20);
  private static final int[] LABELS = MlpTest.rings(X);
  private static final Names NAMES = Names.ofFeatures("größe", "重さ").withClasses("a", "b \"quoted\"", "𝔠");

  @TempDir
  Path folder;

  private static Mlp brief() {
    return Mlp.classification(2, 3).withHidden(3).withEpochs(1);
  }

  private Path saved() throws IOException {
    Path file = folder.resolve("model.safetensors");
    brief().fit(X, LABELS, FitOptions.none().withNames(NAMES)).save(file);
    return file;
  }

  @Test
  void theyComeBackFromTheFile() throws IOException {
    Classifier back = Classifier.load(saved());
    assertEquals(NAMES, back.names());
    assertEquals(NAMES.outputs(), back.evaluate(X, LABELS).confusion().classes());
    assertTrue(back.evaluate(X, LABELS).report().contains("b \"quoted\""));
    Regressor regressor = Mlp.regression(2, 2).withHidden(3).withEpochs(1).fit(X, X)
        .withNames(Names.none().withOutputs("up", "down"));
    Path file = folder.resolve("regressor.safetensors");
    regressor.save(file);
    assertEquals(regressor.names(), Regressor.load(file).names());
    assertEquals("down", Regressor.load(file).evaluate(X, X).outputs().get(1).name());
  }

  /// What was saved without names, as every file was once, has none.
  @Test
  void aFileWithoutNamesHasNone() throws IOException {
    Path file = folder.resolve("model.safetensors");
    brief().fit(X, LABELS).save(file);
    assertEquals(List.of("lanewise.model", "lanewise.version", "task", "widths", "activation", "dropout"),
        List.copyOf(Safetensors.read(file).metadata().keySet()));
    Classifier back = Classifier.load(file);
    assertEquals(Names.none(), back.names());
    assertEquals(List.of("0", "1", "2"), back.evaluate(X, LABELS).confusion().classes());
  }

  @Test
  void aFilesNamesAreNotTakenAtItsWord() throws IOException {
    Path file = saved();
    assertMalformed(file, texts -> texts.remove("feature.1"), "has 1 names feature.…, expected 2 or none");
    assertMalformed(file, texts -> texts.put("feature.2", "c"), "has 3 names feature.…, expected 2 or none");
    assertMalformed(file, texts -> {
      texts.remove("output.2");
      texts.put("output.02", "c");
    }, "has no metadata output.2");
    assertMalformed(file, texts -> texts.put("output.0", "b \"quoted\""), "are the same, expected each once");
    assertMalformed(file, texts -> texts.put("feature.0", "x".repeat(1_000_000)), "feature 0 is called xxxx");
    assertMalformed(file, texts -> texts.put("feature.0", "\u001b[2J"), "feature 0 is called ?[2J, expected");
    assertMalformed(file, texts -> texts.put("feature.0", "  "),
        "feature 0 is called   , expected 1 to 200 characters");
    assertMalformed(file, texts -> {
      for (int index = 0; index < 50_000; index++) {
        texts.put("output." + index, "c" + index);
      }
    }, "has 50000 names output.…, expected 3 or none");
    assertEquals(NAMES, Classifier.load(file).names(), "the file as it was");
  }

  private static void assertMalformed(Path file, Consumer<Map<String, String>> change, String part) throws IOException {
    Safetensors whole = Safetensors.read(file);
    Map<String, String> texts = new LinkedHashMap<>(whole.metadata());
    change.accept(texts);
    Safetensors.of(whole.tensors(), texts).write(file);
    String message = assertThrows(MalformedModelException.class, () -> Classifier.load(file)).getMessage();
    assertTrue(message.startsWith(file + ": ") && message.contains(part), message);
    assertTrue(message.length() < 4_200, () -> "message of " + message.length());
    whole.write(file);
  }

  @Test
  void namesThatDoNotFitAreRefused() {
    Mlp mlp = brief();
    assertRefused(mlp + ": 1 names of features, expected 2 or none",
        () -> mlp.fit(X, LABELS, FitOptions.none().withNames(Names.ofFeatures("one"))));
    Classifier model = mlp.fit(X, LABELS);
    assertRefused(model + ": 2 names of outputs, expected 3 or none",
        () -> model.withNames(Names.none().withClasses("a", "b")));
    assertRefused("two of [a, b, a] are the same", () -> Names.ofFeatures("a", "b", "a"));
    assertRefused("feature 1 is called", () -> Names.ofFeatures("a", "\ud800"));
    assertRefused("output 0 is called", () -> Names.none().withOutputs("a\nb"));
    assertRefused("Cnn", () -> Cnn.classification(2, 1, 1, 2).fit(X, new int[20],
        FitOptions.none().withNames(Names.ofFeatures("a", "b", "c"))));
  }

  private static void assertRefused(String part, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }
}
