package dev.lanewise.nn.recurrent;

import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.ops.RecurrentOps;
import dev.lanewise.ops.RecurrentSteps;
import dev.lanewise.ops.RecurrentWeights;
import dev.lanewise.ops.SequenceOps;
import dev.lanewise.ops.SequenceOrder;

/// One layer of a [Recurrent] in one direction, at a point.
///
/// Its steps are cut into segments. Either there is one segment, of which all is kept, or only the state before each
/// segment is kept, and a derivative recomputes the segment in scratch. A push goes through the segments from the
/// first, a pull from the last.
final class Sweep {

  RecurrentLinearization of;
  /// Its index among the layers and directions.
  int index;
  int direction;
  int features;
  final RecurrentWeights weights = new RecurrentWeights();
  SequenceOrder order;
  private final SequenceOrder forward = new SequenceOrder(false);
  private final SequenceOrder backward = new SequenceOrder(true);
  /// Its input: `[batch, …]`, in rows of `sourceRow` from the beginning.
  Tensor source;
  int sourceRow;
  /// Steps of a segment; the last one may have fewer.
  int every;
  int segments;
  /// The steps at the point, if all of them are kept.
  private final RecurrentSteps point = new RecurrentSteps();
  private boolean keepsAll;
  private Tensor allInputs;
  /// The states before each segment, if they are kept.
  private Tensor keptH;
  private Tensor keptC;

  void set(RecurrentLinearization of, int index, Tensor source, int sourceRow, int features) {
    int directions = of.layer.recurrence().directions();
    this.of = of;
    this.index = index;
    this.direction = index % directions;
    this.source = source;
    this.sourceRow = sourceRow;
    this.features = features;
    order = direction == 0 ? forward : backward;
    order.set(of.batch, of.time, of.lengths());
    load(of.theta, 0, weights);
  }

  /// Loads the weights, or a direction of their tangents.
  private void load(Parameters theta, int way, RecurrentWeights weights) {
    boolean bias = of.layer.recurrence().bias();
    int first = index * of.entries();
    weights.on(of.ws, of.layer.cell(), theta.get(first, way), theta.get(first + 1, way),
        bias ? theta.get(first + 2, way) : Tensor.none(), bias ? theta.get(first + 3, way) : Tensor.none());
  }

  private Precision precision() {
    return of.x.precision();
  }

  private int hidden() {
    return of.layer.hidden();
  }

  int first(int segment) {
    return segment * every;
  }

  int count(int segment) {
    return Math.min(every, of.time - segment * every);
  }

  /// Runs through the sequences.
  ///
  /// @param every steps of a segment
  /// @param keep whether derivatives will follow
  void value(int every, boolean keep) {
    Workspace ws = of.ws;
    this.every = every;
    segments = (of.time + every - 1) / every;
    keptH = Tensor.none();
    keptC = Tensor.none();
    keepsAll = keep && segments == 1;
    if (keep && !keepsAll) {
      keptH = states(segments * of.batch);
      keptC = of.layer.cell().hasCells() ? states(segments * of.batch) : Tensor.none();
    }
    int mark = ws.mark();
    RecurrentSteps steps = room(point, of.batch, true);
    Tensor inputs = panel(every * of.batch, features);
    for (int segment = 0; segment < segments; segment++) {
      steps.ofSteps(count(segment));
      if (segment == 0) {
        InitialStates.load(this, steps, of.x, of.theta, 1);
      } else {
        move(steps.h(), 0, steps.h(), steps.beforeAt(), of.batch);
        move(steps.c(), 0, steps.c(), steps.beforeAt(), of.batch);
      }
      if (keep && !keepsAll) {
        move(steps.h(), steps.beforeAt(), keptH, segment * of.batch * hidden(), of.batch);
        move(steps.c(), steps.beforeAt(), keptC, segment * of.batch * hidden(), of.batch);
      }
      run(segment, steps, inputs);
      of.giveOut(this, segment, steps, of.batch, of.outputOf(index), of.y);
    }
    if (keepsAll) {
      allInputs = inputs;
    } else {
      ws.release(mark);
    }
  }

