package dev.lanewise.onnx.trace;

import dev.lanewise.Shape;
import dev.lanewise.graph.Node;
import dev.lanewise.onnx.format.ElementType;
import dev.lanewise.onnx.format.NodeProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One node of a file with the values of its inputs and its attributes: what a rule reads, and where it leaves its
/// outputs.
public final class Call extends Attributes {

  private static final int MOST_CONSTANT = 1 << 21;

  private final Trace trace;
  private final NodeProto node;
  private final List<Value> inputs;
  private final Value[] outputs;

  /// @param inputs null for one that is left out
  public Call(Trace trace, NodeProto node, List<Value> inputs) {
    super(node.attributes());
    this.trace = trace;
    this.node = node;
    this.inputs = inputs;
    this.outputs = new Value[Math.max(1, node.outputs().size())];
  }

  /// {@return the network that is being made}
  public Trace trace() {
    return trace;
  }

  /// {@return the node of the file}
  public NodeProto node() {
    return node;
  }

  /// {@return the version of the operators that the file is written in}
  public long opset() {
    return trace.facts().opset();
  }

  /// {@return the number of inputs, including those left out in between}
  public int inputs() {
    return inputs.size();
  }

  /// {@return whether an input is given}
  public boolean has(int input) {
    return input < inputs.size() && inputs.get(input) != null;
  }

  /// {@return an input}
  ///
  /// @throws Refusal if it is left out
  public Value input(int input) {
    if (!has(input)) {
      throw refusal("input " + input + " is left out, expected one");
    }
    return inputs.get(input);
  }

  /// {@return the type that the file declares for an input's elements, UNDEFINED where it declares none}
  public ElementType declared(int input) {
    return trace.facts().type(name(input));
  }

  /// {@return all inputs}
  ///
  /// @throws Refusal if one is left out, or there is none
  public List<Value> all() {
    List<Value> all = new ArrayList<>();
    for (int input = 0; input < Math.max(1, inputs.size()); input++) {
      all.add(input(input));
    }
    return all;
  }

  /// {@return an input as computed: weights become parameters, other numbers constants}
  ///
  /// @throws Refusal if it is left out or not of floating numbers
  public Traced traced(int input) {
    return trace.traced(this, input(input));
  }

  /// {@return a value as computed: weights become parameters, other numbers constants}
  ///
  /// @throws Refusal if it is not of floating numbers
  public Traced traced(Value value) {
    return trace.traced(this, value);
  }

  /// {@return all inputs as computed}
  public List<Traced> allTraced() {
    return all().stream().map(value -> trace.traced(this, value)).toList();
  }

  /// {@return an input whose floating numbers are known}
  ///
  /// @throws Refusal if it is computed
  public Numbers numbers(int input) {
    if (input(input) instanceof Numbers numbers) {
      return numbers;
    }
    throw refusal("input " + name(input) + " is computed, expected constant numbers or a weight of the file");
  }

  /// {@return the one number that an input is, as it is [Meant]}
  ///
  /// @throws Refusal if it is computed, or not one
  public double number(int input) {
    Numbers numbers = numbers(input);
    if (numbers.tensor().size() != 1) {
      throw refusal("input " + name(input) + " has shape " + Arrays.toString(numbers.dims()) + ", expected one number");
    }
    return numbers.meant();
  }

  /// {@return an input whose integers are known}
  ///
  /// @throws Refusal if it is computed
  public Integers integers(int input) {
    if (input(input) instanceof Integers integers) {
      return integers;
    }
    throw refusal("input " + name(input)
        + " has no constant integers, expected integers that are known when the file is read");
  }

  /// {@return an input whose integers are known and do not follow from the batch's length}
  ///
  /// @throws Refusal otherwise
  public long[] fixed(int input) {
    Integers integers = integers(input);
    if (integers.isOfBatch()) {
      throw refusal("input " + name(input) + " depends on the length of the batch, expected one that does not");
    }
    if (integers.batch() >= 0) {
      throw refusal("input " + name(input) + " has as many integers as the batch has samples, expected a fixed number");
    }
    return integers.values().clone();
  }

  /// {@return the name of an input in the file}
  public String name(int input) {
    return node.inputs().get(input);
  }

  /// Checks the shape of an input.
  ///
  /// @throws Refusal for another one
  public void requireDims(int input, int... expected) {
    int[] dims = input(input).dims();
    if (!Arrays.equals(dims, expected)) {
      throw refusal("input " + name(input) + " has shape " + Arrays.toString(dims) + ", expected "
          + Arrays.toString(expected));
    }
  }

  /// {@return an axis counted from the first}
  ///
  /// @param axis from −rank to rank − 1
  /// @throws Refusal if there is none
  public int axis(long axis, int rank) {
    if (axis < -rank || axis >= rank) {
      throw refusal("axis is " + axis + ", expected from " + -rank + " to " + (rank - 1));
    }
    return (int) (axis < 0 ? axis + rank : axis);
  }

  /// {@return the axis of a value's node for an axis of the value}
  ///
  /// @param axis from −rank to rank − 1
  /// @throws Refusal if it is the batch's: the operation would mix samples
  public int inner(Traced value, long axis) {
    int at = axis(axis, value.rank());
    if (at == value.batch()) {
      throw refusal("axis " + at + " of " + value + " is the batch's, expected another: samples would mix");
    }
    return value.inner(at);
  }

  /// {@return an `int`}
  ///
  /// @throws Refusal if it is none
  public int small(long value, String what) {
    if (value != (int) value) {
      throw refusal(what + " is " + value + ", expected an int");
    }
    return (int) value;
  }

  /// {@return the number of elements of a constant that is about to be made}
  ///
  /// @throws Refusal if there are more than 2²¹ and more than the file has in all: a file of a few bytes may ask for
  ///     any number of elements
  public int constantSize(int... dims) {
    long most = Math.clamp(trace.facts().elements(), MOST_CONSTANT, Shape.LARGEST_ARRAY);
    long size = 1;
    for (int length : dims) {
      size = Math.min(size * Math.max(0, length), most + 1);
    }
    if (size > most) {
      throw refusal("a constant has dims " + Arrays.toString(dims) + ", expected at most " + most
          + " elements of what is computed when the file is read");
    }
    return (int) size;
  }

  /// Sets an output other than the first.
  public void output(int output, Value value) {
    if (output < outputs.length) {
      outputs[output] = value;
    }
  }

  /// {@return whether an output may be read}
  public boolean wants(int output) {
    return output < node.outputs().size() && !node.outputs().get(output).isEmpty();
  }

  /// {@return the name for the layer that this node becomes: its weight's name up to `.weight`, else the node's own}
  public String layerName(int weight) {
    String of = has(weight) && inputs.get(weight) instanceof Numbers numbers ? numbers.name() : "";
    return Names.ofLayer(of, node);
  }

  /// {@return a refusal that names the node, its operator and its version}
  @Override
  public Refusal refusal(String fault) {
    return new Refusal(node.label() + " (" + Names.operator(node) + ", opset " + opset() + "): " + fault);
  }

  /// {@return the outputs that a rule makes}
  ///
  /// @throws Refusal if an attribute is given that the rule did not ask for, or an output is read that it does not make
  public List<Value> apply(Operator rule) {
    try {
      outputs[0] = rule.apply(this);
    } catch (Refusal e) {
      throw e;
    } catch (IllegalArgumentException | ArithmeticException e) { // of a layer or a node
      throw refusal(e.getMessage());
    }
    requireAllKnown();
    return Arrays.asList(outputs);
  }

  /// {@return a constant of the network}
  public Node constant(double value) {
    return trace.constant(value);
  }
}
