package dev.lanewise.report.result;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs that were merged into one report.
class PartsTest {

  @TempDir
  Path folder;

  private static final Map<String, String> HERE =
      Map.of("cpu", "a CPU", "cores", "2", "vectors", "wide", "os", "Linux", "jdk", "25");

  private static String elementwise(Suite suite, String... functions) {
    return Stream.of(functions).map(function -> """
        {"benchmark": "dev.lanewise.%s", "vmName": "VM", "vmVersion": "25", "jvmArgs": ["-XX:+UseSerialGC"],
         "params": {"function": "%s", "precision": "FLOAT", "n": "1024"},
         "primaryMetric": {"scoreUnit": "ns/op", "rawData": [[9]]},
         "secondaryMetrics": {"copy": {"rawData": [[2]]}, "value": {"rawData": [[4]]}, "fused": {"rawData": [[5]]},
           "jdk": {"rawData": [[%d]]}, "vml": {"rawData": [[6]]}, "scalar": {"rawData": [[40]]}}}"""
        .formatted(suite.benchmark, function, suite == Suite.ELEMENTWISE ? 8 : 10)).collect(Collectors.joining(","));
  }

  private static Part part(String name, Map<String, String> facts, String... entries) throws Refusal {
    byte[] json = ("[" + String.join(",", entries) + "]").getBytes(StandardCharsets.UTF_8);
    Machine machine = new Machine(HERE).with(facts);
    return Part.of(new RawResult(Path.of(name), json), machine);
  }

  private static Part claim() throws IOException {
    return Part.of(new RawResult(Path.of("claim"), ResultsTest.recorded()),
        new Machine(HERE).with(Map.of("date", "Monday", "profile", "quick")));
  }

  private static Part peers(String date, String... functions) throws Refusal {
    return part("peers", Map.of("date", date, "profile", "peers", "mkl", "2026"),
        elementwise(Suite.ELEMENTWISE_PEERS, functions));
  }

  @Test
  void aMergedRunAddsItsSuitesAndLeavesTheOthers() throws IOException {
    Parts merged = Parts.of(claim()).with(peers("Tuesday", "TANH"));
    assertEquals(2, merged.all().size());
    assertArrayEquals(ResultsTest.recorded(), merged.all().getFirst().raw().json());
    assertEquals(claim().results().measurements().size() + 1, merged.results().measurements().size());
    assertTrue(merged.apart(Suite.ELEMENTWISE_PEERS).orElseThrow().contains("profile peers, Tuesday"));
    assertEquals(Optional.empty(), merged.apart(Suite.JACOBIANS));
  }

  /// Once from the first run, once from one that was merged before, once from a run with other suites as well.
  @Test
  void aSuiteThatIsMeasuredAnewTakesThePlaceOfTheOldOne() throws IOException {
    Parts parts = Parts.of(claim()).with(peers("Tuesday", "TANH", "EXP")).with(peers("Wednesday", "TANH"));
    assertEquals(2, parts.all().size());
    assertEquals("Wednesday", parts.all().getLast().machine().facts().get("date"));
    Parts alone = Parts.of(peers("Tuesday", "TANH")).with(peers("Wednesday", "TANH"));
    assertEquals(List.of("Wednesday"), alone.all().stream().map(part -> part.machine().facts().get("date")).toList());
    Part both = part("both", Map.of("date", "Monday"), elementwise(Suite.ELEMENTWISE, "EXP"),
        elementwise(Suite.ELEMENTWISE_PEERS, "EXP"));
    Parts half = Parts.of(both).with(peers("Tuesday", "TANH"));
    assertEquals(List.of(Suite.ELEMENTWISE.benchmark, Suite.ELEMENTWISE_PEERS.benchmark),
        half.results().measurements().stream().map(Measurement::benchmark).toList());
    assertEquals("TANH", half.results().measurements().getLast().param("function"));
  }

  /// Facts that differ stand with the part's number, those that only it has under their own name.
  @Test
  void factsOfAllPartsAreKept() throws IOException {
    Map<String, String> facts = Parts.of(claim()).with(peers("Tuesday", "TANH")).machine().facts();
    assertEquals("Monday", facts.get("date"));
    assertEquals("Tuesday", facts.get("part2_date"));
    assertEquals("2026", facts.get("mkl"));
    assertFalse(facts.containsKey("part2_cpu") || facts.containsKey("part2_mkl"));
  }

  @Test
  void anotherMachineIsRefused() throws IOException {
    Machine other = new Machine(HERE).with(Map.of("cpu", "another CPU"));
    Refusal refusal = assertThrows(Refusal.class, () -> Parts.of(claim()).requireSameMachine(other, Path.of("report")));
    assertTrue(refusal.getMessage()
        .startsWith("report: was measured on another machine (cpu: a CPU, here another CPU)"), refusal.getMessage());
    Parts.of(claim()).requireSameMachine(new Machine(HERE).with(Map.of("commit", "new")), Path.of("report"));
    assertThrows(Refusal.class, () -> Parts.of(claim()).requireSameMachine(new Machine(Map.of()), Path.of("report")));
  }

  private void write(Path place, Part part) throws IOException {
    Files.createDirectories(place);
    Files.write(place.resolve(RawResult.FILE), part.raw().json());
    Files.writeString(place.resolve(Machine.FILE), part.machine().json());
  }

  @Test
  void partsAreReadFromAReportsFolder() throws IOException {
    write(folder, claim());
    write(folder.resolve("part-2"), peers("Tuesday", "TANH"));
    assertEquals(2, Parts.at(folder).all().size());
    assertEquals(1, Parts.at(folder.resolve(RawResult.FILE)).all().size());
    write(folder.resolve("part-3"), peers("Wednesday", "EXP"));
    assertTrue(assertThrows(Refusal.class, () -> Parts.at(folder)).getMessage()
        .contains("which another part of the report has too"));
    write(folder.resolve("part-3"), part("slow", Map.of("cpu", "another"), elementwise(Suite.ELEMENTWISE, "EXP")));
    assertTrue(assertThrows(Refusal.class, () -> Parts.at(folder)).getMessage().contains("another machine"));
  }

  @Test
  void partsOfDifferentCollectorsAreRefused() throws IOException {
    Part g1 = part("g1", Map.of(), elementwise(Suite.ELEMENTWISE_PEERS, "EXP").replace("UseSerialGC", "UseG1GC"));
    assertTrue(assertThrows(Refusal.class, () -> Parts.of(claim()).with(g1)).getMessage()
        .contains("was measured with G1"));
  }
}
