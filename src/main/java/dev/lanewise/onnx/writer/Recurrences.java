package dev.lanewise.onnx.writer;

import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.nn.recurrent.InitialState;
import dev.lanewise.nn.recurrent.Recurrence;
import dev.lanewise.nn.recurrent.Recurrent;
import dev.lanewise.onnx.format.AttributeProto;
import dev.lanewise.onnx.format.ElementType;
import dev.lanewise.ops.RecurrentCell;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A recurrent layer: one node for each layer of the stack, with time first as in ONNX.
///
/// | cell       | our rows   | ONNX's         |
/// |------------|------------|----------------|
/// | LSTM       | i, f, g, o | i, o, f, c (g) |
/// | GRU        | r, z, n    | z, r, h (n), with `linear_before_reset` |
/// | RNN        | one        | one            |
final class Recurrences {

  private final FileGraph file;
  private final String scope;
  private final Recurrent layer;
  private final Recurrence built;
  private final Weights own;
  private final int directions;
  private final int states;

  Recurrences(FileGraph file, String scope, Recurrent layer, Weights own) {
    this.file = file;
    this.scope = scope;
    this.layer = layer;
    this.built = layer.recurrence();
    this.own = own;
    this.directions = built.directions();
    this.states = built.layers() * directions;
  }

  /// @param result the shape of a sample's result
  Written write(Written x, Shape result) {
    boolean flat = built.lengths() || built.initialState() == InitialState.INPUT;
    int time = layer.time(x.shape().prepend(1));
    int sequence = time * layer.in();
    String steps = flat
        ? file.reshape(scope, part(x.name(), 0, sequence), 0, time, layer.in()) : x.name();
    int cells = sequence + (built.initialState() == InitialState.INPUT ? states * layer.hidden() : 0);
    int end = cells + (built.initialState() == InitialState.INPUT && hasCells() ? states * layer.hidden() : 0);
    String lengths = built.lengths() ? lengths(part(x.name(), end, end + 1)) : "";
    String h0 = initial(x.name(), "h0", sequence);
    String c0 = hasCells() ? initial(x.name(), "c0", cells) : "";
    String value = file.transpose(scope, steps, 1, 0, 2);
    for (int at = 0; at < built.layers(); at++) {
      boolean last = at == built.layers() - 1 && built.lastState();
      value = one(at, value, lengths, ofLayer(h0, at), ofLayer(c0, at), last);
    }
    return x.named(built.lastState() ? value : file.transpose(scope, value, 1, 0, 2), result);
  }

  private boolean hasCells() {
    return layer.cell().hasCells();
  }

  /// Columns of flat rows.
  private String part(String rows, int from, int to) {
    return slice(rows, 1, from, to);
  }

  private String slice(String value, int axis, int from, int to) {
    return file.node(scope, "Slice",
        List.of(value, file.integers(from), file.integers(to), file.integers(axis), file.integers(1)));
  }

  private String lengths(String column) {
    return file.node(scope, "Cast", List.of(file.reshape(scope, column, -1)),
        Attribute.of("to", (long) ElementType.INT32.number()));
  }

  /// The initial states, `[layers·directions, batch, hidden]`, empty where they are 0.
  private String initial(String x, String name, int from) {
    return switch (built.initialState()) {
      case ZERO -> "";
      case INPUT -> file.transpose(scope,
          file.reshape(scope, part(x, from, from + states * layer.hidden()), 0, states, layer.hidden()), 1, 0, 2);
      case PARAMETER -> {
        int index = own.names().size() - (hasCells() && name.equals("h0") ? 2 : 1);
        String column = file.node(scope, "Unsqueeze", List.of(file.weight(own, index), file.integers(1)));
        String shape = file.node(scope, "Concat",
            List.of(file.integers(1), file.batch(scope, x), file.integers(1)), Attribute.of("axis", 0L));
        yield file.node(scope, "Expand", List.of(column, shape));
      }
    };
  }