  private void run(int segment, RecurrentSteps steps, Tensor inputs) {
    SequenceOps.gather(order, first(segment), count(segment), of.batch, features, source, 0, sourceRow, features,
        inputs);
    RecurrentOps.value(weights, inputs, steps, of.ws);
  }

  /// Room for the steps of a segment.
  RecurrentSteps room(RecurrentSteps steps, int rows, boolean atPoint) {
    return steps.on(of.ws, of.layer.cell(), precision(), every, rows, hidden(), atPoint);
  }

  /// A matrix of the given number of rows.
  Tensor panel(int rows, int columns) {
    return of.ws.matrix(precision(), rows, columns);
  }

  /// Room for the given rows of states.
  Tensor states(int rows) {
    return of.ws.matrix(precision(), rows, hidden());
  }

  /// Scratch for a segment at the point, or the kept steps if all are kept.
  RecurrentSteps scratch() {
    return keepsAll ? point : room(point, of.batch, true);
  }

  /// Scratch for a segment's inputs, or the kept inputs if all are kept.
  Tensor inputScratch() {
    return keepsAll ? allInputs : panel(every * of.batch, features);
  }

  /// Recomputes a segment, unless all is kept.
  void restore(int segment, RecurrentSteps steps, Tensor inputs) {
    if (!keepsAll) {
      steps.ofSteps(count(segment));
      move(keptH, segment * of.batch * hidden(), steps.h(), steps.beforeAt(), of.batch);
      move(keptC, segment * of.batch * hidden(), steps.c(), steps.beforeAt(), of.batch);
      run(segment, steps, inputs);
    }
  }

  /// Copies rows of states; none where there are none.
  void move(Tensor from, int at, Tensor to, int place, int rows) {
    if (!from.isNone()) {
      SequenceOps.copyRows(1, rows * hidden(), from, at, 0, to, place, 0);
    }
  }

  /// The tangents of the weights, direction by direction, in `dots`; how many.
  int loadDots(Parameters thetaDot, int chunk, RecurrentWeights[] dots) {
    if (thetaDot.isNone()) {
      return 0;
    }
    for (int way = 0; way < chunk; way++) {
      load(thetaDot, way, dots[way]);
    }
    return chunk;
  }

  /// Pushes a segment; the states before it are loaded.
  void pushSegment(int segment, RecurrentSteps at, Tensor inputs, Tensor sourceDot, RecurrentSteps along,
      Tensor inputsDot, RecurrentWeights[] dots, int ways) {
    if (!sourceDot.isNone()) {
      SequenceOps.gather(order, first(segment), count(segment), along.rows(), features, sourceDot, 0, sourceRow,
          features, inputsDot);
    }
    RecurrentOps.startPush(weights, sourceDot.isNone() ? sourceDot : inputsDot, along, of.ws);
    for (int way = 0; way < ways; way++) {
      RecurrentOps.addWeights(dots[way], inputs, at, along, way, of.ws);
    }
    RecurrentOps.push(weights, at, along, of.ws);
  }

  /// Pushes k directions.
  ///
  /// @param sourceDot tangents of its input, or none for zero
  /// @param outputDot the place for tangents of its output sequence, or none if the output is only the last state
  void push(Tensor sourceDot, Tensor xDot, Parameters thetaDot, int chunk, Tensor outputDot, Tensor yDot) {
    Workspace ws = of.ws;
    int mark = ws.mark();
    int rows = chunk * of.batch;
    RecurrentSteps at = scratch();
    Tensor inputs = inputScratch();
    RecurrentSteps along = room(of.along, rows, false);
    Tensor inputsDot = sourceDot.isNone() ? sourceDot : panel(every * rows, features);
    RecurrentWeights[] dots = of.dots(chunk);
    int ways = loadDots(thetaDot, chunk, dots);
    for (int segment = 0; segment < segments; segment++) {
      restore(segment, at, inputs);
      along.ofSteps(count(segment));
      carryForward(segment, along, xDot, thetaDot, chunk);
      pushSegment(segment, at, inputs, sourceDot, along, inputsDot, dots, ways);
      of.giveOut(this, segment, along, rows, outputDot, yDot);
    }
    ws.release(mark);
  }

