package dev.lanewise.nn.recurrent;

import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.ops.RecurrentSteps;
import dev.lanewise.ops.RecurrentWeights;
import dev.lanewise.ops.SequenceOps;
import java.util.Arrays;

/// A [Recurrent] at one point: its sweeps, layer by layer and direction by direction, and the sequences between
/// layers. Kept in the workspace and pointed at new data by each `linearize`.
final class RecurrentLinearization implements Linearization {

  /// A value without derivatives is computed in pieces of this many rows, which stay in a cache.
  private static final int ROWS_OF_VALUE = 128;

  Recurrent layer;
  Tensor x;
  Parameters theta;
  Tensor y;
  Workspace ws;
  int batch;
  int time;
  /// Numbers of a sample's input.
  int row;
  private int[] lengths = {};
  private Sweep[] sweeps = {};
  /// The output of each layer except the last, `[batch, time·hidden·directions]`.
  private Tensor[] between = {};
  /// The tangents of these outputs.
  private Tensor[] dotsBetween = {};
  private RecurrentWeights[] dots = {};
  final RecurrentSteps along = new RecurrentSteps();
  final RecurrentSteps back = new RecurrentSteps();
  private final SweepCurvature curvature = new SweepCurvature();

  static RecurrentLinearization of(Recurrent layer, Tensor x, Parameters theta, Workspace ws, boolean keep) {
    int time = layer.time(x.shape());
    theta.requireOf(layer, "theta");
    theta.require(theta.count(), x.precision(), 1, layer, "theta");
    RecurrentLinearization at = ws.object(RecurrentLinearization.class, RecurrentLinearization::new);
    at.layer = layer;
    at.x = x;
    at.theta = theta;
    at.ws = ws;
    at.batch = x.shape().dim(0);
    at.time = time;
    at.row = x.shape().size() / Math.max(1, at.batch);
    at.readLengths();
    at.value(keep);
    return at;
  }

  private void readLengths() {
    if (!layer.recurrence().lengths()) {
      return;
    }
    if (lengths.length < batch) {
      lengths = new int[batch];
    }
    for (int sample = 0; sample < batch; sample++) {
      double length = x.get(sample * row + row - 1);
      if (!(length >= 1 && length <= time && length == Math.rint(length))) {
        throw new IllegalArgumentException(
            layer + ": sample " + sample + " has length " + length + ", expected a whole number from 1 to " + time);
      }
      lengths[sample] = (int) length;
    }
  }

  /// Each sample's length, or null if all samples have all steps.
  int[] lengths() {
    return layer.recurrence().lengths() ? lengths : null;
  }

  private void value(boolean keep) {
    int layers = layer.recurrence().layers();
    int directions = layer.recurrence().directions();
    int width = layer.hidden() * directions;
    makeRoom(layers, directions);
    y = layer.recurrence().lastState() ? ws.matrix(x.precision(), batch, width) : ws.tensor(x.precision(),
        sequence(width));
    int mark = ws.mark();
    int every = keep ? RecurrentMemory.every(layer.recurrence(), time)
        : Math.min(time, (ROWS_OF_VALUE + batch - 1) / Math.max(1, batch));
    for (int level = 0; level < layers; level++) {
      between[level] = level < layers - 1 ? ws.matrix(x.precision(), batch, time * width) : Tensor.none();
      for (int direction = 0; direction < directions; direction++) {
        Sweep sweep = sweeps[level * directions + direction];
        if (level == 0) {
          sweep.set(this, direction, x, row, layer.in());
        } else {
          sweep.set(this, level * directions + direction, between[level - 1], time * width, width);
        }
        sweep.value(every, keep);
      }
    }
    if (!keep) {
      ws.release(mark);
    }
  }

  private void makeRoom(int layers, int directions) {
    if (sweeps.length < layers * directions) {
      int before = sweeps.length;
      sweeps = Arrays.copyOf(sweeps, layers * directions);
      for (int index = before; index < sweeps.length; index++) {
        sweeps[index] = new Sweep();
      }
    }
    if (between.length < layers) {
      between = new Tensor[layers];
      dotsBetween = new Tensor[layers];
    }
  }

  private Shape sequence(int width) {
    Shape known = y == null ? null : y.shape();
    return known != null && known.rank() == 3 && known.dim(0) == batch && known.dim(1) == time && known.dim(2) == width
        ? known
        : Shape.of(batch, time, width);
  }

  /// Parameters of a layer in a direction.
  int entries() {
    return layer.recurrence().bias() ? 4 : 2;
  }

  int directions() {
    return layer.recurrence().directions();
  }

  private int lastLevel() {
    return layer.recurrence().layers() - 1;
  }

  /// Room for the tangents of a layer's weights in `chunk` directions.
  RecurrentWeights[] dots(int chunk) {
    if (dots.length < chunk) {
      int before = dots.length;
      dots = Arrays.copyOf(dots, chunk);
      for (int way = before; way < chunk; way++) {
        dots[way] = new RecurrentWeights();
      }
    }
    return dots;
  }

