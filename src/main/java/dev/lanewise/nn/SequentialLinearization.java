package dev.lanewise.nn;

import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;

/// [Sequential] at one point: its layers' linearizations in order. Kept in the workspace.
final class SequentialLinearization implements Linearization {

  private Sequential network;
  private Tensor x;
  private Linearization[] layers = {};
  private Workspace ws;

  void begin(Sequential network, Tensor x, Workspace ws) {
    this.network = network;
    this.x = x;
    this.ws = ws;
    if (layers.length != network.layers().size()) {
      layers = new Linearization[network.layers().size()];
    }
  }

  Tensor add(int index, Linearization layer) {
    layers[index] = layer;
    return layer.output();
  }

  @Override
  public Tensor output() {
    return layers[layers.length - 1].output();
  }

  /// ẋ_(ℓ+1) = J_ℓ·ẋ_ℓ + J_θℓ·θ̇_ℓ, from the first layer to the last: slides, equation 13.
  @Override
  public void jvp(Tensor xDot, Parameters thetaDot, Tensor yDot) {
    int chunk = yDot.requireChunk(x.precision(), output().shape(), network, "yDot");
    if (!xDot.isNone()) {
      xDot.require(x.precision(), chunk, x.shape(), network, "xDot");
    }
    requireParts(thetaDot, chunk, "thetaDot");
    int mark = ws.mark();
    Tensor tangent = xDot;
    for (int layer = 0; layer < layers.length; layer++) {
      boolean last = layer == layers.length - 1;
      Tensor next = last ? yDot : ws.tensor(x.precision(), chunk, layers[layer].output().shape());
      layers[layer].jvp(tangent, thetaDot.part(layer), next);
      tangent = next;
    }
    ws.release(mark);
  }

  /// x̄_ℓ = J_ℓᵀ·x̄_(ℓ+1), θ̄_ℓ += J_θℓᵀ·x̄_(ℓ+1), from the last layer to the first: slides, equations 14 and 25.
  @Override
  public void vjp(Tensor yBar, Tensor xBar, Parameters thetaBar) {
    int chunk = yBar.requireChunk(x.precision(), output().shape(), network, "yBar");
    if (!xBar.isNone()) {
      xBar.require(x.precision(), chunk, x.shape(), network, "xBar");
    }
    requireParts(thetaBar, chunk, "thetaBar");
    if (xBar.isNone() && thetaBar.isNone()) {
      return;
    }
    int mark = ws.mark();
    Tensor cotangent = yBar;
    for (int layer = layers.length - 1; layer >= 0; layer--) {
      Tensor next = layer == 0 ? xBar : ws.tensor(x.precision(), chunk, layers[layer - 1].output().shape());
      layers[layer].vjp(cotangent, next, thetaBar.part(layer));
      cotangent = next;
    }
    ws.release(mark);
  }

  private void requireParts(Parameters directions, int chunk, String name) {
    if (!directions.isNone()) {
      directions.requireParts(layers.length, network, name);
      if (directions.chunk() != chunk) {
        throw new IllegalArgumentException(network + ": " + name + " has " + directions.chunk() + " directions, expected " + chunk);
      }
    }
  }
}
