package dev.lanewise.report.chart;

/// A drawing with what belongs to it.
///
/// @param name of its files, without ending
/// @param title what is drawn
/// @param sentence what is to be seen, computed from the data
/// @param chart the drawing
/// @param csv the data
public record Picture(String name, String title, String sentence, Chart chart, String csv) {

  /// Fewer numbers than this are said, not drawn.
  private static final int FEWEST = 3;

  /// Whether the sentence alone says it all.
  public boolean isSentence() {
    return chart.numbers() < FEWEST;
  }

  /// For a light ground.
  public String svg() {
    return described(chart.wide());
  }

  /// For a dark ground.
  public String darkSvg() {
    return Theme.dark(svg());
  }

  /// For a column of a page that defines [Theme#css].
  public String inlineSvg() {
    return Theme.variable(svg());
  }

  /// The same for a phone.
  public String narrowInlineSvg() {
    return Theme.variable(described(chart.narrow()));
  }

  /// Who cannot see it hears the title, then the sentence.
  private String described(String svg) {
    return svg.replaceFirst("</title>", "</title><desc>" + Drawing.escape(sentence).replace("$", "\\$") + "</desc>");
  }
}
