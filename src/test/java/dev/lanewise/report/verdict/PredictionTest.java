package dev.lanewise.report.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.result.Refusal;
import dev.lanewise.report.result.Results;
import dev.lanewise.report.result.Setting;
import dev.lanewise.report.result.Suite;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Crossovers predicted from calls whose times are known.
class PredictionTest {

  private static Prediction of(Measurement... measured) throws Refusal {
    return Prediction.bySetting(new Results(List.of(measured), "")).values().iterator().next();
  }

  private static Measurement calls(List<Integer> axis, int forks, double... times) {
    return SyntheticCalls.of(axis, forks, (_, _) -> times);
  }

  private static Cell cell(Prediction prediction, int d, int m) {
    return prediction.claim().cells().stream().filter(cell -> cell.d() == d && cell.m() == m).findFirst().orElseThrow();
  }

  /// Value 100; 2, 3, 4 a push by layer, 1, 2, 3 a pull; 10 and 20 besides.
  @Test
  void aTimeIsTheSumOfItsCalls() throws Refusal {
    Prediction prediction = of(calls(List.of(2, 8, 32), 1, 100, 2, 3, 4, 1, 2, 3, 10, 20));
    Cell cell = cell(prediction, 8, 32);
    assertEquals(100 + 8 * (2 + 3 + 4) + 10, cell.forward().time(), 1e-9);
    assertEquals(100 + 32 * (1 + 2 + 3) + 20, cell.reverse().time(), 1e-9);
    assertEquals(Cell.log2(182.0 / 312), cell.logRatio(), 1e-9);
    assertEquals(9, prediction.claim().countedAsFormula());
    assertEquals(Setting.of("FLOAT", 1), prediction.setting());
  }

  /// Without anything else to do, T_f/T_r is D/M times the time of a push over that of a pull.
  @Test
  void layersAloneCrossWhereTheRatesSay() throws Refusal {
    Prediction prediction = of(calls(List.of(1, 16, 256), 2, 0, 2, 4, 2, 1, 3, 2, 0, 0));
    assertEquals(6.0 / 8, prediction.claim().crossover().ratio(), 1e-9);
    assertEquals(1, prediction.claim().slope().value(), 1e-9);
    Prediction besides = of(calls(List.of(1, 16, 256), 2, 500, 2, 4, 2, 1, 3, 2, 900, 0));
    assertEquals(6.0 / 8, besides.layersAlone().crossover().ratio(), 1e-9);
    assertTrue(besides.claim().crossover().ratio() < 0.7, "writing by columns makes forward mode slower still");
  }

  /// 2 · 64 · 64 operations a direction, in 4 and 2 ns.
  @Test
  void ratesAreOfAHiddenLayer() throws Refusal {
    Prediction prediction = of(calls(List.of(2, 8, 32), 1, 100, 9, 4, 9, 9, 2, 9, 10, 20));
    assertEquals(2048, prediction.pushGigaflops(), 1e-9);
    assertEquals(4096, prediction.pullGigaflops(), 1e-9);
  }

  /// Whole calls are 1.25 times as long as their parts' sums forward, 1.6 times in reverse.
  @Test
  void sumsExplainAShareOfTheWholeCall() throws Refusal {
    Prediction prediction = of(calls(List.of(2, 8, 32), 3, 100, 2, 3, 4, 1, 2, 3, 10, 20));
    assertEquals(0.8, prediction.explained(true), 1e-9);
    assertEquals(0.625, prediction.explained(false), 1e-9);
  }

  @Test
  void elidedSeedsTakeFewerMultiplyAdds() throws Refusal {
    Measurement naive = calls(List.of(2, 8, 32), 1, 100, 0, 3, 4, 1, 2, 0, 10, 20);
    Prediction prediction = of(SyntheticCalls.with(naive, "seeding", "ELIDED"));
    assertTrue(prediction.setting().isElided());
    assertEquals(9, prediction.claim().countedAsFormula());
    assertEquals(64 * 40 + 64 * 64 + 8 * (64 * 32 + 64 * 64), cell(prediction, 8, 32).forward().multiplyAdds());
  }

  /// The claim may have been measured on more pairs than calls were.
  @Test
  void whatWasMeasuredIsFittedOnTheSamePairs() throws Refusal {
    Prediction prediction = of(calls(List.of(4, 16), 1, 100, 2, 3, 4, 1, 2, 3, 10, 20));
    Claim measured = Claim.of(SyntheticTimes.SETTING, new SyntheticTimes(1.1, 0.9, 0, 0).grid(6, new Random(1)));
    Claim same = prediction.onSamePairs(measured);
    assertEquals(List.of("4 4", "4 16", "16 4", "16 16"),
        same.cells().stream().map(cell -> cell.d() + " " + cell.m()).toList());
    assertSame(same, prediction.onSamePairs(same));
  }

  @Test
  void aForkWithoutAPairIsRefused() {
    Measurement whole = calls(List.of(2, 8), 2, 100, 2, 3, 4, 1, 2, 3, 10, 20);
    for (int repetition = 0; repetition < 2; repetition++) {
      whole.counters().get("inputs")[1][4 * repetition] = 5;
    }
    String message = assertThrows(Refusal.class, () -> of(whole)).getMessage();
    assertTrue(message.contains(Suite.CALLS.benchmark) && message.contains("D = 2, M = 2"), message);
  }
}
