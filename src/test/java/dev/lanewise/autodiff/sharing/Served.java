package dev.lanewise.autodiff.sharing;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.BatchNet;
import dev.lanewise.autodiff.PreparedJacobian;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Softmax;

/// A network in service, and what it gives by each of its θ, to the bit.
record Served(Layer f, Tensor x, Parameters[] thetas, Result[] legal) {

  /// So small that it is taken in one pass.
  static final Layer SMALL = Sequential.of(new Dense(4, 6, Activation.TANH), new Dense(6, 3, Activation.GELU),
      new Dense(3, 2));
  /// By a program: no chain of affine maps, with a part that is made of parts.
  static final Layer LARGE = Sequential.of(
      Sequential.of(new Dense(4, 24, Activation.TANH), new Dense(24, 9, Activation.SIGMOID)), new Softmax(),
      new Dense(9, 2));
  static final Shape INPUT = Shape.of(1, 4);

  /// y and J.
  record Result(Tensor y, Tensor jacobian) {

    static Result place(Precision precision) {
      return new Result(Tensor.zeros(precision, 1, 2), Tensor.zeros(precision, 2, 4));
    }

    boolean isSameBits(Result other) {
      return Served.isSameBits(y, other.y) && Served.isSameBits(jacobian, other.jacobian);
    }
  }

  static boolean isSameBits(Tensor a, Tensor b) {
    for (int i = 0; i < a.size(); i++) {
      if (a.get(i) != b.get(i)) {
        return false;
      }
    }
    return true;
  }

  static Served of(Layer f, Precision precision, int count) {
    Tensor x = BatchNet.random(precision, 9, 1, 4);
    Parameters[] thetas = new Parameters[count];
    Result[] legal = new Result[count];
    for (int at = 0; at < count; at++) {
      thetas[at] = Parameters.initialize(f.parameters(), precision, at);
      legal[at] = by(f, thetas[at], x);
    }
    return new Served(f, x, thetas, legal);
  }

  /// By one that nobody shares.
  static Result by(Layer f, Parameters theta, Tensor x) {
    Result result = Result.place(x.precision());
    PreparedJacobian.of(f, theta, INPUT).at(x, result.y(), result.jacobian());
    return result;
  }

  /// Which θ a result is of; negative for none.
  int indexOf(Result result) {
    for (int at = 0; at < legal.length; at++) {
      if (legal[at].isSameBits(result)) {
        return at;
      }
    }
    return -1;
  }
}