  /// The place for a sweep's whole sequence: none for the last layer, if the output is only the last state.
  Tensor outputOf(int index) {
    int level = index / directions();
    return level < lastLevel() ? between[level] : layer.recurrence().lastState() ? Tensor.none() : y;
  }

  /// Writes the states of a segment to a sequence or, without one, the last states to `last`.
  void giveOut(Sweep sweep, int segment, RecurrentSteps steps, int rows, Tensor sequence, Tensor last) {
    int hidden = layer.hidden();
    int width = hidden * directions();
    if (sequence.isNone()) {
      SequenceOps.scatterLast(sweep.order, sweep.first(segment), sweep.count(segment), rows, hidden,
          steps.h(), last, sweep.direction * hidden, width);
    } else {
      SequenceOps.scatter(sweep.order, sweep.first(segment), sweep.count(segment), rows, hidden,
          steps.h(), sequence, sweep.direction * hidden, time * width, width, false);
    }
  }

  @Override
  public Tensor output() {
    return y;
  }

  /// Layer by layer, in each direction.
  @Override
  public void jvp(Tensor xDot, Parameters thetaDot, Tensor yDot) {
    int chunk = Linearization.requirePush(layer, x.shape(), theta, y, xDot, thetaDot, yDot);
    int mark = ws.mark();
    push(layer.recurrence().layers(), xDot, thetaDot, chunk, yDot);
    ws.release(mark);
  }

  private void push(int levels, Tensor xDot, Parameters thetaDot, int chunk, Tensor yDot) {
    for (int level = 0; level < levels; level++) {
      Tensor source = level == 0 ? xDot : dotsBetween[level - 1];
      Tensor output = level < lastLevel() ? betweenLayers(chunk) : layer.recurrence().lastState() ? Tensor.none()
          : yDot;
      dotsBetween[level] = output;
      for (int direction = 0; direction < directions(); direction++) {
        sweeps[level * directions() + direction].push(source, xDot, thetaDot, chunk, output, yDot);
      }
    }
  }

  /// From the last layer down, in each direction.
  @Override
  public void vjp(Tensor yBar, Tensor xBar, Parameters thetaBar) {
    int chunk = Linearization.requirePull(layer, x.shape(), theta, y, yBar, xBar, thetaBar);
    if (xBar.isNone() && thetaBar.isNone()) {
      return;
    }
    int mark = ws.mark();
    Tensor output = layer.recurrence().lastState() ? Tensor.none() : yBar;
    for (int level = lastLevel(); level >= 0; level--) {
      Tensor source = level == 0 ? xBar : betweenLayers(chunk);
      for (int direction = 0; direction < directions(); direction++) {
        sweeps[level * directions() + direction].pull(output, yBar, source, xBar, thetaBar, chunk);
      }
      output = source;
    }
    clearLengths(xBar, chunk);
    ws.release(mark);
  }

  /// Pushes the tangents up to the last layer, then pulls from there layer by layer, with the pull's derivative.
  @Override
  public void vjpDot(
      Tensor xDot, Parameters thetaDot, Tensor yBar, Tensor yBarDot, Tensor xBarDot, Parameters thetaBarDot) {
    int chunk = Linearization.requirePullDot(
        layer, x.shape(), theta, y, xDot, thetaDot, yBar, yBarDot, xBarDot, thetaBarDot);
    if (xBarDot.isNone() && thetaBarDot.isNone()) {
      return;
    }
    int mark = ws.mark();
    push(lastLevel(), xDot, thetaDot, chunk, Tensor.none());
    curvature.along(xDot, thetaDot, chunk);
    boolean last = layer.recurrence().lastState();
    Tensor output = last ? Tensor.none() : yBar;
    Tensor outputDot = last ? Tensor.none() : yBarDot;
    for (int level = lastLevel(); level >= 0; level--) {
      Tensor source = level == 0 ? Tensor.none() : betweenLayers(1);
      Tensor sourceDot = level == 0 ? xBarDot : betweenLayers(chunk);
      curvature.from(output, yBar, outputDot, yBarDot);
      curvature.to(source, sourceDot);
      for (int direction = 0; direction < directions(); direction++) {
        curvature.pullDot(sweeps[level * directions() + direction], level == 0 ? xDot : dotsBetween[level - 1],
            xBarDot, thetaBarDot);
      }
      output = source;
      outputDot = sourceDot;
    }
    clearLengths(xBarDot, chunk);
    ws.release(mark);
  }

  /// Room for tangents or cotangents of a sequence between two layers.
  private Tensor betweenLayers(int chunk) {
    return ws.matrix(x.precision(), chunk * batch, time * layer.hidden() * directions());
  }

  /// The derivative with respect to a length is 0.
  private void clearLengths(Tensor xBar, int chunk) {
    if (layer.recurrence().lengths() && !xBar.isNone()) {
      for (int sample = 0; sample < chunk * batch; sample++) {
        xBar.set(sample * row + row - 1, 0);
      }
    }
  }
}
