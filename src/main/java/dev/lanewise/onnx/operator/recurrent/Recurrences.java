package dev.lanewise.onnx.operator.recurrent;

import dev.lanewise.graph.Node;
import dev.lanewise.onnx.operator.recurrent.Sample.Result;
import dev.lanewise.onnx.trace.Call;
import dev.lanewise.onnx.trace.Numbers;
import dev.lanewise.onnx.trace.Traced;
import dev.lanewise.onnx.trace.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// RNN, LSTM and GRU: by the layers of `nn.recurrent` where those compute the same, else step by step.
///
/// | value       | the file's shape             | with `layout` 1              |
/// |-------------|------------------------------|------------------------------|
/// | X           | `[time, batch, features]`    | `[batch, time, features]`    |
/// | initial h, c | `[directions, batch, hidden]` | `[batch, directions, hidden]` |
/// | Y           | `[time, directions, batch, hidden]` | `[batch, time, directions, hidden]` |
/// | last h, c   | `[directions, batch, hidden]` | `[batch, directions, hidden]` |
public final class Recurrences {

  private static final int MOST_SAMPLES = 1_000;

  private final Told told;
  private final Traced x;
  private final Traced h;
  private final Traced c;

  private Recurrences(Call call, Cell cell) {
    this.told = Told.of(call, cell);
    this.x = call.traced(Told.X);
    this.h = initial(call, Told.H);
    this.c = cell.hasCells() ? initial(call, Told.C) : null;
  }

  /// {@return the states of a plain recurrence}
  public static Value rnn(Call call) {
    return new Recurrences(call, Cell.RNN).outputs(call);
  }

  /// {@return the states of a long short-term memory}
  public static Value lstm(Call call) {
    return new Recurrences(call, Cell.LSTM).outputs(call);
  }

  /// {@return the states of gated recurrent units}
  public static Value gru(Call call) {
    return new Recurrences(call, Cell.GRU).outputs(call);
  }

  /// The initial states, null where they are 0.
  private Traced initial(Call call, int input) {
    if (!call.has(input)) {
      return null;
    }
    Traced state = call.input(input) instanceof Numbers numbers && isZero(numbers) ? null : call.traced(input);
    int[] dims = call.input(input).dims();
    int[] expected = told.batchFirst()
        ? new int[] {told.samples(), told.directions(), told.hidden()}
        : new int[] {told.directions(), told.samples(), told.hidden()};
    boolean fits = Arrays.equals(dims, expected);
    if (!fits || state != null && (state.isMerged() || state.isBatched() && state.batch() != told.batchAxis())) {
      throw call.refusal("input " + call.name(input) + " has shape "
          + (state == null ? Arrays.toString(dims) : state) + ", expected " + Arrays.toString(expected)
          + (x.isBatched() ? " with the batch at length 1" : ""));
    }
    return state;
  }

  private static boolean isZero(Numbers numbers) {
    for (int at = 0; at < numbers.tensor().size(); at++) {
      if (numbers.tensor().get(at) != 0) {
        return false;
      }
    }
    return true;
  }

  private Value outputs(Call call) {
    if (told.samples() > MOST_SAMPLES) {
      throw call.refusal("input has " + told.samples() + " samples that are not a batch, expected at most "
          + MOST_SAMPLES);
    }
    List<Result> results = results();
    int axis = told.batchAxis();
    int[] states = {told.directions(), told.hidden()};
    call.output(1, whole(results, Result::h, axis, states));
    if (told.cell().hasCells()) {
      call.output(2, whole(results, Result::c, axis, states));
    }
    return whole(results, Result::y, told.batchFirst() ? 0 : 2, told.time(), told.directions(), told.hidden());
  }

  private List<Result> results() {
    int[] lengths = told.lengths();
    Function<Sample, Result> recurrence = told.isLayer() ? new OfLayer(told)::result : new Unrolled(told)::result;
    List<Result> results = new ArrayList<>();
    for (int at = 0; at < lengths.length; at++) {
      results.add(recurrence.apply(new Sample(
          part(x, at, told.time(), told.in()), lengths[at],
          h == null ? null : part(h, at, told.directions(), told.hidden()),
          c == null ? null : part(c, at, told.directions(), told.hidden()))));
    }
    return results;
  }

  /// A sample's part of a value.
  private Node part(Traced value, int sample, int... dims) {
    boolean one = value.isBatched() || told.samples() == 1;
    return (one ? value.node() : value.node().slice(told.batchAxis(), sample, sample + 1, 1)).reshape(dims);
  }

  private Value whole(List<Result> results, Function<Result, Node> part, int axis, int... sample) {
    if (part.apply(results.getFirst()) == null) {
      return null;
    }
    int[] dims = new int[sample.length + 1];
    for (int to = 0, from = 0; to < dims.length; to++) {
      dims[to] = to == axis ? results.size() : sample[from++];
    }
    boolean batched = x.isBatched() || h != null && h.isBatched() || c != null && c.isBatched();
    Node[] nodes = results.stream().map(part).toArray(Node[]::new);
    return batched ? Traced.of(nodes[0], dims, axis) : Traced.of(Node.stack(axis, nodes), dims, -1);
  }
}
