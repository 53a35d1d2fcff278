package dev.lanewise.testkit;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;

/// Two sides that should be the same: to the bit, or up to rounding. A failure names the element and both sides.
final class Comparison {

  /// How many roundings, in units of the precision's roundoff, sums and products may differ by.
  static final double ROUNDINGS = 256;

  private Comparison() {}

  /// Every element has the same bits; any NaN is as good as another.
  static void sameBits(String leftName, Tensor left, String rightName, Tensor right) {
    sameShape(leftName, left, rightName, right);
    for (int i = 0; i < left.size(); i++) {
      if (Double.doubleToLongBits(left.get(i)) != Double.doubleToLongBits(right.get(i))) {
        throw differs(leftName, left, rightName, right, i, "expected the same bits");
      }
    }
  }

  /// Every element is the same up to rounding at the size of the largest, at least 1. NaN is like nothing.
  static void close(LayerContract contract, String leftName, Tensor left, String rightName, Tensor right) {
    double magnitude = Math.max(1, Math.max(largest(left), largest(right)));
    within(allowance(contract, precision(left, right), magnitude), leftName, left, rightName, right);
  }

  /// Every element is the same up to `allowed`. NaN is like nothing.
  static void within(double allowed, String leftName, Tensor left, String rightName, Tensor right) {
    if (!left.shape().equals(right.shape())) {
      sameShape(leftName, left, rightName, right);
    }
    for (int i = 0; i < left.size(); i++) {
      if (!(Math.abs(left.get(i) - right.get(i)) <= allowed)) {
        throw differs(leftName, left, rightName, right, i, "expected the same up to " + allowed);
      }
    }
  }

  /// What rounding may do to a number made of terms that are together `magnitude` large.
  static double allowance(LayerContract contract, Precision precision, double magnitude) {
    return contract.tolerance() * ROUNDINGS * precision.unitRoundoff() * magnitude;
  }

  static double largest(Tensor tensor) {
    double largest = 0;
    for (int i = 0; i < tensor.size(); i++) {
      largest = Math.max(largest, Math.abs(tensor.get(i)));
    }
    return largest;
  }

  private static Precision precision(Tensor left, Tensor right) {
    return left.precision() == Precision.FLOAT || right.precision() == Precision.FLOAT ? Precision.FLOAT
        : Precision.DOUBLE;
  }

  private static void sameShape(String leftName, Tensor left, String rightName, Tensor right) {
    if (!left.shape().equals(right.shape()) || left.precision() != right.precision()) {
      throw new AssertionError(leftName + " is " + left.precision() + " " + left.shape() + ", " + rightName + " is "
          + right.precision() + " " + right.shape());
    }
  }

  private static AssertionError differs(String leftName, Tensor left, String rightName, Tensor right, int i,
      String expected) {
    return new AssertionError(leftName + " and " + rightName + ", " + left.precision() + " " + left.shape()
        + ", element " + i
        + ": " + left.get(i) + " and " + right.get(i) + ", " + expected);
  }
}
