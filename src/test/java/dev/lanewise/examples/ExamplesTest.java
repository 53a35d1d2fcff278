package dev.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.Precision;
import dev.lanewise.model.Classifier;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The examples reach what they promise, and draw it. The larger ones are left out on the portable kernels, where they
/// take minutes and say the same.
class ExamplesTest {

  @TempDir
  Path folder;

  private final PrintStream terminal = System.out;

  @BeforeEach
  void printNowhere() {
    System.setOut(new PrintStream(OutputStream.nullOutputStream()));
  }

  @AfterEach
  void printAgain() {
    System.setOut(terminal);
  }

  @Test
  void iris() throws Exception {
    double accuracy = Iris.run(folder);
    assertTrue(accuracy >= 0.95, "accuracy " + accuracy);
    requirePicture("iris");
    assertEquals(4, Classifier.load(folder.resolve("iris.safetensors")).architecture().features());
  }

  @Test
  void diabetes() throws Exception {
    assumeTrue(Precision.FLOAT.lanes() > 1);
    double r2 = Diabetes.run(folder);
    assertTrue(r2 >= 0.45, "R² " + r2);
    requirePicture("diabetes");
  }

  @Test
  void digits() throws Exception {
    assumeTrue(Precision.FLOAT.lanes() > 1);
    double accuracy = Digits.run(folder);
    assertTrue(accuracy >= 0.97, "accuracy " + accuracy);
    requirePicture("digits");
  }

  /// A row of ten Jacobians and an image for each of five digits, a ground and a frame.
  @Test
  void digitImages() throws Exception {
    assumeTrue(Precision.FLOAT.lanes() > 1);
    double accuracy = DigitImages.run(folder, 1);
    assertTrue(accuracy >= 0.988, "accuracy " + accuracy);
    requirePicture("digit-images");
    assertEquals(1 + 5 * 11 * (64 + 1), elements("digit-saliency", "rect"));
  }

  @Test
  void adding() throws Exception {
    assumeTrue(Precision.FLOAT.lanes() > 1);
    double error = Adding.run(folder);
    assertTrue(error < 0.01, "mean squared error " + error);
    requirePicture("adding");
    assertEquals(1 + 3 * (12 * 50 + 1) + 30, elements("adding-sensitivity", "rect"));
    assertEquals(3 * 12 * 2, elements("adding-sensitivity", "circle"), "two numbers are marked");
  }

  @Test
  void residualDigits() throws Exception {
    assumeTrue(Precision.FLOAT.lanes() > 1);
    double accuracy = ResidualDigits.run(folder);
    assertTrue(accuracy >= 0.96, "accuracy " + accuracy);
    requirePicture("residual-digits");
  }

  /// The picture has a cell of the darkest colour for each of the ten digits, where a logit depends on a pixel most.
  @Test
  void onnxSaliency() throws Exception {
    double accuracy = OnnxSaliency.run(folder);
    assertTrue(accuracy >= 0.99, "accuracy " + accuracy);
    BufferedImage picture = ImageIO.read(folder.resolve("onnx-saliency.png").toFile());
    long darkest = 0;
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        darkest += (picture.getRGB(x, y) & 0xffffff) == 0x5a1c12 ? 1 : 0;
      }
    }
    assertEquals(10 * 16 * 16, darkest);
    assertEquals(List.of("onnx-saliency.png"), pictures());
  }

  @Test
  void oscillator() throws Exception {
    assumeTrue(Precision.FLOAT.lanes() > 1);
    double error = Oscillator.run(folder);
    assertTrue(error < 1e-3, "largest error " + error);
    requirePicture("oscillator");
  }

  @Test
  void pendulum() throws Exception {
    assumeTrue(Precision.FLOAT.lanes() > 1);
    double angle = Pendulum.run(folder);
    assertTrue(angle < 1e-3, "angle " + angle);
    requirePicture("pendulum");
  }

  /// The pictures that are there, in the page's order.
  @Test
  void thePageShowsThePictures() throws IOException {
    assertEquals(List.of(), pictures());
    Iris.run(folder);
    Files.writeString(folder.resolve("adding.svg"), "");
    assertEquals(List.of("iris.svg", "adding.svg"), pictures());
  }

  private List<String> pictures() throws IOException {
    return Pattern.compile("img src=\"([^\"]*)\"").matcher(Files.readString(Page.write(folder)))
        .results().map(found -> found.group(1)).toList();
  }

  private void requirePicture(String name) throws Exception {
    assertTrue(elements(name, "path") > 0, "no curve");
  }

  private int elements(String name, String element) throws Exception {
    try (var in = Files.newInputStream(folder.resolve(name + ".svg"))) {
      var svg = DocumentBuilderFactory.newDefaultNSInstance().newDocumentBuilder().parse(in).getDocumentElement();
      assertEquals("http://www.w3.org/2000/svg", svg.getNamespaceURI());
      return svg.getElementsByTagName(element).getLength();
    }
  }

  @Test
  void tablesThatAreNoneAreRefused() {
    assertRefused("t.csv: is empty, expected a line of names", List.of());
    assertRefused("t.csv: line 3 has 1 columns, expected 2", List.of("a,b", "1,2", "3"));
    assertRefused("t.csv: line 2, column b is 'two', expected a number", List.of("a,b", "1,two"));
    assertRefused("t.csv: line 2, column a is 'NaN', expected a number", List.of("a,b", "NaN,2"));
    assertRefused("t.csv: line 2, column a is '1e999', expected a number", List.of("a,b", "1e999,2"));
    assertEquals("none.csv: no such file beside the examples",
        assertThrows(IOException.class, () -> Table.read("none.csv")).getMessage());
  }

  @Test
  void labelsAreWholeNumbers() throws IOException {
    assertArrayEquals(new int[] {2, 0}, Table.parse("t.csv", List.of("a,b", "1,2", "3,0")).labels());
    Table halves = Table.parse("t.csv", List.of("a,b", "1,2", "3,0.5"));
    assertEquals("Table: b is 0.5 in row 1, expected the number of a class",
        assertThrows(IllegalArgumentException.class, halves::labels).getMessage());
  }

  private static void assertRefused(String message, List<String> lines) {
    assertEquals(message, assertThrows(IOException.class, () -> Table.parse("t.csv", lines)).getMessage());
  }
}
