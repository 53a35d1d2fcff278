package dev.lanewise.onnx.trace;

import dev.lanewise.Initializer;
import dev.lanewise.Layer;
import dev.lanewise.Tensor;
import dev.lanewise.graph.Node;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/// The network under construction: its parameters with their values, its layers.
///
/// Each name belongs to one layer or parameter. A weight that is used twice in the same way is one parameter; one that
/// is used in two layouts becomes two, the second with a number appended to its name.
public final class Trace {

  /// The owner of a name: a layer, the input shape of an affine map, or a parameter's shape; with the values of its
  /// parameters by the rest of their names.
  private record Owner(Object what, Map<String, Tensor> values) {

    boolean is(Object other, Map<String, Tensor> otherValues) {
      return what.equals(other) && values.keySet().equals(otherValues.keySet())
          && values.keySet().stream().allMatch(name -> values.get(name) == otherValues.get(name));
    }
  }

  /// The weight that another one is a form of, and the same form of a node.
  private record Origin(Tensor weight, UnaryOperator<Node> way) {}

  private final Node input;
  private final Facts facts;
  private final Map<String, Owner> owners = new HashMap<>();
  private final Map<String, Tensor> values = new LinkedHashMap<>();
  private final Map<Tensor, Node> constants = new IdentityHashMap<>();
  private final Map<Tensor, Origin> origins = new IdentityHashMap<>();
  private final Map<Tensor, Map<String, Tensor>> forms = new IdentityHashMap<>();

  /// @param input the layer's input, of which all nodes are made
  public Trace(Node input, Facts facts) {
    this.input = input;
    this.facts = facts;
  }

  /// {@return what the file declares}
  public Facts facts() {
    return facts;
  }

  /// {@return each parameter's value by its name}
  public Map<String, Tensor> values() {
    return values;
  }

  /// {@return a number that never changes}
  public Node constant(double value) {
    return input.constant(value);
  }

  /// {@return numbers that never change}
  public Node constant(Tensor value) {
    return constants.computeIfAbsent(value, input::constant);
  }

  /// {@return a value as computed: weights become parameters, other numbers constants}
  Traced traced(Call call, Value value) {
    return switch (value) {
      case Traced traced -> traced;
      case Numbers numbers -> {
        if (numbers.tensor().size() == 0) {
          throw call.refusal("an operand has no element, expected some");
        }
        yield Traced.of(node(numbers), numbers.dims(), -1);
      }
      case Integers _ -> throw call.refusal("an operand has integers, expected floating numbers");
      case Condition _ -> throw call.refusal("an operand is a condition on what is computed, expected numbers");
    };
  }

  private Node node(Numbers numbers) {
    if (numbers.isParameter()) {
      return weight(numbers.name(), numbers.tensor());
    }
    Node node = numbers.isSingle() ? constant(numbers.meant()) : constant(numbers.tensor());
    return node.reshape(Traced.inner(numbers.dims(), -1));
  }

  /// {@return a weight in another form: the same tensor for each call, so that it stays one parameter}
  ///
  /// @param form the name of the form
  public Tensor inForm(Tensor weight, String form, UnaryOperator<Tensor> made) {
    return forms.computeIfAbsent(weight, _ -> new HashMap<>()).computeIfAbsent(form, _ -> made.apply(weight));
  }

  /// {@return a weight in a form with the same elements: as a node's value, it is computed from the weight of the file}
  ///
  /// @param form the name of the form
  /// @param way the same form of a node
  public Tensor inForm(Tensor weight, String form, UnaryOperator<Tensor> made, UnaryOperator<Node> way) {
    Tensor other = inForm(weight, form, made);
    origins.putIfAbsent(other, new Origin(weight, way));
    return other;
  }

  /// {@return the weight that another one is a form of by [#inForm(Tensor, String, UnaryOperator, UnaryOperator)], or
  /// itself}
  public Tensor origin(Tensor weight) {
    Origin origin = origins.get(weight);
    return origin == null ? weight : origin.weight;
  }

  private Node weight(String wanted, Tensor value) {
    Origin origin = origins.get(value);
    return origin == null ? parameter(wanted, value) : origin.way.apply(weight(wanted, origin.weight));
  }

  /// {@return a parameter of the network}
  public Node parameter(String wanted, Tensor value) {
    String name = claim(wanted, value.shape(), Map.of("", value));
    return input.parameter(name, value.shape(), Initializer.zeros());
  }

  /// {@return y = W·x + b along the last axis}
  ///
  /// @param weight W, `[out, in]`
  /// @param bias b, `[out]`, or null
  public Node linear(String wanted, Node x, Tensor weight, Tensor bias) {
    Map<String, Tensor> own = new LinkedHashMap<>(Map.of("weight", weight));
    if (bias != null) {
      own.put("bias", bias);
    }
    String name = claim(wanted, x.shape(), own);
    return x.linear(name, weight.shape().dim(0), bias != null);
  }

  /// {@return a layer's output}
  ///
  /// @param own the layer's parameters by its own names
  public Node apply(String wanted, Layer layer, Node x, Map<String, Tensor> own) {
    return x.apply(claim(wanted, layer, own), layer);
  }

  private String claim(String wanted, Object what, Map<String, Tensor> own) {
    String name = wanted;
    for (int more = 2; true; more++) {
      Owner owner = owners.get(name);
      if (owner != null && owner.is(what, own)) {
        return name;
      }
      if (owner == null && isFree(name, own)) {
        break;
      }
      name = wanted + "_" + more;
    }
    owners.put(name, new Owner(what, own));
    for (Map.Entry<String, Tensor> each : own.entrySet()) {
      values.put(full(name, each.getKey()), each.getValue());
    }
    return name;
  }

  private boolean isFree(String name, Map<String, Tensor> own) {
    return own.keySet().stream().noneMatch(part -> values.containsKey(full(name, part)));
  }

  private static String full(String name, String part) {
    return part.isEmpty() || name.isEmpty() ? name + part : name + "." + part;
  }
}
