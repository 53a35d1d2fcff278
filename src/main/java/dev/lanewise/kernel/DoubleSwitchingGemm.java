package dev.lanewise.kernel;

import dev.lanewise.kernel.elementwise.Nonlinearity;
import dev.lanewise.kernel.gemm.DoubleFusion;
import dev.lanewise.kernel.gemm.DoubleGemmExercise;
import dev.lanewise.kernel.gemm.DoubleScratch;
import dev.lanewise.kernel.lanes.DoubleLanes;
import dev.lanewise.kernel.lanes.VirtualMachine;
import dev.lanewise.kernel.warmup.Warmup;

/// The products of [DoubleSwitchingKernels], and what its kernels switch between.
abstract class DoubleSwitchingGemm implements DoubleKernels {

  static final DoubleKernels VECTORS = new DoubleVectorKernels();
  static final DoubleKernels PLAIN = new DoublePortableKernels();

  /// Loads some classes beforehand, for which a new process's first call would wait some milliseconds.
  DoubleSwitchingGemm() {
    double[] one = new double[1];
    DoubleScratch scratch = new DoubleScratch();
    DoubleFusion fusion = scratch.fusion.activate(Nonlinearity.TANH, one, 0, null, 0);
    PLAIN.gemm(1, 1, 1, one, 0, 1, 1, one, 0, 1, 1, one, 0, 1, false, fusion, scratch);
    DoubleGemmExercise.isReady(1, 1, 1, 1, 1, 1, 1, false, fusion);
    DoubleKernelExercise.wantFused(scratch.fusion.none());
    Warmup.load();
  }

  /// The lanes after all is compiled.
  @Override
  public int lanes() {
    return VirtualMachine.hasVectors() ? DoubleLanes.LENGTH : 1;
  }

  @Override
  public void gemm(
      int m, int n, int k,
      double[] a, int at, int ars, int acs,
      double[] b, int bt, int brs, int bcs,
      double[] c, int ct, int cs,
      boolean add, DoubleFusion fusion, DoubleScratch scratch) {
    if (DoubleGemmExercise.isReady(m, n, k, ars, acs, brs, bcs, add, fusion)) {
      VECTORS.gemm(m, n, k, a, at, ars, acs, b, bt, brs, bcs, c, ct, cs, add, fusion, scratch);
    } else {
      unready(m, n, k, a, at, ars, acs, b, bt, brs, bcs, c, ct, cs, add, fusion, scratch);
    }
  }

  /// A separate method, so that C2 can inline more of the product itself.
  private static void unready(
      int m, int n, int k,
      double[] a, int at, int ars, int acs,
      double[] b, int bt, int brs, int bcs,
      double[] c, int ct, int cs,
      boolean add, DoubleFusion fusion, DoubleScratch scratch) {
    DoubleGemmExercise.want(m, n, k, ars, acs, brs, bcs, add, fusion, DoubleKernelExercise.wantFused(fusion));
    DoubleKernels kernels = DoubleGemmExercise.isLargest(m, n, k) ? VECTORS : PLAIN;
    kernels.gemm(m, n, k, a, at, ars, acs, b, bt, brs, bcs, c, ct, cs, add, fusion, scratch);
  }
}
