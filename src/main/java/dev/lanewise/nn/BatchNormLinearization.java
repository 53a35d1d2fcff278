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

/// [BatchNorm] at one point at inference: an affine map of each channel, by the running statistics. ρ = ṙ/r = −½r²·σ̇².
final class BatchNormLinearization extends BatchNorm.At {

  BatchNormLinearization at(BatchNorm layer, Tensor x, Parameters theta, Workspace ws) {
    set(layer, x, theta, ws);
    r = layer.inverseDeviations(theta, ws);
    int mark = ws.mark();
    Tensor mean = evaluate(layer, x, theta, y, r, ws);
    ChannelOps.shiftAndScale(1, batch, mean, r, Tensor.none(), x, xHat);
    ws.release(mark);
    return this;
  }

  /// Y = (X − μ)·γr + β.
  ///
  /// @return μ, in doubles
  static Tensor evaluate(BatchNorm layer, Tensor x, Parameters theta, Tensor y, Tensor r, Workspace ws) {
    Tensor mean = layer.channels(1, ws);
    Tensor scale = layer.channels(1, ws);
    Tensor shift = layer.channels(1, ws);
    for (int c = 0; c < layer.channels(); c++) {
      mean.set(c, theta.get(MEAN).get(c));
      scale.set(c, theta.get(WEIGHT).get(c) * r.get(c));
      shift.set(c, theta.get(BIAS).get(c));
    }
    ChannelOps.shiftAndScale(1, x.shape().dim(0), mean, scale, shift, x, y);
    return mean;
  }

  /// ρ along a direction.
  private double rho(Parameters thetaDot, int direction, int c) {
    return -0.5 * r.get(c) * r.get(c) * tangent(thetaDot, VARIANCE, direction, c);
  }

  /// Ẏ = (Ẋ − μ̇)·γr + β̇ + (γρ + γ̇)·X̂.
  @Override
  public void jvp(Tensor xDot, Parameters thetaDot, Tensor yDot) {
    int k = Linearization.requirePush(layer, input, theta, y, xDot, thetaDot, yDot);
    int mark = ws.mark();
    Tensor scale = layer.channels(k, ws);
    Tensor shift = layer.channels(k, ws);
    Tensor ofXHat = layer.channels(k, ws);
    for (int d = 0; d < k; d++) {
      for (int c = 0; c < layer.channels(); c++) {
        int at = d * layer.channels() + c;
        scale.set(at, scale(c));
        shift.set(at, tangent(thetaDot, BIAS, d, c) - scale(c) * tangent(thetaDot, MEAN, d, c));
        ofXHat.set(at, theta.get(WEIGHT).get(c) * rho(thetaDot, d, c) + tangent(thetaDot, WEIGHT, d, c));
      }
    }
    if (xDot.isNone()) {
      ChannelOps.shiftAndScale(k, batch, Tensor.none(), ofXHat, shift, xHat, yDot);
    } else {
      ChannelOps.shiftAndScale(k, batch, Tensor.none(), scale, shift, xDot, yDot);
      if (!thetaDot.isNone()) {
        ChannelOps.addScaled(k, batch, ofXHat, xHat, yDot);
      }
    }
    ws.release(mark);
  }

  /// X̄ = γr·Ȳ, γ̄ += ΣX̂Ȳ, β̄ += ΣȲ, μ̄ += −γr·ΣȲ, σ̄² += −½γr²·ΣX̂Ȳ.
  @Override
  public void vjp(Tensor yBar, Tensor xBar, Parameters thetaBar) {
    int k = Linearization.requirePull(layer, input, theta, y, yBar, xBar, thetaBar);
    int mark = ws.mark();
    if (!xBar.isNone()) {
      Tensor scale = layer.channels(1, ws);
      for (int c = 0; c < layer.channels(); c++) {
        scale.set(c, scale(c));
      }
      ChannelOps.shiftAndScale(k, batch, Tensor.none(), scale, Tensor.none(), yBar, xBar);
    }
    if (!thetaBar.isNone()) {
      Tensor sums = layer.sums(k, batch, yBar, ws);
      Tensor dots = layer.dots(k, batch, xHat, yBar, ws);
      for (int d = 0; d < k; d++) {
        for (int c = 0; c < layer.channels(); c++) {
          double sum = sums.get(d * layer.channels() + c);
          double dot = dots.get(d * layer.channels() + c);
          add(thetaBar, WEIGHT, d, c, dot);
          add(thetaBar, BIAS, d, c, sum);
          add(thetaBar, MEAN, d, c, -scale(c) * sum);
          add(thetaBar, VARIANCE, d, c, -0.5 * scale(c) * r.get(c) * dot);
        }
      }
    }
    ws.release(mark);
  }

