package dev.lanewise.onnx.pattern;

import dev.lanewise.onnx.format.NodeProto;
import java.util.List;
import java.util.Map;

/// log(1 + eˣ), which overflows where Softplus does not.
final class Softplus {

  private Softplus() {}

  static boolean replace(Wiring wiring, int at) {
    if (!wiring.isPlain(at, "Log", 1)) {
      return false;
    }
    Match match = new Match(wiring, at);
    NodeProto sum = match.take(wiring.node(at).inputs().getFirst(), "Add", 2);
    for (int one = 0; sum != null && one < 2; one++) {
      NodeProto exp = wiring.is(sum.inputs().get(one), 1) ? match.take(sum.inputs().get(1 - one), "Exp", 1) : null;
      if (exp != null) {
        return match.become("", "Softplus", List.of(exp.inputs().getFirst()), Map.of());
      }
    }
    return false;
  }
}
