package dev.lanewise.onnx.pattern;

import dev.lanewise.onnx.format.AttributeProto;
import dev.lanewise.onnx.format.AttributeProto.Kind;
import dev.lanewise.onnx.format.TensorProto;
import java.util.List;

/// The mean over the last axes of a value, which are kept at length 1.
///
/// @param of the value
/// @param axes the number of axes
record Mean(String of, int axes) {

  /// A value as a mean, whose node is added to the match; null if it is none.
  static Mean of(Match match, String value) {
    Wiring wiring = match.wiring();
    int at = wiring.maker(value);
    boolean isMean = at >= 0 && wiring.is(at, "ReduceMean")
        && wiring.tellsOnly(at, "axes", "keepdims", "noop_with_empty_axes") && wiring.integer(at, "keepdims", 1) != 0;
    if (!isMean || wiring.node(at).inputs().isEmpty() || !match.take(at)) {
      return null;
    }
    List<String> inputs = wiring.node(at).inputs();
    int count = last(axes(wiring, at), wiring.rank(inputs.getFirst()));
    return count > 0 ? new Mean(inputs.getFirst(), count) : null;
  }

  private static long[] axes(Wiring wiring, int at) {
    List<String> inputs = wiring.node(at).inputs();
    AttributeProto attribute = wiring.node(at).attributes().get("axes");
    if (inputs.size() == 1 && attribute != null && attribute.kind() == Kind.INTS) {
      return (long[]) attribute.value();
    }
    TensorProto constant = inputs.size() == 2 && attribute == null ? wiring.constant(inputs.get(1)) : null;
    return constant != null && constant.type().isInteger() ? constant.integers() : new long[0];
  }

  /// The number of axes if they are the last ones, else 0.
  private static int last(long[] axes, int rank) {
    boolean[] seen = new boolean[axes.length];
    for (long axis : axes) {
      long fromEnd = axis < 0 ? -axis : rank < 0 ? 0 : rank - axis;
      if (fromEnd < 1 || fromEnd > axes.length || seen[(int) fromEnd - 1]) {
        return 0;
      }
      seen[(int) fromEnd - 1] = true;
    }
    return axes.length;
  }
}
