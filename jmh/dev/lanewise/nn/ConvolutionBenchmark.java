package dev.lanewise.nn;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/// A convolution with a bias and no activation: its value, pushes, pulls and cotangents of its weights, beside the
/// gemm.
///
/// A fork measures all passes of a shape, one per iteration.
public class ConvolutionBenchmark extends PassBenchmark {

  @Param({"1-16.28x28.3x3", "16-32.14x14.3x3", "32-64.28x28.3x3", "32-64.28x28.1x1", "32-32.28x28.3x3.g32"})
  public String shape;

  /// Names of [LayerPass], small ones first.
  @Param("b1.value-b1.push16-b1.pull16-b1.pull-b1.theta-b32.value-b32.push-b32.pull-b32.theta")
  public String passes;

  @Setup
  public void prepare() {
    ConvolutionShape convolution = ConvolutionShape.of(shape);
    PlainConvolution plain = new PlainConvolution(convolution);
    prepare(passes, convolution.layer(), convolution.image(), plain::check);
  }
}
