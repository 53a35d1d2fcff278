package dev.lanewise.report.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.report.result.Refusal;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Some suites of a profile.
class SelectionTest {

  private static final List<Block> BLOCKS = Profile.STANDARD.blocks();

  private static Set<String> suites(List<Block> blocks) {
    return blocks.stream().map(block -> block.trials().getFirst().suite()).collect(Collectors.toSet());
  }

  @Test
  void allIsAll() throws Refusal {
    assertEquals(BLOCKS, Selection.of(BLOCKS, "all", "--suite"));
  }

  @Test
  void someAreThoseAndWhole() throws Refusal {
    List<Block> some = Selection.of(BLOCKS, "jacobians, GEMM", "--suite");
    assertEquals(Set.of("Jacobians", "gemm"), suites(some));
    assertEquals(BLOCKS.stream().filter(block -> suites(some).containsAll(suites(List.of(block)))).toList(), some);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gem", "", "gemm,", "all,gemm", "gemm;accuracy", "peers"})
  void othersAreRefusedWithTheList(String names) {
    Refusal refusal = assertThrows(Refusal.class, () -> Selection.of(BLOCKS, names, "--suite"));
    assertTrue(refusal.getMessage().startsWith("--suite: has \""), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("expected all or some of accuracy,"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains(",gemm,"), refusal.getMessage());
  }

  /// Of a run with a planted fault, only what tells the modes apart.
  @Test
  void aPlantedFaultLeavesItsSuitesOnly() {
    assertTrue(assertThrows(Refusal.class, () -> Selection.of(Profile.STANDARD.planting(1.6), "gemm", "--suite"))
        .getMessage().endsWith("expected all or some of jacobians"));
  }
}
