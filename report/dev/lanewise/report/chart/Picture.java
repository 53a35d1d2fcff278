package dev.lanewise.report.chart;

/// A drawing with what belongs to it.
///
/// @param name of its files, without ending
/// @param title what is drawn
/// @param sentence what is to be seen, computed from the data
/// @param svg the drawing, in the light colours
/// @param csv the data
public record Picture(String name, String title, String sentence, String svg, String csv) {

  /// For a dark ground.
  public String darkSvg() {
    return Theme.dark(svg);
  }

  /// For a page that defines [Theme#css].
  public String inlineSvg() {
    return Theme.variable(svg);
  }
}
