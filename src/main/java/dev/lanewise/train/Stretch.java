package dev.lanewise.train;

import dev.lanewise.ParameterSpec;
import java.util.ArrayList;
import java.util.List;

/// A part of the flat buffer of parameters that is penalised and trained alike.
record Stretch(int from, int size, boolean trained, boolean exempt) {

  /// The stretches of a buffer: a single one if nothing tells parameters apart.
  ///
  /// @param decays whether the update rule decays weights
  static Stretch[] of(ParameterSpec spec, Regularization regularization, boolean decays) {
    boolean penalised = decays || regularization.l1() > 0 || regularization.l2() > 0;
    List<Stretch> all = new ArrayList<>();
    int from = 0;
    for (ParameterSpec.Entry entry : spec.entries()) {
      Stretch next = new Stretch(from, entry.shape().size(), entry.trained(),
          penalised && regularization.exempts(entry));
      if (!all.isEmpty() && all.getLast().isLike(next)) {
        Stretch last = all.removeLast();
        next = new Stretch(last.from, last.size + next.size, next.trained, next.exempt);
      }
      all.add(next);
      from += entry.shape().size();
    }
    return all.toArray(Stretch[]::new);
  }

  private boolean isLike(Stretch other) {
    return trained == other.trained && exempt == other.exempt;
  }
}
