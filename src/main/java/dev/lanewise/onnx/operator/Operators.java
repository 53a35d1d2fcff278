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

/// The supported operators. The table in `docs/onnx.md` says what each of them takes.
public final class Operators {

  /// The domain of the operators that patterns of nodes become; no file may use it.
  public static final String OF_PATTERNS = "dev.lanewise";

  /// Earlier versions are read where the operator did not change before this one.
  private static final long FIRST = 6;
  /// The operators that did not change from version 1 to [#FIRST].
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
    rules.put("AveragePool", Pools::average);
    rules.put("BatchNormalization", Normalizations::batch);
    rules.put("Conv", Convolutions::conv);
    rules.put("ConvTranspose", Convolutions::spread);
    rules.put("GRU", Recurrences::gru);
    rules.put("Gemm", Products::gemm);
    rules.put("GlobalAveragePool", Pools::globalAverage);
    rules.put("GlobalMaxPool", Pools::globalMax);
    rules.put("GroupNormalization", Normalizations::group);
    rules.put("InstanceNormalization", Normalizations::instance);
    rules.put("LRN", Normalizations::response);
    rules.put("LSTM", Recurrences::lstm);
    rules.put("LayerNormalization", Normalizations::layer);
    rules.put("LpNormalization", Normalizations::norm);
    rules.put("MatMul", Products::matmul);
    rules.put("MaxPool", Pools::max);
    rules.put("MeanVarianceNormalization", Normalizations::meanVariance);
    rules.put("RNN", Recurrences::rnn);
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
      throw new Refusal(node.label() + ": operator " + node.operator()
          + " is of version " + opset + ", expected at least " + FIRST);
    }
    return rule;
  }

  /// Refuses a node of a file in the domain of patterns.
  ///
  /// @throws Refusal if it is in that domain
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
