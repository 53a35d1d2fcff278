package dev.lanewise.graph;

import dev.lanewise.Activation;
import dev.lanewise.Initializer;
import dev.lanewise.Layer;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import java.util.Arrays;
import java.util.SplittableRandom;

/// What is measured of layers from expressions.
///
/// | name                  | expression                                                                                   |
/// |-----------------------|----------------------------------------------------------------------------------------------|
/// | `residual.256-16-256` | x + W₂·tanh(W₁·x + b₁) + b₂, eight times; tanh behind all products but the last                 |
/// | `residual.64-64`      | x + tanh(W·x + b), eight times                                                                |
/// | `attention`           | x + attention(norm(x)) on 16 steps of 64 features: causal, 4 heads                              |
///
/// @param layer from the expression
/// @param sample the shape of one
record Expressions(Layer layer, Shape sample) {

  static final int TIME = 16;
  static final int FEATURES = 64;
  static final int HEADS = 4;

  private static final int BLOCKS = 8;
  private static final String RESIDUAL = "residual.";
  /// As small as −∞ to a softmax.
  private static final double HIDDEN = -1e9;
  private static final double EPSILON = 1e-5;

  static Expressions of(String name) {
    return scaled(name, Integer.MAX_VALUE);
  }

  /// The same with no more than `most` features, and as many steps: what compiles its kernels in less time.
  static Expressions scaled(String name, int most) {
    if (!name.startsWith(RESIDUAL)) {
      return attention(Math.min(TIME, most), Math.min(FEATURES, most));
    }
    int[] widths = Arrays.stream(name.substring(RESIDUAL.length()).split("-")).mapToInt(width -> Math.min(Integer.parseInt(width), most)).toArray();
    Shape sample = Shape.of(widths[0]);
    return new Expressions(Graph.layer(sample, x -> residual(x, widths)), sample);
  }

  private static Node residual(Node x, int... widths) {
    Node sum = x;
    for (int block = 0; block < BLOCKS; block++) {
      Node inner = sum;
      for (int layer = 1; layer < widths.length; layer++) {
        Node product = inner.linear(block + "." + layer, widths[layer]);
        inner = layer < widths.length - 1 || widths.length == 2 ? product.activate(Activation.TANH) : product;
      }
      sum = sum.plus(inner);
    }
    return sum;
  }

  /// With a layer norm before it.
  static Expressions attention(int time, int features) {
    Shape sample = Shape.of(time, features);
    return new Expressions(Graph.layer(sample, x -> x.plus(attend(norm(x)))), sample);
  }

  private static Node norm(Node x) {
    Node centred = x.minus(x.mean(-1).unsqueeze(-1));
    Node deviation = centred.square().mean(-1).unsqueeze(-1).plus(EPSILON).sqrt();
    Shape features = Shape.of(x.shape().last());
    return centred.dividedBy(deviation).times(x.parameter("norm.weight", features, (gain, _) -> gain.fill(1)))
        .plus(x.parameter("norm.bias", features, Initializer.zeros()));
  }

  private static Node attend(Node x) {
    int time = x.shape().dim(0);
    int features = x.shape().dim(1);
    Node query = heads(x.linear("query", features));
    Node key = heads(x.linear("key", features));
    Node scores = query.matmulTransposed(key).times(1 / Math.sqrt((double) features / HEADS)).plus(x.constant(causal(time)));
    return scores.softmax().matmul(heads(x.linear("value", features))).permute(1, 0, 2).reshape(time, features).linear("output", features);
  }

  /// `[time, features]` as `[heads, time, features / heads]`.
  private static Node heads(Node x) {
    return x.reshape(x.shape().dim(0), HEADS, x.shape().dim(1) / HEADS).permute(1, 0, 2);
  }

  /// 0 for steps up to the own one, else [#HIDDEN].
  private static Tensor causal(int time) {
    Tensor mask = Tensor.zeros(Precision.DOUBLE, time, time);
    for (int row = 0; row < time; row++) {
      for (int column = row + 1; column < time; column++) {
        mask.set(row * time + column, HIDDEN);
      }
    }
    return mask;
  }

  /// One sample, a batch axis before it.
  Tensor x(Precision precision) {
    return uniform(precision, sample.prepend(1), 3);
  }

  static Tensor uniform(Precision precision, Shape shape, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor tensor = Tensor.zeros(precision, shape);
    for (int position = 0; position < tensor.size(); position++) {
      tensor.set(position, random.nextDouble(-1, 1));
    }
    return tensor;
  }
}
