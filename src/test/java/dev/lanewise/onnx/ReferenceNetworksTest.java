package dev.lanewise.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.autodiff.Mode;
import dev.lanewise.testkit.GradCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Networks as PyTorch exports them, against PyTorch's values and Jacobians: those of the test resources, or with
/// `-Dlanewise.onnx=DIR` each `NAME.onnx` there that has a `NAME.expected.json` beside it, of `x`, `y` and
/// `jacobian_of_first_sample`.
class ReferenceNetworksTest {

  /// PyTorch's exporter has folded the batch normalisation into the convolution, and rounded it to float.
  private static final Map<String, Double> IN_DOUBLE = Map.of("cnn-avgpool.onnx", 3e-8);

  private static final String FOLDER = System.getProperty("lanewise.onnx", "src/test/resources/onnx");

  @TestFactory
  Stream<DynamicTest> asPyTorch() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of(FOLDER), 2)) {
      for (Path file : files.filter(file -> file.toString().endsWith(".onnx")).sorted().toList()) {
        Path expected = Path.of(file.toString().replaceFirst("\\.onnx$", ".expected.json"));
        for (Precision precision : Files.exists(expected) ? Precision.values() : new Precision[0]) {
          tests.add(dynamicTest(file.getFileName() + " " + precision, () -> check(file, expected, precision)));
        }
      }
    }
    assertTrue(!tests.isEmpty(), FOLDER + " has no *.onnx with an *.expected.json");
    return tests.stream();
  }

  private static void check(Path file, Path expectedFile, Precision precision) throws IOException {
    double tolerance = precision == Precision.FLOAT ? 1e-5
        : IN_DOUBLE.getOrDefault(file.getFileName().toString(), 1e-9);
    JsonNode expected = JsonMapper.shared().readTree(Files.readString(expectedFile));
    Network net = Onnx.read(file, OnnxOptions.defaults().precision(precision));
    Tensor x = tensor(expected.get("x"), precision);
    assertEquals(x.shape().withoutFirst(), net.inputShape());
    Tensor y = net.forward(x);
    assertEquals(net.outputShape().prepend(x.shape().dim(0)), y.shape());
    assertNear(tensor(expected.get("y"), Precision.DOUBLE), y, tolerance, "y");
    Tensor first = x.slice(0, 1);
    Tensor jacobian = tensor(expected.get("jacobian_of_first_sample"), Precision.DOUBLE);
    for (Mode mode : Mode.values()) {
      Tensor found = Jacobians.jacobian(net.layer(), net.parameters(), first, mode);
      assertNear(jacobian, found, tolerance, "Jacobian " + mode);
    }
    if (precision == Precision.DOUBLE) {
      GradCheck.of(net.layer(), net.parameters(), first).check();
    }
  }

  /// Within a part of the largest number that is expected.
  private static void assertNear(Tensor expected, Tensor found, double tolerance, String what) {
    assertEquals(expected.size(), found.size(), what);
    double scale = 0;
    for (int i = 0; i < expected.size(); i++) {
      scale = Math.max(scale, Math.abs(expected.get(i)));
    }
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i), found.get(i), tolerance * scale, what + " at " + i);
    }
  }

  private static Tensor tensor(JsonNode json, Precision precision) {
    List<Integer> dims = new ArrayList<>();
    for (JsonNode at = json; at.isArray(); at = at.get(0)) {
      dims.add(at.size());
    }
    List<Double> values = new ArrayList<>();
    addTo(values, json);
    Tensor tensor = Tensor.zeros(precision, Shape.of(dims.stream().mapToInt(Integer::intValue).toArray()));
    for (int i = 0; i < values.size(); i++) {
      tensor.set(i, values.get(i));
    }
    return tensor;
  }

  private static void addTo(List<Double> values, JsonNode json) {
    if (json.isArray()) {
      json.forEach(each -> addTo(values, each));
    } else {
      values.add(json.asDouble());
    }
  }
}
