package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Ops;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.LogSoftmax;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Softmax;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// The algebra that Jacobians of any network obey, on random networks.
class JacobianPropertiesTest {

  private static final double TOLERANCE = 1e-12;

  @Property(tries = 150)
  void bothModesAndAllChunksGiveOneJacobian(
      @ForAll @Size(min = 2, max = 6) List<@IntRange(min = 1, max = 40) Integer> widths,
      @ForAll Activation phi,
      @ForAll @IntRange(max = 2) int head,
      @ForAll @IntRange(min = 1, max = 50) int chunk,
      @ForAll long seed) {
    Net net = Net.random(widths, phi, head, seed);
    Tensor forward = Jacobians.jacobian(net.f, net.theta, net.x, Mode.FORWARD, chunk);
    Tensor reverse = Jacobians.jacobian(net.f, net.theta, net.x, Mode.REVERSE, 51 - chunk);
    assertClose(forward, reverse);
  }

  @Property(tries = 100)
  void theJacobianOfACompositionIsTheProduct(
      @ForAll @Size(min = 2, max = 4) List<@IntRange(min = 1, max = 30) Integer> inner,
      @ForAll @IntRange(min = 1, max = 30) int out,
      @ForAll Activation phi,
      @ForAll long seed) {
    Net f = Net.random(inner, phi, 0, seed);
    Net g = Net.random(List.of(inner.getLast(), out), phi, 1, seed + 1);
    Tensor between = f.f.forward(f.x, f.theta, new Workspace());
    Tensor product = Tensor.zeros(Precision.DOUBLE, out, inner.getFirst());
    Ops.times(
        Jacobians.jacobian(g.f, g.theta, between, Mode.REVERSE),
        Jacobians.jacobian(f.f, f.theta, f.x, Mode.FORWARD), product, false, new Workspace());
    Sequential both = Sequential.of(f.f, g.f);
    Parameters theta = Parameters.zeros(both.parameters(), Precision.DOUBLE);
    theta.flat().copyFrom(f.theta.flat(), 0);
    theta.flat().copyFrom(g.theta.flat(), f.theta.flat().size());
    assertClose(product, Jacobians.jacobian(both, theta, f.x, Mode.FORWARD));
  }

  @Property(tries = 100)
  void aPushIsTheJacobianTimesTheTangentAndAPullItsTranspose(
      @ForAll @Size(min = 2, max = 5) List<@IntRange(min = 1, max = 40) Integer> widths, @ForAll Activation phi,
      @ForAll long seed) {
    Net net = Net.random(widths, phi, 0, seed);
    Random random = new Random(seed);
    Tensor xDot = random(random, widths.getFirst());
    Tensor yBar = random(random, widths.getLast());
    Tensor jacobian = Jacobians.jacobian(net.f, net.theta, net.x, Mode.REVERSE);
    Tensor expected = Tensor.zeros(Precision.DOUBLE, 1, widths.getLast());
    Ops.timesTransposed(xDot, jacobian, expected, false, new Workspace());
    assertClose(expected, Jacobians.valueAndJvp(net.f, net.theta, net.x, xDot).tangent());
    Tensor pulled = Tensor.zeros(Precision.DOUBLE, 1, widths.getFirst());
    Ops.times(yBar, jacobian, pulled, false, new Workspace());
    assertClose(pulled, Jacobians.valueAndVjp(net.f, net.theta, net.x, yBar).xBar());
  }

  private record Net(Layer f, Parameters theta, Tensor x) {
    static Net random(List<Integer> widths, Activation phi, int head, long seed) {
      List<Layer> layers = new ArrayList<>();
      for (int layer = 1; layer < widths.size(); layer++) {
        layers.add(new Dense(widths.get(layer - 1), widths.get(layer), layer % 2 == 0, phi));
      }
      if (head > 0) {
        layers.add(head == 1 ? new Softmax() : new LogSoftmax());
      }
      Sequential f = new Sequential(layers);
      return new Net(f, Parameters.initialize(f.parameters(), Precision.DOUBLE, seed),
          JacobianPropertiesTest.random(new Random(seed), widths.getFirst()));
    }
  }

  private static Tensor random(Random random, int n) {
    Tensor row = Tensor.zeros(Precision.DOUBLE, 1, n);
    for (int i = 0; i < n; i++) {
      row.set(i, random.nextGaussian());
    }
    return row;
  }

  private static void assertClose(Tensor expected, Tensor actual) {
    assertEquals(expected.shape(), actual.shape());
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i), actual.get(i), TOLERANCE * (1 + Math.abs(expected.get(i))), "element " + i);
    }
  }
}
