package dev.lanewise.onnx.operator;

import dev.lanewise.Layer;
import dev.lanewise.Tensor;
import dev.lanewise.graph.Node;
import dev.lanewise.nn.BatchNorm;
import dev.lanewise.onnx.trace.Call;
import dev.lanewise.onnx.trace.Numbers;
import dev.lanewise.onnx.trace.Traced;
import dev.lanewise.onnx.trace.Value;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// Normalizations by statistics that are known, or of each sample.
final class Normalizations {

  private static final double EPSILON = 1e-5;
  private static final String[] OF_CHANNELS = {"weight", "bias", "running_mean", "running_var"};

  private Normalizations() {}

  static void addTo(Rules rules) {
    rules.put("BatchNormalization", Normalizations::batch);
  }

  /// By the running statistics. A layer, so that what was trained under this name elsewhere is found under it here.
  private static Value batch(Call call) {
    double epsilon = call.number("epsilon", EPSILON);
    call.number("momentum", 0.9);
    boolean training = call.flag("training_mode", false) || call.opset() < 7 && !call.flag("is_test", false);
    if (training || !call.flag("spatial", true)) {
      throw call.refusal((training ? "normalizes by the batch's own statistics" : "attribute spatial is 0")
          + ", expected inference by each channel's running statistics");
    }
    Traced x = call.traced(0);
    if (x.rank() < 2 || x.batch() == 1) {
      throw call.refusal("input has shape " + x + ", expected [batch, channels, …]");
    }
    for (int input = 1; input < 5; input++) {
      int[] dims = call.input(input).dims();
      if (dims.length != 1 || dims[0] != x.dim(1)) {
        throw call.refusal("input " + call.node().inputs().get(input) + " has shape " + Arrays.toString(dims)
            + ", expected [" + x.dim(1) + "] as " + x + " has channels");
      }
    }
    boolean known = call.all().stream().skip(1).allMatch(Numbers.class::isInstance);
    boolean one = x.batch() == 0 && !x.isMerged() || x.batch() < 0 && x.dim(0) == 1;
    if (known && one && epsilon > 0) {
      Layer layer = new BatchNorm(x.dim(1), epsilon, 0.1);
      Map<String, Tensor> own = new LinkedHashMap<>();
      for (int part = 0; part < OF_CHANNELS.length; part++) {
        own.put(OF_CHANNELS[part], call.numbers(part + 1).tensor());
      }
      return Samples.each(call, x, each -> call.trace().apply(call.layerName(1), layer, each, own));
    }
    Node factor = ofChannels(call, x, 1).dividedBy(ofChannels(call, x, 4).plus(epsilon).sqrt());
    return x.with(x.node().minus(ofChannels(call, x, 3)).times(factor).plus(ofChannels(call, x, 2)));
  }

  /// A number of each channel, to broadcast against x.
  private static Node ofChannels(Call call, Traced x, int input) {
    int[] dims = new int[x.rank() - 1];
    Arrays.fill(dims, 1);
    dims[0] = x.dim(1);
    return call.traced(input).node().reshape(dims);
  }
}
