package dev.lanewise.autodiff;

import dev.lanewise.Precision;

/// The steps' times by a cost model.
record MeasuredTimes(Precision precision) implements ChainTimes {

  static MeasuredTimes standard(Precision precision) {
    return new MeasuredTimes(precision);
  }

  static String source() {
    return "counts";
  }

  @Override
  public double product(boolean turnedA, boolean turnedB, int m, int n, int k) {
    return 40 + (double) m * n * k / 60 + (turnedA ? 10 + m * k / 8.0 : 0) + (turnedB ? 5 + k * n / 16.0 : 0);
  }

  @Override
  public double directions(ChainFactor factor, int directions) {
    return 40 + (double) directions * factor.multiplyAdds() / 40;
  }

  @Override
  public double turn(int rows, int columns) {
    return 20 + (double) rows * columns / 4;
  }
}
