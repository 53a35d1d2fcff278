package dev.lanewise.nn.block;

import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;

/// [Blockwise] at one point: the layer at all blocks, under the input's axes. Kept in the workspace.
final class BlockwiseLinearization implements Linearization {

  private Blockwise layer;
  private Shape known;
  private Shape sample;
  /// Whether the input has axes between the batch and the block.
  private boolean deep;
  private int blocks;
  /// All blocks of the input, one after another.
  private Shape rows;
  private Tensor x;
  private Parameters theta;
  private Workspace ws;
  private Linearization inner;
  private Tensor y;

  /// The value alone.
  Tensor evaluate(Blockwise layer, Tensor x, Parameters theta, Workspace ws) {
    learn(layer, x.shape());
    Tensor rows = layer.inner().forward(ws.view(x, 0, blocks, layer.block()), theta, ws);
    return ws.view(rows, 0, x.shape().dim(0), sample);
  }

  void begin(Blockwise layer, Tensor x, Parameters theta, Workspace ws) {
    learn(layer, x.shape());
    this.x = x;
    this.theta = theta;
    this.ws = ws;
    inner = layer.inner().linearize(deep ? ws.view(x, 0, blocks, layer.block()) : x, theta, ws);
    y = deep ? ws.view(inner.output(), 0, x.shape().dim(0), sample) : inner.output();
  }

  private void learn(Blockwise layer, Shape input) {
    if (this.layer != layer || !input.equals(known)) {
      this.layer = layer;
      known = input;
      deep = input.rank() > layer.block().rank() + 1;
      blocks = layer.blocks(input);
      rows = layer.block().prepend(blocks);
      sample = layer.outputShape(input).withoutFirst();
    }
  }

  @Override
  public Tensor output() {
    return y;
  }

  @Override
  public void jvp(Tensor xDot, Parameters thetaDot, Tensor yDot) {
    int chunk = Linearization.requirePush(layer, x.shape(), theta, y, xDot, thetaDot, yDot);
    int mark = ws.mark();
    inner.jvp(ofInput(xDot, chunk), thetaDot, ofOutput(yDot, chunk));
    ws.release(mark);
  }

  @Override
  public void vjp(Tensor yBar, Tensor xBar, Parameters thetaBar) {
    int chunk = Linearization.requirePull(layer, x.shape(), theta, y, yBar, xBar, thetaBar);
    int mark = ws.mark();
    inner.vjp(ofOutput(yBar, chunk), ofInput(xBar, chunk), thetaBar);
    ws.release(mark);
  }

  @Override
  public void vjpDot(
      Tensor xDot, Parameters thetaDot, Tensor yBar, Tensor yBarDot, Tensor xBarDot, Parameters thetaBarDot) {
    int chunk = Linearization.requirePullDot(
        layer, x.shape(), theta, y, xDot, thetaDot, yBar, yBarDot, xBarDot, thetaBarDot);
    int mark = ws.mark();
    inner.vjpDot(ofInput(xDot, chunk), thetaDot, ofOutput(yBar, 1), ofOutput(yBarDot, chunk), ofInput(xBarDot, chunk),
        thetaBarDot);
    ws.release(mark);
  }

  private Tensor ofInput(Tensor panel, int chunk) {
    return panel.isNone() || !deep ? panel : ws.view(panel, 0, chunk, rows);
  }

  private Tensor ofOutput(Tensor panel, int chunk) {
    return deep ? ws.view(panel, 0, chunk, inner.output().shape()) : panel;
  }

  @Override
  public Tensor weight() {
    return inner.weight();
  }

  @Override
  public Tensor slope() {
    Tensor slope = inner.slope();
    return slope.isNone() || !deep ? slope : ws.view(slope, 0, y.shape().dim(0), sample);
  }
}
