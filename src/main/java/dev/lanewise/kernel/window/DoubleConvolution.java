package dev.lanewise.kernel.window;

import dev.lanewise.kernel.elementwise.Nonlinearity;
import dev.lanewise.kernel.gemm.DoubleScratch;

/// Convolutions of a batch of images with what is fused into them, cut into units that threads share. Each unit is
/// itself a product.
///
/// | product    | what it is                                        | a unit |
/// |------------|---------------------------------------------------|---|
/// | [#value]   | Y = φ(W ∗ X + b), slope kept; or Ẏ = φ′ ⊙ (W ∗ Ẋ) | some images, or some rows of positions of one |
/// | [#pull]    | X̄ = Wᵀ ∗ (φ′ ⊙ Ȳ)                                 | an image or some |
/// | [#weights] | W̄ += Z̄ ∗ X                                        | some columns of W̄, over all images |
///
/// The cut depends on the number of threads, but the order of each sum does not: any number of threads gives the same
/// bits.
public final class DoubleConvolution implements DoubleScratch.Work {

  /// Images of at most this many positions are taken together, up to TOGETHER positions in all.
  private static final int FEW_POSITIONS = 128;
  private static final int TOGETHER = 256;
  /// The least rows of W̄ᵀ for a thread.
  private static final int LEAST_ROWS = 24;
  private static final int UNITS_EACH = 2;

  enum Product { VALUE, PULL, WEIGHTS }

  ConvolutionShape shape;
  int images;
  double[] x;
  int xt;
  double[] w;
  int wt;
  double[] y;
  int yt;
  boolean add;
  Nonlinearity phi;
  double[] bias;
  int biasAt;
  double[] slope;
  int slopeAt;
  double[] residual;
  int residualAt;
  int period;

  private final ConvolutionShapes shapes = new ConvolutionShapes();
  private Product product;
  /// W as pulls need it: by group, phase and channel, each a row of outputs and taps.
  private double[] transposed = {};
  int together;
  int parts;
  int rowParts;
  /// Whether vectors are used.
  boolean onVectors;

  /// The convolution that belongs to this scratch.
  public static DoubleConvolution of(DoubleScratch scratch) {
    return scratch.beside(DoubleConvolution.class, DoubleConvolution::new);
  }

  /// The shapes in recent use here.
  public ConvolutionShapes shapes() {
    return shapes;
  }

  /// Y = or += W ∗ X, then the stage of [#activate] or [#scaleBySlope].
  public void value(
      ConvolutionShape shape, int images, double[] x, int xt, double[] w, int wt, double[] y, int yt, boolean add,
      DoubleScratch scratch) {
    take(Product.VALUE, shape, images, x, xt, w, wt, y, yt, add);
    cut(shape.positions(), shape.rows, scratch);
    run(scratch);
  }

  /// X̄ = or += Wᵀ ∗ Z̄, where Z̄ is Ȳ, or φ′ ⊙ Ȳ after [#scaleBySlope].
  public void pull(
      ConvolutionShape shape, int images, double[] x, int xt, double[] w, int wt, double[] y, int yt, boolean add,
      DoubleScratch scratch) {
    take(Product.PULL, shape, images, x, xt, w, wt, y, yt, add);
    transposeWeights();
    cut(shape.phases[0].positions(), shape.phases[0].rows, scratch);
    run(scratch);
  }

  /// W̄ += Z̄ ∗ X.
  public void weights(
      ConvolutionShape shape, int images, double[] x, int xt, double[] w, int wt, double[] y, int yt,
      DoubleScratch scratch) {
    take(Product.WEIGHTS, shape, images, x, xt, w, wt, y, yt, true);
    together = together(shape.positions());
    rowParts = Math.clamp(shape.depth() / LEAST_ROWS, 1, shape.groups >= scratch.members() ? 1 : scratch.members());
    parts = shape.groups * rowParts;
    run(scratch);
  }

  /// Y ← φ(Y + b) for the next value; the slope is kept in `slope` unless that is null.
  public DoubleConvolution activate(Nonlinearity phi, double[] bias, int biasAt, double[] slope, int slopeAt) {
    this.phi = phi;
    this.bias = bias;
    this.biasAt = biasAt;
    this.slope = slope;
    this.slopeAt = slopeAt;
    this.residual = null;
    return this;
  }

