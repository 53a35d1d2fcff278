package dev.lanewise.report.chart;

/// The two layouts of a chart, in pixels of the screens that they are for.
enum Layout {
  WIDE(520), NARROW(344);

  /// The largest share of the width for names of rows at the left; wider names stand above their rows.
  private static final double MOST_FOR_NAMES = 0.4;

  final int width;

  Layout(int width) {
    this.width = width;
  }

  boolean isNarrow() {
    return this == NARROW;
  }

  /// Whether names at the left would leave too little room for the rows.
  boolean namesAbove(Iterable<String> names) {
    for (String name : names) {
      if (isNarrow() || Pen.width(name, Pen.SMALL) > MOST_FOR_NAMES * width) {
        return true;
      }
    }
    return false;
  }
}
