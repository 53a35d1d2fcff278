package dev.lanewise.nn.recurrent;

import dev.lanewise.Parameters;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.ops.RecurrentOps;
import dev.lanewise.ops.RecurrentSteps;
import dev.lanewise.ops.RecurrentWeights;

/// The tangent of a [Sweep]'s pull along k directions.
///
/// First the directions are pushed through all segments except the last, for the tangents of the states before each
/// segment. Then, from the last segment to the first, each is pushed again, its cotangent is pulled, and so is the
/// derivative of that pull.
final class SweepCurvature {

  /// The directions, as given to the whole layer.
  private Tensor xDot;
  private Parameters thetaDot;
  private int chunk;
  /// Tangents of the sweep's input, or none for zero.
  private Tensor sourceDot;
  /// The cotangent of the sweep's output sequence, and its tangents, or none if the output is only the last state.
  private Tensor outputBar;
  private Tensor outputBarDot;
  private Tensor yBar;
  private Tensor yBarDot;
  /// Places for the cotangent of the sweep's input and for its tangents, or none if not wanted.
  private Tensor sourceBar;
  private Tensor sourceBarDot;

  private Sweep sweep;
  private Workspace ws;
  private RecurrentSteps at;
  private final RecurrentSteps along = new RecurrentSteps();
  private final RecurrentSteps back = new RecurrentSteps();
  private final RecurrentSteps backDot = new RecurrentSteps();
  private RecurrentWeights[] dots;
  private int ways;
  private Tensor inputs;
  private Tensor inputsDot;
  private Tensor inputsBar;
  private Tensor inputsBarDot;
  /// The tangents of the states before each segment.
  private Tensor keptH;
  private Tensor keptC;
  /// The cotangent that a segment passes to the one before it.
  private Tensor carryH;
  private Tensor carryC;
  private Tensor carryHDot;
  private Tensor carryCDot;
  private Tensor sums;

  void along(Tensor xDot, Parameters thetaDot, int chunk) {
    this.xDot = xDot;
    this.thetaDot = thetaDot;
    this.chunk = chunk;
  }

  void from(Tensor outputBar, Tensor yBar, Tensor outputBarDot, Tensor yBarDot) {
    this.outputBar = outputBar;
    this.yBar = yBar;
    this.outputBarDot = outputBarDot;
    this.yBarDot = yBarDot;
  }

  void to(Tensor sourceBar, Tensor sourceBarDot) {
    this.sourceBar = sourceBar;
    this.sourceBarDot = sourceBarDot;
  }

  /// Differentiates one sweep's pull.
  ///
  /// @param sourceDot tangents of its input, or none for zero
  void pullDot(Sweep sweep, Tensor sourceDot, Tensor xBarDot, Parameters thetaBarDot) {
    this.sweep = sweep;
    this.sourceDot = sourceDot;
    ws = sweep.of.ws;
    int mark = ws.mark();
    makeRoom();
    pushThrough();
    for (int segment = sweep.segments - 1; segment >= 0; segment--) {
      pushAgain(segment);
      pullBack(segment);
      giveInputs(segment);
      giveGradients(thetaBarDot);
      carry();
    }
    SweepGradients.addBiases(sweep, thetaBarDot, chunk, sums);
    InitialStates.give(sweep, backDot, xBarDot, thetaBarDot, chunk);
    ws.release(mark);
  }

  private void makeRoom() {
    int batch = sweep.of.batch;
    int rows = chunk * batch;
    at = sweep.scratch();
    inputs = sweep.inputScratch();
    sweep.room(along, rows, false);
    sweep.room(back, batch, false);
    sweep.room(backDot, rows, false);
    boolean cells = !along.c().isNone();
    inputsDot = sourceDot.isNone() ? sourceDot : sweep.panel(sweep.every * rows, sweep.features);
    inputsBar = sourceBar.isNone() ? sourceBar : sweep.panel(sweep.every * batch, sweep.features);
    inputsBarDot = sourceBarDot.isNone() ? sourceBarDot : sweep.panel(sweep.every * rows, sweep.features);
    keptH = sweep.states(sweep.segments * rows);
    keptC = cells ? sweep.states(sweep.segments * rows) : Tensor.none();
    carryH = sweep.states(batch);
    carryC = cells ? sweep.states(batch) : Tensor.none();
    carryHDot = sweep.states(rows);
    carryCDot = cells ? sweep.states(rows) : Tensor.none();
    sums = SweepGradients.sums(sweep, chunk);
    dots = sweep.of.dots(chunk);
    ways = sweep.loadDots(thetaDot, chunk, dots);
  }

