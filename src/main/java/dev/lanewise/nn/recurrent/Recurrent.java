package dev.lanewise.nn.recurrent;

import dev.lanewise.Initializer;
import dev.lanewise.JacobianStructure;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.ops.RecurrentCell;
import java.util.ArrayList;
import java.util.List;

/// A recurrent layer: one or several layers of cells, each in one or both directions, over sequences.
///
/// - **input**: `[batch, time, in]`, of any length of time
/// - **input that contains initial states or lengths**: `[batch, time·in + states + 1]`: a sample's sequence, step by
///   step; then h₀ of each layer and direction, layer 0 forward, layer 0 backward, layer 1 …; then, of an [Lstm], c₀
///   likewise; then the length as a number; parts that are not configured are left out
/// - **output**: `[batch, time, hidden·directions]`, or of the last state `[batch, hidden·directions]`: forward, then
///   backward
///
/// A sample's length is a whole number from 1 to time. Beyond it outputs are 0, and inputs have no influence. The last
/// state is the one at the length, and the backward direction begins there; its last state is the one after it has read
/// the sample's first step. The derivative with respect to a length is 0.
///
/// Parameters have the names, shapes and order of PyTorch: for layer ℓ `weight_ih_lℓ`, `weight_hh_lℓ`, `bias_ih_lℓ`,
/// `bias_hh_lℓ`, then the same with `_reverse`. All of them start uniformly within ±1/√hidden. If initial states are
/// parameters, `h0` and `c0` come last.
///
/// If only every s-th state is kept, derivatives recompute the s steps from each of them: less memory, more time, the
/// same bits; [#jacobianStructure] gives both. Sequences between layers are kept whole. Chen, Xu, Zhang & Guestrin
/// 2016, *Training deep nets with sublinear memory cost*.
public sealed interface Recurrent extends Layer permits Rnn, Lstm, Gru {

  /// {@return the features of a step of the input}
  int in();

  /// {@return the hidden units of each layer and direction}
  int hidden();

  /// {@return the layer's structure}
  Recurrence recurrence();

  /// {@return the formula of a step}
  RecurrentCell cell();

  /// {@return the initial values of b_ih}
  default Initializer biasInitializer() {
    return Initializer.uniform(1 / Math.sqrt(hidden()));
  }

  @Override
  default Shape outputShape(Shape input) {
    int time = time(input);
    int features = hidden() * recurrence().directions();
    return recurrence().lastState()
        ? Shape.of(input.dim(0), features)
        : Shape.of(input.dim(0), time, features);
  }

  @Override
  default ParameterSpec parameters() {
    int gates = cell().gates() * hidden();
    int directions = recurrence().directions();
    Initializer uniform = Initializer.uniform(1 / Math.sqrt(hidden()));
    List<ParameterSpec.Entry> entries = new ArrayList<>();
    for (int sweep = 0; sweep < recurrence().layers() * directions; sweep++) {
      int features = sweep < directions ? in() : hidden() * directions;
      String of = "_l" + sweep / directions + (sweep % directions == 0 ? "" : "_reverse");
      entries.add(new ParameterSpec.Entry("weight_ih" + of, Shape.of(gates, features), uniform));
      entries.add(new ParameterSpec.Entry("weight_hh" + of, Shape.of(gates, hidden()), uniform));
      if (recurrence().bias()) {
        entries.add(new ParameterSpec.Entry("bias_ih" + of, Shape.of(gates), biasInitializer()));
        entries.add(new ParameterSpec.Entry("bias_hh" + of, Shape.of(gates), uniform));
      }
    }
    if (recurrence().initialState() == InitialState.PARAMETER) {
      Shape states = Shape.of(recurrence().layers() * directions, hidden());
      entries.add(new ParameterSpec.Entry("h0", states, Initializer.zeros()));
      if (cell().hasCells()) {
        entries.add(new ParameterSpec.Entry("c0", states, Initializer.zeros()));
      }
    }
    return ParameterSpec.of(entries.toArray(ParameterSpec.Entry[]::new));
  }

  /// Implicit. If not all states are kept, a push or a pull recomputes the value's steps, once for all its directions.
  @Override
  default JacobianStructure jacobianStructure(Shape input) {
    long steps = (long) input.dim(0) * time(input);
    long directions = recurrence().directions();
    long first = in() + hidden();
    long other = hidden() * directions + hidden();
    long inputs = first + (recurrence().layers() - 1) * other;
    long value = steps * directions * cell().gates() * hidden() * inputs;
    RecurrentMemory memory = RecurrentMemory.of(this, input);
    return JacobianStructure.implicit(value).keeping(memory.numbers()).recomputing(memory.isWhole() ? 0 : value);
  }

  /// @throws IllegalArgumentException if shape or precision do not fit, or a length is no whole number from 1 to time
  @Override
  default Tensor forward(Tensor x, Parameters theta, Workspace ws) {
    return RecurrentLinearization.of(this, x, theta, ws, false).output();
  }

  /// @throws IllegalArgumentException if shape or precision do not fit, or a length is no whole number from 1 to time
  @Override
  default Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
    return RecurrentLinearization.of(this, x, theta, ws, true);
  }

  /// Whether the input is a flat row for each sample, because it contains more than a sequence.
  private boolean isFlat() {
    return recurrence().lengths() || recurrence().initialState() == InitialState.INPUT;
  }

  /// Numbers of a flat row after its sequence.
  private int extras() {
    int states = recurrence().layers() * recurrence().directions() * hidden() * (cell().hasCells() ? 2 : 1);
    return (recurrence().initialState() == InitialState.INPUT ? states : 0) + (recurrence().lengths() ? 1 : 0);
  }

  /// {@return the steps of the sequences in an input of this shape}
  ///
  /// @throws IllegalArgumentException if the layer cannot take such an input
  default int time(Shape input) {
    if (isFlat()) {
      int sequence = input.rank() == 2 ? input.dim(1) - extras() : 0;
      if (sequence < in() || sequence % in() != 0) {
        throw new IllegalArgumentException(this + ": input has shape " + input + ", expected [batch, time·" + in()
            + " + " + extras() + "] with time at least 1");
      }
      return sequence / in();
    }
    if (input.rank() != 3 || input.dim(1) < 1) {
      throw new IllegalArgumentException(
          this + ": input has shape " + input + ", expected [batch, time, " + in() + "] with time at least 1");
    }
    if (input.dim(2) != in()) {
      throw new IllegalArgumentException(this + ": input has " + input.dim(2) + " features, expected " + in());
    }
    return input.dim(1);
  }
}