  /// Ẏ ← φ′ ⊙ Ẏ for the next value, Z̄ = φ′ ⊙ Ȳ for the next pull; the residual's `period` images serve each direction.
  public DoubleConvolution scaleBySlope(Nonlinearity phi, double[] residual, int residualAt, int period) {
    activate(phi, null, 0, null, 0);
    this.residual = residual;
    this.residualAt = residualAt;
    this.period = period;
    return this;
  }

  /// Fuses nothing.
  public DoubleConvolution plain() {
    return activate(Nonlinearity.IDENTITY, null, 0, null, 0);
  }

  /// Computes one image, with vectors or without, whether or not they are ready.
  void exercise(
      Product product, ConvolutionShape shape, double[] x, double[] w, double[] y, boolean byVectors,
      DoubleScratch scratch) {
    take(product, shape, 1, x, 0, w, 0, y, 0, product == Product.WEIGHTS);
    onVectors = byVectors;
    if (product == Product.PULL) {
      transposeWeights();
    }
    together = 1;
    rowParts = 1;
    parts = product == Product.WEIGHTS ? shape.groups : 1;
    run(scratch);
  }

  private void take(
      Product product, ConvolutionShape shape, int images, double[] x, int xt, double[] w, int wt, double[] y, int yt,
      boolean add) {
    this.product = product;
    this.onVectors = DoubleConvolutionExercise.isReady(product, shape);
    this.shape = shape;
    this.images = images;
    this.x = x;
    this.xt = xt;
    this.w = w;
    this.wt = wt;
    this.y = y;
    this.yt = yt;
    this.add = add;
  }

  private static int together(int positions) {
    return positions <= FEW_POSITIONS ? Math.max(1, TOGETHER / Math.max(1, positions)) : 1;
  }

  /// Cuts the images into units and, if there are few images, each image's rows too.
  private void cut(int positions, int rows, DoubleScratch scratch) {
    int members = scratch.members();
    together = Math.min(together(positions), Math.max(1, images / members));
    int blocks = (images + together - 1) / together;
    rowParts = members == 1 || blocks >= members ? 1 : Math.min(rows, members * UNITS_EACH);
    if (rowParts > 1) {
      together = 1;
      blocks = images;
    }
    parts = blocks * rowParts;
  }

  private void run(DoubleScratch scratch) {
    if (images == 0) {
      return;
    }
    long multiplyAdds = images * shape.multiplyAdds();
    scratch.count(multiplyAdds);
    try {
      scratch.share(parts, multiplyAdds, this);
    } finally {
      x = w = y = bias = slope = residual = null;
    }
  }

  @Override
  public void part(int part, DoubleScratch scratch) {
    DoubleConvolutionUnit unit = scratch.beside(DoubleConvolutionUnit.class, DoubleConvolutionUnit::new);
    switch (product) {
      case VALUE -> unit.value(this, part, scratch);
      case PULL -> unit.pull(this, part, transposed, scratch);
      case WEIGHTS -> unit.weights(this, part, scratch);
    }
  }

  /// Transposes W: for each group and phase, [channels × outputs·taps].
  private void transposeWeights() {
    if (transposed.length < shape.outputs * shape.depth()) {
      transposed = new double[shape.outputs * shape.depth()];
    }
    int at = 0;
    for (int group = 0; group < shape.groups; group++) {
      for (int phase = 0; phase < shape.phases.length; phase++) {
        for (int channel = 0; channel < shape.channelsOfGroup(); channel++) {
          at = transposeRow(group, phase, channel, at);
        }
      }
    }
  }

  private int transposeRow(int group, int phase, int channel, int to) {
    int at = to;
    int taps = shape.windowHeight * shape.windowWidth;
    for (int output = 0; output < shape.outputsOfGroup(); output++) {
      int from = wt + (group * shape.outputsOfGroup() + output) * shape.depth() + channel * taps;
      for (int tap = 0; tap < taps; tap++) {
        if (shape.phases.length == 1 || shape.isTap(phase, tap / shape.windowWidth, tap % shape.windowWidth)) {
          transposed[at++] = w[from + tap];
        }
      }
    }
    return at;
  }
}
