package dev.lanewise.nn.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanewise.Activation;
import dev.lanewise.JacobianStructure.Kind;
import dev.lanewise.Layer;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.autodiff.Mode;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Sequential;
import dev.lanewise.testkit.GradCheck;
import dev.lanewise.testkit.LayerContract;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Residual blocks, branches, normalisations, attention and embeddings keep the contract, have the derivatives of their
/// values, say what planners may go by, and refuse what does not fit.
class BlocksTest {

  private static final Dense TANH = new Dense(6, 6, Activation.TANH);

  private static List<LayerContract> contracts() {
    return List.of(
        LayerContract.of(new Residual(TANH), Shape.of(6)),
        LayerContract.of(new Residual(Sequential.of(new LayerNorm(6), new Dense(6, 3, Activation.SILU),
            new Dense(3, 6))), Shape.of(6)),
        LayerContract.of(new Identity(), Shape.of(3, 2)),
        LayerContract.of(Parallel.added(Shape.of(6), TANH, new RmsNorm(6), new Dense(6, 6)), Shape.of(6)),
        LayerContract.of(Parallel.concatenated(Shape.of(6), TANH, new Dense(6, 1), new Residual(TANH)), Shape.of(6)),
        LayerContract.of(new LayerNorm(4), Shape.of(3, 2, 4)),
        LayerContract.of(new LayerNorm(Shape.of(2, 4), 1e-3, true, false), Shape.of(3, 2, 4)),
        LayerContract.of(new RmsNorm(5), Shape.of(5)),
        LayerContract.of(new MultiHeadAttention(3, 4, 2), Shape.of(3, 4)),
        LayerContract.of(new MultiHeadAttention(4, 3, 1, true, false), Shape.of(2, 4, 3)),
        LayerContract.of(new Numbered(new Embedding(5, 3)), Shape.of(2, 3))
            .withDomain(random -> random.nextInt(5) + random.nextDouble(-0.2, 0.2)));
  }

  @TestFactory
  Stream<DynamicTest> laws() {
    return contracts().stream().map(contract -> contract.withTolerance(8).withBatches(1, 3).withChunks(1, 3))
        .flatMap(contract -> contract.laws().stream()
            .map(law -> dynamicTest(law.name() + " of " + contract.layer(), law::check)));
  }

  @TestFactory
  Stream<DynamicTest> derivatives() {
    return contracts().stream().map(contract -> dynamicTest(contract.layer().toString(), () -> {
      Tensor x = Tensor.zeros(Precision.DOUBLE, contract.sample().prepend(2));
      SplittableRandom random = new SplittableRandom(6);
      for (int i = 0; i < x.size(); i++) {
        x.set(i, contract.domain().applyAsDouble(random));
      }
      Parameters theta = Parameters.initialize(contract.layer().parameters(), Precision.DOUBLE, 5);
      GradCheck check = GradCheck.of(contract.layer(), theta, x).withTolerance(8);
      for (Mode mode : Mode.values()) {
        check = check.withJacobian(mode.toString(), Jacobians.jacobian(contract.layer(), theta, x, mode));
      }
      check.check();
    }));
  }

  @Test
  void plannersSeeThrough() {
    Layer residual = new Residual(TANH);
    assertEquals(List.of(Kind.DIAGONAL, Kind.DENSE), kinds(residual.branches(), 6));
    Layer added = Parallel.added(Shape.of(6), TANH, new Dense(6, 6));
    assertEquals(List.of(Kind.DENSE, Kind.DENSE), kinds(added.branches(), 6));
    assertEquals(2, Parallel.concatenated(Shape.of(6), TANH, TANH).branches().size());
    assertEquals(List.of(Kind.IMPLICIT, Kind.IMPLICIT, Kind.DIAGONAL, Kind.DIAGONAL),
        kinds(new LayerNorm(6).chain(), 6));
    assertEquals(List.of(Kind.IMPLICIT, Kind.DIAGONAL), kinds(new RmsNorm(6).chain(), 6));
  }

  private static List<Kind> kinds(List<Layer> layers, int features) {
    return layers.stream().map(layer -> layer.jacobianStructure(Shape.of(1, features)).kind()).toList();
  }

  @Test
  void aLayerOfBlocksTakesAxesBeforeThemAsItsBatch() {
    for (Precision precision : Precision.values()) {
      for (Layer layer : List.of(new LayerNorm(4), new MultiHeadAttention(3, 4, 2, true))) {
        Parameters theta = Parameters.initialize(layer.parameters(), precision, 5);
        Tensor x = Tensor.zeros(precision, 2, 5, 3, 4);
        for (int i = 0; i < x.size(); i++) {
          x.set(i, Math.sin(i));
        }
        Tensor y = layer.forward(x, theta, new Workspace());
        Tensor apart = layer.forward(x.view(0, Shape.of(10, 3, 4)), theta, new Workspace());
        assertEquals(x.shape(), y.shape());
        assertEquals(List.of(box(apart)), List.of(box(y)));
      }
    }
  }

  private static List<Double> box(Tensor tensor) {
    List<Double> all = new ArrayList<>();
    for (int i = 0; i < tensor.size(); i++) {
      all.add(tensor.get(i));
    }
    return all;
  }

  @Test
  void noStepOfACausalLayerSeesALaterOne() {
    MultiHeadAttention layer = new MultiHeadAttention(4, 2, 1, true);
    Parameters theta = Parameters.initialize(layer.parameters(), Precision.DOUBLE, 5);
    Tensor jacobian = Jacobians.jacobian(layer, theta, Tensor.of(new double[] {1, -2, 0.5, 3, -1, 0, 2, 1}, 1, 4, 2));
    for (int row = 0; row < 8; row++) {
      for (int column = 0; column < 8; column++) {
        assertEquals(column / 2 > row / 2, jacobian.get(row, column) == 0, row + ", " + column);
      }
    }
  }