  /// The tangents of the states before a segment: the initial ones, or those after the segment before, which `along`
  /// still has.
  void carryForward(int segment, RecurrentSteps along, Tensor xDot, Parameters thetaDot, int chunk) {
    if (segment == 0) {
      InitialStates.load(this, along, xDot, thetaDot, chunk);
    } else {
      move(along.h(), 0, along.h(), along.beforeAt(), along.rows());
      move(along.c(), 0, along.c(), along.beforeAt(), along.rows());
    }
  }

  /// Pulls k directions.
  ///
  /// @param outputBar cotangents of its output sequence, or none if the output is only the last state
  /// @param sourceBar the place for cotangents of its input, or none if not wanted
  void pull(Tensor outputBar, Tensor yBar, Tensor sourceBar, Tensor xBar, Parameters thetaBar, int chunk) {
    Workspace ws = of.ws;
    int mark = ws.mark();
    int rows = chunk * of.batch;
    RecurrentSteps at = scratch();
    Tensor inputs = inputScratch();
    RecurrentSteps back = room(of.back, rows, false);
    Tensor inputsBar = sourceBar.isNone() ? sourceBar : panel(every * rows, features);
    Tensor sums = SweepGradients.sums(this, chunk);
    Tensor carryH = states(rows);
    Tensor carryC = back.c().isNone() ? back.c() : states(rows);
    for (int segment = segments - 1; segment >= 0; segment--) {
      restore(segment, at, inputs);
      back.ofSteps(count(segment));
      takeIn(segment, back, outputBar, yBar, carryH, carryC);
      RecurrentOps.pull(weights, at, back, ws);
      if (!sourceBar.isNone()) {
        RecurrentOps.inputs(weights, back, inputsBar, ws);
        scatterBar(segment, rows, inputsBar, sourceBar);
      }
      SweepGradients.add(this, at, back, inputs, thetaBar, chunk, sums);
      move(back.h(), back.beforeAt(), carryH, 0, rows);
      move(back.c(), back.beforeAt(), carryC, 0, rows);
    }
    SweepGradients.addBiases(this, thetaBar, chunk, sums);
    InitialStates.give(this, back, xBar, thetaBar, chunk);
    ws.release(mark);
  }

  void scatterBar(int segment, int rows, Tensor inputsBar, Tensor sourceBar) {
    SequenceOps.scatter(order, first(segment), count(segment), rows, features, inputsBar, sourceBar, 0, sourceRow,
        features, direction > 0);
  }

  /// Loads h̄ of a segment's steps, and of the one before it, from the output's cotangents. What later steps pulled
  /// back to the last one is in `carryH`, the output's share already in it; c̄ likewise.
  void takeIn(int segment, RecurrentSteps back, Tensor outputBar, Tensor yBar, Tensor carryH, Tensor carryC) {
    int before = segment > 0 ? 1 : 0;
    int directions = of.layer.recurrence().directions();
    int width = hidden() * directions;
    int rows = back.rows();
    if (before == 0) {
      SequenceOps.clear(rows * hidden(), back.h(), back.beforeAt());
    }
    if (outputBar.isNone()) {
      SequenceOps.gatherLast(order, first(segment) - before, count(segment) + before, rows, hidden(),
          yBar, direction * hidden(), width, back.h());
    } else {
      SequenceOps.gather(order, first(segment) - before, count(segment) + before, rows, hidden(),
          outputBar, direction * hidden(), of.time * width, width, back.h());
    }
    if (segment < segments - 1) {
      move(carryH, 0, back.h(), 0, rows);
      move(carryC, 0, back.c(), 0, rows);
    } else if (!back.c().isNone()) {
      SequenceOps.clear(rows * hidden(), back.c(), 0);
    }
  }
}
