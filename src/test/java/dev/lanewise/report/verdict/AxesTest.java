package dev.lanewise.report.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A grid found among pairs.
class AxesTest {

  /// @param text pairs as in `1x4 4x1`, or all of `1-4` by `1-4-16` as in `1-4*1-4-16`
  private static List<Cell> cells(String text) {
    SyntheticTimes any = new SyntheticTimes(1, 0.9, 0, 0);
    List<Cell> cells = new ArrayList<>();
    for (String part : text.split(" ")) {
      String[] sides = part.split("[x*]");
      for (String d : sides[0].split("-")) {
        for (String m : sides[1].split("-")) {
          cells.add(any.cell(Integer.parseInt(d), Integer.parseInt(m), 1, new Random(1)));
        }
      }
    }
    return cells;
  }

  @ParameterizedTest
  @CsvSource({
      "1-4-16*1-4-16, 1 4 16, 1 4 16, true",
      "1-4*8-16-32, 1 4, 8 16 32, true",
      "1-4-16-64*1-4-16-64 8x16 16x8 10x14 14x10 32x64 64x32, 1 4 16 64, 1 4 16 64, true",
      "2-32-256*2-32-256 16x32 32x16 40x56 56x40 64x128 128x64, 2 32 256, 2 32 256, true",
      "1-4-16-64*16, 1 4 16 64, 16, false"})
  void pairsBesideAGridAreLeftOut(String text, String ds, String ms, boolean grid) {
    List<Cell> cells = cells(text);
    Collections.shuffle(cells, new Random(2));
    Axes axes = Axes.of(cells);
    assertEquals(numbers(ds), axes.ds());
    assertEquals(numbers(ms), axes.ms());
    assertEquals(grid, axes.isGrid());
    Claim claim = Claim.of(SyntheticTimes.SETTING, cells);
    assertEquals(axes.ds().size() * axes.ms().size(), claim.grid().size());
  }

  private static List<Integer> numbers(String text) {
    return Arrays.stream(text.split(" ")).map(Integer::valueOf).toList();
  }

  @Test
  void scatteredPairsAreNoGrid() {
    assertFalse(Axes.of(cells("1x4 4x1 2x8 16x32")).isGrid());
  }
}
