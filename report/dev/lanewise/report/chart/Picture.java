package dev.lanewise.report.chart;

/// A drawing with its title, sentence and data.
///
/// @param name the name of its files, without extension
/// @param title what is drawn
/// @param sentence what the picture shows, computed from the data
/// @param chart the drawing
/// @param csv the data
public record Picture(String name, String title, String sentence, Chart chart, String csv) {

  /// Fewer numbers than this are put into words, not drawn.
  private static final int FEWEST = 3;

  /// Whether the sentence alone is enough.
  public boolean isSentence() {
    return chart.numbers() < FEWEST;
  }

  /// The picture for light backgrounds.
  public String svg() {
    return described(chart.wide());
  }

  /// The picture for dark backgrounds.
  public String darkSvg() {
    return Theme.dark(svg());
  }

  /// The picture for a column of a page that defines [Theme#css].
  public String inlineSvg() {
    return Theme.variable(svg());
  }

  /// The same picture for a phone.
  public String narrowInlineSvg() {
    return Theme.variable(described(chart.narrow()));
  }

  /// Adds the title and the sentence for screen readers.
  private String described(String svg) {
    return svg.replaceFirst("</title>", "</title><desc>" + Drawing.escape(sentence).replace("$", "\\$") + "</desc>");
  }
}
