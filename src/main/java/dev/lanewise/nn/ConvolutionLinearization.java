package dev.lanewise.nn;

import dev.lanewise.Activation;
import dev.lanewise.JacobianStructure;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.ops.ConvolutionOps;
import dev.lanewise.ops.Window;
import dev.lanewise.ops.affine.AffineLinearization;

/// [Conv2d] and [Conv1d] at one point, the latter as images of one row. Kept in the workspace and pointed at new data
/// by each `linearize`.
final class ConvolutionLinearization extends AffineLinearization {

  private Window window;
  private int groups;
  private int height;
  private int width;

  /// @param depth the terms of a sum
  static JacobianStructure structure(Shape output, int depth, Activation activation) {
    return JacobianStructure.implicit((long) output.size() * depth).keeping(activation.kept(output.size()));
  }

  private static void require(Layer layer, Tensor x, Parameters theta, boolean bias) {
    theta.requireOf(layer, "theta");
    theta.require(bias ? 2 : 1, x.precision(), 1, layer, "theta");
  }

  private static int height(Tensor x) {
    return x.shape().rank() == 4 ? x.shape().dim(2) : 1;
  }

  static Tensor forward(
      Layer layer, Window window, int groups, boolean bias, Activation activation, Tensor x, Parameters theta,
      Workspace ws) {
    Shape output = KnownShape.of(layer, x.shape(), ws);
    require(layer, x, theta, bias);
    Tensor y = ws.tensor(x.precision(), output);
    ConvolutionOps.convolve(window, groups, height(x), x.shape().last(), x, theta.get(0),
        bias ? theta.get(1) : Tensor.none(), activation, y, Tensor.none(), false, ws);
    return y;
  }

  static Linearization at(
      Layer layer, Window window, int groups, boolean bias, Activation activation, Tensor x, Parameters theta,
      Workspace ws) {
    Shape output = KnownShape.of(layer, x.shape(), ws);
    require(layer, x, theta, bias);
    ConvolutionLinearization at = ws.object(ConvolutionLinearization.class, ConvolutionLinearization::new);
    at.window = window;
    at.groups = groups;
    at.height = height(x);
    at.width = x.shape().last();
    Tensor slope = at.set(layer, activation, x, theta, ws.tensor(x.precision(), output), ws);
    at.convolve(x, at.weight, at.bias, activation, at.y, slope, false);
    return at;
  }

  private void convolve(Tensor from, Tensor w, Tensor b, Activation phi, Tensor to, Tensor slope, boolean add) {
    ConvolutionOps.convolve(window, groups, height, width, from, w, b, phi, to, slope, add, ws);
  }

  /// Without θ̇ the slope rides along with the one product.
  @Override
  public void jvp(Tensor xDot, Parameters thetaDot, Tensor yDot) {
    int chunk = Linearization.requirePush(layer, x.shape(), theta, y, xDot, thetaDot, yDot);
    if (thetaDot.isNone() && !xDot.isNone()) {
      ConvolutionOps.push(window, groups, height, width, xDot, weight, activation, residual, yDot, ws);
    } else {
      push(xDot, thetaDot, chunk, yDot);
    }
  }

  /// Without θ̄ the slope rides along with the one product.
  @Override
  public void vjp(Tensor yBar, Tensor xBar, Parameters thetaBar) {
    int chunk = Linearization.requirePull(layer, x.shape(), theta, y, yBar, xBar, thetaBar);
    if (!thetaBar.isNone()) {
      pull(yBar, xBar, thetaBar, chunk);
    } else if (!xBar.isNone()) {
      Tensor slope = activation == Activation.IDENTITY ? Tensor.none() : residual;
      ConvolutionOps.pull(window, groups, height, width, yBar, weight, activation, slope, xBar, false, ws);
    }
  }

  @Override
  protected void value(Tensor z) {
    convolve(x, weight, bias, Activation.IDENTITY, z, Tensor.none(), false);
  }

  @Override
  protected void product(Tensor xDot, Tensor zDot) {
    convolve(xDot, weight, Tensor.none(), Activation.IDENTITY, zDot, Tensor.none(), false);
  }

  @Override
  protected void addProduct(Tensor weightDot, Tensor biasDot, Tensor zDot) {
    convolve(x, weightDot, biasDot, Activation.IDENTITY, zDot, Tensor.none(), true);
  }

  @Override
  protected void transposedProduct(Tensor zBar, Tensor w, Tensor xBar, boolean add) {
    ConvolutionOps.pull(window, groups, height, width, zBar, w, Activation.IDENTITY, Tensor.none(), xBar, add, ws);
  }

  @Override
  protected void addToWeight(Tensor zBar, Tensor from, Tensor weightBar) {
    ConvolutionOps.pullWeights(window, groups, height, width, zBar, from, weightBar, ws);
  }

  @Override
  protected void addToBias(Tensor zBar, Tensor biasBar) {
    int batch = x.shape().dim(0);
    int positions = batch == 0 ? 0 : y.size() / batch / bias.size();
    ConvolutionOps.sumPositions(positions, zBar, biasBar);
  }
}
