package dev.lanewise.report.chart;

/// The two shapes in which a chart is drawn, in pixels as they are shown on the screen that each is for.
enum Layout {
  WIDE(520), NARROW(344);

  /// From this share of the width on, names of rows stand above their rows.
  private static final double MOST_FOR_NAMES = 0.4;

  final int width;

  Layout(int width) {
    this.width = width;
  }

  boolean isNarrow() {
    return this == NARROW;
  }

  /// Whether names of rows leave too little room for the rows if they stand at their left.
  boolean namesAbove(Iterable<String> names) {
    for (String name : names) {
      if (isNarrow() || Pen.width(name, Pen.SMALL) > MOST_FOR_NAMES * width) {
        return true;
      }
    }
    return false;
  }
}
