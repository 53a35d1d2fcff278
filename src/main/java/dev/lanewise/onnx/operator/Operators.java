package dev.lanewise.onnx.operator;

import dev.lanewise.onnx.format.NodeProto;
import dev.lanewise.onnx.operator.form.FormOperators;
import dev.lanewise.onnx.operator.numeric.NumericOperators;
import dev.lanewise.onnx.operator.recurrent.Recurrences;
import dev.lanewise.onnx.trace.Operator;
import dev.lanewise.onnx.trace.Refusal;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Which operators there are. The table in `docs/onnx.md` says what each of them takes.
public final class Operators {

  /// The domain of operators that patterns of a file's nodes become; no file may name it.
  public static final String OF_PATTERNS = "dev.lanewise";

  /// Versions before this are read where an operator has not changed between them.
  private static final long FIRST = 6;
  /// Of version 1 until then.
  private static final Set<String> AS_FIRST_OF_ALL = Set.of(
      "AveragePool", "Constant", "Conv", "ConvTranspose", "DepthToSpace", "Flatten", "Gather", "GlobalAveragePool",
      "GlobalMaxPool", "Hardmax", "Identity", "LRN", "LogSoftmax", "LpNormalization", "MatMul", "MaxPool", "Not",
      "ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp", "ReduceMax", "ReduceMean", "ReduceMin", "ReduceProd",
      "ReduceSum", "ReduceSumSquare", "Shape", "Size", "Slice", "Softmax", "Softplus", "Softsign", "SpaceToDepth",
      "Squeeze", "Transpose", "Unsqueeze");

  private static final Map<String, Operator> BY_NAME = byName();
  private static final Map<String, Operator> BY_PATTERN = Fused.byName();

  private Operators() {}

  private static Map<String, Operator> byName() {
    Map<String, Operator> rules = new TreeMap<>();
    Convolutions.addTo(rules);
    Normalizations.addTo(rules);
    Pools.addTo(rules);
    Products.addTo(rules);
    rules.put("RNN", Recurrences::rnn);
    rules.put("LSTM", Recurrences::lstm);
    rules.put("GRU", Recurrences::gru);
    FormOperators.addTo(rules);
    NumericOperators.addTo(rules);
    return Collections.unmodifiableMap(rules);
  }

  /// {@return the names of all operators}
  public static Set<String> names() {
    return BY_NAME.keySet();
  }

  /// {@return the rule for a node}
  ///
  /// @throws Refusal if there is none
  public static Operator of(NodeProto node, long opset) {
    Map<String, Operator> rules = node.domain().equals(OF_PATTERNS) ? BY_PATTERN : BY_NAME;
    Operator rule = isOwn(node.domain()) || rules == BY_PATTERN ? rules.get(node.operator()) : null;
    if (rule == null) {
      throw new Refusal(Neighbours.unknown(node, opset, BY_NAME.keySet()));
    }
    if (opset < FIRST && !AS_FIRST_OF_ALL.contains(node.operator())) {
      throw new Refusal("node " + (node.name().isEmpty() ? "of output " + node.outputs() : node.name()) + ": operator "
          + node.operator() + " is of version " + opset + ", expected at least " + FIRST);
    }
    return rule;
  }

  /// Refuses a node of a file that names what only patterns become.
  ///
  /// @throws Refusal if it does
  public static void requireOfFile(NodeProto node, long opset) {
    if (node.domain().equals(OF_PATTERNS)) {
      throw new Refusal(Neighbours.unknown(node, opset, BY_NAME.keySet()));
    }
  }

  /// {@return whether a domain is ONNX's own}
  public static boolean isOwn(String domain) {
    return domain.isEmpty() || domain.equals("ai.onnx");
  }
}
