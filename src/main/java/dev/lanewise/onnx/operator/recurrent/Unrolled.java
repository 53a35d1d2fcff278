package dev.lanewise.onnx.operator.recurrent;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.graph.Node;
import dev.lanewise.onnx.operator.recurrent.Sample.Result;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A recurrence that none of our layers computes, step by step. States are rows, `[1, hidden]`.
final class Unrolled {

  /// The most steps, of all samples and directions.
  private static final int MOST_STEPS = 1_000;

  /// A direction's weights as nodes, biases null where there are none.
  private record Weights(Node ih, Node hh, Node biasIh, Node biasHh, Node peepholes) {}

  /// The states between two steps.
  private record State(Node h, Node c) {}

  private final Told told;
  private final Map<Integer, Weights> weights = new HashMap<>();

  /// @throws dev.lanewise.onnx.trace.Refusal for too many steps
  Unrolled(Told told) {
    this.told = told;
    long steps = (long) told.time() * told.samples() * told.directions();
    if (steps > MOST_STEPS) {
      throw told.call().refusal("the recurrence is of a kind that is written out step by step, and has " + steps
          + " steps, expected at most " + MOST_STEPS);
    }
    String name = told.call().layerName(Told.W);
    Map<String, Tensor> all = Gates.of(told);
    for (int direction = 0; direction < told.directions(); direction++) {
      weights.put(direction, weights(name, all, direction));
    }
  }

  private Weights weights(String name, Map<String, Tensor> all, int direction) {
    String end = Gates.ENDINGS[direction];
    boolean bias = told.hasBias();
    return new Weights(parameter(name, all, "weight_ih" + end), parameter(name, all, "weight_hh" + end),
        bias ? parameter(name, all, "bias_ih" + end) : null, bias ? parameter(name, all, "bias_hh" + end) : null,
        told.hasPeepholes()
            ? told.call().trace().parameter(name + ".weight_ch" + end, Gates.peepholes(told, direction)) : null);
  }

  private Node parameter(String name, Map<String, Tensor> all, String own) {
    return told.call().trace().parameter(name + "." + own, all.get(own));
  }

  Result result(Sample sample) {
    Result result = direction(sample, 0);
    if (told.directions() == 1) {
      return result;
    }
    Result back = direction(sample, 1);
    return new Result(Node.concat(1, result.y(), back.y()), Node.concat(0, result.h(), back.h()),
        told.cell().hasCells() ? Node.concat(0, result.c(), back.c()) : null);
  }

  private Result direction(Sample sample, int direction) {
    boolean reverse = told.reverse() || direction == 1;
    Weights own = weights.get(direction);
    List<Nonlinearity> functions = told.functions(direction);
    Node inputs = plus(sample.steps(reverse).matmulTransposed(own.ih), own.biasIh);
    State state = new State(row(sample, sample.h(), direction), told.cell().hasCells()
        ? row(sample, sample.c(), direction) : null);
    Node[] outputs = new Node[sample.length()];
    for (int step = 0; step < outputs.length; step++) {
      Node input = inputs.slice(0, step, step + 1, 1);
      state = switch (told.cell()) {
        case RNN -> new State(
            functions.getFirst().of(input.plus(plus(state.h.matmulTransposed(own.hh), own.biasHh))), null);
        case LSTM -> lstm(input, state, own, functions);
        case GRU -> new State(gru(input, state.h, own, functions), null);
      };
      outputs[step] = state.h;
    }
    Node y = sample.whole(outputs.length == 1 ? outputs[0] : Node.concat(0, outputs), reverse);
    return new Result(y.unsqueeze(1), state.h, state.c);
  }

  private Node row(Sample sample, Node states, int direction) {
    return states == null ? sample.x().constant(Tensor.zeros(Precision.FLOAT, 1, told.hidden()))
        : states.slice(0, direction, direction + 1, 1);
  }

  private static Node plus(Node a, Node bias) {
    return bias == null ? a : a.plus(bias);
  }

  private Node gate(Node all, int gate) {
    int hidden = told.hidden();
    return all.slice(gate * hidden, (gate + 1) * hidden);
  }

  private State lstm(Node input, State state, Weights own, List<Nonlinearity> functions) {
    Node sums = input.plus(plus(state.h.matmulTransposed(own.hh), own.biasHh));
    Nonlinearity gate = functions.get(0);
    Node i = gate.of(peeped(gate(sums, 0), own, 0, state.c));
    Node f = told.coupled() ? i.negate().plus(1) : gate.of(peeped(gate(sums, 1), own, 2, state.c));
    Node c = f.times(state.c).plus(i.times(functions.get(1).of(gate(sums, 2))));
    Node o = gate.of(peeped(gate(sums, 3), own, 1, c));
    return new State(o.times(functions.get(2).of(c)), c);
  }

  private Node peeped(Node sum, Weights own, int place, Node c) {
    return own.peepholes == null ? sum : sum.plus(gate(own.peepholes, place).times(c));
  }

  private Node gru(Node input, Node h, Weights own, List<Nonlinearity> functions) {
    int hidden = told.hidden();
    Node gates = own.hh.slice(0, 0, 2 * hidden, 1);
    Node rows = own.hh.slice(0, 2 * hidden, 3 * hidden, 1);
    Node bias = own.biasHh == null ? null : own.biasHh.slice(0, 2 * hidden);
    Node sums = input.slice(0, 2 * hidden).plus(plus(h.matmulTransposed(gates), bias));
    Node r = functions.get(0).of(gate(sums, 0));
    Node z = functions.get(0).of(gate(sums, 1));
    Node last = own.biasHh == null ? null : gate(own.biasHh, 2);
    Node memory = told.resetAfter() ? r.times(plus(h.matmulTransposed(rows), last))
        : plus(r.times(h).matmulTransposed(rows), last);
    Node n = functions.get(1).of(gate(input, 2).plus(memory));
    return n.plus(z.times(h.minus(n)));
  }
}
