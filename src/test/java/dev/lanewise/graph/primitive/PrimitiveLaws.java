package dev.lanewise.graph.primitive;

import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/// What must hold of a primitive's four rules, at one point, checked against plain Java and central differences.
///
/// | law | what |
/// |-----|------|
/// | VALUE     | y is the reference's, with and without residuals, whatever was in its memory |
/// | PUSH      | ẏ is the central difference of y, of all operands together and of each alone |
/// | PULL      | ⟨ȳ, J·ȧ⟩ = ⟨Jᵀ·ȳ, ȧ⟩, operand by operand |
/// | BEND      | what is added to ā̇ is the central difference of ā |
/// | PRECISION | floats agree with doubles |
/// | KEPT      | it keeps no more than it says |
/// | EMPTY     | a batch of no samples is computed, and pulls 0 to what has no batch |
final class PrimitiveLaws {

  enum Law { VALUE, PUSH, PULL, BEND, PRECISION, KEPT, EMPTY }

  private static final int BATCH = 3;
  private static final int CHUNK = 2;
  private static final double STEP = 1e-5;
  private static final double CLOSE = 3e-8;
  private static final double CLOSE_IN_FLOAT = 2e-4;

  private final PrimitiveCase of;
  private final Primitive primitive;
  private final Random random = new Random(27);
  private final Set<Law> broken = new TreeSet<>();
  private final Workspace ws = new Workspace();
  private final int operands;

  private PrimitiveLaws(PrimitiveCase of) {
    this.of = of;
    primitive = of.primitive();
    operands = of.shapes().size();
  }

  /// The laws that are broken.
  static Set<Law> broken(PrimitiveCase of) {
    PrimitiveLaws laws = new PrimitiveLaws(of);
    laws.check();
    laws.checkEmpty();
    return laws.broken;
  }

  private void check() {
    Tensor[] in = new Tensor[operands];
    Tensor[] dots = new Tensor[operands];
    for (int k = 0; k < operands; k++) {
      in[k] = random(valueShape(k, BATCH));
      for (int i = 0; i < in[k].size(); i++) {
        in[k].set(i, of.domain().applyAsDouble(in[k].get(i)));
      }
      dots[k] = random(in[k].shape().prepend(CHUNK));
    }
    Point at = point(in, BATCH, true);
    Tensor yBar = random(at.y.shape().prepend(CHUNK));
    checkValue(at);
    checkPush(at, dots);
    checkPull(at, dots, yBar);
    Tensor oneBar = random(at.y.shape().prepend(1));
    for (int k = 0; k < operands; k++) {
      for (int moving = -1; moving < operands; moving++) {
        checkBend(at, k, moving < 0 ? dots : only(dots, moving), oneBar);
      }
    }
    checkPrecision(at, dots, yBar, oneBar);
    if (at.kept.size() > (of.batchedResult() ? BATCH : 1) * primitive.kept(of.shapes())) {
      broken.add(Law.KEPT);
    }
  }

  private void checkValue(Point at) {
    Tensor[] in = at.in;
    int samples = of.batchedResult() ? BATCH : 1;
    int n = of.outputShape().size();
    for (int sample = 0; sample < samples; sample++) {
      double[][] single = new double[operands][];
      for (int k = 0; k < operands; k++) {
        int size = of.shapes().get(k).size();
        int from = of.batched().get(k) ? sample * size : 0;
        single[k] = Arrays.copyOfRange(in[k].toDoubles(), from, from + size);
      }
      double[] expected = of.reference().of(single);
      for (int i = 0; i < n; i++) {
        expect(Law.VALUE, expected.length == n ? expected[i] : Double.NaN, at.y.get(sample * n + i), 1e-12);
      }
    }
    Point again = point(in, BATCH, false);
    if (!Arrays.equals(again.y.toDoubles(), at.y.toDoubles()) || !again.kept.isNone()) {
      broken.add(Law.VALUE);
    }
  }

  private void checkPush(Point at, Tensor[] dots) {
    Tensor[] each = new Tensor[operands];
    for (int k = 0; k < operands; k++) {
      each[k] = push(at, only(dots, k));
    }
    Tensor all = push(at, dots);
    for (int direction = 0; direction < CHUNK; direction++) {
      double[] up = point(moved(at.in, dots, direction, STEP), BATCH, false).y.toDoubles();
      double[] down = point(moved(at.in, dots, direction, -STEP), BATCH, false).y.toDoubles();
      for (int i = 0; i < up.length; i++) {
        expect(Law.PUSH, (up[i] - down[i]) / (2 * STEP), all.get(direction * up.length + i), CLOSE);
      }
    }
    for (int i = 0; i < all.size(); i++) {
      double sum = 0;
      for (Tensor one : each) {
        sum += one.get(i);
      }
      expect(Law.PUSH, all.get(i), sum, 1e-12);
    }
  }

  private void checkPull(Point at, Tensor[] dots, Tensor yBar) {
    for (int k = 0; k < operands; k++) {
      Tensor pushed = push(at, only(dots, k));
      Tensor bar = pull(at, k, yBar);
      for (int direction = 0; direction < CHUNK; direction++) {
        expect(Law.PULL, dot(yBar, pushed, direction), dot(bar, dots[k], direction), 1e-11);
      }
    }
  }

