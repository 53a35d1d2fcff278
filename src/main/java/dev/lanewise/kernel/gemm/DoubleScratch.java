package dev.lanewise.kernel.gemm;

import dev.lanewise.kernel.lanes.VirtualMachine;
import dev.lanewise.kernel.memory.DoubleArena;
import java.util.Arrays;
import java.util.function.Supplier;

/// What a gemm needs besides its operands: packing buffers, and the description of what is fused into it.
///
/// Each thread has its own. The buffers grow to a block of A and one of B (`DoubleTiling`), which takes a MB.
public final class DoubleScratch {

  /// What is fused into the next gemm; set by the caller right before it.
  public final DoubleFusion fusion = new DoubleFusion();

  /// The fusion for a part of a product.
  final DoubleFusion part = new DoubleFusion();
  final DoublePanel panel = new DoublePanel();
  /// Shares products among threads, or null.
  final DoubleSharedGemm shared;
  /// A tile of dot products, or 8 × 8 partial sums where these are folded one by one.
  final double[] sums = new double[64];
  private double[] panelBuffer = {};
  private double[] columnsBuffer = {};
  private DoubleArena.Room blockRoom = DoubleArena.zeros(0);
  private Object[] beside = new Object[2];
  private int besideCount;
  private long multiplyAdds;

  /// The scratch of a caller that works on one thread.
  public DoubleScratch() {
    shared = null;
  }

  /// The scratch of a caller whose large products are shared by `team`. The portable kernels do not share them.
  public DoubleScratch(Team team) {
    this(team, DoubleSharedGemm.LEAST_WORK);
  }

  /// The scratch of a caller whose products are shared by `team` from `leastWork` multiply-adds on.
  DoubleScratch(Team team, long leastWork) {
    shared = VirtualMachine.mayHaveVectors() ? new DoubleSharedGemm(team, leastWork, this) : null;
  }

  /// Work on the parts of a whole, done by several threads.
  public interface Work {
    /// @param part the part to do
    /// @param scratch that of the thread that does it
    void part(int part, DoubleScratch scratch);
  }

  /// The threads that share work; 1 where it is not shared.
  public int members() {
    return shared == null ? 1 : shared.members();
  }

  /// Does all parts, on several threads if there are any and the work is large; returns when all are done.
  ///
  /// @param multiplyAdds the amount of work
  public void share(int parts, long multiplyAdds, Work work) {
    if (parts > 1 && shared != null && multiplyAdds >= shared.leastWork()) {
      shared.parts(parts, work);
      return;
    }
    for (int part = 0; part < parts; part++) {
      work.part(part, this);
    }
  }

  /// An object of another package that is kept with this scratch: one of each class for each thread.
  public <T> T beside(Class<T> type, Supplier<T> make) {
    for (int i = 0; i < besideCount; i++) {
      if (type.isInstance(beside[i])) {
        return type.cast(beside[i]);
      }
    }
    if (besideCount == beside.length) {
      beside = Arrays.copyOf(beside, 2 * besideCount);
    }
    T made = make.get();
    beside[besideCount++] = made;
    return made;
  }

  /// Counts multiply-adds that were done on blocks.
  public void count(long multiplyAdds) {
    this.multiplyAdds += multiplyAdds;
  }

  /// m·n·k, summed over all products so far.
  public long multiplyAdds() {
    return multiplyAdds;
  }

  void count(int m, int n, int k) {
    multiplyAdds += (long) m * n * k;
  }

  /// A buffer for a panel of A; its old contents are lost.
  double[] panel(int size) {
    return panelBuffer.length >= size ? panelBuffer : (panelBuffer = new double[size]);
  }

  /// A buffer for some columns of B and C, transposed; its old contents are lost.
  double[] columns(int size) {
    return columnsBuffer.length >= size ? columnsBuffer : (columnsBuffer = new double[size]);
  }

  /// A buffer for a block of B, from [#blockAt] on; its old contents are lost.
  double[] block(int size) {
    if (blockRoom.size() < size) {
      blockRoom = DoubleArena.zeros(size);
    }
    return blockRoom.array();
  }

  /// The offset at which this scratch's part of [#block] begins.
  int blockAt() {
    return blockRoom.offset();
  }
}
