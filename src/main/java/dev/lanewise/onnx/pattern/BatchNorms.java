package dev.lanewise.onnx.pattern;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.onnx.format.AttributeProto;
import dev.lanewise.onnx.format.AttributeProto.Kind;
import dev.lanewise.onnx.format.ElementType;
import dev.lanewise.onnx.format.NodeProto;
import dev.lanewise.onnx.format.TensorProto;
import dev.lanewise.onnx.operator.Operators;
import dev.lanewise.onnx.trace.Meant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Folds batch norm into the affine map before it: W′ = s·W and b′ = s·(b − μ) + β for each channel, with
/// s = γ/√(σ² + ε). They are computed in double and rounded once, to the network's precision. Their names stay.
final class BatchNorms {

  private static final double EPSILON = 1e-5;

  private BatchNorms() {}

  static boolean replace(Wiring wiring, int at) {
    boolean isInference = wiring.is(at, "BatchNormalization") && wiring.node(at).inputs().size() == 5
        && wiring.tellsOnly(at, "epsilon", "momentum", "spatial", "training_mode")
        && wiring.integer(at, "training_mode", 0) == 0 && wiring.integer(at, "spatial", 1) == 1
        && wiring.node(at).outputs().stream().skip(1).allMatch(String::isEmpty);
    String x = isInference ? wiring.node(at).inputs().getFirst() : "";
    int before = wiring.onlyReader(x) == at ? wiring.maker(x) : -1;
    AffineParts map = before < 0 ? null : AffineParts.of(wiring, before);
    double[][] statistics = map == null ? null : statistics(wiring, at, map.channels());
    if (statistics == null || !fold(wiring, map, statistics)) {
      return false;
    }
    NodeProto node = wiring.node(before);
    List<String> inputs = new ArrayList<>(node.inputs().subList(0, 2));
    inputs.add(map.biasName());
    boolean isMatMul = wiring.is(before, "MatMul");
    wiring.replace(Set.of(before, at), at, new NodeProto(node.name(), isMatMul ? "Linear" : node.operator(),
        isMatMul ? Operators.OF_PATTERNS : node.domain(), inputs, wiring.node(at).outputs(), node.attributes()));
    return true;
  }

  /// s and β − s·μ of each channel; null unless they are finite constants, one for each channel.
  private static double[][] statistics(Wiring wiring, int at, int channels) {
    Tensor[] own = new Tensor[4];
    for (int part = 0; part < own.length; part++) {
      TensorProto tensor = wiring.constant(wiring.node(at).inputs().get(part + 1));
      if (tensor == null || !tensor.type().isFloating() || tensor.dims().length != 1 || tensor.dims()[0] != channels) {
        return null;
      }
      own[part] = tensor.numbers();
    }
    AttributeProto told = wiring.node(at).attributes().get("epsilon");
    double epsilon = told != null && told.kind() == Kind.FLOAT ? Meant.of((Float) told.value()) : EPSILON;
    double[][] all = new double[2][channels];
    for (int c = 0; c < channels; c++) {
      all[0][c] = own[0].get(c) / Math.sqrt(own[3].get(c) + epsilon);
      all[1][c] = own[1].get(c) - all[0][c] * own[2].get(c);
      if (!Double.isFinite(all[0][c]) || !Double.isFinite(all[1][c])) {
        return null;
      }
    }
    return all;
  }

  private static boolean fold(Wiring wiring, AffineParts map, double[][] statistics) {
    Tensor weight = map.weight().numbers();
    double[] scaled = new double[weight.size()];
    for (int at = 0; at < scaled.length; at++) {
      scaled[at] = weight.get(at) * statistics[0][map.channel(at)];
    }
    double[] shifted = statistics[1].clone();
    for (int c = 0; map.bias() != null && c < shifted.length; c++) {
      shifted[c] += map.bias().numbers().get(c) * statistics[0][c];
    }
    boolean inFloat = weight.precision() == Precision.FLOAT;
    if (!areFinite(scaled, inFloat) || !areFinite(shifted, inFloat)) {
      return false;
    }
    put(wiring, map.weight().name(), scaled, map.weight().dims());
    put(wiring, map.biasName(), shifted, shifted.length);
    return true;
  }

  private static void put(Wiring wiring, String name, double[] values, int... dims) {
    wiring.put(new TensorProto(name, ElementType.DOUBLE, dims, Tensor.of(values, dims)));
  }

  private static boolean areFinite(double[] values, boolean inFloat) {
    return Arrays.stream(values).allMatch(value -> Double.isFinite(inFloat ? (float) value : value));
  }
}
