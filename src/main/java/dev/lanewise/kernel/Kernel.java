package dev.lanewise.kernel;

import dev.lanewise.kernel.elementary.Elementary;
import dev.lanewise.kernel.elementwise.Nonlinearity;

/// The kernels that switch from plain Java to vectors, each separately, and separately for each φ. Products switch by
/// [DoubleGemmExercise][dev.lanewise.kernel.gemm.DoubleGemmExercise].
enum Kernel {
  EXP, ERF, LOG, LOG1P, EXPM1, SIN, COS, POW, ACTIVATE, ACTIVATE_KEEPING_SLOPE, SCALE_BY_SLOPE, CURVATURE,
  TRANSPOSE, ADD, MULTIPLY, DOT, SUM, SOFTMAX,
  LOG_SOFTMAX, SOFTMAX_DERIVATIVE, LOG_SOFTMAX_PUSH, LOG_SOFTMAX_PULL, FINITE, SHIFT_AND_SCALE, ADD_SCALED_ROWS,
  SQUARED, ABSOLUTE, HUBER, DESCEND, MOMENTUM, ADAM;

  /// The distance between kernels' numbers, which leaves room for one number a φ.
  static final int ROOM = 32;

  /// This kernel's number; those after it are for this kernel with each φ.
  final int number = (ordinal() + 1) * ROOM;

  /// The kernel of an elementary function.
  static Kernel of(Elementary f) {
    return switch (f) {
      case LOG -> LOG;
      case LOG1P -> LOG1P;
      case EXPM1 -> EXPM1;
      case SIN -> SIN;
      case COS -> COS;
    };
  }

  /// A readable name.
  String name(Nonlinearity phi) {
    return phi == null ? name() : name() + " " + phi;
  }
}
