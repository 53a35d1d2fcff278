package dev.lanewise.onnx.operator.numeric;

import dev.lanewise.graph.Node;
import dev.lanewise.onnx.trace.Broadcast;
import dev.lanewise.onnx.trace.Call;
import dev.lanewise.onnx.trace.Folding;
import dev.lanewise.onnx.trace.Integers;
import dev.lanewise.onnx.trace.Numbers;
import dev.lanewise.onnx.trace.Operator;
import dev.lanewise.onnx.trace.Value;
import java.util.List;
import java.util.Map;

/// Chooses between two numbers, element by element, by a condition. The other number has no part in the derivative, so
/// it may be infinite.
final class Where {

  private Where() {}

  static void addTo(Map<String, Operator> rules) {
    rules.put("Where", Where::of);
  }

  private static Value of(Call call) {
    Value a = call.input(1);
    Value b = call.input(2);
    if (call.input(0) instanceof Integers condition) {
      if (a instanceof Integers first && b instanceof Integers second) {
        return Folding.choice(call, condition, first, second);
      }
      if (Arithmetic.isConstant(a) && Arithmetic.isConstant(b) && !condition.isOfBatch()
          && condition.batch() < 0) {
        return Folding.choice(call, condition, (Numbers) a, (Numbers) b);
      }
    }
    Broadcast operands = Broadcast.of(call, List.of(Comparisons.sign(call, 0), call.traced(1), call.traced(2)));
    List<Node> nodes = operands.nodes();
    return operands.result(nodes.get(0).select(nodes.get(1), nodes.get(2)));
  }
}
