package dev.lanewise.autodiff.plan;

import dev.lanewise.autodiff.chain.Bracket;
import dev.lanewise.autodiff.plan.ChainPlanner.Priced;
import java.util.ArrayList;
import java.util.List;

/// What the branches of a sum take together.
final class BranchPrices {

  private final List<Bracket> brackets = new ArrayList<>();
  private final double passNanos;
  private double multiplyAdds;
  private double nanos;
  private int panels;

  /// @param passNanos what one addition of a panel takes
  BranchPrices(double passNanos) {
    this.passNanos = passNanos;
  }

  /// A branch by its plan; false if it has none.
  boolean branch(Priced plan) {
    if (plan != null) {
      brackets.add(plan.bracket());
      multiplyAdds += plan.multiplyAdds();
      nanos += plan.nanos() + (plan.bracket() instanceof Bracket.AtHand ? passNanos : 0);
      panels++;
    }
    return plan != null;
  }

  /// A branch that is a diagonal.
  ///
  /// @param isPanel whether a whole panel of it is added then
  void diagonal(double multiplyAdds, double nanos, boolean isPanel) {
    brackets.add(new Bracket.Diagonal());
    scaling(multiplyAdds, nanos);
    panels += isPanel ? 1 : 0;
  }

  /// What is scaled besides.
  void scaling(double multiplyAdds, double nanos) {
    this.multiplyAdds += multiplyAdds;
    this.nanos += nanos;
  }

  List<Bracket> brackets() {
    return brackets;
  }

  double passNanos() {
    return passNanos;
  }

  /// All of it with the additions of so many elements each.
  Priced priced(Bracket bracket, double elements) {
    int additions = Math.max(0, panels - 1);
    return new Priced(bracket, multiplyAdds + additions * elements, nanos + additions * passNanos);
  }
}
