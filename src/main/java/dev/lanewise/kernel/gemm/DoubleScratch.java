package dev.lanewise.kernel.gemm;

import dev.lanewise.kernel.lanes.VirtualMachine;

/// What a gemm needs besides its operands: packing buffers, and the description of what is fused into it.
///
/// One per thread. The buffers grow to the size of one block of B (`DoubleTiling`), a MB, and one of A, and no further.
public final class DoubleScratch {

  /// What rides along with the next gemm; set by the caller right before it.
  public final DoubleFusion fusion = new DoubleFusion();

  /// The same for a part of a product.
  final DoubleFusion part = new DoubleFusion();
  final DoublePanel panel = new DoublePanel();
  /// How products are shared, or null.
  final DoubleSharedGemm shared;
  /// A tile of dot products, or of their partial sums where these are folded one by one: 8 of 8 each.
  final double[] sums = new double[64];
  private double[] panelBuffer = {};
  private double[] columnsBuffer = {};
  private double[] block = {};
  private long multiplyAdds;

  /// For one thread.
  public DoubleScratch() {
    shared = null;
  }

  /// For a caller whose large products `team` shares; the portable kernels work alone.
  public DoubleScratch(Team team) {
    this(team, DoubleSharedGemm.LEAST_WORK);
  }

  /// The same, with products shared from so many multiply-adds on.
  DoubleScratch(Team team, long leastWork) {
    shared = VirtualMachine.VECTORS ? new DoubleSharedGemm(team, leastWork, this) : null;
  }

  /// m·n·k, summed over all products so far.
  public long multiplyAdds() {
    return multiplyAdds;
  }

  void count(int m, int n, int k) {
    multiplyAdds += (long) m * n * k;
  }

  /// A panel of A; what it held is lost.
  double[] panel(int size) {
    return panelBuffer.length >= size ? panelBuffer : (panelBuffer = new double[size]);
  }

  /// Some columns of B and of C, turned into rows; what it held is lost.
  double[] columns(int size) {
    return columnsBuffer.length >= size ? columnsBuffer : (columnsBuffer = new double[size]);
  }

  /// A block of B; what it held is lost.
  double[] block(int size) {
    return block.length >= size ? block : (block = new double[size]);
  }
}
