package dev.lanewise.onnx.operator;

import dev.lanewise.Activation;
import dev.lanewise.Initializer;
import dev.lanewise.Layer;
import dev.lanewise.Tensor;
import dev.lanewise.nn.Conv1d;
import dev.lanewise.nn.Conv2d;
import dev.lanewise.onnx.trace.Call;
import dev.lanewise.onnx.trace.Numbers;
import dev.lanewise.onnx.trace.Traced;
import dev.lanewise.onnx.trace.Value;
import dev.lanewise.ops.Window;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// Convolutions of sequences and images, and transposed convolutions: onto the layers [Conv1d] and [Conv2d].
final class Convolutions {

  private Convolutions() {}

  static Value conv(Call call) {
    Traced x = call.traced(0);
    int[] input = Sliding.planes(call, x);
    Numbers weight = call.numbers(1);
    int groups = groups(call);
    Sliding window = Sliding.of(call, input, size(call, weight, x));
    int[] dims = weight.dims();
    requireChannels(call, x, (long) dims[1] * groups, weight);
    Layer layer = layer(dims[1] * groups, dims[0], window.window(), groups, call.has(2), window.isLine());
    Map<String, Tensor> own = own(call, weight.tensor(), dims[0]);
    return Samples.each(call, x, each -> call.trace().apply(call.layerName(1), layer, window.padded(each), own));
  }

  private static int groups(Call call) {
    int groups = call.small(call.integer("group", 1), "group");
    if (groups < 1) {
      throw call.refusal("attribute group is " + groups + ", expected at least 1");
    }
    return groups;
  }

  /// The window's size, from the weights.
  private static int[] size(Call call, Numbers weight, Traced x) {
    if (weight.rank() != x.rank() || weight.tensor().size() == 0) {
      throw call.refusal("weight has shape " + Arrays.toString(weight.dims()) + ", expected " + x.rank()
          + " axes as input " + x + " has, none of length 0");
    }
    int[] size = Arrays.copyOfRange(weight.dims(), 2, weight.rank());
    if (call.hasAttribute("kernel_shape")) {
      int[] told = Sliding.size(call, size.length);
      if (!Arrays.equals(told, size)) {
        throw call.refusal("kernel_shape is " + Arrays.toString(told) + ", expected the weight's "
            + Arrays.toString(size));
      }
    }
    return size;
  }

  private static void requireChannels(Call call, Traced x, long channels, Numbers weight) {
    if (x.dim(1) != channels) {
      throw call.refusal("input " + x + " has " + x.dim(1) + " channels, expected " + channels + " as weight "
          + Arrays.toString(weight.dims()) + " takes");
    }
  }

  private static Layer layer(int in, int out, Window window, int groups, boolean bias, boolean line) {
    Initializer initializer = Initializer.glorotUniform();
    return line ? new Conv1d(in, out, window, groups, bias, Activation.IDENTITY, initializer)
        : new Conv2d(in, out, window, groups, bias, Activation.IDENTITY, initializer);
  }

  private static Map<String, Tensor> own(Call call, Tensor weight, int out) {
    Map<String, Tensor> own = new LinkedHashMap<>();
    own.put("weight", weight);
    if (call.has(2)) {
      Numbers bias = call.numbers(2);
      if (bias.rank() != 1 || bias.tensor().size() != out) {
        throw call.refusal("bias has shape " + Arrays.toString(bias.dims()) + ", expected [" + out + "]");
      }
      own.put("bias", bias.tensor());
    }
    return own;
  }

  /// A transposed convolution: a convolution, with reversed windows, of the input with zeros between and around its
  /// elements.
  static Value spread(Call call) {
    Traced x = call.traced(0);
    int[] input = Sliding.planes(call, x);
    Numbers weight = call.numbers(1);
    int groups = groups(call);
    int[] dims = weight.dims();
    Sliding window = Spread.of(call, input, size(call, weight, x));
    requireChannels(call, x, dims[0], weight);
    if (dims[0] % groups != 0) {
      throw call.refusal("weight has shape " + Arrays.toString(dims) + ", expected a first axis that " + groups
          + " groups divide");
    }
    int out = Math.multiplyExact(dims[1], groups);
    Layer layer = layer(dims[0], out, Spread.gathering(window), groups, call.has(2), window.isLine());
    Map<String, Tensor> own = own(call, Weights.ofSpreading(call.trace(), weight.tensor(), groups), out);
    return Samples.each(call, x,
        each -> call.trace().apply(call.layerName(1), layer, Spread.spaced(window, each), own));
  }
}
