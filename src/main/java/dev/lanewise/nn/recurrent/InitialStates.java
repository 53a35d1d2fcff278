package dev.lanewise.nn.recurrent;

import dev.lanewise.Parameters;
import dev.lanewise.Tensor;
import dev.lanewise.ops.RecurrentSteps;
import dev.lanewise.ops.SequenceOps;

/// The states before a sweep's first step, h₀ and, of an [Lstm], c₀: loaded from the place that [InitialState] names,
/// and their cotangents handed back there.
final class InitialStates {

  private InitialStates() {}

  /// Loads the states or, with directions, their tangents.
  ///
  /// @param x the input, or its tangents, or none for zero
  /// @param theta the parameters, or their tangents, or none for zero
  /// @param chunk the number of directions, 1 for the states themselves
  static void load(Sweep sweep, RecurrentSteps steps, Tensor x, Parameters theta, int chunk) {
    load(sweep, steps, steps.h(), 0, x, theta, chunk);
    load(sweep, steps, steps.c(), 1, x, theta, chunk);
  }

  private static void load(
      Sweep sweep, RecurrentSteps steps, Tensor states, int kind, Tensor x, Parameters theta, int chunk) {
    if (states.isNone()) {
      return;
    }
    RecurrentLinearization of = sweep.of;
    int hidden = of.layer.hidden();
    InitialState initial = of.layer.recurrence().initialState();
    if (initial == InitialState.INPUT && !x.isNone()) {
      SequenceOps.copyRows(chunk * of.batch, hidden, x, place(sweep, kind), of.row, states, steps.beforeAt(), hidden);
    } else if (initial == InitialState.PARAMETER && !theta.isNone()) {
      for (int way = 0; way < chunk; way++) {
        SequenceOps.copyRows(of.batch, hidden, theta.get(entry(of, kind), way), sweep.index * hidden, 0,
            states, steps.beforeAt() + way * of.batch * hidden, hidden);
      }
    } else {
      SequenceOps.clear(chunk * of.batch * hidden, states, steps.beforeAt());
    }
  }

  /// Adds their cotangents to their source: to the input's rows, or summed over the samples to the parameters.
  static void give(Sweep sweep, RecurrentSteps back, Tensor xBar, Parameters thetaBar, int chunk) {
    give(sweep, back, back.h(), 0, xBar, thetaBar, chunk);
    give(sweep, back, back.c(), 1, xBar, thetaBar, chunk);
  }

  private static void give(
      Sweep sweep, RecurrentSteps back, Tensor states, int kind, Tensor xBar, Parameters thetaBar, int chunk) {
    if (states.isNone()) {
      return;
    }
    RecurrentLinearization of = sweep.of;
    int hidden = of.layer.hidden();
    InitialState initial = of.layer.recurrence().initialState();
    if (initial == InitialState.INPUT && !xBar.isNone()) {
      SequenceOps.copyRows(
          chunk * of.batch, hidden, states, back.beforeAt(), hidden, xBar, place(sweep, kind), of.row);
    } else if (initial == InitialState.PARAMETER && !thetaBar.isNone()) {
      for (int way = 0; way < chunk; way++) {
        SequenceOps.addRows(of.batch, hidden, states, back.beforeAt() + way * of.batch * hidden, hidden,
            thetaBar.get(entry(of, kind), way), sweep.index * hidden, 0);
      }
    }
  }

  /// Where in a sample's input a sweep's h₀, or c₀, begins.
  private static int place(Sweep sweep, int kind) {
    RecurrentLinearization of = sweep.of;
    int all = of.layer.recurrence().layers() * of.directions();
    return of.time * of.layer.in() + (kind * all + sweep.index) * of.layer.hidden();
  }

  /// Which parameter h0, or c0, is.
  private static int entry(RecurrentLinearization of, int kind) {
    return of.layer.recurrence().layers() * of.directions() * of.entries() + kind;
  }
}
