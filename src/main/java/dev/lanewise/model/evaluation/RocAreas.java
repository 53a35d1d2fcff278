package dev.lanewise.model.evaluation;

import dev.lanewise.Tensor;
import java.util.Arrays;

/// The area under the receiver operating characteristic, of each class against the rest.
///
/// It is the probability that a row of the class has a larger score than one of the rest, ties counting half: Mann and
/// Whitney's U over the number of pairs. Hanley and McNeil, *The meaning and use of the area under a receiver operating
/// characteristic (ROC) curve*, 1982.
///
/// The score is log(p/(1 − p)) of the class's probability p, computed from the logits: it orders rows as p does, but
/// does not round to ties for p near 0 or 1.
final class RocAreas {

  private RocAreas() {}

  /// @param logits `[N, C]` without NaN, each row's largest finite
  /// @param labels the class of each row
  /// @return of each class; NaN where all rows are of it, or none is
  static double[] of(Tensor logits, int[] labels) {
    double[] areas = new double[logits.shape().dim(1)];
    Arrays.setAll(areas, label -> of(logits, labels, label));
    return areas;
  }

  private static double of(Tensor logits, int[] labels, int label) {
    int positives = (int) Arrays.stream(labels).filter(each -> each == label).count();
    double[] ofIt = new double[positives];
    double[] ofRest = new double[labels.length - positives];
    int ones = 0;
    int others = 0;
    for (int row = 0; row < labels.length; row++) {
      double score = logits.get(row, label) - logOfRest(logits, row, label);
      if (labels[row] == label) {
        ofIt[ones++] = score;
      } else {
        ofRest[others++] = score;
      }
    }
    return area(ofIt, ofRest);
  }

  /// log Σ e^z over the other classes.
  private static double logOfRest(Tensor logits, int row, int label) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int other = 0; other < logits.shape().dim(1); other++) {
      largest = other == label ? largest : Math.max(largest, logits.get(row, other));
    }
    if (largest == Double.NEGATIVE_INFINITY) {
      return largest;
    }
    double sum = 0;
    for (int other = 0; other < logits.shape().dim(1); other++) {
      sum += other == label ? 0 : Math.exp(logits.get(row, other) - largest);
    }
    return largest + Math.log(sum);
  }

  /// The share of pairs in which the first has the larger score. Sorts both.
  static double area(double[] positives, double[] negatives) {
    Arrays.sort(positives);
    Arrays.sort(negatives);
    int below = 0;
    int notAbove = 0;
    double won = 0;
    for (double score : positives) {
      while (below < negatives.length && negatives[below] < score) {
        below++;
      }
      while (notAbove < negatives.length && negatives[notAbove] <= score) {
        notAbove++;
      }
      won += (below + (double) notAbove) / 2;
    }
    return won / ((double) positives.length * negatives.length);
  }
}