  @Test
  void parametersHavePyTorchsNames() {
    MultiHeadAttention attention = new MultiHeadAttention(3, 4, 2);
    assertEquals(List.of("in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias"), names(attention));
    assertEquals(new MultiHeadAttention(9, 4, 2), attention.withTime(9));
    assertEquals(List.of("weight", "bias"), names(new LayerNorm(4)));
    assertEquals(List.of("weight"), names(new RmsNorm(4)));
    assertEquals(List.of("weight"), names(new Embedding(5, 2)));
    assertEquals(List.of("inner.weight", "inner.bias"), names(new Residual(TANH)));
    assertEquals(List.of("0.weight", "0.bias", "1.weight"), names(Parallel.added(Shape.of(6), TANH, new RmsNorm(6))));
    Parameters theta = Parameters.initialize(new LayerNorm(4).parameters(), Precision.FLOAT, 1);
    assertEquals(List.of(1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0), box(theta.flat()));
  }

  private static List<String> names(Layer layer) {
    return layer.parameters().entries().stream().map(ParameterSpec.Entry::name).toList();
  }

  @Test
  void equalHyperparametersAreEqualLayers() {
    assertEquals(new LayerNorm(4), new LayerNorm(Shape.of(4), 1e-5, true, true));
    assertEquals(new LayerNorm(4).hashCode(), new LayerNorm(4).hashCode());
    assertNotEquals(new LayerNorm(4), new LayerNorm(5));
    assertNotEquals(new LayerNorm(4), new LayerNorm(Shape.of(4), 1e-4, true, true));
    assertNotEquals(new LayerNorm(Shape.of(4), 1e-6, true, false), new RmsNorm(4));
    assertEquals(new MultiHeadAttention(3, 4, 2), new MultiHeadAttention(3, 4, 2, false, true));
    assertNotEquals(new MultiHeadAttention(3, 4, 2), new MultiHeadAttention(3, 4, 2, true));
    assertEquals(new Residual(TANH), new Residual(new Dense(6, 6, Activation.TANH)));
    assertNotEquals(new Residual(TANH), new Residual(new Dense(6, 6)));
    assertNotEquals(Parallel.added(Shape.of(6), TANH), Parallel.concatenated(Shape.of(6), TANH));
    assertEquals(new Embedding(3, 2), new Embedding(3, 2));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    refused("Residual[Dense[in=4, out=3]]: input has shape [2, 4], and the inner layer makes [2, 3] of it, "
        + "expected the same", () -> new Residual(new Dense(4, 3)).outputShape(Shape.of(2, 4)));
    Residual wrong = new Residual(new Dense(4, 3));
    Parameters theta = Parameters.zeros(wrong.parameters(), Precision.FLOAT);
    Tensor x = Tensor.zeros(Precision.FLOAT, 2, 4);
    assertThrows(IllegalArgumentException.class, () -> wrong.forward(x, theta, new Workspace()));
    assertThrows(IllegalArgumentException.class, () -> wrong.linearize(x, theta, new Workspace()));
    refused("LayerNorm[[4]]: input has shape [2, 5], expected [batch, …] and at last [4]",
        () -> new LayerNorm(4).outputShape(Shape.of(2, 5)));
    refused("LayerNorm[[4]]: input has shape [4], expected [batch, …] and at last [4]",
        () -> new LayerNorm(4).outputShape(Shape.of(4)));
    refused("LayerNorm: normalized is [0], expected at least one axis, none of length 0", () -> new LayerNorm(0));
    refused("RmsNorm: epsilon is 0.0, expected a number above 0", () -> new RmsNorm(Shape.of(4), 0, true));
    refused("MultiHeadAttention: 3 heads of 4 features, expected a divisor of those",
        () -> new MultiHeadAttention(2, 4, 3));
    refused("MultiHeadAttention: time=0, features=4, heads=2, expected each at least 1",
        () -> new MultiHeadAttention(0, 4, 2));
    refused("Parallel: has 0 layers, expected at least 1", () -> Parallel.added(Shape.of(4)));
    refused("Parallel: branch 1, Dense[in=4, out=2], makes samples [2], branch 0, Dense[in=4, out=3], makes [3], "
        + "expected the same",
        () -> Parallel.added(Shape.of(4), new Dense(4, 3), new Dense(4, 2)));
    refused("Graph: 1 of x [4]: Dense[in=5, out=2]: input has 4 features, expected 5",
        () -> Parallel.concatenated(Shape.of(4), new Dense(4, 3), new Dense(5, 2)));
    refused("Embedding: count=0, dim=2, expected both at least 1", () -> new Embedding(0, 2));
    refused("Embedding: count=16777217, expected at most 16777216, as floats number no more",
        () -> new Embedding((1 << 24) + 1, 1));
  }

  @Test
  void numbersThatNameNoRowAreRefused() {
    Embedding layer = new Embedding(3, 2);
    for (Precision precision : Precision.values()) {
      Parameters theta = Parameters.initialize(layer.parameters(), precision, 1);
      for (double number : new double[] {0.5, -1, 3, Double.NaN, Double.POSITIVE_INFINITY, 1e30}) {
        Tensor x = Tensor.zeros(precision, 1, 2);
        x.set(1, number);
        refused("Embedding[count=3, dim=2]: input 1 is " + x.get(1) + ", expected a whole number from 0 to 2",
            () -> layer.forward(x, theta, new Workspace()));
        assertThrows(IllegalArgumentException.class, () -> layer.linearize(x, theta, new Workspace()));
      }
    }
  }

  private static void refused(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
