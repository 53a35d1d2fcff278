package dev.lanewise.kernel.math;

import static dev.lanewise.kernel.lanes.MultiplyAdd.exact;
import static dev.lanewise.kernel.math.FloatMath.at;

/// The error function in `float`, by a table: on the piece j = round(1.91|x|), of eight, a polynomial of degree 8
/// around a center near j/1.91, up to [#END], beyond which erf rounds to 1. The arithmetic that `FloatVectorErf`
/// repeats.
///
/// The centers lie where erf is a `float` to within two hundredths of an ulp, and its derivative nearly so (Gal,
/// *Computing elementary functions*, 1986); the coefficients are weighted least squares at Chebyshev nodes in 40
/// digits. On piece 0 the polynomial begins with t itself, as in [FloatTanh]. Largest error 0.85 ulp.
public final class FloatErf {

  static final float END = 3.92f;
  /// 1.5·2²³ rounds a number added to it to an integer.
  static final float SHIFT = 0x1.8p23f;
  static final float PIECES_A_UNIT = 1.91f;

  static final int[] CENTERS = FloatMath.table(
      0f, 0.523409f, 1.0471101f, 1.5707006f, 2.0942304f, 2.6177974f, 3.1415f, 3.653818f);
  static final int[] C0 = FloatMath.table(
      0f, 0.5408287f, 0.86135006f, 0.97366977f, 0.99694043f, 0.9997862f, 0.9999911f, 0.99999976f);
  static final int[] C1 = FloatMath.table(
      0.12837917f, 0.8579798f, 0.3769445f, 0.09572093f, 0.014051603f, 0.00119205f, 5.8397327e-5f, 1.7958153e-6f);
  static final int[] C2 = FloatMath.table(
      0f, -0.44907433f, -0.39470237f, -0.15034886f, -0.029427286f, -0.0031204962f, -0.0001835455f, -6.388399e-6f);
  static final int[] C3 = FloatMath.table(
      -0.3761262f, -0.12929387f, 0.14988287f, 0.1255287f, 0.036401123f, 0.005048596f, 0.0003647556f, 1.5512142e-5f);
  static final int[] C4 = FloatMath.table(
      0f, 0.18352748f, 0.053094123f, -0.048471317f, -0.028307587f, -0.0055705043f, -0.0005070407f, -3.5355162e-5f);
  static final int[] C5 = FloatMath.table(
      0.11283027f, 0.00038209587f, -0.06719329f, -0.0072196783f, 0.012794142f, 0.004316982f, 0.0005334402f,
      2.8929344e-5f);
  static final int[] C6 = FloatMath.table(
      0f, -0.048986886f, 0.009316666f, 0.016773649f, -0.0013712352f, -0.0022318047f, -0.00051460974f, 0.00015382053f);
  static final int[] C7 = FloatMath.table(
      -0.027014786f, 0.006871456f, 0.013018206f, -0.005536941f, -0.00225568f, 0.0006540826f, 0.00025633257f,
      7.128446e-5f);
  static final int[] C8 = FloatMath.table(
      0.002200977f, 0.009305264f, -0.0054472457f, -0.0018256023f, 0.0013752927f, -0.0002672819f, 0.0004910544f,
      -0.0012648893f);

  private FloatErf() {}

  public static float erf(float x) {
    float a = Math.abs(x);
    int j = Float.floatToRawIntBits(exact(a, PIECES_A_UNIT, SHIFT));
    float t = a - at(CENTERS, j);
    float square = t * t;
    float top = exact(at(C8, j), square, exact(at(C7, j), t, at(C6, j)));
    float low = exact(exact(at(C5, j), t, at(C4, j)), square, exact(at(C3, j), t, at(C2, j)));
    float q = exact(exact(top, square * square, low), t, at(C1, j));
    float y = exact(q, t, FloatMath.largerBits(at(C0, j), t));
    return FloatMath.withSignOf(x, a > END ? 1.0f : y);
  }
}
