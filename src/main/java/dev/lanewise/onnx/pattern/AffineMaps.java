package dev.lanewise.onnx.pattern;

import dev.lanewise.onnx.format.AttributeProto;
import dev.lanewise.onnx.format.AttributeProto.Kind;
import dev.lanewise.onnx.format.NodeProto;
import dev.lanewise.onnx.format.TensorProto;
import dev.lanewise.onnx.operator.Operators;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// x·W + b of constants W, `[in, out]`, and b, `[out]`: one operator.
final class AffineMaps {

  private AffineMaps() {}

  static boolean replace(Wiring wiring, int at) {
    if (!wiring.isPlain(at, "Add", 2)) {
      return false;
    }
    List<String> inputs = wiring.node(at).inputs();
    return replace(new Match(wiring, at), inputs.get(0), inputs.get(1))
        || replace(new Match(wiring, at), inputs.get(1), inputs.get(0));
  }

  private static boolean replace(Match match, String product, String bias) {
    Wiring wiring = match.wiring();
    NodeProto matmul = match.take(product, "MatMul", 2);
    TensorProto b = wiring.constant(bias);
    if (matmul == null || b == null || !b.type().isFloating() || b.dims().length != 1) {
      return false;
    }
    String x = matmul.inputs().get(0);
    String weight = matmul.inputs().get(1);
    int out = out(wiring, weight);
    return out == b.dims()[0] && wiring.constant(x) == null
        && match.become(matmul.name(), Operators.OF_PATTERNS, "Linear", List.of(x, weight, bias), Map.of());
  }

  /// The number of columns of a constant matrix, which may be the transpose of another one; −1 if it is none.
  private static int out(Wiring wiring, String weight) {
    TensorProto w = wiring.constant(weight);
    if (w != null) {
      return w.type().isFloating() && w.dims().length == 2 ? w.dims()[1] : -1;
    }
    int at = wiring.maker(weight);
    boolean transposed = at >= 0 && wiring.is(at, "Transpose") && wiring.node(at).inputs().size() == 1;
    TensorProto from = transposed ? wiring.constant(wiring.node(at).inputs().getFirst()) : null;
    boolean isMatrix = from != null && from.type().isFloating() && from.dims().length == 2;
    return isMatrix && swapsAxes(wiring.node(at)) ? from.dims()[0] : -1;
  }

  /// Whether a `Transpose` swaps the axes of a matrix.
  private static boolean swapsAxes(NodeProto transpose) {
    AttributeProto order = transpose.attributes().get("perm");
    return order == null ? transpose.attributes().isEmpty() : transpose.attributes().size() == 1
        && order.kind() == Kind.INTS && Arrays.equals((long[]) order.value(), new long[] {1, 0});
  }
}
