package dev.lanewise.autodiff;

import dev.lanewise.autodiff.chain.ChainFactor;

/// How long the steps of a chain take, in nanoseconds.
interface ChainTimes {

  /// C[m × n] = A[m × k]·B[k × n], each operand as it lies in memory or turned, A's columns scaled on the way or not.
  double product(boolean turnedA, boolean turnedB, boolean scaled, int m, int n, int k);

  /// `directions` pushes or pulls at once through a factor.
  double directions(ChainFactor factor, int directions);

  /// What a push or a pull through a factor computes again beside, in so many samples: as a value would take.
  default double again(ChainFactor factor, int samples) {
    return factor.recomputed() == 0
        ? 0 : directions(ChainFactor.implicit(factor.rows(), factor.columns(), factor.recomputed()), samples);
  }

  /// A matrix copied the other way round.
  double turn(int rows, int columns);
}
