package thirdparty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.autodiff.Mode;
import dev.lanewise.testkit.LayerContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Layers by expression keep the contract, and the one that is also written by hand computes the same.
class LayersByExpressionTest {

  @TestFactory
  Stream<DynamicTest> laws() {
    Map<String, LayerContract> contracts = Map.of(
        "scaled residual", LayerContract.of(LayersByExpression.scaledResidual(5, 0.7), Shape.of(5)),
        "Fourier features", LayerContract.of(LayersByExpression.fourierFeatures(4, 3), Shape.of(4)),
        "gated unit", LayerContract.of(LayersByExpression.gatedUnit(4, 6), Shape.of(4)),
        "radial basis", LayerContract.of(LayersByExpression.radialBasis(3, 4), Shape.of(3)),
        "mixture", LayerContract.of(LayersByExpression.mixtureLogLikelihood(3, 2), Shape.of(3)),
        "squeeze and excitation",
            LayerContract.of(LayersByExpression.squeezeAndExcitation(4, 2, 3, 2), Shape.of(4, 2, 3)));
    return contracts.entrySet().stream().flatMap(entry ->
        entry.getValue().withBatches(1, 3).withChunks(1, 3).withTolerance(8).laws().stream()
            .map(law -> dynamicTest(law.name() + " of " + entry.getKey(), law::check)));
  }

  /// The same kernels in the same order: to the bit in value, but for rounding in the Jacobian, which each mode adds up
  /// in its own.
  @Test
  void theResidualBlockByHandComputesTheSame() {
    for (Precision precision : Precision.values()) {
      for (int features : new int[] {1, 5, 33}) {
        Layer byHand = new ScaledResidual(features, 0.7);
        Layer expression = LayersByExpression.scaledResidual(features, 0.7);
        Parameters theta = Parameters.initialize(byHand.parameters(), precision, 3);
        Parameters same = Parameters.of(expression.parameters(), theta.flat());
        Tensor x = Tensor.zeros(precision, 2, features);
        for (int place = 0; place < x.size(); place++) {
          x.set(place, Math.sin(3 * place));
        }
        assertEquals(numbers(byHand.forward(x, theta, new Workspace())),
            numbers(expression.forward(x, same, new Workspace())));
        Tensor sample = x.slice(0, 1);
        for (Mode mode : Mode.values()) {
          Tensor one = Jacobians.jacobian(byHand, theta, sample, mode);
          Tensor other = Jacobians.jacobian(expression, same, sample, mode);
          for (int place = 0; place < one.size(); place++) {
            double tolerance = precision == Precision.FLOAT ? 0x1p-22 : 0x1p-51;
            double size = Math.max(1, Math.abs(one.get(place)));
            assertEquals(one.get(place), other.get(place), tolerance * size, mode.toString());
          }
        }
      }
    }
  }

  private static List<Double> numbers(Tensor tensor) {
    List<Double> numbers = new ArrayList<>();
    for (int place = 0; place < tensor.size(); place++) {
      numbers.add(tensor.get(place));
    }
    return numbers;
  }
}
