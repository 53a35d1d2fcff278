package dev.lanewise.nn.recurrent;

import dev.lanewise.Parameters;
import dev.lanewise.Tensor;
import dev.lanewise.ops.RecurrentCell;

/// A recurrent layer's last state by the formulas of its cell, in double and one number at a time, to check the timed
/// results.
final class PlainCell {

  private final RecurrentCell cell;
  private final int in;
  private final int hidden;
  private final int steps;

  PlainCell(Recurrent layer, int steps) {
    cell = layer.cell();
    in = layer.in();
    hidden = layer.hidden();
    this.steps = steps;
  }

  /// The states after all steps of one sample, of x + εẋ at θ + εθ̇.
  ///
  /// @param from the index in x at which the sample begins
  /// @param xDot ẋ, whose sample begins at `fromDot`
  double[] states(Tensor x, int from, Tensor xDot, int fromDot, Parameters theta, double[] thetaDot, double epsilon) {
    double[] weights = theta.flat().toDoubles();
    for (int position = 0; position < weights.length; position++) {
      weights[position] += epsilon * thetaDot[position];
    }
    double[] h = new double[hidden];
    double[] c = new double[hidden];
    double[][] states = new double[steps][];
    for (int step = 0; step < steps; step++) {
      double[] input = new double[in];
      for (int feature = 0; feature < in; feature++) {
        int place = step * in + feature;
        input[feature] = x.get(from + place) + (epsilon == 0 ? 0 : epsilon * xDot.get(fromDot + place));
      }
      h = step(weights, input, h, c);
      states[step] = h;
    }
    double[] all = new double[steps * hidden];
    for (int step = 0; step < steps; step++) {
      System.arraycopy(states[step], 0, all, step * hidden, hidden);
    }
    return all;
  }

  private double[] step(double[] weights, double[] input, double[] h, double[] c) {
    double[] next = new double[hidden];
    for (int unit = 0; unit < hidden; unit++) {
      switch (cell) {
        case TANH -> next[unit] = Math.tanh(ofInput(weights, 0, unit, input) + ofState(weights, 0, unit, h));
        case RELU -> next[unit] = Math.max(0, ofInput(weights, 0, unit, input) + ofState(weights, 0, unit, h));
        case LSTM -> {
          double[] a = new double[4];
          for (int gate = 0; gate < 4; gate++) {
            a[gate] = ofInput(weights, gate, unit, input) + ofState(weights, gate, unit, h);
          }
          c[unit] = sigmoid(a[1]) * c[unit] + sigmoid(a[0]) * Math.tanh(a[2]);
          next[unit] = sigmoid(a[3]) * Math.tanh(c[unit]);
        }
        case GRU -> {
          double r = sigmoid(ofInput(weights, 0, unit, input) + ofState(weights, 0, unit, h));
          double z = sigmoid(ofInput(weights, 1, unit, input) + ofState(weights, 1, unit, h));
          double n = Math.tanh(ofInput(weights, 2, unit, input) + r * ofState(weights, 2, unit, h));
          next[unit] = n + z * (h[unit] - n);
        }
      }
    }
    return next;
  }

  private static double sigmoid(double a) {
    return 1 / (1 + Math.exp(-a));
  }

  /// W_ih·x + b_ih of one row; after W_ih lie W_hh, b_ih, b_hh.
  private double ofInput(double[] weights, int gate, int unit, double[] input) {
    int row = gate * hidden + unit;
    double sum = weights[cell.gates() * hidden * (in + hidden) + row];
    for (int feature = 0; feature < in; feature++) {
      sum += weights[row * in + feature] * input[feature];
    }
    return sum;
  }

  private double ofState(double[] weights, int gate, int unit, double[] h) {
    int rows = cell.gates() * hidden;
    int row = gate * hidden + unit;
    double sum = weights[rows * (in + hidden) + rows + row];
    for (int other = 0; other < hidden; other++) {
      sum += weights[rows * in + row * hidden + other] * h[other];
    }
    return sum;
  }
}
