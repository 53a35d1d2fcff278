package dev.lanewise.autodiff;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.kernel.Uniform;
import dev.lanewise.nn.Sequential;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/// The calls of forward and reverse mode of a naive [ModePair] on one pair D × M, each by itself: the layers' values,
/// all pushes of the first, of the hidden and of the last layer, the pulls likewise, and the work outside the layers.
///
/// The calls are the operations of [Jacobians#valueAndJacobian] on the same sizes, as often as for one Jacobian.
final class NaiveCalls {

  /// The weights of small layers fit every cache; more copies would only add overhead.
  private static final int MOST_COPIES = 12;

  private final int[] widths;
  private final int chunk;
  private final Sequential network;
  private final Parameters theta;
  private final Tensor x;
  private final Copies[] copies;
  private final Workspace layers = new Workspace();
  private final Workspace shared;
  private final Map<Call, Runnable> work = new EnumMap<>(Call.class);

  /// @param shared the workspace in which all pairs' Jacobians are computed
  NaiveCalls(Precision precision, Activation activation, int[] widths, int chunk, Workspace shared) {
    this.widths = widths;
    this.chunk = chunk;
    this.shared = shared;
    network = Perceptron.of(activation, widths);
    theta = Parameters.initialize(network.parameters(), precision, 5);
    x = Uniform.of(precision, Shape.of(1, widths[0]), 3);
    copies = new Copies[widths.length - 1];
    Tensor value = x;
    for (int layer = 0; layer < copies.length; layer++) {
      copies[layer] = new Copies(layer, value);
      value = copies[layer].next().output();
    }
    int last = copies.length - 1;
    work.put(Call.VALUE, this::value);
    work.put(Call.FIRST_PUSH, through(true, 0, 1));
    work.put(Call.HIDDEN_PUSH, through(true, 1, last));
    work.put(Call.LAST_PUSH, through(true, last, last + 1));
    work.put(Call.FIRST_PULL, through(false, 0, 1));
    work.put(Call.HIDDEN_PULL, through(false, 1, last));
    work.put(Call.LAST_PULL, through(false, last, last + 1));
    work.put(Call.FORWARD_REST, whole(IdleLayer.like(network, precision, x.shape()), Mode.FORWARD));
    work.put(Call.REVERSE_REST, whole(IdleLayer.like(network, precision, x.shape()), Mode.REVERSE));
    work.put(Call.FORWARD, whole(network, Mode.FORWARD));
    work.put(Call.REVERSE, whole(network, Mode.REVERSE));
  }

  Map<Call, Runnable> work() {
    return work;
  }

  private void value() {
    shared.reset();
    Tensor value = x;
    for (int layer = 0; layer < copies.length; layer++) {
      value = network.layers().get(layer).linearize(value, theta.part(layer), shared).output();
    }
  }

  /// All directions of a Jacobian through the layers from `begin` to before `end`, one layer after the other.
  private Runnable through(boolean pushed, int begin, int end) {
    Runnable[] passes = new Runnable[end - begin];
    for (int layer = begin; layer < end; layer++) {
      passes[layer - begin] = through(pushed, layer);
    }
    return () -> {
      for (Runnable pass : passes) {
        pass.run();
      }
    };
  }

  private Runnable through(boolean pushed, int layer) {
    int directions = pushed ? widths[0] : widths[widths.length - 1];
    int width = Math.min(chunk, directions);
    int blocks = directions / width;
    Runnable full = pass(pushed, layer, width);
    Runnable rest = directions % width == 0 ? () -> {} : pass(pushed, layer, directions % width);
    return () -> {
      for (int block = 0; block < blocks; block++) {
        full.run();
      }
      rest.run();
    };
  }

  /// A panel of `width` directions through a layer, or the next one of its copies.
  private Runnable pass(boolean pushed, int layer, int width) {
    Tensor input = Tensor.zeros(x.precision(), width, 1, widths[layer]);
    Tensor output = Tensor.zeros(x.precision(), width, 1, widths[layer + 1]);
    Uniform.fill(pushed ? input : output, new SplittableRandom(3), 1);
    Copies here = copies[layer];
    return pushed ? () -> here.next().jvp(input, Parameters.none(), output)
        : () -> here.next().vjp(output, input, Parameters.none());
  }

  /// Value and Jacobian; for a network of idle layers only checks, seeds, the composition's overhead and the writing of
  /// the Jacobian.
  private Runnable whole(Sequential of, Mode mode) {
    Tensor y = Tensor.zeros(x.precision(), network.outputShape(x.shape()));
    Tensor jacobian = Tensor.zeros(x.precision(), y.size(), x.size());
    return () -> Jacobians.valueAndJacobian(of, theta, x, mode, chunk, shared, y, jacobian);
  }

  /// A layer at its point, and copies of it with separate weights, together about as large as the network. Calling them
  /// in turn finds a layer's weights where the network does: evicted by the others from any cache that does not hold
  /// all.
  private final class Copies {

    private final Linearization[] copies;
    private int next;

    Copies(int layer, Tensor input) {
      float own = (float) widths[layer] * widths[layer + 1];
      copies = new Linearization[Math.clamp(Math.round(Perceptron.weights(widths) / own), 1, MOST_COPIES)];
      for (int copy = 0; copy < copies.length; copy++) {
        Layer here = network.layers().get(layer);
        copies[copy] = here.linearize(input, Parameters.initialize(here.parameters(), x.precision(), 5), layers);
      }
    }

    Linearization next() {
      next = next + 1 == copies.length ? 0 : next + 1;
      return copies[next];
    }
  }

  /// Checks that all calls of a mode together take the multiply-adds of its Jacobian.
  void check() {
    long weights = Perceptron.weights(widths);
    require(Mode.FORWARD, weights * (1 + widths[0]),
        Call.VALUE, Call.FIRST_PUSH, Call.HIDDEN_PUSH, Call.LAST_PUSH, Call.FORWARD_REST);
    require(Mode.REVERSE, weights * (1 + widths[widths.length - 1]),
        Call.VALUE, Call.FIRST_PULL, Call.HIDDEN_PULL, Call.LAST_PULL, Call.REVERSE_REST);
  }

  private void require(Mode mode, long formula, Call... calls) {
    long before = layers.multiplyAdds() + shared.multiplyAdds();
    for (Call call : calls) {
      work.get(call).run();
    }
    long counted = layers.multiplyAdds() + shared.multiplyAdds() - before;
    if (counted != formula) {
      throw new IllegalStateException(
          network + " " + mode + ": its calls took " + counted + " multiply-adds, expected " + formula);
    }
  }
}
