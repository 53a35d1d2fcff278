package dev.lanewise.onnx.operator.recurrent;

import dev.lanewise.onnx.trace.Call;
import dev.lanewise.onnx.trace.Traced;
import java.util.Arrays;
import java.util.List;

/// The attributes and shapes of a file's recurrence.
///
/// @param batchFirst whether the batch is the first axis of inputs and outputs, not the one before the features
/// @param time steps
/// @param samples the number of samples that are translated one by one; 1 for a batch
/// @param in features of a step
/// @param hidden units
/// @param directions 1 or 2
/// @param reverse whether the only direction is backward
/// @param resetAfter of a GRU, whether the gate r follows the product
/// @param coupled of an LSTM, whether f is 1 − i
/// @param functions nonlinearities of each direction, in order
record Told(Call call, Cell cell, boolean batchFirst, int time, int samples, int in, int hidden, int directions,
    boolean reverse, boolean resetAfter, boolean coupled, List<Nonlinearity> functions) {

  static final int X = 0;
  static final int W = 1;
  static final int R = 2;
  static final int B = 3;
  static final int LENGTHS = 4;
  static final int H = 5;
  static final int C = 6;
  static final int P = 7;

  static Told of(Call call, Cell cell) {
    boolean batchFirst = call.flag("layout", false);
    String direction = call.choice("direction", "forward", "reverse", "bidirectional");
    int directions = direction.equals("bidirectional") ? 2 : 1;
    Traced x = call.traced(X);
    int batchAxis = batchFirst ? 0 : 1;
    if (x.rank() != 3 || x.isMerged() || x.isBatched() && x.batch() != batchAxis) {
      throw call.refusal("input has shape " + x + ", expected "
          + (batchFirst ? "[batch, time, features]" : "[time, batch, features]"));
    }
    int in = x.dim(2);
    int[] recurrent = call.numbers(R).dims();
    int hidden = recurrent.length == 3 ? recurrent[2] : 0;
    require(call, W, directions, cell.gates() * hidden, in);
    require(call, R, directions, cell.gates() * hidden, hidden);
    if (call.has(B)) {
      require(call, B, directions, 2 * cell.gates() * hidden);
    }
    if (cell.hasCells() && call.has(P)) {
      require(call, P, directions, 3 * hidden);
    }
    if (hidden == 0 || call.integer("hidden_size", hidden) != hidden) {
      throw call.refusal("hidden_size is " + call.integer("hidden_size", hidden) + ", expected the weights' " + hidden
          + ", at least 1");
    }
    return new Told(call, cell, batchFirst, x.dim(1 - batchAxis), x.dim(batchAxis), in, hidden, directions,
        direction.equals("reverse"), cell == Cell.GRU && call.flag("linear_before_reset", false),
        cell.hasCells() && call.flag("input_forget", false), Nonlinearity.of(call, cell, directions));
  }

  private static void require(Call call, int input, int... dims) {
    call.numbers(input);
    call.requireDims(input, dims);
  }

  /// The batch's axis of input and states.
  int batchAxis() {
    return batchFirst ? 0 : 1;
  }

  boolean hasBias() {
    return call.has(B);
  }

  boolean hasPeepholes() {
    return cell.hasCells() && call.has(P);
  }

  /// The nonlinearities of a direction.
  List<Nonlinearity> functions(int direction) {
    int each = cell.functions().size();
    return functions.subList(direction * each, (direction + 1) * each);
  }

  /// The number of steps of each sample.
  int[] lengths() {
    int[] lengths = new int[samples];
    Arrays.fill(lengths, time);
    if (!call.has(LENGTHS)) {
      return lengths;
    }
    long[] given = call.fixed(LENGTHS);
    if (given.length != samples) {
      throw call.refusal("sequence_lens has " + given.length + " lengths, expected " + samples);
    }
    for (int sample = 0; sample < samples; sample++) {
      if (given[sample] < 1 || given[sample] > time) {
        throw call.refusal("sequence_lens has " + given[sample] + ", expected 1 to " + time);
      }
      lengths[sample] = (int) given[sample];
    }
    return lengths;
  }

  /// Whether a layer of ours computes the same.
  boolean isLayer() {
    boolean usual = !hasPeepholes() && !coupled && !(cell.hasCells() && call.wants(2))
        && (cell != Cell.GRU || resetAfter);
    for (int direction = 0; direction < directions; direction++) {
      List<Nonlinearity> own = functions(direction);
      for (int at = 0; at < own.size(); at++) {
        usual &= own.get(at).is(cell == Cell.RNN ? functions.getFirst().name() : cell.functions().get(at));
      }
    }
    return usual && (cell != Cell.RNN || functions.getFirst().is("tanh") || functions.getFirst().is("relu"));
  }
}
