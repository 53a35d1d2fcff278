package dev.lanewise.kernel.gemm;

import dev.lanewise.kernel.lanes.VirtualMachine;
import dev.lanewise.kernel.memory.DoubleArena;
import java.util.Arrays;
import java.util.function.Supplier;

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
  private DoubleArena.Room blockRoom = DoubleArena.zeros(0);
  private Object[] beside = new Object[2];
  private int besideCount;
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
    shared = VirtualMachine.mayHaveVectors() ? new DoubleSharedGemm(team, leastWork, this) : null;
  }

  /// What several threads do to parts of a whole.
  public interface Work {
    /// @param part which one
    /// @param scratch of the thread that does it
    void part(int part, DoubleScratch scratch);
  }

  /// How many threads share work: 1 where it is not shared.
  public int members() {
    return shared == null ? 1 : shared.members();
  }

  /// Does all parts, on several threads where there are some and it is much work; returns when all are done.
  ///
  /// @param multiplyAdds how much work it is
  public void share(int parts, long multiplyAdds, Work work) {
    if (parts > 1 && shared != null && multiplyAdds >= shared.leastWork()) {
      shared.parts(parts, work);
      return;
    }
    for (int part = 0; part < parts; part++) {
      work.part(part, this);
    }
  }

  /// The one object of its class that another room keeps beside this scratch, one for each thread.
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

  /// Adds multiply-adds that were done on blocks.
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

  /// A panel of A; what it held is lost.
  double[] panel(int size) {
    return panelBuffer.length >= size ? panelBuffer : (panelBuffer = new double[size]);
  }

  /// Some columns of B and of C, turned into rows; what it held is lost.
  double[] columns(int size) {
    return columnsBuffer.length >= size ? columnsBuffer : (columnsBuffer = new double[size]);
  }

  /// A block of B, from [#blockAt] on; what it held is lost.
  double[] block(int size) {
    if (blockRoom.size() < size) {
      blockRoom = DoubleArena.zeros(size);
    }
    return blockRoom.array();
  }

  /// Where the array of [#block] begins to be this scratch's.
  int blockAt() {
    return blockRoom.offset();
  }
}
