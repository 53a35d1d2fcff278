package dev.lanewise.onnx.operator;

import dev.lanewise.Layer;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.graph.Axes;
import dev.lanewise.graph.Node;
import dev.lanewise.nn.BatchNorm;
import dev.lanewise.nn.block.LayerNorm;
import dev.lanewise.onnx.trace.Broadcast;
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
  private static final double LEAST_DEVIATION = 1e-9;
  private static final String[] OF_CHANNELS = {"weight", "bias", "running_mean", "running_var"};

  private Normalizations() {}

  /// By the running statistics. A layer, so that parameters keep the names that they were trained under.
  static Value batch(Call call) {
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
      call.requireDims(input, x.dim(1));
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

  /// An input with one number for each channel, to broadcast against x.
  private static Node ofChannels(Call call, Traced x, int input) {
    int[] dims = new int[x.rank() - 1];
    Arrays.fill(dims, 1);
    dims[0] = x.dim(1);
    return call.traced(input).node().reshape(dims);
  }

  /// Over the last axes, from one on.
  static Value layer(Call call) {
    Traced x = call.traced(0);
    int axis = call.axis(call.integer("axis", -1), x.rank());
    double epsilon = call.number("epsilon", EPSILON);
    requireOwnPrecision(call);
    for (int each = axis; each < x.rank(); each++) {
      call.inner(x, each);
    }
    int[] normalized = Arrays.copyOfRange(x.dims(), axis, x.rank());
    boolean bias = call.has(2);
    boolean isLayer = !call.wants(1) && !call.wants(2) && epsilon > 0;
    if (isLayer && !bias && isOne(call, normalized)) {
      Layer layer = new LayerNorm(Shape.of(normalized), epsilon, false, false);
      return x.with(call.trace().apply(call.layerName(1), layer, x.node(), Map.of()));
    }
    if (isLayer && isWeight(call, 1, normalized) && (!bias || isWeight(call, 2, normalized))) {
      Map<String, Tensor> own = new LinkedHashMap<>();
      own.put("weight", call.numbers(1).tensor());
      if (bias) {
        own.put("bias", call.numbers(2).tensor());
      }
      Layer layer = new LayerNorm(Shape.of(normalized), epsilon, true, bias);
      return x.with(call.trace().apply(call.layerName(1), layer, x.node(), own));
    }
    return layer(call, x, normalized.length, epsilon);
  }

  /// The same by single operations, with the statistics as outputs.
  private static Value layer(Call call, Traced x, int axes, double epsilon) {
    int[] last = new int[axes];
    int[] dims = x.dims();
    for (int axis = 0; axis < axes; axis++) {
      last[axis] = axis - axes;
      dims[dims.length - 1 - axis] = 1;
    }
    Node mean = x.node().mean(Axes.kept(last));
    Node centered = x.node().minus(mean);
    Node inverse = centered.square().mean(Axes.kept(last)).plus(epsilon).sqrt().reciprocal();
    call.output(1, Traced.like(x, mean, dims, x.batch()));
    call.output(2, Traced.like(x, inverse, dims, x.batch()));
    Traced scaled = Broadcast.onto(call, x.with(centered.times(inverse)), call.traced(1), "scale", Node::times);
    return call.has(2) ? Broadcast.onto(call, scaled, call.traced(2), "bias", Node::plus) : scaled;
  }

  /// Whether the scale is a constant of ones.
  private static boolean isOne(Call call, int[] dims) {
    boolean one = isWeight(call, 1, dims) && call.numbers(1).name().isEmpty();
    for (int at = 0; one && at < call.numbers(1).tensor().size(); at++) {
      one = call.numbers(1).tensor().get(at) == 1;
    }
    return one;
  }

  private static boolean isWeight(Call call, int input, int[] dims) {
    return call.input(input) instanceof Numbers numbers && Arrays.equals(numbers.dims(), dims);
  }

  /// Refuses statistics in another precision than the network's.
  private static void requireOwnPrecision(Call call) {
    long type = call.integer("stash_type", 1);
    if (type != 1) {
      throw call.refusal("attribute stash_type is " + type + ", expected 1: statistics in the network's precision");
    }
  }

  /// Over the positions of each channel.
  static Value instance(Call call) {
    Traced x = images(call);
    double epsilon = call.number("epsilon", EPSILON);
    return ofChannels(call, x, standardized(rows(x, x.dim(1)), epsilon), x.dim(1));
  }

  /// Over the positions of a group of channels.
  static Value group(Call call) {
    Traced x = images(call);
    double epsilon = call.number("epsilon", EPSILON);
    int groups = call.small(call.integer("num_groups", 0), "num_groups");
    if (groups < 1 || x.dim(1) % groups != 0) {
      throw call.refusal("attribute num_groups is " + groups + ", expected a number that divides the " + x.dim(1)
          + " channels");
    }
    Node scaled = standardized(rows(x, groups), epsilon);
    if (call.opset() < 21) {
      return ofChannels(call, x, scaled, groups);
    }
    requireOwnPrecision(call);
    return ofChannels(call, x, rows(x.with(scaled.reshape(x.node().shape().toArray())), x.dim(1)), x.dim(1));
  }

  private static Traced images(Call call) {
    Traced x = call.traced(0);
    if (x.rank() < 3 || x.batch() > 0) {
      throw call.refusal("input has shape " + x + ", expected [batch, channels, …]");
    }
    return x;
  }

  /// One row for each of so many groups of channels.
  private static Node rows(Traced x, int parts) {
    Shape shape = x.node().shape();
    boolean own = x.isBatched() && !x.isMerged();
    return own ? x.node().reshape(parts, shape.size() / parts)
        : x.node().reshape(shape.dim(0), parts, shape.size() / shape.dim(0) / parts);
  }

  private static Node standardized(Node rows, double epsilon) {
    Node centered = rows.minus(rows.mean(Axes.kept(-1)));
    return centered.times(centered.square().mean(Axes.kept(-1)).plus(epsilon).sqrt().reciprocal());
  }

  /// Rows, each times its scale plus its bias, in x's shape.
  private static Value ofChannels(Call call, Traced x, Node rows, int parts) {
    call.requireDims(1, parts);
    call.requireDims(2, parts);
    Node scaled = rows.times(call.traced(1).node().reshape(parts, 1)).plus(call.traced(2).node().reshape(parts, 1));
    return x.with(scaled.reshape(x.node().shape().toArray()));
  }

  static Value meanVariance(Call call) {
    Traced x = call.traced(0);
    long[] given = call.integerList("axes");
    int[] axes = Arrays.stream(given == null ? new long[] {0, 2, 3} : given)
        .mapToInt(axis -> call.inner(x, axis)).toArray();
    Node centered = x.node().minus(x.node().mean(Axes.kept(axes)));
    Node deviation = centered.square().mean(Axes.kept(axes)).sqrt();
    return x.with(centered.dividedBy(deviation.plus(LEAST_DEVIATION)));
  }

  /// By the L1 or the L2 norm; 0 stays 0.
  static Value norm(Call call) {
    Traced x = call.traced(0);
    int axis = call.inner(x, call.integer("axis", -1));
    long p = call.integer("p", 2);
    if (p != 1 && p != 2) {
      throw call.refusal("attribute p is " + p + ", expected 1 or 2");
    }
    Node sum = (p == 1 ? x.node().abs() : x.node().square()).sum(Axes.kept(axis));
    Node some = sum.select(sum, call.constant(1));
    return x.with(x.node().dividedBy(p == 1 ? some : some.sqrt()));
  }

  /// By the squares of neighbouring channels.
  static Value response(Call call) {
    Traced x = call.traced(0);
    int channels = call.inner(x, 1);
    int size = call.small(call.integer("size", 0), "size");
    if (size < 1 || size > Samples.MOST) {
      throw call.refusal("attribute size is " + size + ", expected 1 to " + Samples.MOST);
    }
    double alpha = call.number("alpha", 1e-4);
    double beta = call.number("beta", 0.75);
    double bias = call.number("bias", 1);
    Node squares = x.node().square().pad(channels, (size - 1) / 2, size / 2);
    Node sum = null;
    for (int at = 0; at < size; at++) {
      Node part = squares.slice(channels, at, at + x.dim(1), 1);
      sum = sum == null ? part : sum.plus(part);
    }
    return x.with(x.node().times(sum.times(alpha / size).plus(bias).pow(-beta)));
  }
}
