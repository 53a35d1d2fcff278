package dev.lanewise.report.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who else was on the processors, by what Linux writes.
class NeighboursTest {

  /// Two processors; behind steal guests, whose time is in user's already.
  private static String system(long user, long idle, long steal) {
    return "cpu  " + user + " 1 2 " + idle + " 3 4 5 " + steal
        + " 6 7\ncpu0 1 1 1 1 1 1 1 1 1 1\ncpu1 1 1 1 1 1 1 1 1 1 1\nintr 77 0\n";
  }

  /// Of a program whose name has a space and brackets.
  private static String process(long user, long children) {
    return "4711 (a) b (c) S 1 4711 4711 0 -1 4194304 100 200 0 0 " + user + " 20 " + children
        + " 40 20 0 1 0 78758 3133440 409\n";
  }

  private static ProcessorTime time(String system, String process) {
    return ProcessorTime.of(system, process).orElseThrow();
  }

  @Test
  void ticksAreRead() {
    assertEquals(new ProcessorTime(1000 + 1 + 2 + 4 + 5, 500 + 3, 30, 2, 10 + 20 + 30 + 40),
        time(system(1000, 500, 30), process(10, 30)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "cpu", "cpu  1 2 3 4", "cpu0 1 2 3 4 5 6 7 8 9 10\n", "cpu  a b c d e f g h\n"})
  void whatIsNoProcStatSaysNothing(String system) {
    assertEquals(Optional.empty(), ProcessorTime.of(system, process(1, 1)));
    assertEquals(Optional.empty(), ProcessorTime.of(system(1, 1, 1), system));
  }

  /// Forks of 400 ticks of two processors, each with so many that were stolen, and so many that others worked.
  private static Map<String, String> watched(int[] stolen, int[] others) {
    Deque<ProcessorTime> clock = new ArrayDeque<>();
    long user = 0;
    long idle = 0;
    long steal = 0;
    long own = 0;
    for (int fork = 0; fork < stolen.length; fork++) {
      clock.add(time(system(user, idle, steal), process(5, own)));
      user += 200 - stolen[fork] + others[fork];
      own += 200 - stolen[fork];
      idle += 200 - others[fork];
      steal += stolen[fork];
      clock.add(time(system(user, idle, steal), process(5, own)));
      idle += 1000;
    }
    Neighbours neighbours = new Neighbours(() -> Optional.ofNullable(clock.poll()));
    for (int fork = 0; fork < stolen.length; fork++) {
      neighbours.begin();
      neighbours.end();
    }
    return neighbours.facts();
  }

  @Test
  void aQuietMachineHasNoNeighbour() {
    assertEquals(Map.of("noise.forks_watched", "3", "noise.stolen_forks", "0", "noise.others_forks", "0"),
        watched(new int[] {0, 1, 0}, new int[] {0, 4, 19}));
  }

  /// 8 and 16 of 200 ticks that were wanted are 4 and 8 %.
  @Test
  void whatAHypervisorGaveToOthersIsNamed() {
    Map<String, String> facts = watched(new int[] {0, 8, 16, 1}, new int[] {0, 0, 0, 0});
    assertEquals("4", facts.get("noise.forks_watched"));
    assertEquals("2", facts.get("noise.stolen_forks"));
    assertEquals("6.000", facts.get("noise.stolen_percent"));
    assertEquals("8.000", facts.get("noise.stolen_most_percent"));
    assertEquals("0", facts.get("noise.others_forks"));
  }

  /// 100 of 200 ticks that one processor had.
  @Test
  void whatOtherProcessesTookIsNamed() {
    Map<String, String> facts = watched(new int[] {0, 0}, new int[] {100, 0});
    assertEquals("1", facts.get("noise.others_forks"));
    assertEquals("50.000", facts.get("noise.others_percent"));
  }

  @Test
  void whoCannotLookSaysSo() {
    Neighbours blind = new Neighbours(Optional::empty);
    blind.begin();
    blind.end();
    assertEquals(Map.of("noise.neighbours", "not read, as there is no /proc/stat"), blind.facts());
  }

  @Test
  void thisMachineSaysEitherNothingOrHowManyProcessorsItHas() {
    ProcessorTime.now().ifPresent(now -> assertTrue(now.processors() >= 1 && now.own() >= 0, List.of(now).toString()));
  }
}
