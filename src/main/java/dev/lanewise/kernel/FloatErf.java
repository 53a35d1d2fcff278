package dev.lanewise.kernel;

/// The error function in `float`, by a table: the arithmetic that `FloatLookup16` and `FloatLookup8` repeat.
///
/// | x             | erf(x)                                                                             |
/// |---------------|------------------------------------------------------------------------------------|
/// | below 3/16    | C x + x(S0 + S2 x² + S4 x⁴ + S6 x⁶), C + S0 = 2/√π                                  |
/// | to [#END]     | on the piece j = round(8x) a polynomial of degree 5 around a center near j/8       |
/// | beyond        | 1                                                                                  |
///
/// The centers lie where erf is a `float` to within four thousandths of an ulp (Gal, *Computing elementary functions*, 1986); the
/// coefficients are weighted least squares at Chebyshev nodes in 50 digits. Largest error 1.0 ulp.
final class FloatErf {

  static final float END = 3.92f;
  /// 1.5·2²³, so that what is added to it is rounded to an integer.
  static final float SHIFT = 0x1.8p23f;
  static final float PIECES_A_UNIT = 8;
  static final float SMALL = 0.1875f;
  static final float C = 1.1283792f;
  static final float S0 = -5.8635383e-08f;
  static final float S2 = -0.37612635f;
  static final float S4 = 0.1128309f;
  static final float S6 = -0.026518095f;

  static final int[] CENTERS = FloatMath.bits(
      0f, 0.1251477f, 0.2499662f, 0.3748911f, 0.49978095f, 0.62500376f, 0.7499111f, 0.8749587f, 0.99992114f, 1.1249177f,
      1.2500477f, 1.3750143f, 1.5001585f, 1.6250179f, 1.7501132f, 1.8749619f, 2.0000155f, 2.1250107f, 2.2506378f, 2.3750226f,
      2.499987f, 2.624981f, 2.7500155f, 2.8749738f, 2.9998367f, 3.1250334f, 3.250378f, 3.3771255f, 3.505207f, 3.6238115f,
      3.744179f, 3.8598008f);
  static final int[] C0 = FloatMath.bits(
      0f, 0.14048028f, 0.27629057f, 0.40401015f, 0.52030736f, 0.62324375f, 0.7110985f, 0.7840534f, 0.84266806f, 0.88836205f,
      0.9229114f, 0.9481725f, 0.966124f, 0.9784452f, 0.98667765f, 0.9919888f, 0.9953226f, 0.9973461f, 0.99854183f,
      0.99921715f, 0.999593f, 0.9997946f, 0.9998994f, 0.99995214f, 0.9999779f, 0.9999901f, 0.9999957f, 0.9999982f, 0.9999993f,
      0.9999997f, 0.9999999f, 0.99999994f);
  static final int[] C1 = FloatMath.bits(
      1.1283792f, 1.1108443f, 1.060032f, 0.98043287f, 0.87897503f, 0.763496f, 0.64301676f, 0.52478296f, 0.41517296f,
      0.31833285f, 0.23649293f, 0.17035307f, 0.11887373f, 0.08046758f, 0.05275408f, 0.033550628f, 0.020665703f, 0.012340258f,
      0.0071218475f, 0.004006047f, 0.002178427f, 0.0011479901f, 5.862273e-04f, 2.9027206e-04f, 1.393896e-04f, 6.474519e-05f,
      2.9117547e-05f, 1.2570781e-05f, 5.207606e-06f, 2.2355234e-06f, 9.224451e-07f, 4.9058116e-07f);
  static final int[] C2 = FloatMath.bits(
      0f, -0.1390195f, -0.26497185f, -0.36755517f, -0.43929476f, -0.4771875f, -0.48220518f, -0.4591635f, -0.41514048f,
      -0.35809863f, -0.29562736f, -0.23423798f, -0.17832954f, -0.13076152f, -0.09232557f, -0.062906384f, -0.041331545f,
      -0.026223322f, -0.016028611f, -0.009514505f, -0.00544609f, -0.003013463f, -0.0016123243f, -8.3443715e-04f,
      -4.1806654e-04f, -2.0253492e-04f, -9.487468e-05f, -4.2691325e-05f, -1.8511782e-05f, -7.854183e-06f, -3.1735008e-06f,
      1.7728467e-05f);
  static final int[] C3 = FloatMath.bits(
      -0.3761901f, -0.35870498f, -0.3091637f, -0.23494752f, -0.14660896f, -0.05569372f, 0.026751984f, 0.0929225f, 0.13835038f,
      0.16245498f, 0.16753156f, 0.1579377f, 0.13872443f, 0.11483774f, 0.09013487f, 0.06744755f, 0.048221618f, 0.033036318f,
      0.021675803f, 0.013729372f, 0.00835053f, 0.004890802f, 0.002760176f, 0.0015027224f, 7.8975066e-04f, 3.999259e-04f,
      1.9519123e-04f, 9.036255e-05f, 3.8637187e-05f, 1.8234077e-05f, 5.8123683e-06f, -2.193947e-04f);
  static final int[] C4 = FloatMath.bits(
      0f, 0.068671785f, 0.12673442f, 0.1662751f, 0.18281919f, 0.1762243f, 0.15054885f, 0.11238131f, 0.069280855f,
      0.028132465f, -0.00609923f, -0.030396422f, -0.04451144f, -0.049606714f, -0.048071556f, -0.0421967f, -0.034479734f,
      -0.026338618f, -0.019079234f, -0.0131342f, -0.008623829f, -0.005421669f, -0.0032257477f, -0.0019045621f, -0.0010645225f,
      -5.175366e-04f, -2.3949021e-04f, -9.033183e-05f, -5.4399734e-06f, -8.2180275e-05f, -7.868379e-05f, -0.006485973f);
  static final int[] C5 = FloatMath.bits(
      0.12612742f, 0.10807724f, 0.07562537f, 0.045285612f, 0.0046410775f, -0.022858214f, -0.056209892f, -0.07031942f,
      -0.069675416f, -0.06345354f, -0.04660856f, -0.030931834f, -0.015006611f, -0.0022842952f, 0.006714436f, 0.011437452f,
      0.012929882f, 0.012479591f, 0.010661103f, 0.008352718f, 0.0061219707f, 0.004227827f, 0.0027609756f, 0.0017180378f,
      0.0010265121f, 5.8266683e-04f, 3.6134932e-04f, 4.2619766e-04f, 6.949123e-04f, 1.910587e-04f, 7.0264476e-04f,
      0.08714929f);

  private FloatErf() {}

  static float erf(float x) {
    float a = Math.abs(x);
    float square = a * a;
    float series = Math.fma(Math.fma(Math.fma(S6, square, S4), square, S2), square, S0);
    float small = Math.fma(a, C, a * series);

    int j = Float.floatToRawIntBits(Math.fma(a, PIECES_A_UNIT, SHIFT)) & 31;
    float t = a - at(CENTERS, j);
    float y = Math.fma(at(C5, j), t, at(C4, j));
    y = Math.fma(y, t, at(C3, j));
    y = Math.fma(y, t, at(C2, j));
    y = Math.fma(y, t, at(C1, j));
    y = Math.fma(y, t, at(C0, j));
    return FloatMath.withSignOf(x, a > END ? 1.0f : a < SMALL ? small : y);
  }

  private static float at(int[] table, int j) {
    return Float.intBitsToFloat(table[j]);
  }
}
