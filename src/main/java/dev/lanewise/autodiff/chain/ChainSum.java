package dev.lanewise.autodiff.chain;

import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.PointwiseOps;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;

/// Chains of the same input whose outputs add up, at a point: y = Σ_b f_b(x), ẏ = Σ_b J_b·ẋ, x̄ = Σ_b J_bᵀ·ȳ, added in
/// the branches' order.
final class ChainSum implements Linearization {

  private final Chain[] branches;
  private final Shape output;
  private Tensor value = Tensor.none();
  private Workspace ws;

  ChainSum(Chain[] branches, Shape output) {
    this.branches = branches;
    this.output = output;
  }

  Chain branch(int index) {
    return branches[index];
  }

  int count() {
    return branches.length;
  }

  void over(Parameters theta) {
    for (Chain branch : branches) {
      branch.over(theta);
    }
  }

  ChainSum linearize(Tensor x, Workspace ws) {
    this.ws = ws;
    value = ws.tensor(x.precision(), output);
    for (int index = 0; index < branches.length; index++) {
      Tensor one = branches[index].linearize(x, ws);
      if (index == 0) {
        value.copyFrom(one);
      } else {
        PointwiseOps.add(one, value);
      }
    }
    return this;
  }

  @Override
  public Tensor output() {
    return value;
  }

  @Override
  public void jvp(Tensor xDot, Parameters thetaDot, Tensor yDot) {
    branches[0].jvp(xDot, thetaDot, yDot);
    int mark = ws.mark();
    Tensor one = ws.tensor(yDot.precision(), yDot.shape());
    for (int index = 1; index < branches.length; index++) {
      branches[index].jvp(xDot, thetaDot, one);
      PointwiseOps.add(one, yDot);
    }
    ws.release(mark);
  }

  @Override
  public void vjp(Tensor yBar, Tensor xBar, Parameters thetaBar) {
    branches[0].vjp(yBar, xBar, thetaBar);
    int mark = ws.mark();
    Tensor one = ws.tensor(xBar.precision(), xBar.shape());
    for (int index = 1; index < branches.length; index++) {
      branches[index].vjp(yBar, one, thetaBar);
      PointwiseOps.add(one, xBar);
    }
    ws.release(mark);
  }
}
