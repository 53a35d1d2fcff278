package dev.lanewise.ops;

import dev.lanewise.Activation;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.kernel.DoubleKernels;
import dev.lanewise.kernel.gemm.DoubleScratch;
import dev.lanewise.kernel.gemm.ScratchKey;
import dev.lanewise.kernel.window.ConvolutionShape;
import dev.lanewise.kernel.window.ConvolutionShapes;
import dev.lanewise.kernel.window.DoubleConvolution;

/// Convolutions of doubles, for [ConvolutionOps] after its checks.
final class DoubleConvolutionKernels {

  private DoubleConvolutionKernels() {}

  /// The shape of a convolution with W's channels and outputs.
  static ConvolutionShape shape(Window window, int groups, int height, int width, Tensor w, Workspace ws) {
    ConvolutionShapes shapes = DoubleConvolution.of(ScratchKey.doubles(ws)).shapes();
    int outputs = w.shape().dim(0);
    ConvolutionShape wanted = shapes.wanted();
    wanted.image(w.size() / outputs / window.taps() * groups, height, width, outputs, groups);
    wanted.window(window.height(), window.width(), window.strideHeight(), window.strideWidth());
    wanted.padding(window.paddingHeight(), window.paddingWidth(), window.dilationHeight(), window.dilationWidth());
    return shapes.find();
  }

  /// Y = or += φ(W ∗ X + b), S = φ′ if it is kept.
  static void value(ConvolutionShape shape, int images, Tensor x, Tensor w, Tensor bias, Activation phi, Tensor y,
      Tensor slope, boolean add, Workspace ws) {
    DoubleScratch scratch = ScratchKey.doubles(ws);
    DoubleConvolution.of(scratch)
        .activate(Nonlinearities.of(phi), bias.isNone() ? null : bias.doubles(), bias.offset(),
            slope.isNone() ? null : slope.doubles(), slope.offset())
        .value(shape, images, x.doubles(), x.offset(), w.doubles(), w.offset(), y.doubles(), y.offset(), add, scratch);
  }

  /// Ẏ = φ′ ⊙ (W ∗ Ẋ).
  static void push(ConvolutionShape shape, int images, Tensor xDot, Tensor w, Activation phi, Tensor residual,
      int period, Tensor yDot, Workspace ws) {
    DoubleScratch scratch = ScratchKey.doubles(ws);
    DoubleConvolution.of(scratch)
        .scaleBySlope(Nonlinearities.of(phi), residual.doubles(), residual.offset(), period)
        .value(shape, images, xDot.doubles(), xDot.offset(), w.doubles(), w.offset(), yDot.doubles(), yDot.offset(),
        false,
            scratch);
  }

  /// X̄ = or += Wᵀ ∗ (φ′ ⊙ Ȳ).
  static void pull(ConvolutionShape shape, int images, Tensor yBar, Tensor w, Activation phi, Tensor residual,
      int period, Tensor xBar, boolean add, Workspace ws) {
    DoubleScratch scratch = ScratchKey.doubles(ws);
    DoubleConvolution convolution = DoubleConvolution.of(scratch);
    if (residual.isNone()) {
      convolution.plain();
    } else {
      convolution.scaleBySlope(Nonlinearities.of(phi), residual.doubles(), residual.offset(), period);
    }
    convolution.pull(shape, images, xBar.doubles(), xBar.offset(), w.doubles(), w.offset(), yBar.doubles(),
        yBar.offset(), add, scratch);
  }

  /// W̄ += Z̄ ∗ X.
  static void pullWeights(ConvolutionShape shape, int images, Tensor zBar, Tensor x, Tensor wBar, Workspace ws) {
    DoubleScratch scratch = ScratchKey.doubles(ws);
    DoubleConvolution.of(scratch).weights(
        shape, images, x.doubles(), x.offset(), wBar.doubles(), wBar.offset(), zBar.doubles(), zBar.offset(), scratch);
  }

  /// b̄ += Σ Z̄ over images and positions, image by image.
  static void sumPositions(int channels, int positions, Tensor zBar, Tensor sum) {
    for (int row = 0; row < zBar.size() / Math.max(1, positions); row++) {
      sum.doubles()[sum.offset() + row % channels] +=
          DoubleKernels.BEST.sum(positions, zBar.doubles(), zBar.offset() + row * positions);
    }
  }
}
