package dev.lanewise.kernel;

/// What a gemm needs besides its operands: packing buffers, and the description of what is fused into it.
///
/// One per thread. The buffers grow to the size of one block (`DoubleTiling`), about 1.5 MB together, and no further.
public final class DoubleScratch {

  /// What rides along with the next gemm; set by the caller right before it.
  public final DoubleFusion fusion = new DoubleFusion();

  private double[] aBlock = {};
  private double[] bBlock = {};
  private double[] row = {};
  private long multiplyAdds;

  /// m·n·k, summed over all products so far.
  public long multiplyAdds() {
    return multiplyAdds;
  }

  void count(int m, int n, int k) {
    multiplyAdds += (long) m * n * k;
  }

  double[] aBlock(int size) {
    return aBlock.length >= size ? aBlock : (aBlock = new double[size]);
  }

  double[] bBlock(int size) {
    return bBlock.length >= size ? bBlock : (bBlock = new double[size]);
  }

  double[] row(int size) {
    return row.length >= size ? row : (row = new double[size]);
  }
}