  private void checkBend(Point at, int k, Tensor[] dots, Tensor yBar) {
    Tensor barDot = bend(at, k, dots, yBar);
    int n = at.in[k].size();
    for (int direction = 0; direction < CHUNK; direction++) {
      Tensor up = pull(point(moved(at.in, dots, direction, STEP), BATCH, true), k, yBar);
      Tensor down = pull(point(moved(at.in, dots, direction, -STEP), BATCH, true), k, yBar);
      for (int i = 0; i < n; i++) {
        expect(Law.BEND, (up.get(i) - down.get(i)) / (2 * STEP), barDot.get(direction * n + i) - 1, CLOSE);
      }
    }
    if (primitive.isLinear() && Arrays.stream(barDot.toDoubles()).anyMatch(added -> added != 1)) {
      broken.add(Law.BEND);
    }
  }

  private void checkPrecision(Point at, Tensor[] dots, Tensor yBar, Tensor oneBar) {
    Tensor[] in = floats(at.in);
    Point single = point(in, BATCH, true);
    expectClose(at.y, single.y);
    expectClose(push(at, dots), push(single, floats(dots)));
    for (int k = 0; k < operands; k++) {
      expectClose(pull(at, k, yBar), pull(single, k, yBar.to(Precision.FLOAT)));
      expectClose(bend(at, k, dots, oneBar), bend(single, k, floats(dots), oneBar.to(Precision.FLOAT)));
    }
  }

  private void checkEmpty() {
    if (!of.batchedResult()) {
      return;
    }
    Tensor[] in = new Tensor[operands];
    Tensor[] dots = new Tensor[operands];
    for (int k = 0; k < operands; k++) {
      in[k] = random(valueShape(k, 0));
      dots[k] = random(in[k].shape().prepend(CHUNK));
    }
    Point at = point(in, 0, true);
    push(at, dots);
    Tensor yBar = random(at.y.shape().prepend(CHUNK));
    for (int k = 0; k < operands; k++) {
      double[] bar = pull(at, k, yBar).toDoubles();
      double[] barDot = bend(at, k, dots, random(at.y.shape().prepend(1))).toDoubles();
      if (Arrays.stream(bar).anyMatch(one -> one != 0) || Arrays.stream(barDot).anyMatch(one -> one != 1)) {
        broken.add(Law.EMPTY);
      }
    }
  }

  private Shape valueShape(int k, int batch) {
    Shape shape = of.shapes().get(k);
    return of.batched().get(k) ? shape.prepend(batch) : shape;
  }

  private Point point(Tensor[] in, int batch, boolean keep) {
    Point at = new Point();
    at.ws = ws;
    at.in = in;
    Shape shape = of.outputShape();
    at.y = garbage(in[0].precision(), of.batchedResult() ? shape.prepend(batch) : shape);
    primitive.value(at, keep);
    return at;
  }

  private Tensor push(Point at, Tensor[] dots) {
    Tensor yDot = garbage(at.y.precision(), at.y.shape().prepend(CHUNK));
    primitive.push(at, dots, yDot);
    return yDot;
  }

  private Tensor pull(Point at, int k, Tensor yBar) {
    Tensor bar = garbage(at.y.precision(), at.in[k].shape().prepend(yBar.shape().dim(0)));
    primitive.pull(at, k, yBar, bar);
    return bar;
  }

  /// What was 1 before.
  private Tensor bend(Point at, int k, Tensor[] dots, Tensor yBar) {
    Tensor barDot = Tensor.zeros(at.y.precision(), at.in[k].shape().prepend(CHUNK));
    barDot.fill(1);
    primitive.addBend(at, k, dots, yBar, barDot);
    return barDot;
  }

  /// In the middle of an array of NaN.
  private static Tensor garbage(Precision precision, Shape shape) {
    Tensor whole = Tensor.zeros(precision, shape.size() + 5);
    whole.fill(Double.NaN);
    return whole.view(3, shape);
  }

  private Tensor random(Shape shape) {
    Tensor tensor = Tensor.zeros(Precision.DOUBLE, shape.size() + 2).view(1, shape);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.set(i, random.nextGaussian());
    }
    return tensor;
  }

  private static Tensor[] floats(Tensor[] tensors) {
    return Arrays.stream(tensors).map(one -> one.isNone() ? one : one.to(Precision.FLOAT)).toArray(Tensor[]::new);
  }

  private static Tensor[] only(Tensor[] dots, int k) {
    Tensor[] only = new Tensor[dots.length];
    Arrays.fill(only, Tensor.none());
    only[k] = dots[k];
    return only;
  }

  private static Tensor[] moved(Tensor[] in, Tensor[] dots, int direction, double step) {
    Tensor[] moved = new Tensor[in.length];
    for (int k = 0; k < in.length; k++) {
      moved[k] = in[k].copy();
      for (int i = 0; !dots[k].isNone() && i < in[k].size(); i++) {
        moved[k].set(i, in[k].get(i) + step * dots[k].get(direction * in[k].size() + i));
      }
    }
    return moved;
  }

  private static double dot(Tensor x, Tensor y, int direction) {
    int n = x.size() / CHUNK;
    double sum = 0;
    for (int i = direction * n; i < (direction + 1) * n; i++) {
      sum += x.get(i) * y.get(i);
    }
    return sum;
  }

  private void expect(Law law, double expected, double actual, double tolerance) {
    if (!(Math.abs(expected - actual) <= tolerance * (1 + Math.abs(expected)))) {
      broken.add(law);
    }
  }

  private void expectClose(Tensor expected, Tensor actual) {
    for (int i = 0; i < expected.size(); i++) {
      expect(Law.PRECISION, expected.get(i), actual.get(i), CLOSE_IN_FLOAT);
    }
  }
}
