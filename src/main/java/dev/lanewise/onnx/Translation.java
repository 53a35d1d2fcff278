package dev.lanewise.onnx;

import dev.lanewise.Layer;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.RowOps;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.file.Excerpt;
import dev.lanewise.graph.Graph;
import dev.lanewise.graph.Node;
import dev.lanewise.onnx.format.ElementType;
import dev.lanewise.onnx.format.FormatException;
import dev.lanewise.onnx.format.GraphProto;
import dev.lanewise.onnx.format.ModelProto;
import dev.lanewise.onnx.format.NodeProto;
import dev.lanewise.onnx.format.TensorProto;
import dev.lanewise.onnx.format.ValueInfo;
import dev.lanewise.onnx.operator.Operators;
import dev.lanewise.onnx.pattern.Patterns;
import dev.lanewise.onnx.trace.Call;
import dev.lanewise.onnx.trace.Condition;
import dev.lanewise.onnx.trace.Facts;
import dev.lanewise.onnx.trace.Integers;
import dev.lanewise.onnx.trace.Numbers;
import dev.lanewise.onnx.trace.Refusal;
import dev.lanewise.onnx.trace.Trace;
import dev.lanewise.onnx.trace.Traced;
import dev.lanewise.onnx.trace.Value;
import dev.lanewise.onnx.writer.Export;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Translates a file into a network: the nodes that its output depends on, one after the other, each by its operator's
/// rule.
final class Translation {

  private static final long OLDEST_OPSET = 1;
  private static final long NEWEST_OPSET = 22;

  private final GraphProto graph;
  private final OnnxOptions options;
  private final long opset;
  private final String output;
  private final Needed needed;
  private final List<GraphInput> inputs;
  private final Map<String, Value> values = new HashMap<>();
  /// Whether the batch's axis is removed from the values.
  private boolean apart = true;
  private Trace trace;
  private Node result;

  /// @throws FormatException if the graph contradicts itself
  /// @throws Refusal if it is not supported, or does not have what the options name
  Translation(ModelProto model, OnnxOptions options) throws FormatException {
    this.options = options;
    this.opset = opset(model);
    this.output = output(model.graph(), options);
    this.graph = rewritten(model);
    this.needed = Needed.of(graph, output);
    graph.initializers().forEach(tensor -> values.put(tensor.name(), value(tensor)));
    Set<String> given = graph.inputs().stream().map(ValueInfo::name).collect(Collectors.toSet());
    options.fixed().forEach((name, value) -> {
      requireNamed(given, name, "input");
      values.put(name, value);
    });
    this.inputs = GraphInput.of(varying(given), options);
    inputs.forEach(needed::requireFloating);
  }

  /// The nodes that the output depends on, with patterns replaced.
  private GraphProto rewritten(ModelProto model) throws FormatException {
    GraphProto file = model.graph();
    Needed whole = Needed.of(file, output);
    whole.nodes().forEach(node -> Operators.requireOfFile(node, opset));
    Set<String> kept = new HashSet<>(options.fixed().keySet());
    kept.add(output);
    boolean folds = !options.hasBatchNormApart() && !model.producer().equals(Export.PRODUCER);
    return Patterns.rewrite(new GraphProto(file.name(), whole.nodes(), file.initializers(), file.inputs(),
        file.outputs(), file.values()), opset, kept, folds);
  }

  private static long opset(ModelProto model) {
    long opset = model.opsets().getOrDefault("", model.opsets().getOrDefault("ai.onnx", 1L));
    if (opset < OLDEST_OPSET || opset > NEWEST_OPSET) {
      throw new Refusal("operators are of version " + opset + ", expected " + OLDEST_OPSET + " to " + NEWEST_OPSET);
    }
    return opset;
  }

  private static String output(GraphProto graph, OnnxOptions options) {
    List<String> names = graph.outputs().stream().map(ValueInfo::name).toList();
    if (options.output().isEmpty() && names.size() != 1) {
      throw new Refusal("outputs are " + Excerpt.of(names) + ", expected one of them by OnnxOptions.output(…)");
    }
    return options.output().orElseGet(names::getFirst);
  }

  /// The inputs that x consists of.
  private List<ValueInfo> varying(Set<String> given) {
    options.inputs().forEach(name -> requireNamed(given, name, "input"));
    Map<String, ValueInfo> open = new HashMap<>();
    List<String> order = new ArrayList<>(options.inputs());
    for (ValueInfo info : graph.inputs()) {
      if (!values.containsKey(info.name())) {
        open.put(info.name(), info);
        if (options.inputs().isEmpty() && needed.reads(info.name())) {
          order.add(info.name());
        }
      }
    }
    if (order.isEmpty()) {
      throw new Refusal("output " + Excerpt.of(output) + " depends on no input, expected one of "
          + Excerpt.of(open.keySet().stream().sorted().toList()));
    }
    return order.stream().map(name -> {
      if (!open.containsKey(name)) {
        throw new Refusal("input " + Excerpt.of(name) + " is a part of x and fixed, expected one of both");
      }
      return open.get(name);
    }).toList();
  }

