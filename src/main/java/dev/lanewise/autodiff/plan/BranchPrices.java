package dev.lanewise.autodiff.plan;

import dev.lanewise.autodiff.chain.Bracket;
import java.util.ArrayList;
import java.util.List;

/// The price of all branches of a sum together.
///
/// Each branch is a chain, whose count C(b) the planner finds as it does the network's. C(b, k) is the count of the
/// branch with a panel at hand, of k columns before its first factor or of k rows after its last one, so pushes and
/// pulls through a branch need no other rules. For the part (j, i) with the sum at its end, m_j × n_j or m_i × n_i:
///
/// | way    | multiply-adds                                                                |
/// |--------|------------------------------------------------------------------------------|
/// | formed | Σ_b C(b) + (B′ − 1)·m·n, B′ without diagonals: these add min(m, n) elements each |
/// | push   | C(j−1, i) + Σ_b C(b, n_i) + (B − 1 + s)·m_j·n_i                                |
/// | pull   | C(j, i+1) + Σ_b C(b, m_j) + (B − 1)·m_j·n_i + s·m_j·m_i                        |
///
/// An addition counts as a multiply-add. So does a scaling by the diagonals after the sum, if they state a cost: s is 1
/// or 0. A diagonal branch takes E·k for a panel of k directions.
final class BranchPrices {

  private final List<Bracket> brackets = new ArrayList<>();
  private final double passNanos;
  private double multiplyAdds;
  private double nanos;
  private int panels;

  /// @param passNanos the time of adding one panel
  BranchPrices(double passNanos) {
    this.passNanos = passNanos;
  }

  /// Adds a branch by its plan; returns false for null, a branch without one.
  boolean branch(Priced plan) {
    if (plan != null) {
      brackets.add(plan.bracket());
      multiplyAdds += plan.multiplyAdds();
      nanos += plan.nanos() + (plan.bracket() instanceof Bracket.AtHand ? passNanos : 0);
      panels++;
    }
    return plan != null;
  }

  /// Adds a branch that is a diagonal.
  ///
  /// @param isPanel whether its result is a whole panel
  void diagonal(double multiplyAdds, double nanos, boolean isPanel) {
    brackets.add(new Bracket.Diagonal());
    scaling(multiplyAdds, nanos);
    panels += isPanel ? 1 : 0;
  }

  /// Adds a scaling.
  void scaling(double multiplyAdds, double nanos) {
    this.multiplyAdds += multiplyAdds;
    this.nanos += nanos;
  }

  List<Bracket> brackets() {
    return brackets;
  }

  /// The price including the additions, each of so many elements.
  Priced priced(Bracket bracket, double elements) {
    int additions = Math.max(0, panels - 1);
    return new Priced(bracket, multiplyAdds + additions * elements, nanos + additions * passNanos);
  }
}
