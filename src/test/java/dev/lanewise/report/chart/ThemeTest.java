package dev.lanewise.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Whether text and marks can be read in both shades, by the Web Content Accessibility Guidelines.
class ThemeTest {

  private static final double FOR_TEXT = 4.5;
  private static final double FOR_MARKS = 3;

  /// 1 for equal colours, 21 for black on white.
  private static double contrast(Color one, Color other) {
    double a = luminance(one);
    double b = luminance(other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(Color colour) {
    float[] channels = colour.getRGBColorComponents(null);
    return 0.2126 * linear(channels[0]) + 0.7152 * linear(channels[1]) + 0.0722 * linear(channels[2]);
  }

  private static double linear(double channel) {
    return channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
  }

  /// As the style sheet has it.
  private static Color colour(Theme theme, boolean dark) {
    String name = "--" + theme.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    Matcher rgb = Pattern.compile(name + ": rgb\\((\\d+),(\\d+),(\\d+)\\);").matcher(Theme.css(dark));
    assertTrue(rgb.find(), name);
    return new Color(Integer.parseInt(rgb.group(1)), Integer.parseInt(rgb.group(2)), Integer.parseInt(rgb.group(3)));
  }

  private static void assertContrast(Theme text, Theme ground, double least) {
    for (boolean dark : List.of(false, true)) {
      double contrast = contrast(colour(text, dark), colour(ground, dark));
      assertTrue(contrast >= least, text + " on " + ground + (dark ? ", dark: " : ", light: ") + contrast);
    }
  }

  @Test
  void blackOnWhiteIsTheMost() {
    assertEquals(21, contrast(Color.BLACK, Color.WHITE), 1e-9);
    assertEquals(1, contrast(Color.GRAY, Color.GRAY), 0);
  }

  @Test
  void textCanBeRead() {
    for (Theme text : List.of(Theme.INK, Theme.MUTED, Theme.FORWARD, Theme.REVERSE)) {
      assertContrast(text, Theme.PAPER, FOR_TEXT);
    }
  }

  @Test
  void numbersCanBeReadOnEveryStepOfTheHeatMap() {
    for (int step = -4; step <= 4; step++) {
      Theme ground = Theme.diverging(step / 4.0);
      assertContrast(ground.isStrong() ? Theme.ON_STRONG : Theme.INK, ground, FOR_TEXT);
    }
  }

  @Test
  void marksStandOut() {
    for (Theme mark : List.of(Theme.NEUTRAL, Theme.FORWARD_4, Theme.REVERSE_4)) {
      assertContrast(mark, Theme.PAPER, FOR_MARKS);
    }
  }

  /// A picture is turned dark by its colours: two that were one could not be told apart.
  @Test
  void noTwoColoursAreOneInTheLightShade() {
    Map<Color, List<Theme>> by = Stream.of(Theme.values())
        .collect(java.util.stream.Collectors.groupingBy(theme -> colour(theme, false)));
    assertEquals(Theme.values().length, by.size(), by.toString());
  }
}
