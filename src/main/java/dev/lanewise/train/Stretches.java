package dev.lanewise.train;

import dev.lanewise.ParameterSpec;
import java.util.Arrays;

/// The flat buffer of parameters, cut into stretches that are penalised and trained alike.
final class Stretches {

  private int[] ends = {};
  private boolean[] exempt = {};
  private boolean[] trained = {};

  Stretches(ParameterSpec spec, Regularization regularization, boolean decays) {
    boolean penalised = decays || regularization.l1() > 0 || regularization.l2() > 0;
    int end = 0;
    for (ParameterSpec.Entry entry : spec.entries()) {
      end += entry.shape().size();
      boolean exempts = penalised && regularization.exempts(entry);
      int last = ends.length - 1;
      if (last < 0 || exempts != exempt[last] || entry.trained() != trained[last]) {
        ends = Arrays.copyOf(ends, ends.length + 1);
        exempt = Arrays.copyOf(exempt, ends.length);
        trained = Arrays.copyOf(trained, ends.length);
      }
      ends[ends.length - 1] = end;
      exempt[ends.length - 1] = exempts;
      trained[ends.length - 1] = entry.trained();
    }
  }

  int count() {
    return ends.length;
  }

  int from(int stretch) {
    return stretch == 0 ? 0 : ends[stretch - 1];
  }

  int size(int stretch) {
    return ends[stretch] - from(stretch);
  }

  boolean isTrained(int stretch) {
    return trained[stretch];
  }

  boolean isExempt(int stretch) {
    return exempt[stretch];
  }
}
