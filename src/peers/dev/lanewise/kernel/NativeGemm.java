package dev.lanewise.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;

/// What the native libraries share: operands in native memory, each from the start of a cache line on, and the
/// arguments of `cblas_sgemm` and `cblas_dgemm`.
///
/// The handles of those functions, and the calls, are in the subclasses: C2 calls a handle directly only if it is a
/// constant of the calling class.
abstract class NativeGemm implements Contestant {

  static final FunctionDescriptor SGEMM = gemm(JAVA_FLOAT);
  static final FunctionDescriptor DGEMM = gemm(JAVA_DOUBLE);

  static final int ROW_MAJOR = 101;
  private static final int AS_IT_LIES = 111;
  private static final int TRANSPOSED = 112;

  final boolean isFloat;
  final int transA;
  final int transB;
  final int m;
  final int n;
  final int k;
  final int lda;
  final int ldb;
  final MemorySegment a;
  final MemorySegment b;
  final MemorySegment c;
  private final NativeNumbers results;

  NativeGemm(Product product) {
    isFloat = product.isFloat();
    transA = product.transposesA() ? TRANSPOSED : AS_IT_LIES;
    transB = product.transposesB() ? TRANSPOSED : AS_IT_LIES;
    m = product.m();
    n = product.n();
    k = product.k();
    lda = product.aColumns();
    ldb = product.bColumns();
    a = NativeNumbers.of(isFloat, product.a()).memory();
    b = NativeNumbers.of(isFloat, product.b()).memory();
    results = NativeNumbers.zeros(isFloat, (long) m * n);
    c = results.memory();
  }

  private static FunctionDescriptor gemm(MemoryLayout number) {
    return FunctionDescriptor.ofVoid(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, number, ADDRESS,
        JAVA_INT, ADDRESS, JAVA_INT, number, ADDRESS, JAVA_INT);
  }

  @Override
  public final double result(int i, int j) {
    return results.get((long) i * n + j);
  }
}
