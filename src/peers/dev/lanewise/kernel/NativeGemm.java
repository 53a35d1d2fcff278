package dev.lanewise.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;

/// What the native libraries share: operands in native memory, each at the start of a cache line, and the arguments of
/// `cblas_sgemm` and `cblas_dgemm`.
///
/// The handles of those functions are not here but constants of the subclasses: C2 makes a direct call of constants only.
abstract class NativeGemm implements Contestant {

  static final FunctionDescriptor SGEMM = gemm(JAVA_FLOAT);
  static final FunctionDescriptor DGEMM = gemm(JAVA_DOUBLE);
  static final FunctionDescriptor SET_THREADS = FunctionDescriptor.ofVoid(JAVA_INT);

  static final int ROW_MAJOR = 101;
  private static final int AS_IT_LIES = 111;
  private static final int TRANSPOSED = 112;
  private static final int CACHE_LINE = 64;

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

  NativeGemm(Product product) {
    isFloat = product.isFloat();
    transA = product.transposesA() ? TRANSPOSED : AS_IT_LIES;
    transB = product.transposesB() ? TRANSPOSED : AS_IT_LIES;
    m = product.m();
    n = product.n();
    k = product.k();
    lda = product.aColumns();
    ldb = product.bColumns();
    a = copy(product.a());
    b = copy(product.b());
    c = copy(new double[m * n]);
  }

  private static FunctionDescriptor gemm(MemoryLayout number) {
    return FunctionDescriptor.ofVoid(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, number, ADDRESS, JAVA_INT,
        ADDRESS, JAVA_INT, number, ADDRESS, JAVA_INT);
  }

  private MemorySegment copy(double[] values) {
    long size = isFloat ? JAVA_FLOAT.byteSize() : JAVA_DOUBLE.byteSize();
    MemorySegment segment = Arena.ofAuto().allocate(size * values.length, CACHE_LINE);
    if (isFloat) {
      MemorySegment.copy(Product.floats(values), 0, segment, JAVA_FLOAT, 0, values.length);
    } else {
      MemorySegment.copy(values, 0, segment, JAVA_DOUBLE, 0, values.length);
    }
    return segment;
  }

  @Override
  public final double result(int i, int j) {
    long position = (long) i * n + j;
    return isFloat ? c.getAtIndex(JAVA_FLOAT, position) : c.getAtIndex(JAVA_DOUBLE, position);
  }

  static IllegalStateException failed(Throwable cause) {
    return new IllegalStateException("a native call failed", cause);
  }
}
