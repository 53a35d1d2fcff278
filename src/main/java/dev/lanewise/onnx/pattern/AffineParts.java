package dev.lanewise.onnx.pattern;

import dev.lanewise.onnx.format.NodeProto;
import dev.lanewise.onnx.format.TensorProto;
import dev.lanewise.onnx.operator.Operators;
import java.util.List;

/// The weights of an affine map that nothing else reads, and the channel of its output that each of them goes to.
///
/// @param channels of the output
/// @param weight an initializer
/// @param bias an initializer, or null for none
/// @param biasName the name that the bias has, or will have
/// @param inner how many consecutive weights go to one channel
/// @param perGroup after how many channels the next input of the group begins
/// @param period after how many inputs the next group begins; 0 for a single group
record AffineParts(
    int channels, TensorProto weight, TensorProto bias, String biasName, int inner, int perGroup, int period) {

  /// The parts, or null if the node is no affine map or its weights are read elsewhere.
  static AffineParts of(Wiring wiring, int at) {
    NodeProto node = wiring.node(at);
    List<String> inputs = node.inputs();
    boolean isLinear = node.domain().equals(Operators.OF_PATTERNS) && node.operator().equals("Linear");
    boolean isMap = isLinear || wiring.is(at, "Conv") || wiring.is(at, "ConvTranspose") || wiring.is(at, "Gemm")
        || wiring.is(at, "MatMul");
    TensorProto weight = isMap && inputs.size() >= 2 && inputs.size() <= 3 ? own(wiring, inputs.get(1), at) : null;
    if (weight == null || weight.dims().length < 2 || weight.numbers().size() == 0) {
      return null;
    }
    boolean isMatrix = isLinear || wiring.is(at, "Gemm") || wiring.is(at, "MatMul");
    boolean isPlain = !isMatrix || weight.dims().length == 2 && (wiring.is(at, "Gemm")
        ? isPlainGemm(wiring, at) : node.attributes().isEmpty() && wiring.rank(inputs.getFirst()) == 2);
    return isPlain ? of(wiring, at, weight) : null;
  }

  private static boolean isPlainGemm(Wiring wiring, int at) {
    return wiring.tellsOnly(at, "alpha", "beta", "transA", "transB") && wiring.number(at, "alpha", 1) == 1
        && wiring.number(at, "beta", 1) == 1;
  }

  private static AffineParts of(Wiring wiring, int at, TensorProto weight) {
    int[] dims = weight.dims();
    int size = weight.numbers().size();
    int groups = Math.clamp(wiring.integer(at, "group", 1), 1, dims[0]);
    boolean first = wiring.is(at, "Conv") || wiring.is(at, "Gemm") && wiring.integer(at, "transB", 0) != 0;
    int channels = first ? dims[0] : wiring.is(at, "ConvTranspose") ? dims[1] * groups : dims[1];
    int inner = first ? size / dims[0] : size / dims[0] / dims[1];
    String biasName = wiring.node(at).inputs().size() == 3 ? wiring.node(at).inputs().get(2) : "";
    TensorProto bias = null;
    if (!biasName.isEmpty()) {
      bias = wiring.constant(biasName);
      boolean fits = bias != null && bias.type().isFloating() && bias.dims().length == 1 && bias.dims()[0] == channels;
      if (!fits) {
        return null;
      }
    }
    String named = bias != null && own(wiring, biasName, at) != null ? biasName : unused(wiring, weight.name());
    return new AffineParts(channels, weight, bias, named, inner, first ? channels : dims[1],
        groups == 1 || first ? 0 : dims[0] / groups);
  }

  /// The channel that a weight goes to.
  int channel(int at) {
    int column = at / inner % perGroup;
    return period == 0 ? column : at / inner / perGroup / period * perGroup + column;
  }

  private static TensorProto own(Wiring wiring, String name, int reader) {
    TensorProto tensor = wiring.onlyReader(name) == reader ? wiring.initializer(name) : null;
    return tensor != null && tensor.content() != null && tensor.type().isFloating() ? tensor : null;
  }

  private static String unused(Wiring wiring, String weight) {
    String suffix = ".weight";
    String name = weight.endsWith(suffix)
        ? weight.substring(0, weight.length() - suffix.length()) + ".bias" : weight + "_bias";
    String free = name;
    for (int more = 2; wiring.isTaken(free); more++) {
      free = name + "_" + more;
    }
    return free;
  }
}
