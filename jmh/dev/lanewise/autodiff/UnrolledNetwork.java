package dev.lanewise.autodiff;

/// Value and Jacobian of 4-8-6-4-2, tanh in the hidden layers and a linear output, as one would write them by hand for
/// this network: each product a term, intermediate results in locals, in the cheaper order, rows of J from the left.
///
/// h = tanh(b₁ + W₁·x), g = tanh(b₂ + W₂·h), f = tanh(b₃ + W₃·g), y = b₄ + W₄·f
/// J = W₄·diag(1 − f²)·W₃·diag(1 − g²)·W₂·diag(1 − h²)·W₁
final class UnrolledNetwork {

  private final float[] w1;
  private final float[] b1;
  private final float[] w2;
  private final float[] b2;
  private final float[] w3;
  private final float[] b3;
  private final float[] w4;
  private final float[] b4;

  UnrolledNetwork(float[] w1, float[] b1, float[] w2, float[] b2, float[] w3, float[] b3, float[] w4, float[] b4) {
    this.w1 = w1;
    this.b1 = b1;
    this.w2 = w2;
    this.b2 = b2;
    this.w3 = w3;
    this.b3 = b3;
    this.w4 = w4;
    this.b4 = b4;
  }

  private static float tanh(float z) {
    return (float) Math.tanh(z);
  }

