package dev.lanewise.testkit;

import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;

/// A layer with a second derivative, and each [GradFault] built into it: what a check is worth shows in what it
/// refuses.
///
/// | what        | formula                                                           | shapes                 |
/// |-------------|-------------------------------------------------------------------|------------------------|
/// | value       | y = w·sin x                                                       | x, y `[1, n]`; w `[n]` |
/// | residuals   | x, w                                                              |                        |
/// | tangent     | ẏ = w·cos x·ẋ + ẇ·sin x                                           | `[chunk, 1, n]`        |
/// | cotangent   | x̄ = w·cos x·ȳ, w̄ += sin x·ȳ                                       | `[chunk, 1, n]`        |
/// | its tangent | x̄̇ = w·cos x·ȳ̇ + (ẇ·cos x − w·sin x·ẋ)·ȳ, w̄̇ += sin x·ȳ̇ + cos x·ẋ·ȳ | `[chunk, 1, n]`        |
record SineLayer(int n, double jumpAbove, GradFault fault) implements Layer {

  @Override
  public Shape outputShape(Shape input) {
    if (!input.is(1, n)) {
      throw new IllegalArgumentException(this + ": input has shape " + input + ", expected [1, " + n + "]");
    }
    return input;
  }

  @Override
  public ParameterSpec parameters() {
    return ParameterSpec.of(new ParameterSpec.Entry("scale", Shape.of(n), (scale, random) -> {
      for (int i = 0; i < n; i++) {
        scale.set(i, random.nextDouble(0.5, 1.5));
      }
    }));
  }

  @Override
  public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
    Tensor y = ws.tensor(x.precision(), outputShape(x.shape()));
    for (int i = 0; i < n; i++) {
      double jump = fault == GradFault.JUMPS && x.get(i) > jumpAbove ? 0.25 : 0;
      y.set(i, theta.get(0).get(i) * Math.sin(x.get(i)) + jump);
    }
    return new At(this, x, theta.get(0), y);
  }

  private record At(SineLayer layer, Tensor x, Tensor scale, Tensor output) implements Linearization {

    private static final double WRONG = 1 + 1e-5;

    private boolean has(GradFault fault) {
      return layer.fault == fault;
    }

    private double factor(GradFault fault) {
      return has(fault) ? WRONG : 1;
    }

    private double slope(int i) {
      boolean wrong = has(GradFault.LAST_ELEMENT_ON_BOTH_SIDES) && i == layer.n - 1;
      return scale.get(i) * Math.cos(x.get(i)) * (wrong ? WRONG : 1);
    }

    private static double at(Tensor tangents, int i) {
      return tangents.isNone() ? 0 : tangents.get(i);
    }

    private static double at(Parameters tangents, int direction, int i) {
      return tangents.isNone() ? 0 : tangents.get(0, direction).get(i);
    }

    @Override
    public void jvp(Tensor xDot, Parameters thetaDot, Tensor yDot) {
      if (has(GradFault.PUSH_THROWS)) {
        throw new IllegalStateException("no push");
      }
      for (int k = 0; k < yDot.size(); k++) {
        int i = k % layer.n;
        double ofX = factor(GradFault.PUSH_FACTOR) * slope(i) * at(xDot, k);
        double ofTheta = factor(GradFault.PUSH_FACTOR_OF_THETA) * Math.sin(x.get(i)) * at(thetaDot, k / layer.n, i);
        yDot.set(k, ofX + ofTheta);
      }
    }

    @Override
    public void vjp(Tensor yBar, Tensor xBar, Parameters thetaBar) {
      for (int k = 0; k < yBar.size(); k++) {
        int i = k % layer.n;
        if (!xBar.isNone()) {
          xBar.set(k, factor(GradFault.PULL_FACTOR) * slope(i) * yBar.get(k));
        }
        add(thetaBar, k, factor(GradFault.PULL_FACTOR_OF_THETA) * Math.sin(x.get(i)) * yBar.get(k));
      }
    }

    private void add(Parameters thetaBar, int k, double term) {
      if (!thetaBar.isNone()) {
        Tensor scaleBar = thetaBar.get(0, k / layer.n);
        scaleBar.set(k % layer.n, scaleBar.get(k % layer.n) + term);
      }
    }

    @Override
    public void vjpDot(
        Tensor xDot, Parameters thetaDot, Tensor yBar, Tensor yBarDot, Tensor xBarDot, Parameters thetaBarDot) {
      if (has(GradFault.NO_SECOND_DERIVATIVE)) {
        Linearization.super.vjpDot(xDot, thetaDot, yBar, yBarDot, xBarDot, thetaBarDot);
      }
      double half = has(GradFault.HALF_CURVATURE) ? 0.5 : 1;
      double cross = has(GradFault.NO_CROSS_TERM) ? 0 : 1;
      double cotangent = has(GradFault.NO_COTANGENT_TERM) ? 0 : 1;
      for (int k = 0; k < yBarDot.size(); k++) {
        int i = k % layer.n;
        double sin = Math.sin(x.get(i));
        double cos = Math.cos(x.get(i));
        double moved = cross * at(thetaDot, k / layer.n, i) * cos - half * scale.get(i) * sin * at(xDot, k);
        if (!xBarDot.isNone()) {
          xBarDot.set(k, cotangent * slope(i) * yBarDot.get(k) + moved * yBar.get(i) + twist(xDot, k));
        }
        add(thetaBarDot, k, sin * yBarDot.get(k) + cos * at(xDot, k) * yBar.get(i));
      }
    }

    /// (K·ẋ)₀ = −ẋ₁, (K·ẋ)₁ = ẋ₀.
    private double twist(Tensor xDot, int k) {
      if (!has(GradFault.TWISTED_HESSIAN) || k % layer.n > 1) {
        return 0;
      }
      return k % layer.n == 0 ? -at(xDot, k + 1) : at(xDot, k - 1);
    }
  }
}
