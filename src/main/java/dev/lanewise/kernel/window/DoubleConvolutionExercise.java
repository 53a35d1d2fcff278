package dev.lanewise.kernel.window;

import dev.lanewise.kernel.gemm.DoubleScratch;
import dev.lanewise.kernel.warmup.DoubleOperands;
import dev.lanewise.kernel.warmup.Exercise;
import dev.lanewise.kernel.warmup.Ready;
import dev.lanewise.kernel.warmup.Warmup;

/// Compiles the vector code that a convolution of some shape runs, with a smaller one: few channels and rows, but the
/// same columns, window and edges.
final class DoubleConvolutionExercise extends Exercise {

  private static final int ODD = 0x3C6E_F372;
  private static final int MOST_CHANNELS = 2;
  /// A few tiles.
  private static final int MOST_OUTPUTS = 24;
  private static final int MOST_ROWS = 5;

  private final DoubleConvolution.Product product;
  private final int[] sizes;
  private final ConvolutionShape shape = new ConvolutionShape();
  private final DoubleScratch scratch = new DoubleScratch();
  private final DoubleConvolution convolution = new DoubleConvolution();

  DoubleConvolutionExercise(int key, DoubleConvolution.Product product, ConvolutionShape of) {
    super(key);
    this.sizes = new int[] {of.channels, of.outputs, of.height, of.width};
    this.product = product;
    boolean pulls = product == DoubleConvolution.Product.PULL;
    int channels = cut(of.channelsOfGroup(), pulls ? MOST_OUTPUTS : MOST_CHANNELS);
    int outputs = cut(of.outputsOfGroup(), pulls ? MOST_CHANNELS : MOST_OUTPUTS);
    int rows = Math.min(of.rows, MOST_ROWS);
    ConvolutionShape small = new ConvolutionShape();
    small.image(channels, of.height - (of.rows - rows) * of.strideHeight, of.width, outputs, 1);
    small.window(of.windowHeight, of.windowWidth, of.strideHeight, of.strideWidth);
    small.padding(of.paddingHeight, of.paddingWidth, of.dilationHeight, of.dilationWidth);
    shape.become(small);
  }

  private static int cut(int size, int most) {
    return size <= 2 * most ? size : most + size % most;
  }

  /// Whether vectors compute a product; if not, they are wanted from now on.
  static boolean isReady(DoubleConvolution.Product product, ConvolutionShape shape) {
    int key = Ready.key((shape.hash() * ODD + product.ordinal() << 4 | Double.BYTES) * ODD + product.ordinal());
    if (Ready.is(key)) {
      return true;
    }
    if (Warmup.isNew(key)) {
      Warmup.want(new DoubleConvolutionExercise(key, product, shape));
    }
    return false;
  }

  @Override
  protected String name() {
    return "convolution of doubles " + sizes[0] + "→" + sizes[1] + " channels, " + sizes[2] + "×" + sizes[3] + ", "
        + product;
  }

  @Override
  protected int family() {
    return product.ordinal() << 16 | Double.BYTES;
  }

  @Override
  protected int calls() {
    return 300;
  }

  /// The same as a full call, as none is smaller.
  @Override
  protected void light(int step) {
    run(true);
  }

  @Override
  protected void full(int variant) {
    run(true);
  }

  @Override
  protected void plain(int variant) {
    run(false);
  }

  private void run(boolean vectors) {
    double[] x = DoubleOperands.array(0, shape.channels * shape.pixels());
    double[] w = DoubleOperands.array(1, shape.outputs * shape.depth());
    double[] y = DoubleOperands.array(5, shape.outputs * shape.positions());
    convolution.plain().exercise(product, shape, x, w, y, vectors, scratch);
  }
}
