package dev.lanewise.kernel.gemm;

import dev.lanewise.kernel.DoubleKernels;
import dev.lanewise.kernel.DoublePortableKernels;
import dev.lanewise.kernel.DoubleVectorKernels;
import dev.lanewise.kernel.FloatKernels;
import dev.lanewise.kernel.FloatPortableKernels;
import dev.lanewise.kernel.FloatVectorKernels;
import dev.lanewise.kernel.elementwise.Nonlinearity;
import dev.lanewise.kernel.lanes.VirtualMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;

/// The gemms (two precisions, two implementations, shared among threads or not) behind one signature in doubles, so
/// that each law is stated once. Inputs must be representable in float.
interface GemmUnderTest {

  /// Runs C = or += A·B on copies in the gemm's own precision and returns C's array.
  double[] run(int m, int n, int k, double[] a, int at, int ars, int acs, double[] b, int bt, int brs, int bcs,
      double[] c, int ct, int cs, boolean add, Fusion fusion);

  /// The unit roundoff of its precision.
  double unitRoundoff();

  /// The one in plain Java, of the same precision, whose bits all others have.
  GemmUnderTest portable();

  /// What to fuse; `bias` or `residual` may be null.
  record Fusion(DoubleFusion.Stage stage, Nonlinearity phi, double[] bias, double[] residual, int period) {
    static final Fusion NONE = new Fusion(DoubleFusion.Stage.NONE, Nonlinearity.IDENTITY, null, null, 1);
  }

  /// Every gemm that can run in this virtual machine.
  static List<GemmUnderTest> all() {
    List<GemmUnderTest> all = new ArrayList<>(List.of(
        new InDouble("portable double", new DoublePortableKernels(), 1),
        new InFloat("portable float", new FloatPortableKernels(), 1)));
    if (VirtualMachine.hasVectors()) {
      all.add(new InDouble("vector double", new DoubleVectorKernels(), 1));
      all.add(new InFloat("vector float", new FloatVectorKernels(), 1));
      all.add(new InDouble("vector double, shared by 3", new DoubleVectorKernels(), 3));
      all.add(new InFloat("vector float, shared by 2", new FloatVectorKernels(), 2));
    }
    return all;
  }

  record InDouble(String name, DoubleKernels kernels, int threads) implements GemmUnderTest {
    @Override
    public double[] run(int m, int n, int k, double[] a, int at, int ars, int acs, double[] b, int bt, int brs, int bcs,
        double[] c, int ct, int cs, boolean add, Fusion fusion) {
      DoubleScratch scratch = new DoubleScratch(new Team(ForkJoinPool.commonPool(), threads), 1);
      DoubleFusion with = switch (fusion.stage()) {
        case NONE -> scratch.fusion.none();
        case ACTIVATE -> scratch.fusion.activate(fusion.phi(), fusion.bias(), 0, fusion.residual(), 0);
        case SLOPE_ON_C -> scratch.fusion.slopeOnC(fusion.phi(), fusion.residual(), 0, fusion.period());
        case SLOPE_ON_A -> scratch.fusion.slopeOnA(fusion.phi(), fusion.residual(), 0, fusion.period());
      };
      double[] result = c.clone();
      kernels.gemm(m, n, k, a, at, ars, acs, b, bt, brs, bcs, result, ct, cs, add, with, scratch);
      return result;
    }

    @Override
    public double unitRoundoff() {
      return 0x1p-53;
    }

    @Override
    public GemmUnderTest portable() {
      return new InDouble("portable double", new DoublePortableKernels(), 1);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  record InFloat(String name, FloatKernels kernels, int threads) implements GemmUnderTest {
    @Override
    public double[] run(int m, int n, int k, double[] a, int at, int ars, int acs, double[] b, int bt, int brs, int bcs,
        double[] c, int ct, int cs, boolean add, Fusion fusion) {
      FloatScratch scratch = new FloatScratch(new Team(ForkJoinPool.commonPool(), threads), 1);
      float[] bias = floats(fusion.bias());
      float[] residual = floats(fusion.residual());
      FloatFusion with = switch (fusion.stage()) {
        case NONE -> scratch.fusion.none();
        case ACTIVATE -> scratch.fusion.activate(fusion.phi(), bias, 0, residual, 0);
        case SLOPE_ON_C -> scratch.fusion.slopeOnC(fusion.phi(), residual, 0, fusion.period());
        case SLOPE_ON_A -> scratch.fusion.slopeOnA(fusion.phi(), residual, 0, fusion.period());
      };
      float[] result = floats(c);
      kernels.gemm(m, n, k, floats(a), at, ars, acs, floats(b), bt, brs, bcs, result, ct, cs, add, with, scratch);
      if (fusion.stage() == DoubleFusion.Stage.ACTIVATE && residual != null) {
        System.arraycopy(doubles(residual), 0, fusion.residual(), 0, residual.length);
      }
      return doubles(result);
    }

    private static float[] floats(double[] values) {
      if (values == null) {
        return null;
      }
      float[] narrowed = new float[values.length];
      for (int i = 0; i < values.length; i++) {
        narrowed[i] = (float) values[i];
      }
      return narrowed;
    }

    private static double[] doubles(float[] values) {
      double[] widened = new double[values.length];
      for (int i = 0; i < values.length; i++) {
        widened[i] = values[i];
      }
      return widened;
    }

    @Override
    public double unitRoundoff() {
      return 0x1p-24;
    }

    @Override
    public GemmUnderTest portable() {
      return new InFloat("portable float", new FloatPortableKernels(), 1);
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
