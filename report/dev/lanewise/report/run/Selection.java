package dev.lanewise.report.run;

import dev.lanewise.report.result.Refusal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Which suites of a profile are measured.
public final class Selection {

  /// Selects all suites.
  public static final String ALL = "all";

  private Selection() {}

  /// The blocks of these suites.
  ///
  /// @param names the names that the progress bar shows, in any case, separated by commas; or [#ALL]
  /// @param option the option that the names come from, for messages
  /// @throws Refusal if a name belongs to none of these blocks
  public static List<Block> of(List<Block> blocks, String names, String option) throws Refusal {
    if (names.equalsIgnoreCase(ALL)) {
      return blocks;
    }
    Set<String> known = blocks.stream().map(Selection::suite).collect(Collectors.toCollection(TreeSet::new));
    Set<String> wanted = Arrays.stream(names.toLowerCase(Locale.ROOT).split(",", -1)).map(String::strip)
        .collect(Collectors.toCollection(TreeSet::new));
    for (String name : wanted) {
      if (!known.contains(name)) {
        throw new Refusal(option, "has \"" + name + "\", expected " + ALL + " or some of " + String.join(",", known));
      }
    }
    return blocks.stream().filter(block -> wanted.contains(suite(block))).toList();
  }

  /// The suite, which is the same for all trials of a block.
  private static String suite(Block block) {
    return block.trials().getFirst().suite().toLowerCase(Locale.ROOT);
  }
}
