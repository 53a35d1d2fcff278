package dev.lanewise.onnx.operator.recurrent;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.graph.Node;
import dev.lanewise.nn.recurrent.Gru;
import dev.lanewise.nn.recurrent.InitialState;
import dev.lanewise.nn.recurrent.Lstm;
import dev.lanewise.nn.recurrent.Recurrence;
import dev.lanewise.nn.recurrent.Rnn;
import dev.lanewise.onnx.operator.recurrent.Sample.Result;
import java.util.Map;

/// A recurrence by one of our layers.
final class OfLayer {

  private final Told told;
  private final Map<String, Tensor> weights;
  private final boolean lastState;

  OfLayer(Told told) {
    this.told = told;
    this.weights = Gates.of(told);
    this.lastState = !told.call().wants(0);
  }

  Result result(Sample sample) {
    boolean own = sample.h() != null || sample.c() != null;
    Node x = sample.steps(told.reverse());
    Node y = told.call().trace().apply(told.call().layerName(Told.W),
        layer(own ? InitialState.INPUT : InitialState.ZERO),
        own ? withStates(x, sample) : x, weights);
    if (lastState) {
      return new Result(null, y.reshape(told.directions(), told.hidden()), null);
    }
    Node steps = y.reshape(sample.length(), told.directions(), told.hidden());
    return new Result(sample.whole(steps, told.reverse()), told.call().wants(1) ? last(steps) : null, null);
  }

  private Layer layer(InitialState initial) {
    Recurrence recurrence = new Recurrence(1, told.directions() == 2, told.hasBias(), lastState, initial, false, 0);
    return switch (told.cell()) {
      case RNN -> new Rnn(told.in(), told.hidden(),
          told.functions().getFirst().is("relu") ? Activation.RELU : Activation.TANH, recurrence);
      case LSTM -> new Lstm(told.in(), told.hidden(), recurrence);
      case GRU -> new Gru(told.in(), told.hidden(), recurrence);
    };
  }

  private Node withStates(Node x, Sample sample) {
    Node h = state(x, sample.h());
    return told.cell().hasCells() ? Node.concat(x.flatten(), h, state(x, sample.c())) : Node.concat(x.flatten(), h);
  }

  private Node state(Node x, Node state) {
    return state != null ? state.flatten()
        : x.constant(Tensor.zeros(Precision.FLOAT, told.directions() * told.hidden()));
  }

  /// The final states: forward that after the last step, backward that after the first.
  private Node last(Node steps) {
    int directions = told.directions();
    int hidden = told.hidden();
    int time = steps.shape().dim(0);
    Node end = steps.slice(0, time - 1, time, 1).reshape(directions, hidden);
    return directions == 1 ? end
        : Node.concat(0, end.slice(0, 0, 1, 1),
            steps.slice(0, 0, 1, 1).reshape(directions, hidden).slice(0, 1, 2, 1));
  }
}
