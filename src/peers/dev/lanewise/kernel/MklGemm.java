package dev.lanewise.kernel;

import java.lang.invoke.MethodHandle;

/// The gemm of Intel's Math Kernel Library.
final class MklGemm extends NativeGemm {

  private static final MethodHandle SGEMM_HANDLE = Mkl.LIBRARY.function("cblas_sgemm", SGEMM);
  private static final MethodHandle DGEMM_HANDLE = Mkl.LIBRARY.function("cblas_dgemm", DGEMM);

  MklGemm(Product product) {
    super(product);
    Mkl.setThreads(product.threads());
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
