package dev.lanewise.report.verdict;

/// The fit log₂(T_f/T_r) = c + s·x + q·z + p·x·z, where x = log₂(D/M) is the shape and z the size, log₂(D·M) less
/// `centre`. It is zero on the crossover, whose D/M is r* = 2^(−c/s) at the centre, and depends on the size if q or p
/// is not 0.
///
/// @param intercept c
/// @param slope s
/// @param size q; 0 if the pairs D × M cannot tell size from shape
/// @param shapeBySize p; 0 if the pairs cannot tell it
/// @param centre the mean of log₂(D·M) over the pairs
public record Surface(double intercept, double slope, double size, double shapeBySize, double centre) {

  /// log₂(T_f/T_r) of a pair D × M.
  public double at(double log2OfDOverM, double log2OfDTimesM) {
    double z = log2OfDTimesM - centre;
    return intercept + slope * log2OfDOverM + size * z + shapeBySize * log2OfDOverM * z;
  }

  /// log₂ r* at the centre.
  double crossover() {
    return -intercept / slope;
  }

  /// log₂ r* at another size.
  double crossoverAt(double log2OfDTimesM) {
    double z = log2OfDTimesM - centre;
    return -(intercept + size * z) / (slope + shapeBySize * z);
  }

  /// The change of log₂ r* with each doubling of D·M, at the centre.
  double trend() {
    return (intercept * shapeBySize - size * slope) / (slope * slope);
  }
}
