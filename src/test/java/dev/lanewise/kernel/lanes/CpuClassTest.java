package dev.lanewise.kernel.lanes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CpuClassTest {

  @ParameterizedTest
  @CsvSource({
      "512, amd64, AVX_512", "256, amd64, AVX2", "128, x86_64, AVX", "64, amd64, AVX",
      "2048, aarch64, AVX_512", "256, aarch64, SVE_256", "128, aarch64, NEON", "128, ppc64le, NEON",
      "128, riscv64, NEON"})
  void aMachineHasTheRegistersOfItsKind(int preferredBits, String architecture, CpuClass expected) {
    assertEquals(expected, CpuClass.of(null, null, preferredBits, architecture));
  }

  @ParameterizedTest
  @EnumSource
  void eachClassCanBeAskedFor(CpuClass row) {
    assertEquals(row, CpuClass.of(row.bits / Float.SIZE, row.registers, 512, "amd64"));
  }

  @ParameterizedTest
  @CsvSource({"8, , AVX2", "4, , AVX", ", 32, AVX_512"})
  void whatIsNotAskedForIsTheMachines(Integer lanes, Integer registers, CpuClass expected) {
    assertEquals(expected, CpuClass.of(lanes, registers, 512, "amd64"));
  }

  @ParameterizedTest
  @CsvSource({"5, ", "32, ", "0, ", "-4, ", "4, 8", "16, 16", ", 16"})
  void otherSizesAreRefused(Integer lanes, Integer registers) {
    String message = assertThrows(IllegalArgumentException.class, () -> CpuClass.of(lanes, registers, 512, "amd64"))
        .getMessage();
    assertEquals("-Dlanewise.lanes=" + lanes + ", -Dlanewise.registers=" + registers
        + ": lanes of float × registers must be among 16 × 32, 8 × 16, 4 × 16, 8 × 32, 4 × 32", message);
  }

  /// On a machine with the widest vectors the suite itself runs in their class.
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AVX_512")
  void theBuildForcesEachNarrowerClass(CpuClass row) throws Exception {
    String forced = "-D%s=%d -D%s=%d</argLine>".formatted(CpuClass.LANES, row.bits / Float.SIZE, CpuClass.REGISTERS,
        row.registers);
    assertTrue(Files.readString(Path.of("pom.xml")).contains(forced), forced);
  }
}
