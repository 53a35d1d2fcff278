package dev.lanewise.model;

import dev.lanewise.Activation;
import dev.lanewise.Initializer;
import dev.lanewise.Layer;
import dev.lanewise.Shape;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Dropout;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.recurrent.Gru;
import dev.lanewise.nn.recurrent.InitialState;
import dev.lanewise.nn.recurrent.Lstm;
import dev.lanewise.nn.recurrent.Recurrence;
import dev.lanewise.nn.recurrent.Rnn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// A recurrent network over sequences: its state after the last step passes through dropout and a dense layer.
///
/// | sequences                      | inputs                                                             |
/// |--------------------------------|--------------------------------------------------------------------|
/// | of one length, of any size     | `[rows, time, features]`                                           |
/// | of lengths from 1 to `longest` | `[rows, longest·features + 1]`: the steps, padding, the length     |
///
/// @param task what is predicted
/// @param features of each step
/// @param outputs numbers or classes
/// @param cell takes the state from one step to the next
/// @param units of the state, in each layer and direction
/// @param layers how many are stacked
/// @param bidirectional whether each layer also goes back in time
/// @param longest the most steps of a sequence, where rows hold their lengths; 0 where they do not
/// @param dropout the probability that a unit of the last state is dropped in training; 0 for none
public record SequenceArchitecture(
    Task task, int features, int outputs, Cell cell, int units, int layers, boolean bidirectional, int longest,
    double dropout)
    implements Architecture {

  private static final int MOST_UNITS = 1 << 20;
  private static final double FORGET_BIAS = 1;
  private static final String ANY = "any";

  /// The cell that takes a state from one step to the next.
  public enum Cell {
    /// Long short-term memory: Hochreiter and Schmidhuber 1997, with the forget gate of Gers, Schmidhuber and Cummins
    /// 2000.
    LSTM,
    /// Gated recurrent unit: Cho et al. 2014.
    GRU,
    /// A plain cell with tanh: Elman 1990. It remembers only a few steps.
    RNN
  }

  /// @throws IllegalArgumentException if a number but the longest is below 1, there are more than 2²⁰ units, a single
  ///     class, a row of inputs is longer than an array, or the dropout is no rate
  public SequenceArchitecture {
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(cell, "cell");
    if (features < 1 || outputs < 1 || units < 1 || units > MOST_UNITS || layers < 1) {
      throw new IllegalArgumentException("Sequence: " + features + " features, " + layers + " layers of " + units
          + " units, " + outputs + " outputs, expected each at least 1 and at most " + MOST_UNITS + " units");
    }
    if (task == Task.CLASSIFICATION && outputs < 2) {
      throw new IllegalArgumentException("Sequence: " + outputs + " class, expected at least 2");
    }
    if (longest < 0 || (long) longest * features >= Shape.LARGEST_ARRAY) {
      throw new IllegalArgumentException("Sequence: the longest has " + longest + " steps of " + features
          + " features, expected at least 0 and no more numbers than an array holds");
    }
    new Dropout(dropout);
  }

  /// {@return whether each row contains its sequence's length}
  public boolean hasLengths() {
    return longest > 0;
  }

  /// The numbers of a row that contains its sequence's length.
  int rowLength() {
    return longest * features + 1;
  }

  /// The layers. An LSTM's forget gates start with a bias of 1, so that it remembers before it has learnt what:
  /// Jozefowicz, Zaremba and Sutskever 2015.
  @Override
  public Sequential network() {
    List<Layer> all = new ArrayList<>();
    all.add(recurrent());
    if (dropout > 0) {
      all.add(new Dropout(dropout));
    }
    all.add(new Dense(bidirectional ? 2 * units : units, outputs).withInitializer(Initializer.glorotNormal()));
    return new Sequential(all);
  }

  private Layer recurrent() {
    Recurrence recurrence = new Recurrence(layers, bidirectional, true, true, InitialState.ZERO, hasLengths(), 0);
    return switch (cell) {
      case LSTM -> new Lstm(features, units, FORGET_BIAS, recurrence);
      case GRU -> new Gru(features, units, recurrence);
      case RNN -> new Rnn(features, units, Activation.TANH, recurrence);
    };
  }

  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("widths", features + "-" + units + "-" + outputs);
    texts.put("cell", cell.name());
    texts.put("layers", Integer.toString(layers));
    texts.put("bidirectional", Boolean.toString(bidirectional));
    texts.put("longest", hasLengths() ? Integer.toString(longest) : ANY);
    texts.put("dropout", Double.toString(dropout));
    return texts;
  }

  /// The file's tensors bound the number of layers; their shapes are checked before parameters are allocated.
  static SequenceArchitecture read(Metadata texts, Task task) throws MalformedModelException {
    List<Integer> widths = texts.exactly(3, "widths", "2-64-1");
    int layers = texts.exactly(1, "layers", "1").getFirst();
    if (layers > texts.tensors()) {
      throw new MalformedModelException(texts.source(), "layers are " + layers + ", expected at most " + texts.tensors()
          + " with " + texts.tensors() + " tensors");
    }
    int longest = texts.text("longest").equals(ANY) ? 0 : texts.exactly(1, "longest", "50").getFirst();
    return new SequenceArchitecture(task, widths.get(0), widths.get(2), texts.choice("cell", Cell.values()),
        widths.get(1), layers, texts.truth("bidirectional"), longest, texts.number("dropout"));
  }

  /// For example `regression 2-64-1, LSTM of 1 layer`.
  @Override
  public String toString() {
    return task.name().toLowerCase(Locale.ROOT) + " " + features + "-" + units + "-" + outputs + ", " + cell + " of "
        + layers + (layers == 1 ? " layer" : " layers") + (bidirectional ? ", bidirectional" : "")
        + (hasLengths() ? ", lengths to " + longest : "") + (dropout == 0 ? "" : ", dropout " + dropout);
  }
}
