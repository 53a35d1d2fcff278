package dev.lanewise.report.chart;

import java.awt.Color;
import java.util.Locale;
import java.util.regex.Pattern;

/// The colours, each in a light and a dark shade. Pictures are drawn once, in the light shades. These all differ, so
/// replacing them in the SVG text gives the dark picture, or one that follows the page's CSS variables.
///
/// Forward mode is always blue and reverse mode orange, which people with the common kinds of colour blindness can tell
/// apart.
public enum Theme {
  INK(0x1d2329, 0xe6e8ea),
  MUTED(0x5b6570, 0x9aa4ae),
  GRID(0xdfe3e7, 0x333a41),
  PAPER(0xfcfcfb, 0x14181c),
  FORWARD(0x1f6fb4, 0x6cb2eb),
  REVERSE(0xb3560c, 0xf2a154),
  NEUTRAL(0x7f8994, 0x7d8791),
  ON_STRONG(0xfffffe, 0xfdfdfd),
  FORWARD_4(0x2a78ba, 0x2f6ea6),
  FORWARD_3(0x6fa6d3, 0x285a86),
  FORWARD_2(0xa9cbe6, 0x224763),
  FORWARD_1(0xd8e7f3, 0x1e3344),
  EVEN(0xf1f1ee, 0x23282d),
  REVERSE_1(0xf8e3d0, 0x40301f),
  REVERSE_2(0xf0c39b, 0x61441f),
  REVERSE_3(0xe1985a, 0x8a571c),
  REVERSE_4(0xb65b15, 0xa15c17);

  private final Color light;
  private final Color dark;

  Theme(int light, int dark) {
    this.light = new Color(light);
    this.dark = new Color(dark);
  }

  Color paint() {
    return light;
  }

  /// The diverging palette: blue below 0, orange above 0, deeper with the distance, full from ±1.
  static Theme diverging(double t) {
    Theme[] steps = {FORWARD_4, FORWARD_3, FORWARD_2, FORWARD_1, EVEN, REVERSE_1, REVERSE_2, REVERSE_3, REVERSE_4};
    int middle = steps.length / 2;
    int step = (int) Math.round(Math.clamp(t, -1, 1) * middle);
    return steps[middle + step];
  }

  /// Whether text on this colour must be light.
  boolean isStrong() {
    return this == FORWARD_4 || this == REVERSE_4;
  }

  /// The picture for dark backgrounds.
  static String dark(String svg) {
    String dark = svg;
    for (Theme colour : values()) {
      dark = dark.replaceAll(pattern(colour), css(colour.dark));
    }
    return dark;
  }

  /// The picture with the page's CSS variables as colours.
  static String variable(String svg) {
    String variable = svg;
    for (Theme colour : values()) {
      variable = variable.replaceAll(pattern(colour), "var(" + colour.variable() + ")");
    }
    return variable;
  }

  /// The CSS that defines the variables, light or dark.
  public static String css(boolean dark) {
    StringBuilder css = new StringBuilder();
    for (Theme colour : values()) {
      css.append(colour.variable()).append(": ").append(css(dark ? colour.dark : colour.light)).append("; ");
    }
    return css.toString().strip();
  }

  private String variable() {
    return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String pattern(Theme colour) {
    return Pattern.quote(css(colour.light));
  }

  private static String css(Color colour) {
    return "rgb(" + colour.getRed() + "," + colour.getGreen() + "," + colour.getBlue() + ")";
  }
}
