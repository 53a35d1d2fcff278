package dev.lanewise.report.run;

import dev.lanewise.report.result.Setting;
import java.util.stream.Stream;

/// The pairs D × M on which a setting is judged: the same in every profile, so that a figure's key always means the
/// same pairs. Only [#SKETCH] differs: it is too small, and has too few forks, for a verdict.
///
/// Beside a coarse grid there are pairs near the diagonal, where the claim is decided: D and M a factor of 2 and of 1.4
/// apart, either the larger, at D·M of about 2⁷, 2¹¹ and 2¹⁵. Time lost in a partly filled vector could be mistaken for
/// a crossover. The sizes there are therefore multiples of 8, the floats of a 256-bit vector, except 10 and 14, and
/// multiples of 16 except these, 8, 40 and 56.
///
/// @param cells the pairs in the benchmark's notation: `1-4` for all pairs of these numbers, `8x16` for D = 8, M = 16
record ClaimGrid(String cells) {

  private static final ClaimGrid SLIDES = new ClaimGrid("1-4-16-64-256"
      + "/8x16/16x8/10x14/14x10/32x64/64x32/40x56/56x40/128x256/256x128/160x224/224x160");

  private static final ClaimGrid NETWORKS = new ClaimGrid("2-32-256/16x32/32x16/40x56/56x40/64x128/128x64");

  /// Checks only that everything runs.
  static final ClaimGrid SKETCH = new ClaimGrid("4-64");

  static ClaimGrid of(Setting setting) {
    return setting.isOtherNetwork() ? NETWORKS : SLIDES;
  }

  int size() {
    return Stream.of(cells.split("/")).mapToInt(part -> part.contains("x") ? 1 : square(part.split("-").length)).sum();
  }

  private static int square(int length) {
    return length * length;
  }
}