  private static void requireNamed(Set<String> names, String name, String what) {
    if (!names.contains(name)) {
      throw new Refusal(what + " " + Excerpt.of(name) + " is not in the file, expected one of "
          + Excerpt.of(names.stream().sorted().toList()));
    }
  }

  private static Value value(TensorProto tensor) {
    if (tensor.type().isFloating()) {
      return new Numbers(tensor.numbers(), tensor.dims(), tensor.name());
    }
    return tensor.type().isInteger() ? Integers.of(tensor.type(), tensor.integers(), tensor.dims()) : Needed.UNREADABLE;
  }

  /// Translates the file. Where the batch is 1 long in the file, the nodes are right for each sample alone. So if that
  /// axis cannot be removed from all values, all values keep it.
  Network network() throws FormatException {
    try {
      return translated();
    } catch (Refusal e) {
      if (!inputs.stream().allMatch(GraphInput::isOfOneSample)) {
        throw e;
      }
      apart = false;
      return translated();
    }
  }

  private Network translated() throws FormatException {
    Shape sample = sample();
    Layer layer;
    try {
      layer = Graph.layer(sample, this::outputOf);
    } catch (IllegalArgumentException e) { // beyond what a rule has asked for
      throw new Refusal(e.getMessage());
    }
    Precision precision = options.precision().orElseGet(() -> type() == ElementType.DOUBLE
        ? Precision.DOUBLE : Precision.FLOAT);
    return new Network(layer, parameters(layer.parameters(), precision),
        inputs.stream().map(GraphInput::name).toList(), output, sample, result.shape());
  }

  /// The type that the network computes in: the first input's, or the output's where that input has integers.
  private ElementType type() {
    ElementType first = inputs.getFirst().type();
    return !first.isInteger() ? first : graph.outputs().stream().filter(info -> info.name().equals(output))
        .map(ValueInfo::type).findFirst().orElse(ElementType.FLOAT);
  }

  private Shape sample() {
    if (inputs.size() == 1) {
      return inputs.getFirst().sample();
    }
    long size = inputs.stream().mapToLong(input -> input.sample().size()).sum();
    if (size > Shape.LARGEST_ARRAY) {
      throw new Refusal("inputs have " + size + " elements, expected at most " + Shape.LARGEST_ARRAY);
    }
    return Shape.of((int) size);
  }

  private Node outputOf(Node x) {
    trace = new Trace(x, Facts.of(graph, opset, inputs.stream().anyMatch(GraphInput::open)));
    int from = 0;
    for (GraphInput input : inputs) {
      int size = input.sample().size();
      Node part = inputs.size() == 1 ? x : x.slice(from, from + size);
      values.put(input.name(), Traced.of(part.reshape(apart ? input.sample().toArray() : input.dims()), input.dims(),
          apart ? input.batch() : -1));
      from += size;
    }
    needed.nodes().forEach(this::translate);
    Traced made = switch (values.get(output)) {
      case Traced traced -> traced;
      case Condition condition -> condition.numbers();
      case Numbers _, Integers _ -> throw new Refusal("output " + Excerpt.of(output)
          + " is constant, expected one that is computed of the input");
    };
    boolean ofOne = !apart && made.rank() > 1 && made.dim(0) == 1;
    result = ofOne ? made.node().reshape(made.node().shape().withoutFirst().toArray()) : made.node();
    return result;
  }

  private void translate(NodeProto node) {
    List<Value> given = new ArrayList<>();
    for (String name : node.inputs()) {
      if (!name.isEmpty() && values.get(name) == null) {
        throw new Refusal("input " + Excerpt.of(name) + " is read by node " + Excerpt.of(node.name())
            + " and neither a part of x nor fixed, expected one of both");
      }
      given.add(name.isEmpty() ? null : needed.readable(node, name, values.get(name)));
    }
    Call call = new Call(trace, needed.read(node), given);
    List<Value> outputs =
        call.apply(needed.isLookup(node, given) ? Needed::places : Operators.of(node, opset));
    for (int index = 0; index < node.outputs().size(); index++) {
      String name = node.outputs().get(index);
      if (!name.isEmpty() && needed.reads(name)) {
        if (outputs.get(index) == null) {
          throw call.refusal("output " + index + " is read, expected an output that is supported");
        }
        values.put(name, outputs.get(index));
      }
    }
  }

  private Parameters parameters(ParameterSpec spec, Precision precision) {
    if (spec.size() == 0) {
      return Parameters.none();
    }
    Parameters theta = Parameters.zeros(spec, precision);
    for (int index = 0; index < theta.count(); index++) {
      String name = spec.entries().get(index).name();
      Tensor value = trace.values().get(name);
      theta.get(index).copyFrom(RowOps.rounded(value, precision, "parameter", Excerpt.of(name)));
    }
    return theta;
  }
}
