package dev.lanewise.ops;

import dev.lanewise.Activation;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.kernel.window.ConvolutionShape;

/// Convolutions of images, with the operations that convolutional layers fuse into them.
///
/// With a window of h × w taps, stride s, padding p and dilation d, (W ∗ X)(o, r, c) = Σ W(o, a, i, j)·X(a, s·r + d·i −
/// p, s·c + d·j − p) over the channels a of o's group and the taps (i, j): what the field calls a convolution, a
/// cross-correlation.
///
/// - [#convolve]: Y = or += φ(W ∗ X + b), S = φ′ if it is kept; X `[…, channel, height, width]`, Y `[…, out, rows,
///   columns]`
/// - [#push]: Ẏ = φ′ ⊙ (W ∗ Ẋ); as X and Y, for any number of directions
/// - [#pull]: X̄ = or += Wᵀ ∗ (φ′ ⊙ Ȳ); as Y and X
/// - [#pullWeights]: W̄ += Σ Z̄(o, …)·X(a, …) over images and positions; as Y and X, W̄ as W
/// - [#sumPositions]: b̄ += Σ Z̄(o, …) over images and positions; as Y, b̄ `[out]`
///
/// W is `[out, channel / groups, h, w]`, whose last axes may be flattened. Any axes may come before the channels: all
/// images are treated alike. These are products with patches, which are gathered while the operands are packed (Chetlur
/// et al. 2014, *cuDNN: efficient primitives for deep learning*, section 3). Sums run over channels first, then over
/// the window's rows, then its columns.
public final class ConvolutionOps {

  private ConvolutionOps() {}

  /// Y = φ(W ∗ X + b), or, with `add`, Y += W ∗ X + b without φ; if `slope` is a tensor, also S = φ′.
  ///
  /// @param height of the images
  /// @param width of the images
  /// @param bias `[out]`, or [Tensor#none()]
  /// @param phi the identity with `add`
  /// @param slope the place for φ′, or [Tensor#none()] to keep nothing
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void convolve(Window window, int groups, int height, int width, Tensor x, Tensor w, Tensor bias,
      Activation phi, Tensor y, Tensor slope, boolean add, Workspace ws) {
    String op = "ConvolutionOps.convolve";
    requireWeights(window, groups, w, op);
    int images = requireImages(window, groups, height, width, w, x, "x", y, "y", op);
    if (!bias.isNone()) {
      require(bias, w.shape().dim(0), x, op, "bias");
    }
    if (!slope.isNone()) {
      require(slope, y.size(), x, op, "slope");
    }
    if (add && phi != Activation.IDENTITY) {
      throw new IllegalArgumentException(op + ": phi is " + phi + ", expected IDENTITY where it adds");
    }
    ConvolutionShape shape = ConvolutionKernels.shape(window, groups, height, width, w, ws);
    ConvolutionKernels.value(shape, images, x, w, bias, phi, y, slope, add, ws);
  }

  /// Ẏ = φ′ ⊙ (W ∗ Ẋ), the slope applied in the product's own pass.
  ///
  /// @param residual the output if [Activation#slopeFromOutput()], otherwise the kept slope; its images serve each
  ///     direction
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void push(Window window, int groups, int height, int width, Tensor xDot, Tensor w, Activation phi,
      Tensor residual, Tensor yDot, Workspace ws) {
    String op = "ConvolutionOps.push";
    requireWeights(window, groups, w, op);
    int images = requireImages(window, groups, height, width, w, xDot, "xDot", yDot, "yDot", op);
    int period = period(residual, images, yDot, op);
    ConvolutionShape shape = ConvolutionKernels.shape(window, groups, height, width, w, ws);
    ConvolutionKernels.push(shape, images, xDot, w, phi, residual, period, yDot, ws);
  }

  /// X̄ = Wᵀ ∗ (φ′ ⊙ Ȳ), or, with `add`, X̄ +=; gathered, so that each element is a sum over outputs first.
  ///
  /// @param residual as for [#push], or [Tensor#none()] for a φ′ of 1
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void pull(Window window, int groups, int height, int width, Tensor yBar, Tensor w, Activation phi,
      Tensor residual, Tensor xBar, boolean add, Workspace ws) {
    String op = "ConvolutionOps.pull";
    requireWeights(window, groups, w, op);
    int images = requireImages(window, groups, height, width, w, xBar, "xBar", yBar, "yBar", op);
    int period = residual.isNone() ? images : period(residual, images, yBar, op);
    ConvolutionShape shape = ConvolutionKernels.shape(window, groups, height, width, w, ws);
    ConvolutionKernels.pull(shape, images, yBar, w, phi, residual, period, xBar, add, ws);
  }

