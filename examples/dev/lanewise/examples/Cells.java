package dev.lanewise.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// Matrices as an SVG picture, a square for each number.
final class Cells {

  /// How a number becomes a colour.
  enum Scale {
    /// From 0 to 1, paper to ink: a picture as it was taken.
    GREY(0xfcfcfb, 0xb4bac0, 0x1d2329),
    /// From 0 to 1, paper over blue to almost black.
    DEPTH(0xf1f1ee, 0x2a78ba, 0x0b1c2c),
    /// From −1 to 1: blue below 0, orange above.
    SIGNED(0x2a78ba, 0xf7f7f4, 0xc7681c);

    private final int[] stops;

    Scale(int... stops) {
      this.stops = stops;
    }

    private String colour(double value) {
      return "#%06x".formatted(Cells.colour(stops, this == SIGNED ? (value + 1) / 2 : value));
    }
  }

  /// The colour at `place`, from 0 to 1, between stops at equal distances.
  static int colour(int[] stops, double place) {
    double t = Math.clamp(place, 0, 1) * (stops.length - 1);
    int below = Math.min((int) t, stops.length - 2);
    int colour = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      double low = stops[below] >> shift & 0xff;
      double high = stops[below + 1] >> shift & 0xff;
      colour = colour << 8 | (int) Math.round(low + (t - below) * (high - low));
    }
    return colour;
  }

  private final StringBuilder svg = new StringBuilder();

  /// @param title the text for readers who see no pictures
  Cells(int width, int height, String title) {
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">%n"
        .formatted(width, height, width, height));
    svg.append("<title>").append(title).append("</title>\n");
    svg.append("<rect width=\"%d\" height=\"%d\" fill=\"#fcfcfb\"/>%n".formatted(width, height));
  }

  /// Draws `values[row][column]`, each `across` wide and `down` high, from (x, y) on.
  Cells matrix(double x, double y, double across, double down, Scale scale, double[][] values) {
    svg.append("<g shape-rendering=\"crispEdges\">\n");
    for (int row = 0; row < values.length; row++) {
      for (int column = 0; column < values[row].length; column++) {
        rectangle(x + column * across, y + row * down, across, down, "fill=\"" + scale.colour(values[row][column])
            + "\"");
      }
    }
    svg.append("</g>\n");
    return this;
  }

  Cells frame(double x, double y, double across, double down, boolean strong) {
    rectangle(x, y, across, down, strong ? "fill=\"none\" stroke=\"#1d2329\" stroke-width=\"2\""
        : "fill=\"none\" stroke=\"#dfe3e7\"");
    return this;
  }

  private void rectangle(double x, double y, double across, double down, String style) {
    svg.append(String.format(Locale.ROOT, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" %s/>%n", x, y,
        across, down, style));
  }

  Cells dot(double x, double y) {
    svg.append(String.format(Locale.ROOT,
        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"#f2a154\" stroke=\"#1d2329\"/>%n", x, y));
    return this;
  }

  /// Draws text that begins at (x, y), or has its middle there.
  Cells text(double x, double y, boolean middle, String text) {
    svg.append(String.format(Locale.ROOT,
        "<text x=\"%.1f\" y=\"%.1f\"%s font-family=\"sans-serif\" font-size=\"13\" fill=\"#1d2329\">",
        x, y, middle ? " text-anchor=\"middle\"" : "")).append(text).append("</text>\n");
    return this;
  }

  /// Writes `folder`/`name`.svg.
  ///
  /// @return where it is
  Path write(Path folder, String name) throws IOException {
    return Files.writeString(Files.createDirectories(folder).resolve(name + ".svg"), svg + "</svg>\n");
  }
}
