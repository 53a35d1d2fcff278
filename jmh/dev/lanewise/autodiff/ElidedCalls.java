package dev.lanewise.autodiff;

import dev.lanewise.Activation;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.chain.ProductCalls;
import dev.lanewise.kernel.Uniform;
import dev.lanewise.nn.Sequential;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The calls of forward and reverse mode of an elided [ModePair] on one pair D × M, each by itself. There is no first
/// push and no last pull: W₁ and W_L are the panels.
final class ElidedCalls {

  private static final Runnable NOTHING = () -> {};

  private final int[] widths;
  private final Sequential network;
  private final Parameters theta;
  private final Tensor x;
  private final Tensor y;
  private final Tensor result;
  private final Map<Mode, PreparedJacobian> prepared = new EnumMap<>(Mode.class);
  private final Map<Mode, ProductCalls> calls = new EnumMap<>(Mode.class);
  private final Map<Call, Runnable> work = new EnumMap<>(Call.class);

  ElidedCalls(Precision precision, Activation activation, int[] widths, int chunk) {
    this.widths = widths;
    network = Perceptron.of(activation, widths);
    theta = Parameters.initialize(network.parameters(), precision, 5);
    x = Uniform.of(precision, Shape.of(1, widths[0]), 3);
    y = Tensor.zeros(precision, network.outputShape(x.shape()));
    result = Tensor.zeros(precision, y.size(), x.size());
    for (Mode mode : new Mode[] {Mode.FORWARD, Mode.REVERSE}) {
      PreparedJacobian one =
          PreparedJacobian.of(network, theta, x.shape(), JacobianOptions.defaults().withMode(mode).withChunk(chunk));
      JacobianPlan plan = one.plan();
      if (plan.onePass().isPresent()) {
        throw new IllegalStateException(network + ": is taken in one pass, expected a product for each layer");
      }
      prepared.put(mode, one);
      calls.put(mode, new ProductCalls(network, theta, x, plan.bracket(), plan.blocks()));
    }
    ProductCalls forward = calls.get(Mode.FORWARD);
    ProductCalls reverse = calls.get(Mode.REVERSE);
    List<Runnable> pushes = forward.products();
    List<Runnable> pulls = reverse.products();
    work.put(Call.VALUE, forward::value);
    work.put(Call.FIRST_PUSH, NOTHING);
    work.put(Call.HIDDEN_PUSH, inTurn(pushes.subList(0, pushes.size() - 1)));
    work.put(Call.LAST_PUSH, pushes.getLast());
    work.put(Call.FIRST_PULL, pulls.getLast());
    work.put(Call.HIDDEN_PULL, inTurn(pulls.subList(0, pulls.size() - 1)));
    work.put(Call.LAST_PULL, NOTHING);
    work.put(Call.FORWARD_REST, () -> rest(forward));
    work.put(Call.REVERSE_REST, () -> rest(reverse));
    work.put(Call.FORWARD, () -> prepared.get(Mode.FORWARD).at(x, y, result));
    work.put(Call.REVERSE, () -> prepared.get(Mode.REVERSE).at(x, y, result));
  }

  private static Runnable inTurn(List<Runnable> steps) {
    return () -> {
      for (int step = 0; step < steps.size(); step++) {
        steps.get(step).run();
      }
    };
  }

  private void rest(ProductCalls of) {
    Door.requireApart(network, theta, x, y, result, "jacobian");
    of.others();
  }

  Map<Call, Runnable> work() {
    return work;
  }

  /// All calls of a mode together take the multiply-adds of its Jacobian.
  void check() {
    long weights = Perceptron.weights(widths);
    long first = (long) widths[0] * widths[1];
    long last = (long) widths[widths.length - 2] * widths[widths.length - 1];
    require(Mode.FORWARD, widths[0] * (weights - first), Call.HIDDEN_PUSH, Call.LAST_PUSH, Call.FORWARD_REST);
    require(Mode.REVERSE, widths[widths.length - 1] * (weights - last),
        Call.HIDDEN_PULL, Call.FIRST_PULL, Call.REVERSE_REST);
  }

  private void require(Mode mode, long formula, Call... those) {
    ProductCalls of = calls.get(mode);
    of.value();
    long before = of.multiplyAdds();
    for (Call call : those) {
      work.get(call).run();
    }
    long counted = of.multiplyAdds() - before;
    if (counted != formula) {
      throw new IllegalStateException(
          network + " " + mode + ": its calls took " + counted + " multiply-adds, expected " + formula);
    }
  }
}
