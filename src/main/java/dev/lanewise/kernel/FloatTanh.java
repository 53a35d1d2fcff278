package dev.lanewise.kernel;

/// tanh in `float` by a table: on each of 32 pieces a polynomial of degree 5 around a center, coefficients and center picked by the
/// leading bits of |x| + ½. The arithmetic that `FloatLookup16` and `FloatLookup8` repeat.
///
/// | pieces   | |x|                                              | center                                         |
/// |----------|--------------------------------------------------|------------------------------------------------|
/// | 0        | below 1/16                                       | 0: odd powers only, so that small x stay exact |
/// | 1 to 7   | to ½, each of 1/16                               | near the middle                                |
/// | 8 to 15  | to 1½, each of 1/8                               | near the middle                                |
/// | 16 to 23 | to 3½, each of 1/4                               | near the middle                                |
/// | 24 to 30 | to 7, each of ½                                  | near the middle                                |
/// | 31       | to [#END], beyond which tanh rounds to 1         | near the middle                                |
///
/// Near the middle, where tanh of the center is a `float` to within three thousandths of an ulp (Gal, *Computing elementary functions*,
/// 1986): what the table rounds away then costs nothing, and from |x| = 1½ on the value is off by hardly more than its own rounding, as 1 − y²
/// needs. The other coefficients are weighted least squares at Chebyshev nodes, in 80 digits. Largest error 1.0 ulp, just below 1/16.
///
/// The quotient of exponentials that this replaced took twice the time: its division, and an exponential of twice as many steps.
final class FloatTanh {

  static final float END = 9.02f;
  static final float ORIGIN = 0.5f;
  /// What is right of the leading bits, three of the fraction.
  static final int LEADING = 20;
  /// The last piece's leading bits.
  static final int LAST = Float.floatToRawIntBits(7.5f) >>> LEADING;