  private String ofLayer(String all, int at) {
    return all.isEmpty() || built.layers() == 1 ? all : slice(all, 0, at * directions, (at + 1) * directions);
  }

  /// One layer's node, of `[time, batch, in]`: its states, `[time, batch, directions·hidden]`, or if `last` its final
  /// states, `[batch, directions·hidden]`.
  private String one(int at, String x, String lengths, String h0, String c0, boolean last) {
    String operator = switch (layer.cell()) {
      case LSTM -> "LSTM";
      case GRU -> "GRU";
      case TANH, RELU -> "RNN";
    };
    List<String> inputs = new ArrayList<>(List.of(x, weights(at, 0), weights(at, 1)));
    inputs.add(built.bias() ? biases(at) : "");
    inputs.addAll(List.of(lengths, h0, c0));
    while (inputs.getLast().isEmpty()) {
      inputs.removeLast();
    }
    String y = last ? "" : file.output(scope, operator + "_Y");
    String states = last ? file.output(scope, operator + "_Y_h") : "";
    file.node(scope, operator, inputs, last ? List.of(y, states) : List.of(y), attributes());
    if (last && directions == 1) {
      return file.node(scope, "Squeeze", List.of(states, file.integers(0)));
    } else if (last) {
      return file.reshape(scope, file.transpose(scope, states, 1, 0, 2), 0, 2 * layer.hidden());
    } else if (directions == 1) {
      return file.node(scope, "Squeeze", List.of(y, file.integers(1)));
    }
    return file.reshape(scope, file.transpose(scope, y, 0, 2, 1, 3), 0, 0, 2 * layer.hidden());
  }

  private AttributeProto[] attributes() {
    List<AttributeProto> attributes = new ArrayList<>(List.of(Attribute.of("hidden_size", (long) layer.hidden())));
    if (built.bidirectional()) {
      attributes.add(Attribute.of("direction", "bidirectional"));
    }
    if (layer.cell() == RecurrentCell.GRU) {
      attributes.add(Attribute.of("linear_before_reset", 1L));
    }
    if (layer.cell() == RecurrentCell.RELU) {
      attributes.add(Attribute.of("activations", Collections.nCopies(directions, "Relu")));
    }
    return attributes.toArray(AttributeProto[]::new);
  }

  /// The index of the first parameter of a layer and direction.
  private int first(int at, int direction) {
    return (at * directions + direction) * (built.bias() ? 4 : 2);
  }

  /// Weights of one layer, of all directions, rows in ONNX's order.
  private String weights(int at, int which) {
    Tensor one = own.values().get(first(at, 0) + which);
    Tensor all = Tensor.zeros(one.precision(), one.shape().prepend(directions));
    for (int direction = 0; direction < directions; direction++) {
      reorder(own.values().get(first(at, direction) + which), all, direction * one.size());
    }
    return file.reordered(own.names().get(first(at, 0) + which), all);
  }

  private String biases(int at) {
    Tensor one = own.values().get(first(at, 0) + 2);
    Tensor all = Tensor.zeros(one.precision(), directions, 2 * one.size());
    for (int direction = 0; direction < directions; direction++) {
      for (int which = 0; which < 2; which++) {
        reorder(own.values().get(first(at, direction) + 2 + which), all, (2 * direction + which) * one.size());
      }
    }
    return file.reordered(own.names().get(first(at, 0) + 2), all);
  }

  /// Copies blocks of rows in ONNX's order.
  private void reorder(Tensor from, Tensor to, int at) {
    int[] order = switch (layer.cell()) {
      case LSTM -> new int[] {0, 3, 1, 2};
      case GRU -> new int[] {1, 0, 2};
      case TANH, RELU -> new int[] {0};
    };
    int block = from.size() / order.length;
    for (int place = 0; place < order.length; place++) {
      for (int i = 0; i < block; i++) {
        to.set(at + place * block + i, from.get(order[place] * block + i));
      }
    }
  }
}
