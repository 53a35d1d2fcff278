package dev.lanewise.nn.recurrent;

import dev.lanewise.Shape;
import dev.lanewise.ops.RecurrentCell;
import dev.lanewise.ops.RecurrentSteps;
import dev.lanewise.ops.RecurrentWeights;

/// The number of numbers that a [RecurrentLinearization] keeps: the output, the sequences between layers, and the
/// residuals of each [Sweep].
///
/// | a sweep keeps                    | where all is kept       | where every s-th state is      |
/// |----------------------------------|-------------------------|--------------------------------|
/// | its weights, transposed          | always                  | always                         |
/// | inputs and steps                 | all                     | s, one sweep after the other   |
/// | the states before each s steps   |                         | all                            |
///
/// @param layer the layer
/// @param batch samples
/// @param time steps
/// @param every steps of a segment: all steps if all is kept
record RecurrentMemory(Recurrent layer, int batch, int time, int every) {

  static RecurrentMemory of(Recurrent layer, Shape input) {
    int time = layer.time(input);
    return new RecurrentMemory(layer, input.dim(0), time, every(layer.recurrence(), time));
  }

  /// The steps of a segment.
  static int every(Recurrence recurrence, int time) {
    return recurrence.every() == 0 ? time : Math.min(time, recurrence.every());
  }

  /// Whether all is kept and nothing recomputed.
  boolean isWhole() {
    return every == time;
  }

  long numbers() {
    int directions = layer.recurrence().directions();
    int layers = layer.recurrence().layers();
    int width = layer.hidden() * directions;
    long sequence = (long) batch * time * width;
    long numbers = (layer.recurrence().lastState() ? (long) batch * width : sequence) + (layers - 1) * sequence;
    long widestSegment = 0;
    for (int level = 0; level < layers; level++) {
      int features = level == 0 ? layer.in() : width;
      numbers += directions * ofSweep(features);
      widestSegment = Math.max(widestSegment, segment(features));
    }
    return isWhole() ? numbers : numbers + widestSegment;
  }

  private long ofSweep(int features) {
    RecurrentCell cell = layer.cell();
    long segments = (time + every - 1) / every;
    long states = segments * batch * layer.hidden() * (cell.hasCells() ? 2 : 1);
    return RecurrentWeights.numbers(cell, features, layer.hidden()) + (isWhole() ? segment(features) : states);
  }

  /// The inputs and steps of a segment.
  private long segment(int features) {
    return (long) every * batch * features
        + RecurrentSteps.numbers(layer.cell(), every, batch, layer.hidden(), true);
  }
}
