package dev.lanewise.nn;

import dev.lanewise.Tensor;
import java.util.SplittableRandom;

/// Elements of a convolution's passes by the sums that define them, to check the timed results.
final class PlainConvolution {

  private static final int SAMPLES = 200;

  private final ConvolutionShape shape;
  private double sum;
  private double magnitude;

  PlainConvolution(ConvolutionShape shape) {
    this.shape = shape;
  }

  /// Checks some random elements after one run.
  ///
  /// @throws IllegalStateException if one is off by more than rounding explains
  void check(LayerPass pass) {
    SplittableRandom random = new SplittableRandom(11);
    pass.run();
    Tensor found = pass.kind == LayerPass.Kind.THETA ? pass.thetaBar.flat() : pass.result();
    for (int sample = 0; sample < SAMPLES; sample++) {
      int element = random.nextInt(found.size());
      sum = 0;
      magnitude = 0;
      switch (pass.kind) {
        case VALUE, PUSH -> value(pass, element);
        case PULL -> pull(pass, element);
        case THETA -> theta(pass, element);
        case PULL_ALL -> throw new IllegalArgumentException("pass is PULL_ALL, expected PULL and THETA by themselves");
      }
      pass.require("element " + element, found.get(element), sum, magnitude);
    }
    if (pass.kind == LayerPass.Kind.THETA) {
      pass.thetaBar.flat().fill(0);
    }
  }

  private void add(double left, double right) {
    sum += left * right;
    magnitude += Math.abs(left * right);
  }

  /// Z(o, r, c) = Σ W(o, a, i, j)·X(a, r + i − p, c + j − p) + b(o), for a push without b.
  private void value(LayerPass pass, int element) {
    int plane = shape.size() * shape.size();
    int o = element / plane % shape.out();
    int image = element / plane / shape.out();
    int perGroup = shape.in() / shape.groups();
    int first = o / (shape.out() / shape.groups()) * perGroup;
    for (int a = 0; a < perGroup; a++) {
      for (int tap = 0; tap < shape.window() * shape.window(); tap++) {
        int r = element % plane / shape.size() + tap / shape.window() - shape.window() / 2;
        int c = element % shape.size() + tap % shape.window() - shape.window() / 2;
        if (isInside(r, c)) {
          add(weight(pass, o, a, tap),
              pass.from.get(((image * shape.in() + first + a) * shape.size() + r) * shape.size() + c));
        }
      }
    }
    if (pass.kind == LayerPass.Kind.VALUE) {
      add(pass.theta.get(1).get(o), 1);
    }
  }

  /// X̄(a, r, c) = Σ W(o, a, i, j)·Z̄(o, r − i + p, c − j + p).
  private void pull(LayerPass pass, int element) {
    int plane = shape.size() * shape.size();
    int a = element / plane % shape.in();
    int image = element / plane / shape.in();
    int perGroup = shape.in() / shape.groups();
    int outs = shape.out() / shape.groups();
    for (int o = a / perGroup * outs; o < (a / perGroup + 1) * outs; o++) {
      for (int tap = 0; tap < shape.window() * shape.window(); tap++) {
        int r = element % plane / shape.size() - tap / shape.window() + shape.window() / 2;
        int c = element % shape.size() - tap % shape.window() + shape.window() / 2;
        if (isInside(r, c)) {
          add(weight(pass, o, a % perGroup, tap),
              pass.from.get(((image * shape.out() + o) * shape.size() + r) * shape.size() + c));
        }
      }
    }
  }

  /// W̄(o, a, i, j) = Σ Z̄(o, r, c)·X(a, r + i − p, c + j − p), b̄(o) = Σ Z̄(o, r, c), over images and positions.
  private void theta(LayerPass pass, int element) {
    int plane = shape.size() * shape.size();
    int taps = shape.window() * shape.window();
    int perGroup = shape.in() / shape.groups();
    boolean bias = element >= shape.out() * perGroup * taps;
    int o = bias ? element - shape.out() * perGroup * taps : element / taps / perGroup;
    int a = o / (shape.out() / shape.groups()) * perGroup + element / taps % perGroup;
    for (int image = 0; image < pass.batch; image++) {
      for (int position = 0; position < plane; position++) {
        int r = position / shape.size() + element % taps / shape.window() - shape.window() / 2;
        int c = position % shape.size() + element % taps % shape.window() - shape.window() / 2;
        double cotangent = pass.from.get((image * shape.out() + o) * plane + position);
        if (bias) {
          add(cotangent, 1);
        } else if (isInside(r, c)) {
          add(cotangent, pass.x.get(((image * shape.in() + a) * shape.size() + r) * shape.size() + c));
        }
      }
    }
  }

  private boolean isInside(int r, int c) {
    return r >= 0 && r < shape.size() && c >= 0 && c < shape.size();
  }

  private double weight(LayerPass pass, int o, int a, int tap) {
    return pass.theta.get(0).get((o * (shape.in() / shape.groups()) + a) * shape.window() * shape.window() + tap);
  }
}
