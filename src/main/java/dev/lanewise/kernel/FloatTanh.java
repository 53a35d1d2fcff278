package dev.lanewise.kernel;

/// tanh in `float` by a table: on each of 32 pieces a polynomial of degree 5 around a center, coefficients and center picked by the
/// leading bits of |x|.
///
/// | piece    | |x|                                              | center                                         |
/// |----------|--------------------------------------------------|------------------------------------------------|
/// | 0        | below 2⁻⁴                                        | 0: odd powers only, so that small x stay exact |
/// | 1 to 28  | a quarter of an octave each, from 2⁻⁴ to 8        | near the middle                                |
/// | 29       | 8 to [#END], beyond which tanh rounds to 1       | near the middle                                |
///
/// Near the middle, where tanh of the center is a `float` to within a hundredth of an ulp (Gal, *Computing elementary functions*,
/// 1986): what the table rounds away then costs nothing. The coefficients interpolate (tanh(center + t) − tanh(center))/t at the
/// Chebyshev nodes of the piece, in 50 digits. Largest error 1.0 ulp, just below 2⁻⁴.
///
/// The quotient of exponentials that this replaced took twice the time: its division, and an exponential of twice as many steps.
final class FloatTanh {

  static final float END = 9.02f;
  /// The leading bits of 2⁻⁴, less one: exponent and two bits of the fraction.
  static final int FIRST = (0x3d800000 >>> 21) - 1;
  static final int LEADING = 21;
  static final int PIECES = 32;

