package dev.lanewise.graph.primitive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.graph.primitive.PrimitiveLaws.Law;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every primitive keeps the laws, and none of them can be broken without a law that says so.
class PrimitivesTest {

  @Test
  void keepTheLaws() {
    List<String> broken = PrimitiveCases.all().stream().map(one -> {
      Set<Law> laws = PrimitiveLaws.broken(one);
      return laws.isEmpty() ? "" : one + ": " + laws;
    }).filter(one -> !one.isEmpty()).toList();
    assertEquals(List.of(), broken);
  }

  /// A law catches each fault of each primitive that can have it.
  @ParameterizedTest
  @EnumSource(BrokenTwin.Fault.class)
  void brokenTwinsAreCaught(BrokenTwin.Fault fault) {
    Set<String> caught = new TreeSet<>();
    for (PrimitiveCase one : PrimitiveCases.all()) {
      if (fault.canBreak(one.primitive(), one.shapes()) && caught.add(one.primitive().getClass().getSimpleName())) {
        Set<Law> broken = PrimitiveLaws.broken(one.with(new BrokenTwin(one.primitive(), fault)));
        assertTrue(broken.contains(fault.law), one + ": " + broken);
      }
    }
    assertFalse(caught.isEmpty());
  }

  /// A primitive that is not among the cases is not tested.
  @Test
  void allAreThere() throws IOException {
    Set<String> tested =
        PrimitiveCases.all().stream().map(one ->
            one.primitive().getClass().getSimpleName()).collect(Collectors.toCollection(TreeSet::new));
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev/lanewise/graph/primitive"))) {
      for (Path file : files.filter(file -> file.toString().endsWith(".java")).toList()) {
        if (Files.readString(file).contains("public record ")) {
          found.add(file.getFileName().toString().replace(".java", ""));
        }
      }
    }
    assertEquals(found, tested);
  }
}