  @Override
  public void vjpDot(
      Tensor xDot, Parameters thetaDot, Tensor yBar, Tensor yBarDot, Tensor xBarDot, Parameters thetaBarDot) {
    int k = Linearization.requirePullDot(
        layer, input, theta, y, xDot, thetaDot, yBar, yBarDot, xBarDot, thetaBarDot);
    int mark = ws.mark();
    if (!xBarDot.isNone()) {
      pullDotToInput(k, thetaDot, yBar, yBarDot, xBarDot);
    }
    if (!thetaBarDot.isNone()) {
      pullDotToParameters(k, xDot, thetaDot, yBar, yBarDot, thetaBarDot);
    }
    ws.release(mark);
  }

  /// X̄̇ = γr·Ȳ̇ + (γ̇r + γrρ)·Ȳ.
  private void pullDotToInput(int k, Parameters thetaDot, Tensor yBar, Tensor yBarDot, Tensor xBarDot) {
    Tensor scale = layer.channels(k, ws);
    Tensor moving = layer.channels(k, ws);
    for (int d = 0; d < k; d++) {
      for (int c = 0; c < layer.channels(); c++) {
        int at = d * layer.channels() + c;
        scale.set(at, scale(c));
        moving.set(at, scaleDot(thetaDot, d, c));
      }
    }
    ChannelOps.shiftAndScale(k, batch, Tensor.none(), scale, Tensor.none(), yBarDot, xBarDot);
    if (!thetaDot.isNone()) {
      ChannelOps.addScaled(k, batch, moving, yBar, xBarDot);
    }
  }

  /// (γr)˙.
  private double scaleDot(Parameters thetaDot, int d, int c) {
    return tangent(thetaDot, WEIGHT, d, c) * r.get(c) + scale(c) * rho(thetaDot, d, c);
  }

  /// The derivatives of γ̄, β̄, μ̄ and σ̄², with (ΣX̂Ȳ)˙ = ΣX̂Ȳ̇ + r·(ΣẊȲ − μ̇·ΣȲ) + ρ·ΣX̂Ȳ.
  private void pullDotToParameters(
      int k, Tensor xDot, Parameters thetaDot, Tensor yBar, Tensor yBarDot, Parameters thetaBarDot) {
    Tensor sums = layer.sums(1, batch, yBar, ws);
    Tensor dots = layer.dots(1, batch, xHat, yBar, ws);
    Tensor sumDots = layer.sums(k, batch, yBarDot, ws);
    Tensor dotDots = layer.dots(k, batch, xHat, yBarDot, ws);
    Tensor products = xDot.isNone() ? Tensor.none() : layer.dots(k, batch, yBar, xDot, ws);
    for (int d = 0; d < k; d++) {
      for (int c = 0; c < layer.channels(); c++) {
        int at = d * layer.channels() + c;
        double product = products.isNone() ? 0 : products.get(at);
        double sumDot = sumDots.get(at);
        double dotDot = dotDots.get(at) + r.get(c) * (product - tangent(thetaDot, MEAN, d, c) * sums.get(c))
            + rho(thetaDot, d, c) * dots.get(c);
        double scaleDot = scaleDot(thetaDot, d, c);
        add(thetaBarDot, WEIGHT, d, c, dotDot);
        add(thetaBarDot, BIAS, d, c, sumDot);
        add(thetaBarDot, MEAN, d, c, -scaleDot * sums.get(c) - scale(c) * sumDot);
        double halved = (scaleDot + scale(c) * rho(thetaDot, d, c)) * dots.get(c) + scale(c) * dotDot;
        add(thetaBarDot, VARIANCE, d, c, -0.5 * r.get(c) * halved);
      }
    }
  }
}
