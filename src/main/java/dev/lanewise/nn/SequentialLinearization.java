package dev.lanewise.nn;

import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;

/// [Sequential] at one point: its layers' linearizations in order. Kept in the workspace.
final class SequentialLinearization implements Linearization {

  private Sequential network;
  private Tensor x;
  private Parameters theta;
  private Linearization[] layers = {};
  private Tensor[] tangents = {};
  private Tensor[] cotangents = {};
  private Workspace ws;

  void begin(Sequential network, Tensor x, Parameters theta, Workspace ws) {
    this.network = network;
    this.x = x;
    this.theta = theta;
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
    int chunk = Linearization.requirePush(network, x.shape(), theta, output(), xDot, thetaDot, yDot);
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
    int chunk = Linearization.requirePull(network, x.shape(), theta, output(), yBar, xBar, thetaBar);
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

  /// With ẋ_ℓ of every layer's input and x̄_(ℓ+1) of its output at hand, x̄̇_ℓ and θ̄̇_ℓ from x̄̇_(ℓ+1), from the last
  /// layer to the first.
  @Override
  public void vjpDot(
      Tensor xDot, Parameters thetaDot, Tensor yBar, Tensor yBarDot, Tensor xBarDot, Parameters thetaBarDot) {
    int chunk = Linearization.requirePullDot(
        network, x.shape(), theta, output(), xDot, thetaDot, yBar, yBarDot, xBarDot, thetaBarDot);
    if (xBarDot.isNone() && thetaBarDot.isNone()) {
      return;
    }
    int mark = ws.mark();
    pushToEach(xDot, thetaDot, chunk);
    pullToEach(yBar);
    Tensor cotangentDot = yBarDot;
    for (int layer = layers.length - 1; layer >= 0; layer--) {
      Tensor next = layer == 0 ? xBarDot : ws.tensor(x.precision(), chunk, layers[layer - 1].output().shape());
      layers[layer].vjpDot(
          tangents[layer], thetaDot.part(layer), cotangents[layer], cotangentDot, next, thetaBarDot.part(layer));
      cotangentDot = next;
    }
    ws.release(mark);
  }

  /// ẋ_ℓ of every layer's input; none for all where nothing is pushed.
  private void pushToEach(Tensor xDot, Parameters thetaDot, int chunk) {
    if (tangents.length != layers.length) {
      tangents = new Tensor[layers.length];
    }
    boolean none = xDot.isNone() && thetaDot.isNone();
    tangents[0] = xDot;
    for (int layer = 1; layer < layers.length; layer++) {
      tangents[layer] = none ? xDot : ws.tensor(x.precision(), chunk, layers[layer - 1].output().shape());
      if (!none) {
        layers[layer - 1].jvp(tangents[layer - 1], thetaDot.part(layer - 1), tangents[layer]);
      }
    }
  }

  /// x̄_(ℓ+1) of every layer's output.
  private void pullToEach(Tensor yBar) {
    if (cotangents.length != layers.length) {
      cotangents = new Tensor[layers.length];
    }
    cotangents[layers.length - 1] = yBar;
    for (int layer = layers.length - 1; layer > 0; layer--) {
      cotangents[layer - 1] = ws.tensor(x.precision(), 1, layers[layer - 1].output().shape());
      layers[layer].vjp(cotangents[layer], cotangents[layer - 1], Parameters.none());
    }
  }
}
