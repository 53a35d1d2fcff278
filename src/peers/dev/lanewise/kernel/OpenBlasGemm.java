package dev.lanewise.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.lanewise.kernel.lanes.FloatLanes;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Set;

/// OpenBLAS.
final class OpenBlasGemm extends NativeGemm {

  private static final int WIDE = 16;
  private static final int CONFIGURATION_LENGTH = 400;

  /// Kernels that use vectors as wide as ours.
  private static final Set<String> WIDE_CORES = Set.of("SkylakeX", "Cooperlake", "SapphireRapids");
  private static final Set<String> NARROW_CORES = Set.of("Haswell", "Zen");

  /// The core is named on machines with wide vectors, since OpenBLAS uses generic kernels on a CPU that it does not
  /// know; it finds out the cache's size itself. Idle threads wait 2^20 ticks, half a millisecond, instead of 2^26, or
  /// they would take the cores from the next contestant.
  private static final NativeLibrary OPENBLAS = NativeLibrary.open(
      "/org/bytedeco/openblas/linux-x86_64/libgcc_s.so.1,libquadmath.so.0,libgfortran.so.5", "libopenblas.so",
      "OPENBLAS_THREAD_TIMEOUT", "20", "OPENBLAS_L2_SIZE", "", "OPENBLAS_CORETYPE",
      FloatLanes.LENGTH == WIDE ? "SkylakeX" : "");
  private static final MethodHandle SGEMM_HANDLE = OPENBLAS.function("cblas_sgemm", SGEMM);
  private static final MethodHandle DGEMM_HANDLE = OPENBLAS.function("cblas_dgemm", DGEMM);

  OpenBlasGemm(Product product) {
    super(product);
    requireOwnCore(text("openblas_get_corename"));
    try {
      OPENBLAS.function("openblas_set_num_threads", FunctionDescriptor.ofVoid(JAVA_INT)).invokeExact(product.threads());
    } catch (Throwable e) {
      throw NativeLibrary.failed(e);
    }
  }

  /// A comparison with kernels for another CPU would say nothing.
  private static void requireOwnCore(String core) {
    Set<String> expected = FloatLanes.LENGTH == WIDE ? WIDE_CORES : NARROW_CORES;
    if (!expected.contains(core)) {
      throw new IllegalStateException("OpenBLAS took its " + core + " kernels, expected one of " + expected
          + " for vectors of " + FloatLanes.LENGTH + " floats: set OPENBLAS_CORETYPE");
    }
  }

  /// Version, options and core as the library tells them.
  static String version() {
    return text("openblas_get_config") + ", core " + text("openblas_get_corename");
  }

  @SuppressWarnings("restricted")
  private static String text(String function) {
    try {
      MemorySegment text = (MemorySegment) OPENBLAS.function(function, FunctionDescriptor.of(ADDRESS)).invokeExact();
      return text.reinterpret(CONFIGURATION_LENGTH).getString(0).strip();
    } catch (Throwable e) {
      throw NativeLibrary.failed(e);
    }
  }

  @Override
  public void multiply() {
    try {
      if (isFloat) {
        SGEMM_HANDLE.invokeExact(ROW_MAJOR, transA, transB, m, n, k, 1f, a, lda, b, ldb, 0f, c, n);
      } else {
        DGEMM_HANDLE.invokeExact(ROW_MAJOR, transA, transB, m, n, k, 1d, a, lda, b, ldb, 0d, c, n);
      }
    } catch (Throwable e) {
      throw NativeLibrary.failed(e);
    }
  }
}