  /// By the leading bits modulo 32, so piece 16 comes first.
  static final int[] CENTERS = FloatMath.bits(
      1.6248252f, 1.8750362f, 2.1246154f, 2.3750923f, 2.624981f, 2.8750074f, 3.1251278f, 3.3749905f, 3.7500317f, 4.249991f,
      4.750084f, 5.2499714f, 5.749866f, 6.2501693f, 6.75f, 7.9715676f, 0f, 0.094095044f, 0.15631315f, 0.2188101f,
      0.2813301f, 0.34382805f, 0.40634286f, 0.4687892f, 0.5624419f, 0.68761444f, 0.81297135f, 0.9372863f, 1.0617456f,
      1.1872486f, 1.3124496f, 1.4373928f);
  static final int[] C0 = FloatMath.bits(
      0.9253211f, 0.9540485f, 0.9718514f, 0.98284817f, 0.98955935f, 0.9936547f, 0.9961475f, 0.99766093f, 0.9988945f,
      0.99959314f, 0.99985033f, 0.9999449f, 0.99997973f, 0.99999255f, 0.99999726f, 0.99999976f, 0f, 0.09381832f,
      0.15505236f, 0.21538365f, 0.27413568f, 0.33089063f, 0.38536304f, 0.43722048f, 0.50978696f, 0.5964473f, 0.67122614f,
      0.73397297f, 0.78633106f, 0.8297236f, 0.8648939f, 0.89317167f);
  static final int[] C1 = FloatMath.bits(
      0.14378086f, 0.08979143f, 0.05550484f, 0.03400948f, 0.020772288f, 0.012650282f, 0.007690131f, 0.004672659f,
      0.0022097523f, 0.0008135571f, 0.00029931226f, 0.00011014604f, 4.0530413e-05f, 1.4901456e-05f, 5.4838215e-06f,
      4.764795e-07f, 1f, 0.9911981f, 0.97595876f, 0.9536099f, 0.9248496f, 0.8905114f, 0.8514953f, 0.80883825f, 0.74011725f,
      0.64425063f, 0.54945546f, 0.46128368f, 0.38168347f, 0.31155875f, 0.25195852f, 0.20224437f);
  static final int[] C2 = FloatMath.bits(
      -0.13304392f, -0.08566547f, -0.05394241f, -0.03342607f, -0.020555338f, -0.012569995f, -0.0076604346f, -0.004661713f,
      -0.002207137f, -0.0008131661f, -0.0002992492f, -0.00011012143f, -4.051579e-05f, -1.4911409e-05f, -5.489835e-06f,
      -4.6535888e-07f, 0f, -0.0929925f, -0.15132472f, -0.20539178f, -0.25353414f, -0.29466176f, -0.32813466f, -0.3536403f,
      -0.3773019f, -0.3842613f, -0.36880884f, -0.3385698f, -0.30012974f, -0.25850773f, -0.21791762f, -0.18063894f);
  static final int[] C3 = FloatMath.bits(
      0.07518147f, 0.05179868f, 0.033922497f, 0.021516493f, 0.0134167755f, 0.008273431f, 0.005067621f, 0.0030932375f,
      0.0014682291f, 0.0005416884f, 0.00019944421f, 7.341554e-05f, 2.7017571e-05f, 9.933572e-06f, 3.6556976e-06f,
      3.168654e-07f, -0.33333322f, -0.3216749f, -0.30185673f, -0.27363157f, -0.23878008f, -0.1993354f, -0.15738067f,
      -0.11499343f, -0.054362413f, 0.014441309f, 0.06440216f, 0.094740026f, 0.10877261f, 0.11063699f, 0.10448912f,
      0.09392691f);
  static final int[] C4 = FloatMath.bits(
      -0.025128024f, -0.020847967f, -0.01499846f, -0.010022171f, -0.0064390744f, -0.00403937f, -0.002503161f,
      -0.0015361414f, -0.000739351f, -0.00027353514f, -0.00010077306f, -3.72606e-05f, -1.3803517e-05f, -4.881718e-06f,
      -1.766803e-06f, -1.9157943e-07f, 0f, 0.06110486f, 0.097195275f, 0.12716955f, 0.14978164f, 0.16401386f, 0.16981998f,
      0.16780086f, 0.15328193f, 0.11937888f, 0.07973084f, 0.043396793f, 0.014625444f, -0.005543792f, -0.017631426f,
      -0.0236435f);
  static final int[] C5 = FloatMath.bits(
      0.0013970518f, 0.004602341f, 0.004482333f, 0.0034108981f, 0.0023456553f, 0.0015332405f, 0.0009677835f, 0.0006037671f,
      0.00029225106f, 0.00010876392f, 4.0175008e-05f, 1.480675e-05f, 5.451162e-06f, 2.007148e-06f, 7.378109e-07f,
      6.946278e-08f, 0.13312282f, 0.12338614f, 0.1075266f, 0.08456068f, 0.05874175f, 0.03124385f, 0.005778722f,
      -0.017607786f, -0.043458275f, -0.061600346f, -0.06267229f, -0.053130858f, -0.03902642f, -0.025296554f, -0.013889334f,
      -0.005702848f);

  private FloatTanh() {}

  static float tanh(float x) {
    float a = Math.abs(x);
    int j = Math.min(Float.floatToRawIntBits(a + ORIGIN) >>> LEADING, LAST) & 31;
    float t = a - at(CENTERS, j);
    float y = Math.fma(at(C5, j), t, at(C4, j));
    y = Math.fma(y, t, at(C3, j));
    y = Math.fma(y, t, at(C2, j));
    y = Math.fma(y, t, at(C1, j));
    y = Math.fma(y, t, at(C0, j));
    return FloatMath.withSignOf(x, a > END ? 1.0f : y);
  }

  private static float at(int[] table, int j) {
    return Float.intBitsToFloat(table[j]);
  }
}
