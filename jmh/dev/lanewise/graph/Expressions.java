package dev.lanewise.graph;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.kernel.Uniform;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.block.LayerNorm;
import dev.lanewise.nn.block.MultiHeadAttention;
import dev.lanewise.nn.block.Residual;
import java.util.Arrays;

/// The layers from expressions that are measured.
///
/// | name                  | expression                                                                       |
/// |-----------------------|----------------------------------------------------------------------------------|
/// | `residual.256-16-256` | x + W₂·tanh(W₁·x + b₁) + b₂, eight times; tanh after all but the last product    |
/// | `residual.64-64`      | x + tanh(W·x + b), eight times                                                   |
/// | `attention`           | x + attention(norm(x)) on 16 steps of 64 features: causal, 4 heads; of `nn.block` |
///
/// @param layer from the expression
/// @param sample the shape of one
record Expressions(Layer layer, Shape sample) {

  static final int TIME = 16;
  static final int FEATURES = 64;
  static final int HEADS = 4;

  private static final int BLOCKS = 8;
  private static final String RESIDUAL = "residual.";

  static Expressions of(String name) {
    return scaled(name, Integer.MAX_VALUE);
  }

  /// The same with at most `most` features and steps, to compile its kernels in less time.
  static Expressions scaled(String name, int most) {
    if (!name.startsWith(RESIDUAL)) {
      return attention(Math.min(TIME, most), Math.min(FEATURES, most));
    }
    int[] widths = Arrays.stream(name.substring(RESIDUAL.length()).split("-"))
        .mapToInt(width -> Math.min(Integer.parseInt(width), most)).toArray();
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

  static Expressions attention(int time, int features) {
    Layer attention = new MultiHeadAttention(time, features, HEADS, true);
    return new Expressions(new Residual(Sequential.of(new LayerNorm(features), attention)), Shape.of(time, features));
  }

  /// One sample, a batch axis before it.
  Tensor x(Precision precision) {
    return Uniform.of(precision, sample.prepend(1), 3);
  }
}
