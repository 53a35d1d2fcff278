package dev.lanewise.nn;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Shape;
import dev.lanewise.testkit.LayerContract;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every built-in layer keeps the contract, as a third party would run it: at widths around vectors and tiles, with
/// every activation, alone and composed.
class BuiltInLayersTest {

  @TestFactory
  Stream<DynamicTest> laws() {
    List<LayerContract> contracts = new ArrayList<>();
    for (Activation phi : Activation.values()) {
      contracts.add(kinked(phi, LayerContract.of(new Elementwise(phi), Shape.of(9))));
      contracts.add(kinked(phi, LayerContract.of(new Dense(1, 17, phi), Shape.of(1))));
      contracts.add(kinked(phi, LayerContract.of(new Dense(7, 3, false, phi), Shape.of(7))));
    }
    contracts.add(LayerContract.of(new Dense(33, 31, Activation.TANH), Shape.of(33)));
    contracts.add(LayerContract.of(new Dropout(0.3), Shape.of(9)));
    double[] mean = {0.5, -1, 3, 0};
    double[] sd = {2, 0.25, 1, 0};
    Standardization standardization = new Standardization(mean, sd);
    Standardization back = new Standardization(mean, sd, true);
    contracts.add(LayerContract.of(standardization, Shape.of(4)));
    contracts.add(LayerContract.of(back, Shape.of(4)));
    contracts.add(LayerContract.of(standardization, Shape.of(3, 4)));
    contracts.add(LayerContract.of(new Standardization(mean, sd, false, true), Shape.of(4, 2, 3)));
    contracts.add(LayerContract.of(new Standardization(mean, sd, true, true), Shape.of(4, 3)));
    contracts.add(LayerContract.of(Sequential.of(standardization, new Dense(4, 4, Activation.TANH), back),
        Shape.of(4)));
    contracts.add(LayerContract.of(new Softmax(), Shape.of(5)));
    contracts.add(LayerContract.of(new Softmax(), Shape.of(33)));
    contracts.add(LayerContract.of(new LogSoftmax(), Shape.of(5)));
    contracts.add(LayerContract.of(new LogSoftmax(), Shape.of(33)));
    contracts.add(LayerContract.of(Sequential.of(new Dense(6, 13, Activation.GELU), new Elementwise(Activation.SIGMOID),
        new Dense(13, 4), new LogSoftmax()), Shape.of(6)));
    contracts.add(LayerContract.of(Sequential.of(Sequential.of(new Dense(3, 5, Activation.SILU)),
        new Dense(5, 2, false, Activation.SOFTPLUS)), Shape.of(3)));
    return contracts.stream().flatMap(contract -> contract.laws().stream()
        .map(law -> dynamicTest(law.name() + " of " + contract.layer(), law::check)));
  }

  /// relu and leaky relu bend at 0, where no difference is a derivative. A lone one gets inputs away from it; in the
  /// dense layers none of the seeded draws comes near it.
  private static LayerContract kinked(Activation phi, LayerContract contract) {
    Layer layer = contract.layer();
    boolean bends = phi == Activation.RELU || phi == Activation.LEAKY_RELU;
    return bends && layer instanceof Elementwise
        ? contract.withDomain(random -> random.nextDouble(0.1, 2) * (random.nextBoolean() ? 1 : -1))
        : contract;
  }
}
