package dev.lanewise.nn;

import static dev.lanewise.nn.BatchNorm.BIAS;
import static dev.lanewise.nn.BatchNorm.MEAN;
import static dev.lanewise.nn.BatchNorm.VARIANCE;
import static dev.lanewise.nn.BatchNorm.WEIGHT;
import static dev.lanewise.nn.BatchNorm.add;
import static dev.lanewise.nn.BatchNorm.tangent;

import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.ops.ChannelOps;

/// [BatchNorm] at one point in training, through the batch's statistics. m(·) is a channel's mean over samples and
/// places.
final class BatchNormInTraining extends BatchNorm.At {

  private int n;

  /// @param n the numbers of a channel
  BatchNormInTraining at(BatchNorm layer, Tensor x, Parameters theta, int n, Workspace ws) {
    set(layer, x, theta, ws);
    this.n = n;
    r = layer.channels(1, ws);
    int mark = ws.mark();
    evaluate(x);
    ws.release(mark);
    return this;
  }

  private void evaluate(Tensor x) {
    Tensor scale = layer.channels(1, ws);
    Tensor shift = layer.channels(1, ws);
    Tensor mean = layer.sums(1, batch, x, ws);
    for (int c = 0; c < layer.channels(); c++) {
      mean.set(c, mean.get(c) / n);
      scale.set(c, 1);
    }
    ChannelOps.shiftAndScale(1, batch, mean, scale, Tensor.none(), x, xHat);
    Tensor variance = layer.dots(1, batch, xHat, xHat, ws);
    for (int c = 0; c < layer.channels(); c++) {
      double squares = variance.get(c);
      r.set(c, 1 / Math.sqrt(squares / n + layer.epsilon()));
      variance.set(c, squares / (n - 1));
      scale.set(c, theta.get(WEIGHT).get(c));
      shift.set(c, theta.get(BIAS).get(c));
    }
    ChannelOps.shiftAndScale(1, batch, Tensor.none(), r, Tensor.none(), xHat, xHat);
    ChannelOps.shiftAndScale(1, batch, Tensor.none(), scale, shift, xHat, y);
    ws.observe(theta.get(MEAN), mean, layer.momentum());
    ws.observe(theta.get(VARIANCE), variance, layer.momentum());
  }

  /// m(·) of each channel from sums.
  private Tensor mean(Tensor sums) {
    for (int i = 0; i < sums.size(); i++) {
      sums.set(i, sums.get(i) / n);
    }
    return sums;
  }

  /// Ẏ = γr·(Ẋ − m(Ẋ)) + β̇ + (γ̇ − γr·m(X̂Ẋ))·X̂.
  @Override
  public void jvp(Tensor xDot, Parameters thetaDot, Tensor yDot) {
    int k = Linearization.requirePush(layer, input, theta, y, xDot, thetaDot, yDot);
    int mark = ws.mark();
    Tensor scale = layer.channels(k, ws);
    Tensor shift = layer.channels(k, ws);
    Tensor ofXHat = layer.channels(k, ws);
    Tensor along = xDot.isNone() ? Tensor.none() : mean(layer.dots(k, batch, xHat, xDot, ws));
    for (int d = 0; d < k; d++) {
      for (int c = 0; c < layer.channels(); c++) {
        int at = d * layer.channels() + c;
        scale.set(at, scale(c));
        shift.set(at, tangent(thetaDot, BIAS, d, c));
        ofXHat.set(at, tangent(thetaDot, WEIGHT, d, c) - (along.isNone() ? 0 : scale(c) * along.get(at)));
      }
    }
    if (xDot.isNone()) {
      ChannelOps.shiftAndScale(k, batch, Tensor.none(), ofXHat, shift, xHat, yDot);
    } else {
      ChannelOps.shiftAndScale(k, batch, mean(layer.sums(k, batch, xDot, ws)), scale, shift, xDot, yDot);
      ChannelOps.addScaled(k, batch, ofXHat, xHat, yDot);
    }
    ws.release(mark);
  }

