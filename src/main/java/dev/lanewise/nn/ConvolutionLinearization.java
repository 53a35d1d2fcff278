package dev.lanewise.nn;

import dev.lanewise.Activation;
import dev.lanewise.Initializer;
import dev.lanewise.JacobianStructure;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.PointwiseOps;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.ops.ConvolutionOps;
import dev.lanewise.ops.Window;

/// [Conv2d] and [Conv1d] at one point, the latter as images of one row. Kept in the workspace and pointed at new data
/// by each `linearize`.
final class ConvolutionLinearization implements Linearization {

  private Layer layer;
  private Window window;
  private int groups;
  private int height;
  private int width;
  private Activation activation;
  private Tensor x;
  private Parameters theta;
  private Tensor weight;
  private Tensor bias;
  private Tensor y;
  private Tensor residual;
  private Workspace ws;

  static ParameterSpec parameters(Shape weight, boolean bias, Initializer initializer) {
    var entry = new ParameterSpec.Entry("weight", weight, initializer);
    return bias
        ? ParameterSpec.of(entry, new ParameterSpec.Entry("bias", Shape.of(weight.dim(0)), Initializer.zeros()))
        : ParameterSpec.of(entry);
  }

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
    Tensor y = ws.tensor(x.precision(), output);
    Tensor slope = activation.slopeFromOutput() ? Tensor.none() : ws.tensor(x.precision(), output);
    at.layer = layer;
    at.window = window;
    at.groups = groups;
    at.height = height(x);
    at.width = x.shape().last();
    at.activation = activation;
    at.x = x;
    at.theta = theta;
    at.weight = theta.get(0);
    at.bias = bias ? theta.get(1) : Tensor.none();
    at.y = y;
    at.residual = slope.isNone() ? y : slope;
    at.ws = ws;
    ConvolutionOps.convolve(
        window, groups, at.height, at.width, x, at.weight, at.bias, activation, y, slope, false, ws);
    return at;
  }

  @Override
  public Tensor output() {
    return y;
  }

  /// Ẏ = φ′ ⊙ (W ∗ Ẋ + Ẇ ∗ X + ḃ). Without θ̇ the slope rides along with the one product.
  @Override
  public void jvp(Tensor xDot, Parameters thetaDot, Tensor yDot) {
    int chunk = Linearization.requirePush(layer, x.shape(), theta, y, xDot, thetaDot, yDot);
    if (thetaDot.isNone() && !xDot.isNone()) {
      ConvolutionOps.push(window, groups, height, width, xDot, weight, activation, residual, yDot, ws);
      return;
    }
    pushAffine(xDot, thetaDot, chunk, yDot);
    if (activation != Activation.IDENTITY) {
      PointwiseOps.scaleBySlope(activation, residual, yDot, yDot);
    }
  }

  /// Ż = W ∗ Ẋ + Ẇ ∗ X + ḃ.
  private void pushAffine(Tensor xDot, Parameters thetaDot, int chunk, Tensor zDot) {
    if (xDot.isNone()) {
      zDot.fill(0);
    } else {
      convolve(xDot, weight, Tensor.none(), zDot, false);
    }
    if (thetaDot.isNone()) {
      return;
    }
    int mark = ws.mark();
    for (int direction = 0; direction < chunk; direction++) {
      Tensor biasDot = bias.isNone() ? Tensor.none() : thetaDot.get(1, direction);
      convolve(x, thetaDot.get(0, direction), biasDot, direction(zDot, direction, chunk, y), true);
    }
    ws.release(mark);
  }

  private void convolve(Tensor from, Tensor w, Tensor b, Tensor to, boolean add) {
    ConvolutionOps.convolve(
        window, groups, height, width, from, w, b, Activation.IDENTITY, to, Tensor.none(), add, ws);
  }

  /// Z̄ = φ′ ⊙ Ȳ, X̄ = Wᵀ ∗ Z̄, W̄ += Σ Z̄·X, b̄ += Σ Z̄. Without θ̄ the slope rides along with the one product.
  @Override
  public void vjp(Tensor yBar, Tensor xBar, Parameters thetaBar) {
    int chunk = Linearization.requirePull(layer, x.shape(), theta, y, yBar, xBar, thetaBar);
    if (thetaBar.isNone()) {
      if (!xBar.isNone()) {
        Tensor slope = activation == Activation.IDENTITY ? Tensor.none() : residual;
        ConvolutionOps.pull(window, groups, height, width, yBar, weight, activation, slope, xBar, false, ws);
      }
      return;
    }
    int mark = ws.mark();
    Tensor zBar = timesSlope(yBar, chunk);
    if (!xBar.isNone()) {
      pull(zBar, weight, xBar, false);
    }
    for (int direction = 0; direction < chunk; direction++) {
      pullParameters(direction(zBar, direction, chunk, y), x, thetaBar, direction);
    }
    ws.release(mark);
  }

  private void pull(Tensor zBar, Tensor w, Tensor to, boolean add) {
    ConvolutionOps.pull(window, groups, height, width, zBar, w, Activation.IDENTITY, Tensor.none(), to, add, ws);
  }

  /// W̄ += Σ Z̄·X, b̄ += Σ Z̄ of one direction.
  private void pullParameters(Tensor zBar, Tensor from, Parameters thetaBar, int direction) {
    ConvolutionOps.pullWeights(window, groups, height, width, zBar, from, thetaBar.get(0, direction), ws);
    if (!bias.isNone()) {
      int batch = x.shape().dim(0);
      int positions = batch == 0 ? 0 : y.size() / batch / bias.size();
      ConvolutionOps.sumPositions(positions, zBar, thetaBar.get(1, direction));
    }
  }

  /// Ż = W ∗ Ẋ + Ẇ ∗ X + ḃ, Z̄̇ = φ′ ⊙ Ȳ̇ + φ″ ⊙ Ȳ ⊙ Ż, X̄̇ = Wᵀ ∗ Z̄̇ + Ẇᵀ ∗ Z̄, W̄̇ += Σ Z̄̇·X + Σ Z̄·Ẋ, b̄̇ += Σ
  /// Z̄̇. Z, which φ″ needs, is not kept but computed again.
  @Override
  public void vjpDot(
      Tensor xDot, Parameters thetaDot, Tensor yBar, Tensor yBarDot, Tensor xBarDot, Parameters thetaBarDot) {
    int chunk = Linearization.requirePullDot(
        layer, x.shape(), theta, y, xDot, thetaDot, yBar, yBarDot, xBarDot, thetaBarDot);
    if (xBarDot.isNone() && thetaBarDot.isNone()) {
      return;
    }
    int mark = ws.mark();
    Tensor zBarDot = timesSlope(yBarDot, chunk);
    if (activation.curved() && !(xDot.isNone() && thetaDot.isNone())) {
      addCurvature(xDot, thetaDot, yBar, chunk, zBarDot);
    }
    if (!xBarDot.isNone()) {
      pull(zBarDot, weight, xBarDot, false);
    }
    if (!(thetaDot.isNone() && thetaBarDot.isNone())) {
      addParameterTerms(xDot, thetaDot, timesSlope(yBar, 1), zBarDot, xBarDot, thetaBarDot);
    }
    ws.release(mark);
  }

  /// X̄̇ += Ẇᵀ ∗ Z̄, W̄̇ += Σ Z̄̇·X + Σ Z̄·Ẋ, b̄̇ += Σ Z̄̇.
  private void addParameterTerms(
      Tensor xDot, Parameters thetaDot, Tensor zBar, Tensor zBarDot, Tensor xBarDot, Parameters thetaBarDot) {
    int mark = ws.mark();
    int chunk = zBarDot.shape().dim(0);
    for (int direction = 0; direction < chunk; direction++) {
      if (!xBarDot.isNone() && !thetaDot.isNone()) {
        pull(zBar, thetaDot.get(0, direction), direction(xBarDot, direction, chunk, x), true);
      }
      if (!thetaBarDot.isNone()) {
        pullParameters(direction(zBarDot, direction, chunk, y), x, thetaBarDot, direction);
        if (!xDot.isNone()) {
          ConvolutionOps.pullWeights(window, groups, height, width,
              zBar, direction(xDot, direction, chunk, x), thetaBarDot.get(0, direction), ws);
        }
      }
    }
    ws.release(mark);
  }

  /// Z̄̇ += φ″ ⊙ Ȳ ⊙ Ż.
  private void addCurvature(Tensor xDot, Parameters thetaDot, Tensor yBar, int chunk, Tensor zBarDot) {
    int mark = ws.mark();
    Tensor z = ws.tensor(x.precision(), y.shape());
    Tensor bend = ws.tensor(x.precision(), y.shape());
    Tensor zDot = ws.tensor(x.precision(), chunk, y.shape());
    convolve(x, weight, bias, z, false);
    PointwiseOps.curvature(activation, z, bend);
    PointwiseOps.multiply(yBar, bend);
    pushAffine(xDot, thetaDot, chunk, zDot);
    PointwiseOps.multiply(bend, zDot);
    PointwiseOps.add(zDot, zBarDot);
    ws.release(mark);
  }

  /// φ′ ⊙ V in scratch, or V itself where φ′ is 1.
  private Tensor timesSlope(Tensor v, int chunk) {
    if (activation == Activation.IDENTITY) {
      return v;
    }
    Tensor scaled = ws.tensor(x.precision(), chunk, y.shape());
    PointwiseOps.scaleBySlope(activation, residual, v, scaled);
    return scaled;
  }

  /// One direction of a panel of `chunk`, each of `like`'s shape.
  private Tensor direction(Tensor panel, int direction, int chunk, Tensor like) {
    return chunk == 1 ? panel : ws.view(panel, direction * like.size(), 1, like.shape());
  }
}
