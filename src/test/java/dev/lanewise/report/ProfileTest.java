package dev.lanewise.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The designs of the experiment, and the order in which they run.
class ProfileTest {

  @ParameterizedTest
  @EnumSource(Profile.class)
  void everyTrialRunsAsOftenAsItHasForks(Profile profile) {
    Map<Trial, Integer> expected = new HashMap<>();
    profile.blocks().forEach(block -> block.trials().forEach(trial -> expected.merge(trial, block.forks(), Integer::sum)));
    Map<Trial, Integer> ordered = new HashMap<>();
    Experiment.order(profile.blocks(), new Random(1)).forEach(trial -> ordered.merge(trial, 1, Integer::sum));
    assertEquals(expected, ordered);
  }

  @Test
  void theModesOfACellRunOneRightAfterTheOther() {
    List<Trial> order = Experiment.order(Profile.QUICK.blocks(), new Random(1)).stream()
        .filter(trial -> trial.benchmark().equals(Cell.BENCHMARK)).toList();
    for (int pair = 0; pair < order.size(); pair += 2) {
      Map<String, String> one = new HashMap<>(order.get(pair).params());
      Map<String, String> other = new HashMap<>(order.get(pair + 1).params());
      assertTrue(!one.remove("mode").equals(other.remove("mode")), "modes differ");
      assertEquals(one, other);
    }
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void noTrialStandsTwice(Profile profile) {
    List<Trial> trials = profile.blocks().stream().flatMap(block -> block.trials().stream()).toList();
    assertEquals(trials.size(), trials.stream().distinct().count());
  }
}
