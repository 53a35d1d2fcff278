package dev.lanewise.report.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.report.result.Jvm;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the report says of the forks' collectors.
class FlagsTest {

  private static String line(String type, String name, String value) {
    return String.format("%9s %-40s = %-40s {product} {ergonomic}%n", type, name, value);
  }

  @Test
  void collectorAndRegionsAreNamed() {
    String g1 = line("size_t", "G1HeapRegionSize", "2097152") + line("bool", "UseG1GC", "true")
        + line("bool", "UseSerialGC", "false") + line("bool", "UseMaximumCompactionOnSystemGC", "true")
        + line("int", "ObjectAlignmentInBytes", "8");
    assertEquals("G1, regions of 2 MiB", Flags.described(g1));
    assertEquals("G1, regions of 2 MiB, compact object headers",
        Flags.described(g1 + line("bool", "UseCompactObjectHeaders", "true")));
    assertEquals("Serial, objects aligned to 64 bytes", Flags.described(line("size_t", "G1HeapRegionSize", "0")
        + line("bool", "UseSerialGC", "true") + line("int", "ObjectAlignmentInBytes", "64")));
    assertEquals("unknown", Flags.described(""));
  }

  @ParameterizedTest
  @EnumSource(Jvm.class)
  void argumentsSayWhichVirtualMachineItIs(Jvm jvm) {
    assertEquals(jvm, Jvm.of(Flags.arguments(jvm)));
    assertTrue(Flags.arguments(jvm).stream().noneMatch(each -> each.contains("RegionSize")), "the machine chooses it");
  }

  @Test
  void factsAreOfWhatTakesPart() {
    assertEquals(List.of("collector"), List.copyOf(Flags.facts(Profile.JACOBIANS.blocks()).keySet()));
    String found = Flags.facts(Profile.JACOBIANS.blocks()).get("collector");
    assertTrue(found.matches("G1, regions of \\d+ MiB"), found);
  }
}
