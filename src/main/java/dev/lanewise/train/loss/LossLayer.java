package dev.lanewise.train.loss;

import dev.lanewise.JacobianStructure;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.PointwiseOps;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;

/// A mean loss as the last layer of a network, f_L(x_L, y): slides, equations [15], [20] and [26]. A network that ends
/// in it has the cost as its output, so every operator on networks differentiates the cost: gradients, Hessians by the
/// parameters.
///
/// | what              | formula                       | shapes                                   |
/// |-------------------|-------------------------------|------------------------------------------|
/// | value             | 𝓛 = (1/B) Σ w_n·ℓ_n(o_n, y_n) | o `[…rows, C]`, 𝓛 `[1, 1]`               |
/// | residuals         | o, g = ∂𝓛/∂o                  |                                          |
/// | tangent           | 𝓛̇ = ⟨g, ȯ⟩                    | ȯ `[chunk, …rows, C]`, 𝓛̇ `[chunk, 1, 1]` |
/// | cotangent         | ō = 𝓛̄·g                       | as the tangents                          |
/// | cotangent's tangent | ō̇ = 𝓛̄̇·g + 𝓛̄·H·ȯ             | as the tangents                          |
///
/// [20]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-20
/// [15]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-15
/// [26]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-26
///
/// @param loss ℓ
/// @param targets y
/// @param weights w, or [Tensor#none()] if all are 1
public record LossLayer(Loss loss, Tensor targets, Tensor weights) implements Layer {

  private static final Shape SCALAR = Shape.of(1, 1);

  /// All of weight 1.
  public LossLayer(Loss loss, Tensor targets) {
    this(loss, targets, Tensor.none());
  }

  @Override
  public Shape outputShape(Shape input) {
    loss.requireTargets(targets.precision(), input, targets, weights);
    return SCALAR;
  }

  @Override
  public ParameterSpec parameters() {
    return ParameterSpec.none();
  }

  /// Implicit: a push or pull is a multiply-add for each output of the network.
  @Override
  public JacobianStructure jacobianStructure(Shape input) {
    outputShape(input);
    return JacobianStructure.implicit(input.size()).keeping(1L + input.size());
  }

  /// One number results from all samples.
  @Override
  public boolean mixesSamples() {
    return true;
  }

  @Override
  public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
    theta.require(0, x.precision(), 1, this, "theta");
    At at = ws.object(At.class, At::new);
    at.layer = this;
    at.ws = ws;
    at.outputs = x;
    at.gradient = ws.tensor(x.precision(), x.shape());
    at.value = ws.tensor(x.precision(), SCALAR);
    at.value.set(0, loss.valueAndGradient(x, targets, weights, at.scale(), at.gradient, ws));
    return at;
  }

  @Override
  public String toString() {
    return "LossLayer[" + loss + ", targets " + targets.shape() + "]";
  }

  private static final class At implements Linearization {

    private LossLayer layer;
    private Workspace ws;
    private Tensor outputs;
    private Tensor gradient;
    private Tensor value;

    private double scale() {
      return 1.0 / outputs.shape().rows();
    }

    @Override
    public Tensor output() {
      return value;
    }

    /// 𝓛̇ = ⟨g, ȯ⟩.
    @Override
    public void jvp(Tensor xDot, Parameters thetaDot, Tensor yDot) {
      int chunk = Linearization.requirePush(layer, outputs.shape(), Parameters.none(), value, xDot, thetaDot, yDot);
      if (xDot.isNone()) {
        yDot.fill(0);
        return;
      }
      for (int direction = 0; direction < chunk; direction++) {
        int mark = ws.mark();
        yDot.set(direction,
            PointwiseOps.dot(gradient, ws.view(xDot, direction * gradient.size(), 1, gradient.shape())));
        ws.release(mark);
      }
    }

    /// ō = 𝓛̄·g.
    @Override
    public void vjp(Tensor yBar, Tensor xBar, Parameters thetaBar) {
      int chunk = Linearization.requirePull(layer, outputs.shape(), Parameters.none(), value, yBar, xBar, thetaBar);
      if (xBar.isNone()) {
        return;
      }
      for (int direction = 0; direction < chunk; direction++) {
        int mark = ws.mark();
        PointwiseOps.scale(yBar.get(direction), gradient,
            ws.view(xBar, direction * gradient.size(), 1, gradient.shape()));
        ws.release(mark);
      }
    }

    /// ō̇ = 𝓛̄̇·g + 𝓛̄·H·ȯ.
    @Override
    public void vjpDot(
        Tensor xDot, Parameters thetaDot, Tensor yBar, Tensor yBarDot, Tensor xBarDot, Parameters thetaBarDot) {
      int chunk = Linearization.requirePullDot(
          layer, outputs.shape(), Parameters.none(), value, xDot, thetaDot, yBar, yBarDot, xBarDot, thetaBarDot);
      if (xBarDot.isNone()) {
        return;
      }
      vjp(yBarDot, xBarDot, thetaBarDot);
      if (!xDot.isNone()) {
        int mark = ws.mark();
        Tensor bent = ws.tensor(outputs.precision(), chunk, outputs.shape());
        layer.loss.hessianProduct(outputs, layer.targets, layer.weights, scale() * yBar.get(0), xDot, bent, ws);
        PointwiseOps.add(bent, xBarDot);
        ws.release(mark);
      }
    }
  }
}