  static final float[] CENTER = {
      0f, 0.0702908635f, 0.0859151557f, 0.101540856f, 0.117187127f, 0.140580833f, 0.171835676f, 0.203082293f, 0.234331816f,
      0.281165838f, 0.343661666f, 0.406160772f, 0.468663037f, 0.562323749f, 0.687403619f, 0.812341571f, 0.937337101f,
      1.12464702f, 1.37464666f, 1.6246897f, 1.87465668f, 2.2493403f, 2.74950457f, 3.24934745f, 3.74981594f, 4.49860525f,
      5.49857903f, 6.49895906f, 7.513047f, 8.66434f, 11.002861f, 12.997139f
  };
  static final float[] C0 = {
      0f, 0.0701753274f, 0.0857043862f, 0.101193309f, 0.116653621f, 0.139661998f, 0.170164123f, 0.200335726f, 0.230134815f,
      0.273983747f, 0.330742449f, 0.385207981f, 0.437118441f, 0.509699523f, 0.59631145f, 0.67087996f, 0.733996391f,
      0.809179246f, 0.879746854f, 0.925301611f, 0.954014421f, 0.977997422f, 0.991851687f, 0.996993721f, 0.998894036f,
      0.999752522f, 0.999966502f, 0.99999547f, 0.9999994f, 0.99999994f, 1f, 1f
  };
  static final float[] C1 = {
      1f, 0.995075405f, 0.992654741f, 0.989759922f, 0.986391962f, 0.980494499f, 0.971044183f, 0.95986557f, 0.947037995f,
      0.924932897f, 0.890609443f, 0.851614833f, 0.808927476f, 0.74020642f, 0.644412637f, 0.549920082f, 0.461249292f,
      0.34522894f, 0.226045474f, 0.143816933f, 0.089856483f, 0.0435210429f, 0.0162302293f, 0.00600352138f, 0.00221070508f,
      0.000494895037f, 6.69946094e-05f, 9.06011064e-06f, 1.1921062e-06f, 1.1922381e-07f, 0f, 0f
  };
  static final float[] C2 = {
      0f, -0.0698297471f, -0.0850748643f, -0.100157082f, -0.115066193f, -0.136937827f, -0.165236875f, -0.192295372f,
      -0.21794641f, -0.253416568f, -0.29456231f, -0.328048795f, -0.353597105f, -0.377282679f, -0.384270579f, -0.368930399f,
      -0.338555396f, -0.279353499f, -0.198863626f, -0.133074343f, -0.0857244357f, -0.0425625816f, -0.0160973147f,
      -0.00598517666f, -0.00220814371f, -0.000494338223f, -6.69331494e-05f, -9.05204706e-06f, -1.1910262e-06f,
      -1.1920821e-07f, 0f, 0f
  };
  static final float[] C3 = {
      -0.333333224f, -0.326791495f, -0.323593616f, -0.319784731f, -0.315374434f, -0.307706505f, -0.295563996f, -0.281431556f,
      -0.265522271f, -0.238878921f, -0.199445516f, -0.157504559f, -0.115078658f, -0.0544346273f, 0.0143406577f, 0.0642011985f,
      0.0947485492f, 0.110969417f, 0.099600561f, 0.075194791f, 0.0518302135f, 0.027120186f, 0.0105566671f, 0.00396626676f,
      0.00146888825f, 0.000329591945f, 4.46458398e-05f, 6.03811532e-06f, 7.937504e-07f, 7.8701966e-08f, 0f, 0f
  };
  static final float[] C4 = {
      0f, 0.0462073013f, 0.0560892932f, 0.0657429844f, 0.0751418099f, 0.0886061341f, 0.105356209f, 0.12046013f, 0.133734107f,
      0.14983353f, 0.164064899f, 0.169940785f, 0.16809988f, 0.153324157f, 0.119482033f, 0.0799408332f, 0.0433896296f,
      0.00368493353f, -0.0211212672f, -0.0251395106f, -0.0208593588f, -0.0123922518f, -0.00514734257f, -0.00197820319f,
      -0.000738647825f, -0.000171614447f, -2.3271723e-05f, -3.1479492e-06f, -4.142516e-07f, -4.0111786e-08f, 0f, 0f
  };
  static final float[] C5 = {
      0.133122817f, 0.127793893f, 0.125109047f, 0.121929079f, 0.118275285f, 0.11195793f, 0.102148175f, 0.0909832343f,
      0.0787508264f, 0.0590653196f, 0.0319575109f, 0.00592532242f, -0.0171665791f, -0.0435309038f, -0.0616188645f,
      -0.0627016053f, -0.053074982f, -0.0320250317f, -0.00948071852f, 0.00141644035f, 0.00461007515f, 0.00398067478f,
      0.00191179884f, 0.000768706843f, 0.000291843404f, 6.75435949e-05f, 9.17534544e-06f, 1.24221947e-06f, 1.6734685e-07f,
      2.123089e-08f, 0f, 0f
  };

  /// The same as bits: permutations of integers take their indices as they are.
  static final int[] CENTER_BITS = bits(CENTER);
  static final int[] C0_BITS = bits(C0);
  static final int[] C1_BITS = bits(C1);
  static final int[] C2_BITS = bits(C2);
  static final int[] C3_BITS = bits(C3);
  static final int[] C4_BITS = bits(C4);
  static final int[] C5_BITS = bits(C5);

  private FloatTanh() {}

  private static int[] bits(float[] table) {
    int[] bits = new int[PIECES];
    for (int piece = 0; piece < PIECES; piece++) {
      bits[piece] = Float.floatToRawIntBits(table[piece]);
    }
    return bits;
  }

  static float tanh(float x) {
    float a = Math.abs(x);
    float clamped = a > END ? END : a;
    int piece = Math.max(0, (Float.floatToRawIntBits(clamped) >>> LEADING) - FIRST) & PIECES - 1;
    float t = clamped - CENTER[piece];
    float y = Math.fma(t, C5[piece], C4[piece]);
    y = Math.fma(y, t, C3[piece]);
    y = Math.fma(y, t, C2[piece]);
    y = Math.fma(y, t, C1[piece]);
    return Math.copySign(Math.fma(y, t, C0[piece]), x);
  }
}
