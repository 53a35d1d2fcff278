package dev.lanewise.report.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.result.Refusal;
import dev.lanewise.report.result.Results;
import dev.lanewise.report.result.ResultsTest;
import dev.lanewise.report.result.Setting;
import dev.lanewise.report.result.Suite;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Pairs D × M found in what JMH wrote.
class CellTest {

  private static Results recorded() throws IOException {
    return Results.parse("recorded.json", ResultsTest.recorded());
  }

  @Test
  void everyPairIsFoundWithItsTimesAndCounts() throws IOException {
    Results results = recorded();
    var cells = Cell.bySetting(results).get(Setting.of("FLOAT", 1));
    assertEquals(4, cells.size());
    Cell cell = cells.get(1);
    assertEquals(4, cell.d());
    assertEquals(64, cell.m());
    assertEquals(8448 * 5, cell.forward().multiplyAdds());
    assertTrue(cells.stream().allMatch(each -> each.countsAsFormula(Setting.of("FLOAT", 1))));
    assertEquals(2, cell.forward().nanos().length);
    assertEquals(2, cell.forward().nanos()[0].length);
    Setting elided = Setting.of("FLOAT", 1).with(1, 16, "RELU").elided();
    List<Cell> equal = Cell.bySetting(results).get(elided);
    assertTrue(equal.stream().allMatch(each -> each.countsAreEqual() && each.countsAsFormula(elided)));
  }

  @Test
  void aForkThatLacksAPairIsRefused() throws IOException {
    Measurement grid = recorded().of(Suite.JACOBIANS).getFirst();
    assertEquals(2, grid.nanos().length);
    Arrays.fill(grid.counters().get("inputs")[1], 4);
    Results lacking = new Results(List.of(grid), "VM");
    Refusal refusal = assertThrows(Refusal.class, () -> Cell.bySetting(lacking));
    assertTrue(refusal.getMessage().contains("a fork without D = 64"), refusal.getMessage());
  }
}