  /// Keeps the tangents of the states before each segment.
  private void pushThrough() {
    int size = along.rows() * sweep.of.layer.hidden();
    for (int segment = 0; segment < sweep.segments; segment++) {
      along.ofSteps(sweep.count(segment));
      sweep.carryForward(segment, along, xDot, thetaDot, chunk);
      sweep.move(along.h(), along.beforeAt(), keptH, segment * size, along.rows());
      sweep.move(along.c(), along.beforeAt(), keptC, segment * size, along.rows());
      if (segment < sweep.segments - 1) {
        sweep.restore(segment, at, inputs);
        sweep.pushSegment(segment, at, inputs, sourceDot, along, inputsDot, dots, ways);
      }
    }
  }

  private void pushAgain(int segment) {
    int size = along.rows() * sweep.of.layer.hidden();
    sweep.restore(segment, at, inputs);
    along.ofSteps(sweep.count(segment));
    sweep.move(keptH, segment * size, along.h(), along.beforeAt(), along.rows());
    sweep.move(keptC, segment * size, along.c(), along.beforeAt(), along.rows());
    sweep.pushSegment(segment, at, inputs, sourceDot, along, inputsDot, dots, ways);
  }

  private void pullBack(int segment) {
    back.ofSteps(sweep.count(segment));
    backDot.ofSteps(sweep.count(segment));
    sweep.takeIn(segment, back, outputBar, yBar, carryH, carryC);
    sweep.takeIn(segment, backDot, outputBarDot, yBarDot, carryHDot, carryCDot);
    RecurrentOps.pull(sweep.weights, at, back, ws);
    RecurrentOps.pullDot(sweep.weights, at, along, back, backDot, dots, ways, ws);
  }

  /// Writes the cotangent of the sweep's input, and its tangents, for the layer below.
  private void giveInputs(int segment) {
    if (!sourceBar.isNone()) {
      RecurrentOps.inputs(sweep.weights, back, inputsBar, ws);
      sweep.scatterBar(segment, back.rows(), inputsBar, sourceBar);
    }
    if (!sourceBarDot.isNone()) {
      RecurrentOps.inputs(sweep.weights, backDot, inputsBarDot, ws);
      for (int way = 0; way < ways; way++) {
        RecurrentOps.addInputs(dots[way], back, backDot, way, inputsBarDot, ws);
      }
      sweep.scatterBar(segment, backDot.rows(), inputsBarDot, sourceBarDot);
    }
  }

  private void giveGradients(Parameters thetaBarDot) {
    if (!thetaBarDot.isNone()) {
      for (int way = 0; way < chunk; way++) {
        RecurrentOps.gradientsDot(sweep.weights, at, along, back, backDot, way, inputs, inputsDot,
            SweepGradients.place(sweep, thetaBarDot, 0, way), SweepGradients.place(sweep, thetaBarDot, 1, way), ws);
      }
      RecurrentOps.sumParts(backDot, sweep.of.batch, sums);
    }
  }

  private void carry() {
    sweep.move(back.h(), back.beforeAt(), carryH, 0, back.rows());
    sweep.move(back.c(), back.beforeAt(), carryC, 0, back.rows());
    sweep.move(backDot.h(), backDot.beforeAt(), carryHDot, 0, backDot.rows());
    sweep.move(backDot.c(), backDot.beforeAt(), carryCDot, 0, backDot.rows());
  }
}
