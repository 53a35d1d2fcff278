package dev.lanewise.onnx.writer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.nn.Sequential;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ExportTest {

  private static final Path SOURCES = Path.of("src/main/java/dev/lanewise");
  static final double TOLERANCE = 2e-6;

  /// What we write, ONNX Runtime computes as we do.
  @TestFactory
  Stream<DynamicTest> runsElsewhere() {
    Assumptions.assumeTrue(OtherRuntime.loads());
    return Cases.all().stream().map(each -> dynamicTest(each.toString(), () -> {
      Parameters theta = each.theta(Precision.FLOAT);
      Tensor x = each.input(Precision.FLOAT);
      agrees(each.layer(), theta, x);
    }));
  }

  /// No layer can be forgotten: each of the library's has a case above, but the loss, which mixes samples.
  @Test
  void everyLayerIsAmongThem() throws IOException {
    Set<String> known = new TreeSet<>();
    Cases.all().forEach(each -> collect(each.layer(), known));
    assertEquals(layers(), known);
  }

  private static void collect(Layer layer, Set<String> into) {
    into.add(layer.getClass().getSimpleName());
    if (layer instanceof Sequential sequential) {
      sequential.layers().forEach(inner -> collect(inner, into));
    }
  }

  private static Set<String> layers() throws IOException {
    Set<String> names = new TreeSet<>(Set.of("GraphLayer"));
    try (Stream<Path> files = Files.walk(SOURCES.resolve("nn"))) {
      for (Path file : files.filter(file -> file.toString().endsWith(".java")).toList()) {
        String name = SOURCES.relativize(file).toString().replace(".java", "").replace('/', '.');
        if (!name.endsWith("package-info")) {
          Class<?> type = Class.forName("dev.lanewise." + name);
          if (Layer.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers())) {
            names.add(type.getSimpleName());
          }
        }
      }
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
    return names;
  }

  static void agrees(Layer layer, Parameters theta, Tensor x) throws IOException {
    Tensor expected = layer.forward(x, theta, new Workspace());
    Tensor found = OtherRuntime.run(Export.of(layer, theta, x.shape().withoutFirst(), "x", "y"), x);
    assertEquals(expected.shape(), found.shape());
    double scale = 1e-3;
    for (int i = 0; i < expected.size(); i++) {
      scale = Math.max(scale, Math.abs(expected.get(i)));
    }
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i), found.get(i), TOLERANCE * scale, "at " + i);
    }
  }
}
