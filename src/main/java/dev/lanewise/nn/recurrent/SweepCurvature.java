package dev.lanewise.nn.recurrent;

import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.ops.RecurrentOps;
import dev.lanewise.ops.RecurrentSteps;
import dev.lanewise.ops.RecurrentWeights;

/// The tangent of a [Sweep]'s pull along k directions.
///
/// First the directions are pushed through all segments but the last, for the tangents of the states before each. Then, from the last
/// segment to the first, each is pushed again, its one cotangent is pulled, and the derivative of that.
final class SweepCurvature {

  private SweepCurvature() {}

  /// @param sourceDot tangents of what the sweep reads, or none for zero
  /// @param outputBar the cotangent of the sequence that it writes, or none where only the last state comes out
  /// @param outputBarDot its tangents, likewise
  /// @param sourceBar the place for the cotangent of what it reads, or none where not wanted
  /// @param sourceBarDot the place for the tangents of that, or none where not wanted
  static void pullDot(Sweep sweep, Tensor sourceDot, Tensor xDot, Parameters thetaDot, int chunk,
      Tensor outputBar, Tensor yBar, Tensor outputBarDot, Tensor yBarDot, Tensor sourceBar, Tensor sourceBarDot,
      Tensor xBarDot, Parameters thetaBarDot) {
    Workspace ws = sweep.of.ws;
    int mark = ws.mark();
    Precision precision = sweep.of.x.precision();
    int batch = sweep.of.batch;
    int rows = chunk * batch;
    int hidden = sweep.of.layer.hidden();
    RecurrentSteps at = sweep.scratch();
    Tensor inputs = sweep.inputScratch();
    RecurrentSteps along = sweep.room(sweep.of.along, rows, false);
    Tensor inputsDot = sourceDot.isNone() ? sourceDot : ws.matrix(precision, sweep.every * rows, sweep.features);
    RecurrentWeights[] dots = sweep.of.dots(chunk);
    int ways = sweep.loadDots(thetaDot, chunk, dots);
    boolean cells = !along.c().isNone();
    Tensor keptH = ws.matrix(precision, sweep.segments * rows, hidden);
    Tensor keptC = cells ? ws.matrix(precision, sweep.segments * rows, hidden) : Tensor.none();
    for (int segment = 0; segment < sweep.segments; segment++) {
      along.ofSteps(sweep.count(segment));
      sweep.carryForward(segment, along, xDot, thetaDot, chunk);
      sweep.move(along.h(), along.beforeAt(), keptH, segment * rows * hidden, rows);
      sweep.move(along.c(), along.beforeAt(), keptC, segment * rows * hidden, rows);
      if (segment < sweep.segments - 1) {
        sweep.restore(segment, at, inputs);
        sweep.pushSegment(segment, at, inputs, sourceDot, along, inputsDot, dots, ways);
      }
    }
    RecurrentSteps back = sweep.room(sweep.of.back, batch, false);
    RecurrentSteps backDot = sweep.room(sweep.of.backDot, rows, false);
    Tensor carryH = ws.matrix(precision, batch, hidden);
    Tensor carryC = cells ? ws.matrix(precision, batch, hidden) : Tensor.none();
    Tensor carryHDot = ws.matrix(precision, rows, hidden);
    Tensor carryCDot = cells ? ws.matrix(precision, rows, hidden) : Tensor.none();
    Tensor inputsBar = sourceBar.isNone() ? sourceBar : ws.matrix(precision, sweep.every * batch, sweep.features);
    Tensor inputsBarDot = sourceBarDot.isNone() ? sourceBarDot : ws.matrix(precision, sweep.every * rows, sweep.features);
    Tensor sums = sweep.sums(chunk);
    for (int segment = sweep.segments - 1; segment >= 0; segment--) {
      sweep.restore(segment, at, inputs);
      along.ofSteps(sweep.count(segment));
      sweep.move(keptH, segment * rows * hidden, along.h(), along.beforeAt(), rows);
      sweep.move(keptC, segment * rows * hidden, along.c(), along.beforeAt(), rows);
      sweep.pushSegment(segment, at, inputs, sourceDot, along, inputsDot, dots, ways);
      back.ofSteps(sweep.count(segment));
      backDot.ofSteps(sweep.count(segment));
      sweep.takeIn(segment, back, outputBar, yBar, carryH, carryC);
      sweep.takeIn(segment, backDot, outputBarDot, yBarDot, carryHDot, carryCDot);
      RecurrentOps.pull(sweep.weights, at, back, ws);
      RecurrentOps.pullDot(sweep.weights, at, along, back, backDot, dots, ways, ws);
      if (!sourceBar.isNone()) {
        RecurrentOps.inputs(sweep.weights, back, inputsBar, ws);
        sweep.scatterBar(segment, batch, inputsBar, sourceBar);
      }
      if (!sourceBarDot.isNone()) {
        RecurrentOps.inputs(sweep.weights, backDot, inputsBarDot, ws);
        for (int way = 0; way < ways; way++) {
          RecurrentOps.addInputs(dots[way], back, backDot, way, inputsBarDot, ws);
        }
        sweep.scatterBar(segment, rows, inputsBarDot, sourceBarDot);
      }
      if (!thetaBarDot.isNone()) {
        for (int way = 0; way < chunk; way++) {
          RecurrentOps.gradientsDot(sweep.weights, at, along, back, backDot, way, inputs,
              sourceDot.isNone() ? sourceDot : inputsDot, sweep.weightBar(thetaBarDot, 0, way),
              sweep.weightBar(thetaBarDot, 1, way), ws);
        }
        RecurrentOps.sumParts(backDot, batch, sums);
      }
      sweep.move(back.h(), back.beforeAt(), carryH, 0, batch);
      sweep.move(back.c(), back.beforeAt(), carryC, 0, batch);
      sweep.move(backDot.h(), backDot.beforeAt(), carryHDot, 0, rows);
      sweep.move(backDot.c(), backDot.beforeAt(), carryCDot, 0, rows);
    }
    sweep.addBiases(thetaBarDot, chunk, sums);
    sweep.of.giveInitialBar(sweep, backDot, xBarDot, thetaBarDot, chunk);
    ws.release(mark);
  }
}