  /// @param x 4 numbers
  /// @param y 2 numbers
  /// @param jacobian 2 × 4 numbers
  void valueAndJacobian(float[] x, float[] y, float[] jacobian) {
    float[] w1 = this.w1;
    float[] b1 = this.b1;
    float[] w2 = this.w2;
    float[] b2 = this.b2;
    float[] w3 = this.w3;
    float[] b3 = this.b3;
    float[] w4 = this.w4;
    float[] b4 = this.b4;
    float x0 = x[0];
    float x1 = x[1];
    float x2 = x[2];
    float x3 = x[3];
    float h0 = tanh(b1[0] + w1[0] * x0 + w1[1] * x1 + w1[2] * x2 + w1[3] * x3);
    float h1 = tanh(b1[1] + w1[4] * x0 + w1[5] * x1 + w1[6] * x2 + w1[7] * x3);
    float h2 = tanh(b1[2] + w1[8] * x0 + w1[9] * x1 + w1[10] * x2 + w1[11] * x3);
    float h3 = tanh(b1[3] + w1[12] * x0 + w1[13] * x1 + w1[14] * x2 + w1[15] * x3);
    float h4 = tanh(b1[4] + w1[16] * x0 + w1[17] * x1 + w1[18] * x2 + w1[19] * x3);
    float h5 = tanh(b1[5] + w1[20] * x0 + w1[21] * x1 + w1[22] * x2 + w1[23] * x3);
    float h6 = tanh(b1[6] + w1[24] * x0 + w1[25] * x1 + w1[26] * x2 + w1[27] * x3);
    float h7 = tanh(b1[7] + w1[28] * x0 + w1[29] * x1 + w1[30] * x2 + w1[31] * x3);
    float g0 = tanh(b2[0] + w2[0] * h0 + w2[1] * h1 + w2[2] * h2 + w2[3] * h3 + w2[4] * h4 + w2[5] * h5 + w2[6] * h6
        + w2[7] * h7);
    float g1 = tanh(b2[1] + w2[8] * h0 + w2[9] * h1 + w2[10] * h2 + w2[11] * h3 + w2[12] * h4 + w2[13] * h5 + w2[14]
        * h6 + w2[15] * h7);
    float g2 = tanh(b2[2] + w2[16] * h0 + w2[17] * h1 + w2[18] * h2 + w2[19] * h3 + w2[20] * h4
        + w2[21] * h5 + w2[22] * h6 + w2[23] * h7);
    float g3 = tanh(b2[3] + w2[24] * h0 + w2[25] * h1 + w2[26] * h2 + w2[27] * h3 + w2[28] * h4
        + w2[29] * h5 + w2[30] * h6 + w2[31] * h7);
    float g4 = tanh(b2[4] + w2[32] * h0 + w2[33] * h1 + w2[34] * h2 + w2[35] * h3 + w2[36] * h4
        + w2[37] * h5 + w2[38] * h6 + w2[39] * h7);
    float g5 = tanh(b2[5] + w2[40] * h0 + w2[41] * h1 + w2[42] * h2 + w2[43] * h3 + w2[44] * h4
        + w2[45] * h5 + w2[46] * h6 + w2[47] * h7);
    float f0 = tanh(b3[0] + w3[0] * g0 + w3[1] * g1 + w3[2] * g2 + w3[3] * g3 + w3[4] * g4 + w3[5] * g5);
    float f1 = tanh(b3[1] + w3[6] * g0 + w3[7] * g1 + w3[8] * g2 + w3[9] * g3 + w3[10] * g4 + w3[11] * g5);
    float f2 = tanh(b3[2] + w3[12] * g0 + w3[13] * g1 + w3[14] * g2 + w3[15] * g3 + w3[16] * g4 + w3[17] * g5);
    float f3 = tanh(b3[3] + w3[18] * g0 + w3[19] * g1 + w3[20] * g2 + w3[21] * g3 + w3[22] * g4 + w3[23] * g5);
    y[0] = b4[0] + w4[0] * f0 + w4[1] * f1 + w4[2] * f2 + w4[3] * f3;
    y[1] = b4[1] + w4[4] * f0 + w4[5] * f1 + w4[6] * f2 + w4[7] * f3;
    float ff0 = 1 - f0 * f0;
    float ff1 = 1 - f1 * f1;
    float ff2 = 1 - f2 * f2;
    float ff3 = 1 - f3 * f3;
    float gg0 = 1 - g0 * g0;
    float gg1 = 1 - g1 * g1;
    float gg2 = 1 - g2 * g2;
    float gg3 = 1 - g3 * g3;
    float gg4 = 1 - g4 * g4;
    float gg5 = 1 - g5 * g5;
    float hh0 = 1 - h0 * h0;
    float hh1 = 1 - h1 * h1;
    float hh2 = 1 - h2 * h2;
    float hh3 = 1 - h3 * h3;
    float hh4 = 1 - h4 * h4;
    float hh5 = 1 - h5 * h5;
    float hh6 = 1 - h6 * h6;
    float hh7 = 1 - h7 * h7;
    float rf0 = w4[0] * ff0;
    float rf1 = w4[1] * ff1;
    float rf2 = w4[2] * ff2;
    float rf3 = w4[3] * ff3;
    float rg0 = (rf0 * w3[0] + rf1 * w3[6] + rf2 * w3[12] + rf3 * w3[18]) * gg0;
    float rg1 = (rf0 * w3[1] + rf1 * w3[7] + rf2 * w3[13] + rf3 * w3[19]) * gg1;
    float rg2 = (rf0 * w3[2] + rf1 * w3[8] + rf2 * w3[14] + rf3 * w3[20]) * gg2;
    float rg3 = (rf0 * w3[3] + rf1 * w3[9] + rf2 * w3[15] + rf3 * w3[21]) * gg3;
    float rg4 = (rf0 * w3[4] + rf1 * w3[10] + rf2 * w3[16] + rf3 * w3[22]) * gg4;
    float rg5 = (rf0 * w3[5] + rf1 * w3[11] + rf2 * w3[17] + rf3 * w3[23]) * gg5;
    float rh0 = (rg0 * w2[0] + rg1 * w2[8] + rg2 * w2[16] + rg3 * w2[24] + rg4 * w2[32] + rg5 * w2[40]) * hh0;
    float rh1 = (rg0 * w2[1] + rg1 * w2[9] + rg2 * w2[17] + rg3 * w2[25] + rg4 * w2[33] + rg5 * w2[41]) * hh1;
    float rh2 = (rg0 * w2[2] + rg1 * w2[10] + rg2 * w2[18] + rg3 * w2[26] + rg4 * w2[34] + rg5 * w2[42]) * hh2;
    float rh3 = (rg0 * w2[3] + rg1 * w2[11] + rg2 * w2[19] + rg3 * w2[27] + rg4 * w2[35] + rg5 * w2[43]) * hh3;
    float rh4 = (rg0 * w2[4] + rg1 * w2[12] + rg2 * w2[20] + rg3 * w2[28] + rg4 * w2[36] + rg5 * w2[44]) * hh4;
    float rh5 = (rg0 * w2[5] + rg1 * w2[13] + rg2 * w2[21] + rg3 * w2[29] + rg4 * w2[37] + rg5 * w2[45]) * hh5;
    float rh6 = (rg0 * w2[6] + rg1 * w2[14] + rg2 * w2[22] + rg3 * w2[30] + rg4 * w2[38] + rg5 * w2[46]) * hh6;
    float rh7 = (rg0 * w2[7] + rg1 * w2[15] + rg2 * w2[23] + rg3 * w2[31] + rg4 * w2[39] + rg5 * w2[47]) * hh7;
    jacobian[0] = rh0 * w1[0] + rh1 * w1[4] + rh2 * w1[8] + rh3 * w1[12] + rh4 * w1[16] + rh5 * w1[20] + rh6 * w1[24]
        + rh7 * w1[28];
    jacobian[1] = rh0 * w1[1] + rh1 * w1[5] + rh2 * w1[9] + rh3 * w1[13] + rh4 * w1[17] + rh5 * w1[21] + rh6 * w1[25]
        + rh7 * w1[29];
    jacobian[2] = rh0 * w1[2] + rh1 * w1[6] + rh2 * w1[10] + rh3 * w1[14] + rh4 * w1[18] + rh5 * w1[22] + rh6 * w1[26]
        + rh7 * w1[30];
    jacobian[3] = rh0 * w1[3] + rh1 * w1[7] + rh2 * w1[11] + rh3 * w1[15] + rh4 * w1[19] + rh5 * w1[23] + rh6 * w1[27]
        + rh7 * w1[31];
    float sf0 = w4[4] * ff0;
    float sf1 = w4[5] * ff1;
    float sf2 = w4[6] * ff2;
    float sf3 = w4[7] * ff3;
    float sg0 = (sf0 * w3[0] + sf1 * w3[6] + sf2 * w3[12] + sf3 * w3[18]) * gg0;
    float sg1 = (sf0 * w3[1] + sf1 * w3[7] + sf2 * w3[13] + sf3 * w3[19]) * gg1;
    float sg2 = (sf0 * w3[2] + sf1 * w3[8] + sf2 * w3[14] + sf3 * w3[20]) * gg2;
    float sg3 = (sf0 * w3[3] + sf1 * w3[9] + sf2 * w3[15] + sf3 * w3[21]) * gg3;
    float sg4 = (sf0 * w3[4] + sf1 * w3[10] + sf2 * w3[16] + sf3 * w3[22]) * gg4;
    float sg5 = (sf0 * w3[5] + sf1 * w3[11] + sf2 * w3[17] + sf3 * w3[23]) * gg5;
    float sh0 = (sg0 * w2[0] + sg1 * w2[8] + sg2 * w2[16] + sg3 * w2[24] + sg4 * w2[32] + sg5 * w2[40]) * hh0;
    float sh1 = (sg0 * w2[1] + sg1 * w2[9] + sg2 * w2[17] + sg3 * w2[25] + sg4 * w2[33] + sg5 * w2[41]) * hh1;
    float sh2 = (sg0 * w2[2] + sg1 * w2[10] + sg2 * w2[18] + sg3 * w2[26] + sg4 * w2[34] + sg5 * w2[42]) * hh2;
    float sh3 = (sg0 * w2[3] + sg1 * w2[11] + sg2 * w2[19] + sg3 * w2[27] + sg4 * w2[35] + sg5 * w2[43]) * hh3;
    float sh4 = (sg0 * w2[4] + sg1 * w2[12] + sg2 * w2[20] + sg3 * w2[28] + sg4 * w2[36] + sg5 * w2[44]) * hh4;
    float sh5 = (sg0 * w2[5] + sg1 * w2[13] + sg2 * w2[21] + sg3 * w2[29] + sg4 * w2[37] + sg5 * w2[45]) * hh5;
    float sh6 = (sg0 * w2[6] + sg1 * w2[14] + sg2 * w2[22] + sg3 * w2[30] + sg4 * w2[38] + sg5 * w2[46]) * hh6;
    float sh7 = (sg0 * w2[7] + sg1 * w2[15] + sg2 * w2[23] + sg3 * w2[31] + sg4 * w2[39] + sg5 * w2[47]) * hh7;
    jacobian[4] = sh0 * w1[0] + sh1 * w1[4] + sh2 * w1[8] + sh3 * w1[12] + sh4 * w1[16] + sh5 * w1[20] + sh6 * w1[24]
        + sh7 * w1[28];
    jacobian[5] = sh0 * w1[1] + sh1 * w1[5] + sh2 * w1[9] + sh3 * w1[13] + sh4 * w1[17] + sh5 * w1[21] + sh6 * w1[25]
        + sh7 * w1[29];
    jacobian[6] = sh0 * w1[2] + sh1 * w1[6] + sh2 * w1[10] + sh3 * w1[14] + sh4 * w1[18] + sh5 * w1[22] + sh6 * w1[26]
        + sh7 * w1[30];
    jacobian[7] = sh0 * w1[3] + sh1 * w1[7] + sh2 * w1[11] + sh3 * w1[15] + sh4 * w1[19] + sh5 * w1[23] + sh6 * w1[27]
        + sh7 * w1[31];
  }
}