  /// X̄ = γr·(Ȳ − m(Ȳ) − X̂·m(X̂Ȳ)), γ̄ += ΣX̂Ȳ, β̄ += ΣȲ.
  @Override
  public void vjp(Tensor yBar, Tensor xBar, Parameters thetaBar) {
    int k = Linearization.requirePull(layer, input, theta, y, yBar, xBar, thetaBar);
    int mark = ws.mark();
    Tensor sums = layer.sums(k, batch, yBar, ws);
    Tensor dots = layer.dots(k, batch, xHat, yBar, ws);
    for (int at = 0; at < k * layer.channels() && !thetaBar.isNone(); at++) {
      add(thetaBar, WEIGHT, at / layer.channels(), at % layer.channels(), dots.get(at));
      add(thetaBar, BIAS, at / layer.channels(), at % layer.channels(), sums.get(at));
    }
    if (!xBar.isNone()) {
      Tensor scale = layer.channels(k, ws);
      for (int at = 0; at < scale.size(); at++) {
        scale.set(at, scale(at % layer.channels()));
        dots.set(at, -scale.get(at) * dots.get(at) / n);
      }
      ChannelOps.shiftAndScale(k, batch, mean(sums), scale, Tensor.none(), yBar, xBar);
      ChannelOps.addScaled(k, batch, dots, xHat, xBar);
    }
    ws.release(mark);
  }

  /// With G = γ·Ȳ, ρ = ṙ/r = −r·m(X̂Ẋ) and X̂̇ = r·(Ẋ − m(Ẋ) − X̂·m(X̂Ẋ)):
  /// X̄̇ = ρ·X̄ + r·(Ġ − m(Ġ) − X̂̇·m(X̂G) − X̂·(m(X̂̇G) + m(X̂Ġ))), γ̄̇ += ΣX̂̇Ȳ + ΣX̂Ȳ̇, β̄̇ += ΣȲ̇.
  @Override
  public void vjpDot(
      Tensor xDot, Parameters thetaDot, Tensor yBar, Tensor yBarDot, Tensor xBarDot, Parameters thetaBarDot) {
    int k = Linearization.requirePullDot(
        layer, input, theta, y, xDot, thetaDot, yBar, yBarDot, xBarDot, thetaBarDot);
    int mark = ws.mark();
    Tensor ofYBar = mean(layer.sums(1, batch, yBar, ws));
    Tensor alongYBar = mean(layer.dots(1, batch, xHat, yBar, ws));
    Tensor ofYBarDot = mean(layer.sums(k, batch, yBarDot, ws));
    Tensor alongYBarDot = mean(layer.dots(k, batch, xHat, yBarDot, ws));
    Tensor ofXDot = xDot.isNone() ? zeros(k) : mean(layer.sums(k, batch, xDot, ws));
    Tensor alongXDot = xDot.isNone() ? zeros(k) : mean(layer.dots(k, batch, xHat, xDot, ws));
    Tensor products = xDot.isNone() ? zeros(k) : mean(layer.dots(k, batch, yBar, xDot, ws));
    Tensor scale = layer.channels(k, ws);
    Tensor shift = layer.channels(k, ws);
    Tensor byYBar = layer.channels(k, ws);
    Tensor byXDot = layer.channels(k, ws);
    Tensor byXHat = layer.channels(k, ws);
    for (int at = 0; at < scale.size(); at++) {
      int d = at / layer.channels();
      int c = at % layer.channels();
      double along = alongXDot.get(at);
      // m(X̂̇Ȳ)
      double moved = r.get(c) * (products.get(at) - ofXDot.get(at) * ofYBar.get(c) - along * alongYBar.get(c));
      double byBar = r.get(c) * (tangent(thetaDot, WEIGHT, d, c) - scale(c) * along);
      double square = r.get(c) * scale(c) * alongYBar.get(c);
      scale.set(at, scale(c));
      byYBar.set(at, byBar);
      byXDot.set(at, -square);
      byXHat.set(at, square * along - byBar * alongYBar.get(c) - scale(c) * (moved + alongYBarDot.get(at)));
      shift.set(at, square * ofXDot.get(at) - byBar * ofYBar.get(c));
      if (!thetaBarDot.isNone()) {
        add(thetaBarDot, WEIGHT, d, c, n * (moved + alongYBarDot.get(at)));
        add(thetaBarDot, BIAS, d, c, n * ofYBarDot.get(at));
      }
    }
    if (!xBarDot.isNone()) {
      ChannelOps.shiftAndScale(k, batch, ofYBarDot, scale, shift, yBarDot, xBarDot);
      ChannelOps.addScaled(k, batch, byYBar, yBar, xBarDot);
      ChannelOps.addScaled(k, batch, byXHat, xHat, xBarDot);
      if (!xDot.isNone()) {
        ChannelOps.addScaled(k, batch, byXDot, xDot, xBarDot);
      }
    }
    ws.release(mark);
  }

  private Tensor zeros(int k) {
    Tensor zeros = layer.channels(k, ws);
    zeros.fill(0);
    return zeros;
  }
}