  /// W̄ += Σ Z̄·X over images and positions, in this order; in groups with fewer outputs than a 128-bit vector has lanes,
  /// one dot product for each image.
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void pullWeights(
      Window window, int groups, int height, int width, Tensor zBar, Tensor x, Tensor wBar, Workspace ws) {
    String op = "ConvolutionOps.pullWeights";
    requireWeights(window, groups, wBar, op);
    int images = requireImages(window, groups, height, width, wBar, x, "x", zBar, "zBar", op);
    ConvolutionShape shape = ConvolutionKernels.shape(window, groups, height, width, wBar, ws);
    ConvolutionKernels.pullWeights(shape, images, zBar, x, wBar, ws);
  }

  /// b̄ += Σ Z̄ over images and positions.
  ///
  /// @param positions the positions of an image: rows times columns
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void sumPositions(int positions, Tensor zBar, Tensor sum) {
    int channels = sum.size();
    if (sum.isNone() || zBar.isNone() || zBar.precision() != sum.precision()
        || positions < 0 || channels > 0 && positions > 0 && zBar.size() % ((long) channels * positions) != 0) {
      throw new IllegalArgumentException("ConvolutionOps.sumPositions: zBar is " + zBar.describe()
          + ", expected images of " + channels + " channels of " + positions + " as sum is " + sum.describe());
    }
    ConvolutionKernels.sumPositions(channels, positions, zBar, sum);
  }

  private static void requireWeights(Window window, int groups, Tensor w, String op) {
    int outputs = w.isNone() || w.shape().rank() < 2 ? 0 : w.shape().dim(0);
    if (outputs < 1 || groups < 1 || outputs % groups != 0 || w.size() < outputs
        || w.size() / outputs % window.taps() != 0) {
      throw new IllegalArgumentException(op + ": w is " + w.describe() + ", expected [out, channels of a group, "
          + window.height() + ", " + window.width() + "] with out a multiple of " + groups + " groups");
    }
  }

  /// The number of images, which must be the same in X and Y.
  private static int requireImages(
      Window window, int groups, int height, int width, Tensor w, Tensor x, String xName, Tensor y, String yName,
      String op) {
    int outputs = w.shape().dim(0);
    long image = (long) w.size() / outputs / window.taps() * groups * height * width;
    long value = (long) outputs * window.positionsAlongHeight(height, op) * window.positionsAlongWidth(width, op);
    if (x.isNone() || image == 0 || x.size() % image != 0 || x.precision() != w.precision()) {
      throw new IllegalArgumentException(op + ": " + xName + " is " + x.describe() + ", expected " + w.precision()
          + " images of " + image + " numbers as w is " + w.describe());
    }
    long images = x.size() / image;
    if (y.isNone() || y.size() != images * value || y.precision() != w.precision()) {
      throw new IllegalArgumentException(op + ": " + yName + " is " + y.describe() + ", expected " + w.precision() + " "
          + images + " images of " + value + " numbers as " + xName + " is " + x.describe());
    }
    return (int) images;
  }

  private static int period(Tensor residual, int images, Tensor y, String op) {
    int image = images == 0 ? 0 : y.size() / images;
    int period = image == 0 ? 0 : residual.size() / image;
    if (residual.isNone() || residual.precision() != y.precision() || (long) period * image != residual.size()
        || images > 0 && (period == 0 || images % period != 0)) {
      throw new IllegalArgumentException(op + ": residual is " + residual.describe()
          + ", expected images that serve each direction of " + y.describe());
    }
    return period;
  }

  private static void require(Tensor tensor, int size, Tensor like, String op, String name) {
    if (tensor.isNone() || tensor.size() != size || tensor.precision() != like.precision()) {
      throw new IllegalArgumentException(op + ": " + name + " is " + tensor.describe() + ", expected "
          + like.precision() + " of " + size + " numbers");
    }
  }
}
