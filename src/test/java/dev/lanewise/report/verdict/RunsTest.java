package dev.lanewise.report.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.report.verdict.SyntheticForks.Noise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The interval between runs, by hand and on synthetic runs.
class RunsTest {

  private static final double RUN_EFFECT = 0.05;

  private static Run run(String machine, String date, String setting, double log2) {
    Estimate crossover = new Estimate(log2, log2 - 0.01, log2 + 0.01);
    return new Run(machine, "256", "VM", date, "abc", "quick", setting, crossover, 8);
  }

  /// Of 0.1, 0.2, 0.3 the standard deviation is 0.1, and t with two degrees of freedom 4.302653.
  @Test
  void threeRunsHaveStudentsInterval() {
    Runs runs = Runs.of(List.of(run("amd", "3", "float", 0.3), run("amd", "1", "float", 0.1),
        run("amd", "2", "float", 0.2))).getFirst();
    assertTrue(runs.isJudged());
    assertEquals(List.of("1", "2", "3"), runs.runs().stream().map(Run::date).toList());
    assertEquals(0.2, runs.crossover().value(), 1e-12);
    assertEquals(0.2 - 4.302653 * 0.1 / Math.sqrt(3), runs.crossover().low(), 1e-6);
    assertEquals(0.2 + 4.302653 * 0.1 / Math.sqrt(3), runs.crossover().high(), 1e-6);
    assertEquals(0.1, runs.deviation(), 1e-12);
    assertFalse(runs.overlap());
  }

  @Test
  void fewerRunsHaveTheirRange() {
    Runs two = Runs.of(List.of(run("amd", "1", "float", 0.1), run("amd", "2", "float", 0.115))).getFirst();
    assertFalse(two.isJudged());
    assertEquals(0.1, two.crossover().low());
    assertEquals(0.115, two.crossover().high());
    assertTrue(two.overlap());
    Runs one = Runs.of(List.of(run("amd", "1", "float", 0.1))).getFirst();
    assertEquals(new Estimate(0.1, 0.1, 0.1), one.crossover());
    assertTrue(Double.isNaN(one.deviation()) && one.overlap());
  }

  @Test
  void machinesAreLevelsOfTheirOwn() {
    List<Runs> all = Runs.of(List.of(run("amd", "1", "float", 0.1), run("intel", "1", "float", 0.3),
        run("amd", "1", "double", 0.5), run("amd", "2", "float", 0.2)));
    assertEquals(List.of("float amd 2", "float intel 1", "double amd 1"),
        all.stream().map(each -> each.setting() + " " + each.machine() + " " + each.runs().size()).toList());
    assertEquals(Optional.empty(), Runs.overMachines(all.subList(0, 2)), "two machines say nothing on a third");
    assertThrows(IllegalArgumentException.class, () -> Runs.overMachines(all));
    List<Runs> three = Runs.of(List.of(run("a", "1", "float", 0), run("a", "2", "float", 0.2),
        run("b", "1", "float", 0.2), run("c", "1", "float", 0.3)));
    Estimate over = Runs.overMachines(three).orElseThrow();
    assertEquals(0.2, over.value(), 1e-12, "a machine counts once, however many runs it has");
    assertEquals(0.2 - 4.302653 * 0.1 / Math.sqrt(3), over.low(), 1e-6);
  }

  /// Runs that differ by 0.05 beyond what their forks do: the interval over one run's forks holds the mean over
  /// runs in far fewer than 95 % of experiments, which is why there is one between runs.
  @ParameterizedTest
  @CsvSource({"3", "5", "8"})
  void theIntervalBetweenRunsCoversWhereThatOfOneRunDoesNot(int count) {
    double slope = 0.9;
    SplittableRandom random = new SplittableRandom(count);
    SyntheticForks forks = SyntheticForks.of(SyntheticForks.line(0.9, slope), Noise.ORDINARY, 100 + count);
    double truth = Cell.log2(0.9);
    int within = 0;
    int between = 0;
    int experiments = 1000;
    for (int experiment = 0; experiment < experiments; experiment++) {
      List<Run> runs = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Estimate crossover = forks.fits(12, RUN_EFFECT * slope * random.nextGaussian()).estimate(Surface::crossover);
        runs.add(new Run("amd", "256", "VM", "" + i, "abc", "quick", "float", crossover, 12));
      }
      within += runs.getFirst().crossover().contains(truth) ? 1 : 0;
      between += Runs.of(runs).getFirst().crossover().contains(truth) ? 1 : 0;
    }
    assertTrue(within < 600, within + " of 1000");
    // 95 % with three standard errors of 1,000 experiments.
    assertEquals(0.95, (double) between / experiments, 0.021);
  }
}
