package dev.lanewise.ops.expression;

import dev.lanewise.kernel.elementary.DoubleTrigonometry;

/// Functions of single numbers that networks hardly ever have, with two derivatives: computed in `double`, whatever the
/// tensors are, number by number.
///
/// | function | f(a)       | f′(a)                    | f″(a)      | NaN             |
/// |----------|------------|--------------------------|------------|-----------------|
/// | TAN      | tan a      | 1 + y²                   | 2y·f′      | at ±∞           |
/// | ASIN     | arcsin a   | 1/√((1 − a)(1 + a))      | a·f′³      | beyond ±1       |
/// | ACOS     | arccos a   | −1/√((1 − a)(1 + a))     | a·f′³      | beyond ±1       |
/// | ATAN     | arctan a   | 1/(1 + a²)               | −2a·f′²    |                 |
/// | SINH     | sinh a     | cosh a                   | y          |                 |
/// | COSH     | cosh a     | sinh a                   | y          |                 |
/// | ASINH    | arsinh a   | 1/√(1 + a²)              | −a·f′³     |                 |
/// | ACOSH    | arcosh a   | 1/(√(a − 1)·√(a + 1))    | −a·f′³     | below 1         |
/// | ATANH    | artanh a   | 1/((1 − a)(1 + a))       | 2a·f′²     | beyond ±1       |
///
/// y is f(a), within some three ulps in double. Where a derivative goes to 0 towards ±∞ it is 0 there. The tangent is a
/// quotient, as [StrictMath]'s allocates. The inverse hyperbolic functions are put together as in fdlibm's `s_asinh.c`,
/// `e_acosh.c` and `e_atanh.c`.
public enum RareFunction {
  TAN, ASIN, ACOS, ATAN, SINH, COSH, ASINH, ACOSH, ATANH;

  private static final double LN_2 = 0.6931471805599453;
  /// Beyond this a² + 1 is a².
  private static final double LARGE = 0x1p28;

  double value(double a) {
    return switch (this) {
      case TAN -> DoubleTrigonometry.sin(a) / DoubleTrigonometry.cos(a);
      case ASIN -> StrictMath.asin(a);
      case ACOS -> StrictMath.acos(a);
      case ATAN -> StrictMath.atan(a);
      case SINH -> StrictMath.sinh(a);
      case COSH -> StrictMath.cosh(a);
      case ASINH -> Math.copySign(asinh(Math.abs(a)), a);
      case ACOSH -> acosh(a);
      case ATANH -> Math.copySign(atanh(Math.abs(a)), a);
    };
  }

  double slope(double a, double y) {
    return switch (this) {
      case TAN -> 1 + y * y;
      case ASIN -> 1 / Math.sqrt((1 - a) * (1 + a));
      case ACOS -> -1 / Math.sqrt((1 - a) * (1 + a));
      case ATAN -> 1 / (1 + a * a);
      case SINH -> StrictMath.cosh(a);
      case COSH -> StrictMath.sinh(a);
      case ASINH -> 1 / StrictMath.hypot(1, a);
      case ACOSH -> 1 / (Math.sqrt(a - 1) * Math.sqrt(a + 1));
      case ATANH -> 1 / ((1 - a) * (1 + a));
    };
  }

  double curvature(double a, double y) {
    double s = slope(a, y);
    return switch (this) {
      case TAN -> 2 * y * s;
      case ASIN, ACOS -> a * s * s * s;
      case ATAN -> s == 0 ? 0 : -2 * (a * s) * s;
      case SINH, COSH -> y;
      case ASINH, ACOSH -> s == 0 ? 0 : -(a * s) * s * s;
      case ATANH -> 2 * a * s * s;
    };
  }

  private static double asinh(double a) {
    if (a > LARGE) {
      return StrictMath.log(a) + LN_2;
    }
    double square = a * a;
    return StrictMath.log1p(a + square / (1 + Math.sqrt(1 + square)));
  }

  private static double acosh(double a) {
    if (a > LARGE) {
      return StrictMath.log(a) + LN_2;
    }
    double t = a - 1;
    return StrictMath.log1p(t + Math.sqrt(2 * t + t * t));
  }

  private static double atanh(double a) {
    return 0.5 * StrictMath.log1p(2 * a / (1 - a));
  }
}
