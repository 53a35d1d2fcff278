package dev.lanewise.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.nn.Conv1d;
import dev.lanewise.nn.Conv2d;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Elementwise;
import dev.lanewise.nn.Sequential;
import dev.lanewise.ops.Window;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// An activation behind a layer is computed in the layer's pass: one step less, the same values to the bit. It is not
/// where somebody else reads what the layer computes.
class ActivatedLayersTest {

  private static final Conv2d CONVOLUTION = new Conv2d(2, 3, Window.of(3, 3).withPadding(1, 1));
  private static final Map<Layer, Shape> LAYERS = Map.of(
      new Dense(5, 4), Shape.of(5),
      new Dense(5, 4, false, Activation.IDENTITY), Shape.of(5),
      new Conv1d(2, 3, Window.line(3)), Shape.of(2, 7),
      CONVOLUTION, Shape.of(2, 5, 6),
      CONVOLUTION.withoutBias(), Shape.of(2, 5, 6));

  private static Tensor input(Precision precision, Shape sample) {
    Tensor x = Tensor.zeros(precision, sample.prepend(2));
    Random random = new Random(27);
    for (int i = 0; i < x.size(); i++) {
      x.set(i, random.nextGaussian());
    }
    return x;
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "IDENTITY")
  void oneStepOfTheSameValues(Activation phi) {
    LAYERS.forEach((layer, sample) -> {
      Layer graph = Graph.layer(sample, x -> x.apply("inner", layer).activate(phi).times(2));
      assertEquals(List.of(layer.activatedBy(phi).orElseThrow()), graph.chain().subList(0, graph.chain().size() - 1));
      Layer fused = Graph.layer(sample, x -> x.apply("inner", layer).activate(phi));
      Layer apart = Sequential.of(layer, new Elementwise(phi));
      for (Precision precision : Precision.values()) {
        Tensor x = input(precision, sample);
        Parameters theta = Parameters.initialize(apart.parameters(), precision, 1);
        Parameters same = Parameters.of(fused.parameters(), theta.flat());
        double[] expected = apart.forward(x, theta, new Workspace()).toDoubles();
        assertArrayEquals(expected, fused.forward(x, same, new Workspace()).toDoubles());
        assertArrayEquals(expected, fused.linearize(x, same, new Workspace()).output().toDoubles());
        assertArrayEquals(Jacobians.jacobian(apart, theta, x).toDoubles(),
            Jacobians.jacobian(fused, same, x).toDoubles(), precision == Precision.FLOAT ? 1e-5 : 1e-14);
      }
    });
  }

  @Test
  void whatOthersReadStays() {
    Layer twice = Graph.layer(Shape.of(2, 5, 6), x -> {
      Node sums = x.apply("conv", CONVOLUTION);
      return sums.relu().plus(sums);
    });
    assertEquals(CONVOLUTION, twice.chain().getFirst());
    Dense dense = new Dense(4, 4);
    Layer shared = Graph.layer(Shape.of(4), x -> x.apply("d", dense).tanh().apply("d", dense).relu());
    assertEquals(2, shared.chain().size(), "two steps read the same parameters");
    assertEquals("Graph[x.relu()]", shared.chain().getLast().toString());
  }

  @Test
  void aLayerTakesOneActivation() {
    Layer first = CONVOLUTION.withActivation(Activation.RELU);
    Layer of = Graph.layer(Shape.of(2, 5, 6), x -> x.apply("conv", CONVOLUTION).relu().tanh());
    Layer given = Graph.layer(Shape.of(2, 5, 6), x -> x.apply("conv", first).tanh());
    for (Layer layer : List.of(of, given)) {
      assertEquals(2, layer.chain().size());
      assertEquals(first, layer.chain().getFirst());
    }
    assertEquals(Optional.empty(), first.activatedBy(Activation.TANH));
  }
}
