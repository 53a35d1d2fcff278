package dev.lanewise.graph;

import dev.lanewise.Tensor;
import dev.lanewise.nn.LayerPass;
import java.util.SplittableRandom;

/// x + attention(norm(x)) of one sample, in plain loops in `double`, with derivatives by differences: the reference for
/// [Expressions#attention].
final class PlainAttention {

  private static final double STEP = 1e-4;
  /// The step of a difference.
  private static final double DIFFERENCE = 1e-7;
  private static final double ROUNDINGS = 64;
  private static final double EPSILON = 1e-5;

  private final int time = Expressions.TIME;
  private final int features = Expressions.FEATURES;
  private final LayerPass pass;

  private PlainAttention(LayerPass pass) {
    this.pass = pass;
  }

  /// Checks the result of a pass at a batch of 1; that of a pull by its product with a direction, which must be ȳ's
  /// with the pushed direction.
  static void check(LayerPass pass) {
    pass.run();
    PlainAttention plain = new PlainAttention(pass);
    switch (pass.kind) {
      case VALUE -> plain.compare("value", 0, 0, plain.value(array(pass.x, 0)));
      case PUSH -> {
        for (int direction = 0; direction < pass.directions; direction++) {
          plain.compare("push " + direction, direction, DIFFERENCE, plain.derivative(array(pass.from, direction)));
        }
      }
      case PULL -> plain.checkPull();
      case THETA, PULL_ALL -> throw new IllegalArgumentException(
          "AttentionBenchmark: pass of " + pass.kind + ", expected a value, pushes or pulls");
    }
  }

  private void checkPull() {
    SplittableRandom random = new SplittableRandom(13);
    double[] direction = random.doubles((long) time * features, -1, 1).toArray();
    double[] pushed = derivative(direction);
    for (int pull = 0; pull < pass.directions; pull++) {
      double[] yBar = array(pass.from, pull);
      double[] xBar = array(pass.result(), pull);
      double magnitude = Math.sqrt(dot(yBar, yBar) * dot(pushed, pushed));
      require("product of pull " + pull, dot(xBar, direction), dot(yBar, pushed), magnitude, DIFFERENCE);
    }
  }

  private void compare(String what, int direction, double inexact, double... expected) {
    double[] found = array(pass.result(), direction);
    double magnitude = Math.sqrt(dot(expected, expected));
    for (int at = 0; at < expected.length; at++) {
      require(what + " at " + at, found[at], expected[at], magnitude, inexact);
    }
  }

  /// @param inexact the error of `expected`, as a share of the magnitude
  private void require(String what, double found, double expected, double magnitude, double inexact) {
    double tolerance = Math.max(ROUNDINGS * pass.x.precision().unitRoundoff(), inexact);
    if (!(Math.abs(found - expected) <= tolerance * magnitude)) {
      throw new IllegalStateException("attention: " + what + " is " + found + ", expected " + expected);
    }
  }

  private double[] derivative(double... direction) {
    double[] x = array(pass.x, 0);
    double[] ahead = x.clone();
    double[] lower = x.clone();
    for (int at = 0; at < x.length; at++) {
      ahead[at] += STEP * direction[at];
      lower[at] -= STEP * direction[at];
    }
    double[] difference = value(ahead);
    double[] other = value(lower);
    for (int at = 0; at < difference.length; at++) {
      difference[at] = (difference[at] - other[at]) / (2 * STEP);
    }
    return difference;
  }

  private double[] value(double... x) {
    double[] norm = new double[x.length];
    for (int step = 0; step < time; step++) {
      norm(x, step, norm);
    }
    double[] query = linear("inner.1.in_proj_weight", "inner.1.in_proj_bias", 0, norm);
    double[] key = linear("inner.1.in_proj_weight", "inner.1.in_proj_bias", features, norm);
    double[] value = linear("inner.1.in_proj_weight", "inner.1.in_proj_bias", 2 * features, norm);
    double[] attended = new double[x.length];
    int size = features / Expressions.HEADS;
    for (int head = 0; head < Expressions.HEADS; head++) {
      for (int step = 0; step < time; step++) {
        attend(head * size, size, step, query, key, value, attended);
      }
    }
    double[] y = linear("inner.1.out_proj.weight", "inner.1.out_proj.bias", 0, attended);
    for (int at = 0; at < y.length; at++) {
      y[at] += x[at];
    }
    return y;
  }

  private void norm(double[] x, int step, double[] norm) {
    double mean = 0;
    double square = 0;
    for (int feature = 0; feature < features; feature++) {
      mean += x[step * features + feature] / features;
    }
    for (int feature = 0; feature < features; feature++) {
      square += Math.pow(x[step * features + feature] - mean, 2) / features;
    }
    for (int feature = 0; feature < features; feature++) {
      norm[step * features + feature] = (x[step * features + feature] - mean) / Math.sqrt(square + EPSILON)
          * pass.theta.get("inner.0.weight").get(feature) + pass.theta.get("inner.0.bias").get(feature);
    }
  }

  /// W·x + b by the rows of W and b from `first` on, of each step.
  private double[] linear(String weights, String biases, int first, double... x) {
    Tensor weight = pass.theta.get(weights);
    Tensor bias = pass.theta.get(biases);
    double[] y = new double[x.length];
    for (int step = 0; step < time; step++) {
      for (int out = 0; out < features; out++) {
        double sum = bias.get(first + out);
        for (int in = 0; in < features; in++) {
          sum += weight.get(first + out, in) * x[step * features + in];
        }
        y[step * features + out] = sum;
      }
    }
    return y;
  }

  /// One step's query of one head against the keys up to its own.
  private void attend(int from, int size, int step, double[] query, double[] key, double[] value, double[] attended) {
    double[] weights = new double[step + 1];
    double sum = 0;
    for (int other = 0; other <= step; other++) {
      double score = 0;
      for (int at = from; at < from + size; at++) {
        score += query[step * features + at] * key[other * features + at];
      }
      weights[other] = Math.exp(score / Math.sqrt(size));
      sum += weights[other];
    }
    for (int at = from; at < from + size; at++) {
      for (int other = 0; other <= step; other++) {
        attended[step * features + at] += weights[other] / sum * value[other * features + at];
      }
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int at = 0; at < a.length; at++) {
      sum += a[at] * b[at];
    }
    return sum;
  }

  /// One sample, or direction, of a batch of 1.
  private static double[] array(Tensor tensor, int index) {
    double[] values = new double[Expressions.TIME * Expressions.FEATURES];
    for (int at = 0; at < values.length; at++) {
      values[at] = tensor.get(index * values.length + at);
    }
    return values;
  }
}
