package dev.lanewise.graph;

import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;

/// [GraphLayer] at one point. Kept in the workspace and pointed at new data by each `linearize`.
final class GraphLinearization implements Linearization {

  private final Tape tape;
  private final Tangents tangents;
  private final Cotangents cotangents;
  private final Cotangents changes;
  private Layer layer;

  GraphLinearization(Program program) {
    tape = new Tape(program);
    tangents = new Tangents(tape);
    cotangents = new Cotangents(tape);
    changes = new Cotangents(tape);
  }

  boolean isOf(Program program) {
    return tape.program == program;
  }

  /// Moves to another point.
  GraphLinearization at(Layer layer, Tensor x, Parameters theta, Workspace ws) {
    this.layer = layer;
    tape.record(x, theta, ws);
    return this;
  }

  @Override
  public Tensor output() {
    return tape.output();
  }

  /// ẏ_v = Σ_a J_va·ẏ_a, in order.
  @Override
  public void jvp(Tensor xDot, Parameters thetaDot, Tensor yDot) {
    int chunk = Linearization.requirePush(layer, tape.input().shape(), tape.theta, output(), xDot, thetaDot, yDot);
    int mark = tape.ws.mark();
    tangents.pushTo(yDot, xDot, thetaDot, chunk);
    tape.ws.release(mark);
  }

  /// ȳ_a = Σ_v J_vaᵀ·ȳ_v over the readers v of a, the last one first.
  @Override
  public void vjp(Tensor yBar, Tensor xBar, Parameters thetaBar) {
    int chunk = Linearization.requirePull(layer, tape.input().shape(), tape.theta, output(), yBar, xBar, thetaBar);
    if (xBar.isNone() && thetaBar.isNone()) {
      return;
    }
    int mark = tape.ws.mark();
    cotangents.pullTo(xBar, thetaBar, yBar, chunk);
    tape.ws.release(mark);
  }

  /// ȳ̇_a = Σ_v J_vaᵀ·ȳ̇_v + ∂(J_vaᵀ·ȳ_v)·ẏ, with all tangents and cotangents at hand.
  @Override
  public void vjpDot(
      Tensor xDot, Parameters thetaDot, Tensor yBar, Tensor yBarDot, Tensor xBarDot, Parameters thetaBarDot) {
    int chunk = Linearization.requirePullDot(
        layer, tape.input().shape(), tape.theta, output(), xDot, thetaDot, yBar, yBarDot, xBarDot, thetaBarDot);
    if (xBarDot.isNone() && thetaBarDot.isNone()) {
      return;
    }
    int mark = tape.ws.mark();
    tangents.push(xDot, thetaDot, chunk, Tensor.none());
    cotangents.pull(yBar);
    changes.pullDotTo(xBarDot, thetaBarDot, yBarDot, chunk, tangents, thetaDot, cotangents);
    tape.ws.release(mark);
  }

  /// s where each element of the output depends on the same element of the input alone: the push of ones.
  @Override
  public Tensor slope() {
    if (!tape.program.isDiagonal()) {
      return Linearization.super.slope();
    }
    if (tape.program.isIdentity()) {
      return Tensor.none();
    }
    Tensor slope = tape.ws.tensor(tape.precision, output().shape());
    int mark = tape.ws.mark();
    Tensor ones = tape.ws.tensor(tape.precision, 1, tape.input().shape());
    ones.fill(1);
    tangents.pushTo(tape.ws.view(slope, 0, 1, slope.shape()), ones, Parameters.none(), 1);
    tape.ws.release(mark);
    return slope;
  }
}
