package dev.lanewise.autodiff.cost;

import dev.lanewise.autodiff.cost.CostTable.Work;

/// A machine whose times are known.
public final class MadeUpCosts {

  private MadeUpCosts() {}

  /// A product of m·n·k takes that times `multiplyAdd`, a turned matrix its elements times `turnedElement`.
  public static CostModel of(double multiplyAdd, double turnedElement) {
    CostTables tables = new CostTables((_, work, point) -> (work == Work.TRANSPOSE ? turnedElement : multiplyAdd)
        * work.size(0, point) * work.size(1, point) * work.size(2, point));
    return new CostModel(new CostFile("made up", "made up", tables), "made up");
  }
}
