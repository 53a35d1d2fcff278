package dev.lanewise.nn.recurrent;

import dev.lanewise.Tensor;
import dev.lanewise.kernel.Uniform;
import dev.lanewise.nn.LayerPass;
import java.util.Arrays;
import java.util.SplittableRandom;

/// Checks a recurrent layer's passes against its cell's formulas: values themselves, pushes against differences of
/// values, pulls by Σ x̄·ẋ + Σ θ̄·θ̇ = Σ ȳ·ẏ for some ẋ and θ̇.
final class PlainRecurrence {

  private static final double STEP = 1e-5;

  private final LayerPass pass;
  private final PlainCell cell;
  private final int input;
  private final int output;
  private final double[] none;

  PlainRecurrence(Recurrent layer, int steps, LayerPass pass) {
    this.pass = pass;
    cell = new PlainCell(layer, steps);
    input = steps * layer.in();
    output = steps * layer.hidden();
    none = new double[pass.theta.flat().size()];
  }

  /// Checks the results of one run.
  ///
  /// @throws IllegalStateException if something is off by more than rounding explains
  void check() {
    pass.run();
    switch (pass.kind) {
      case VALUE -> requireValue(0);
      case PUSH -> requirePush(0);
      case PULL, THETA, PULL_ALL -> requirePull();
    }
    switch (pass.kind) {
      case VALUE -> requireValue(pass.batch - 1);
      case PUSH -> requirePush(pass.directions * pass.batch - 1);
      case PULL, THETA, PULL_ALL -> {
        if (!pass.thetaBar.isNone()) {
          pass.thetaBar.flat().fill(0);
        }
      }
    }
  }

  private void requireValue(int sample) {
    double[] expected = cell.states(pass.x, sample * input, Tensor.none(), 0, pass.theta, none, 0);
    for (int at = 0; at < output; at++) {
      pass.require("state " + at, pass.result().get(sample * output + at), expected[at], 1);
    }
  }

  /// @param row a direction's sample
  private void requirePush(int row) {
    double[] expected = slope(row % pass.batch, pass.from, row, none);
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    for (int at = 0; at < output; at++) {
      pass.require("tangent " + at, pass.result().get(row * output + at), expected[at], largest);
    }
  }

  private double[] slope(int sample, Tensor xDot, int row, double[] thetaDot) {
    double[] above = cell.states(pass.x, sample * input, xDot, row * input, pass.theta, thetaDot, STEP);
    double[] below = cell.states(pass.x, sample * input, xDot, row * input, pass.theta, thetaDot, -STEP);
    for (int at = 0; at < output; at++) {
      above[at] = (above[at] - below[at]) / (2 * STEP);
    }
    return above;
  }

  private void requirePull() {
    SplittableRandom random = new SplittableRandom(11);
    Tensor xDot = Tensor.zeros(pass.x.precision(), pass.x.shape());
    boolean pulls = pass.kind != LayerPass.Kind.THETA;
    if (pulls) {
      Uniform.fill(xDot, random, 1);
    }
    double[] thetaDot = pass.thetaBar.isNone() ? none : random.doubles(none.length, -1, 1).toArray();
    double found = 0;
    for (int at = 0; pulls && at < xDot.size(); at++) {
      found += pass.result().get(at) * xDot.get(at);
    }
    for (int at = 0; !pass.thetaBar.isNone() && at < thetaDot.length; at++) {
      found += pass.thetaBar.flat().get(at) * thetaDot[at];
    }
    double expected = 0;
    double magnitude = 0;
    for (int sample = 0; sample < pass.batch; sample++) {
      double[] yDot = slope(sample, xDot, sample, thetaDot);
      for (int at = 0; at < output; at++) {
        double term = pass.from.get(sample * output + at) * yDot[at];
        expected += term;
        magnitude += Math.abs(term);
      }
    }
    pass.require("Σ x̄·ẋ + Σ θ̄·θ̇", found, expected, magnitude);
  }
}
