package dev.lanewise.autodiff.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.BatchNet;
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Elementwise;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Softmax;
import org.junit.jupiter.api.Test;

/// A network taken apart: what it costs, which are taken in one pass, and that pushes and pulls through it leave no
/// memory behind.
class ChainTest {

  /// y = x, whatever its shape; nobody computes it.
  private record Anything() implements Layer {
    @Override
    public Shape outputShape(Shape input) {
      return input;
    }

    @Override
    public ParameterSpec parameters() {
      return ParameterSpec.none();
    }

    @Override
    public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
      throw new AssertionError("computed");
    }
  }

  private static Chain chain(Layer f, int... input) {
    return new Chain(f, Parameters.initialize(f.parameters(), Precision.FLOAT, 1), Shape.of(input));
  }

  @Test
  void multiplyAddsAreThoseOfAllLayers() {
    Layer f = Sequential.of(new Dense(4, 8, Activation.TANH),
        Sequential.of(new Elementwise(Activation.GELU), new Dense(8, 2)));
    assertEquals(4 * 8 + 8 + 8 * 2, chain(f, 1, 4).multiplyAdds());
    assertEquals(3 * (4 * 8 + 8 + 8 * 2), chain(f, 3, 4).multiplyAdds());
  }

  /// Up to 2,000 multiply-adds, 12 of the value among them.
  @Test
  void onePassIsForFewMultiplyAddsOfOneSampleThroughAffineMaps() {
    Chain chain = chain(new Dense(4, 3, Activation.TANH), 1, 4);
    assertTrue(chain.isOnePass(1_988));
    assertFalse(chain.isOnePass(1_989));
    assertFalse(chain(new Dense(4, 3, Activation.TANH), 2, 4).isOnePass(0));
    assertFalse(chain(Sequential.of(new Dense(4, 3), new Softmax()), 1, 4).isOnePass(0));
    assertFalse(chain(new Anything()).isOnePass(0), "a scalar has no axis of samples");
  }

  /// Ten nanoseconds for each layer, and four for every ten multiply-adds.
  @Test
  void onePassTakesTimeForLayersAndMultiplyAdds() {
    Layer three = Sequential.of(new Dense(2, 3, Activation.TANH), new Dense(3, 3, Activation.TANH), new Dense(3, 1));
    assertEquals(70, chain(three, 1, 2).onePassNanos(100), 1e-12);
    assertEquals(30, chain(three, 1, 2).onePassNanos(0), 1e-12);
    assertEquals(410, chain(new Dense(4, 3), 1, 4).onePassNanos(1_000), 1e-12);
  }

  @Test
  void parametersOfAnotherNumberOfLayersAreRefused() {
    Layer two = Sequential.of(new Dense(2, 3), new Dense(3, 1));
    Layer three = Sequential.of(new Dense(2, 3), new Dense(3, 1), new Dense(1, 1));
    Parameters theta = Parameters.initialize(three.parameters(), Precision.FLOAT, 1);
    assertEquals("Sequential[Dense[in=2, out=3], Dense[in=3, out=1]]: theta has 3 parts, expected 2",
        assertThrows(IllegalArgumentException.class, () -> new Chain(two, theta, Shape.of(1, 2))).getMessage());
  }

  @Test
  void pushesAndPullsThroughAllLayersGiveTheirMemoryBack() {
    Layer f = Sequential.of(new Dense(5, 3, Activation.TANH), new Dense(3, 7, Activation.GELU), new Dense(7, 4));
    Parameters theta = Parameters.initialize(f.parameters(), Precision.DOUBLE, 1);
    Tensor x = BatchNet.random(Precision.DOUBLE, 1, 1, 5);
    Tensor xDot = BatchNet.random(Precision.DOUBLE, 2, 1, 5);
    Tensor yBar = BatchNet.random(Precision.DOUBLE, 3, 1, 4);
    Tensor yDot = Tensor.zeros(Precision.DOUBLE, 1, 1, 4);
    Tensor xBar = Tensor.zeros(Precision.DOUBLE, 1, 1, 5);
    Workspace ws = new Workspace();
    Chain chain = new Chain(f, theta, x.shape());
    chain.linearize(x, ws);
    int mark = ws.mark();
    chain.jvp(xDot.reshape(1, 1, 5), Parameters.none(), yDot);
    assertEquals(mark, ws.mark(), "after a push");
    chain.vjp(yBar.reshape(1, 1, 4), xBar, Parameters.none());
    assertEquals(mark, ws.mark(), "after a pull");
    BatchNet.assertClose(Jacobians.valueAndJvp(f, theta, x, xDot).tangent(), yDot.reshape(1, 4), 8, "push");
    BatchNet.assertClose(Jacobians.valueAndVjp(f, theta, x, yBar).xBar(), xBar.reshape(1, 5), 8, "pull");
  }
}
