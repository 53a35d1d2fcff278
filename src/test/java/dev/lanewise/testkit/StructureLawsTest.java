package dev.lanewise.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Activation;
import dev.lanewise.AffineMap;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.graph.Graph;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Elementwise;
import dev.lanewise.nn.Sequential;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A layer that says something wrong of itself is refused by the law on it. What sound layers say is
/// BuiltInLayersTest's subject.
class StructureLawsTest {

  /// A sound layer that says of itself what `chain` and `said` say.
  private record Boasting(Layer of, List<Layer> chain, Activation said) implements Layer {
    @Override
    public Shape outputShape(Shape input) {
      return of.outputShape(input);
    }

    @Override
    public ParameterSpec parameters() {
      return of.parameters();
    }

    @Override
    public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
      return of.linearize(x, theta, ws);
    }

    @Override
    public Optional<AffineMap> affineMap(Parameters theta) {
      return said == Activation.IDENTITY
          ? Optional.empty() : Optional.of(new AffineMap(theta.get(0), theta.get(1), said));
    }
  }

  /// tanh(x) + x, said to be the sum of `branches`.
  private record Splitting(List<Layer> branches) implements Layer {

    private static final Layer OF = Graph.layer(Shape.of(4), x -> x.tanh().plus(x));

    @Override
    public Shape outputShape(Shape input) {
      return OF.outputShape(input);
    }

    @Override
    public ParameterSpec parameters() {
      return ParameterSpec.join(branches.stream().map(Layer::parameters).toList());
    }

    @Override
    public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
      theta.requireOf(this, "theta");
      return OF.linearize(x, Parameters.zeros(OF.parameters(), x.precision()), ws);
    }
  }

  @Test
  void branchesWithAnotherSumAreRefused() {
    String missing = broken(new Splitting(List.of(new Elementwise(Activation.TANH))), "branches-are-layer");
    assertTrue(missing.contains("the branches' sum"), missing);
    Layer narrow = Graph.layer(Shape.of(4), x -> x.slice(0, 3));
    String shapes = broken(new Splitting(List.of(new Elementwise(Activation.TANH), narrow)), "branches-are-layer");
    assertTrue(shapes.contains("branch 1 is FLOAT"), shapes);
    Layer identity = Graph.layer(Shape.of(4), x -> x);
    LayerContract.of(new Splitting(List.of(new Elementwise(Activation.TANH), identity)), Shape.of(4)).check();
  }

  private static String broken(Layer layer, String law) {
    Law found = LayerContract.of(layer, Shape.of(4)).laws().stream().filter(each -> each.name().equals(law)).findFirst()
        .orElseThrow();
    return assertThrows(AssertionError.class, found::check).getMessage();
  }

  @Test
  void anAffineMapOfAnotherActivationIsRefused() {
    String message = broken(new Boasting(new Dense(4, 3, Activation.TANH), List.of(), Activation.SIGMOID),
        "affine-map-is-layer");
    assertTrue(message.contains("φ(X·Wᵀ + 1·bᵀ)"), message);
  }

  @Test
  void anAffineMapOfAnotherLayersParametersIsRefused() {
    String message = broken(new Boasting(new Dense(4, 3, Activation.TANH), List.of(), Activation.TANH),
        "refuses-other-parameters");
    assertTrue(message.contains("affineMap takes theta of "), message);
  }

  /// A dense layer that says `activated` of itself and any activation.
  private record Activating(Layer of, Layer activated) implements Layer {
    @Override
    public Shape outputShape(Shape input) {
      return of.outputShape(input);
    }

    @Override
    public ParameterSpec parameters() {
      return of.parameters();
    }

    @Override
    public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
      return of.linearize(x, theta, ws);
    }

    @Override
    public Optional<Layer> activatedBy(Activation phi) {
      return phi == Activation.TANH ? Optional.of(activated) : Optional.empty();
    }
  }

  @Test
  void anotherLayerWithAnActivationIsRefused() {
    Layer dense = new Dense(4, 3);
    LayerContract.of(new Activating(dense, new Dense(4, 3, Activation.TANH)), Shape.of(4)).check();
    String value = broken(new Activating(dense, new Dense(4, 3, Activation.SIGMOID)), "activated-is-layer");
    assertTrue(value.contains("the value activatedBy TANH, FLOAT"), value);
    String spec = broken(new Activating(dense, new Dense(4, 3, false, Activation.TANH)), "activated-is-layer");
    assertTrue(spec.contains("activatedBy TANH has parameters"), spec);
  }

  @Test
  void aChainInAnotherOrderIsRefused() {
    Layer first = new Dense(4, 4, Activation.TANH);
    Layer second = new Dense(4, 4, Activation.RELU);
    String message = broken(new Boasting(Sequential.of(first, second), List.of(second, first), Activation.IDENTITY),
        "chain-is-layer");
    assertTrue(message.contains("the chain's value"), message);
  }
}
