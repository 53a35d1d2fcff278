package dev.lanewise.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// A function of MKL's Vector Math Library on one thread, at its low accuracy (LA), whose two last bits may be wrong.
final class VmlFunction {

  private static final FunctionDescriptor TYPE = FunctionDescriptor.ofVoid(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG);
  private static final MethodHandle FLOAT_EXP = Mkl.LIBRARY.function("vmsExp", TYPE);
  private static final MethodHandle DOUBLE_EXP = Mkl.LIBRARY.function("vmdExp", TYPE);
  private static final MethodHandle FLOAT_TANH = Mkl.LIBRARY.function("vmsTanh", TYPE);
  private static final MethodHandle DOUBLE_TANH = Mkl.LIBRARY.function("vmdTanh", TYPE);
  private static final long LA = 1;

  private final int n;
  private final MemorySegment x;
  private final MemorySegment y;
  private final NativeNumbers results;

  VmlFunction(boolean isFloat, double[] arguments) {
    n = arguments.length;
    x = NativeNumbers.of(isFloat, arguments).memory();
    results = NativeNumbers.zeros(isFloat, n);
    y = results.memory();
    Mkl.setThreads(1);
  }

  /// One method for each function and precision: C2 calls a handle directly only if it is a constant.
  Runnable pass(ElementwiseFunction function) {
    return switch (function) {
      case EXP -> results.isFloat() ? this::floatExp : this::doubleExp;
      case TANH -> results.isFloat() ? this::floatTanh : this::doubleTanh;
      default -> throw new IllegalArgumentException(function + " has no rival in MKL, expected EXP or TANH");
    };
  }

  double result(int i) {
    return results.get(i);
  }

  private void floatExp() {
    try {
      FLOAT_EXP.invokeExact(n, x, y, LA);
    } catch (Throwable e) {
      throw NativeLibrary.failed(e);
    }
  }

  private void doubleExp() {
    try {
      DOUBLE_EXP.invokeExact(n, x, y, LA);
    } catch (Throwable e) {
      throw NativeLibrary.failed(e);
    }
  }

  private void floatTanh() {
    try {
      FLOAT_TANH.invokeExact(n, x, y, LA);
    } catch (Throwable e) {
      throw NativeLibrary.failed(e);
    }
  }

  private void doubleTanh() {
    try {
      DOUBLE_TANH.invokeExact(n, x, y, LA);
    } catch (Throwable e) {
      throw NativeLibrary.failed(e);
    }
  }
}
