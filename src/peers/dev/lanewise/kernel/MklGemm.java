package dev.lanewise.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// Intel's Math Kernel Library.
final class MklGemm extends NativeGemm {

  /// The sequential layer is not in the jar; this one is, with its OpenMP library, so nothing need be installed. The time that
  /// idle threads spin is cut from 200 ms to 1: they would take the cores from whose turn comes next.
  private static final NativeLibrary MKL = NativeLibrary.open("/org/bytedeco/mkl/linux-x86_64/libiomp5.so", "libmkl_rt.so",
      "MKL_THREADING_LAYER", "INTEL", "KMP_BLOCKTIME", "1");
  private static final MethodHandle SGEMM_HANDLE = MKL.function("cblas_sgemm", SGEMM);
  private static final MethodHandle DGEMM_HANDLE = MKL.function("cblas_dgemm", DGEMM);
  private static final int VERSION_LENGTH = 200;

  MklGemm(Product product) {
    super(product);
    try {
      MKL.function("MKL_Set_Num_Threads", SET_THREADS).invokeExact(product.threads());
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /// Name and version as the library tells them.
  static String version() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocate(VERSION_LENGTH);
      MKL.function("MKL_Get_Version_String", FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT)).invokeExact(text, VERSION_LENGTH - 1);
      return text.getString(0).strip();
    } catch (Throwable e) {
      throw failed(e);
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
      throw failed(e);
    }
  }
}
