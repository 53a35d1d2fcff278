package dev.lanewise.nn.recurrent;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.testkit.GradCheck;
import dev.lanewise.testkit.LayerContract;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Recurrent layers keep the contract: each cell, around the width of a vector, stacked, in both directions, with
/// states and lengths from everywhere, all kept or not.
class RecurrentLawsTest {

  @TestFactory
  Stream<DynamicTest> laws() {
    return Stream.of(
        contract(new Lstm(3, 5), Shape.of(4, 3)),
        contract(new Lstm(2, 17).keepingEvery(3), Shape.of(7, 2)),
        contract(new Lstm(2, 4).withLayers(2).bidirectional().withInitialState(InitialState.PARAMETER), Shape.of(3, 2)),
        contract(new Lstm(3, 4).lastState().withInitialState(InitialState.INPUT), Shape.of(4 * 3 + 2 * 4)),
        contract(new Lstm(1, 1).withoutBias(), Shape.of(1, 1)),
        contract(new Gru(3, 5), Shape.of(4, 3)),
        contract(new Gru(2, 17).lastState().keepingEvery(2), Shape.of(5, 2)),
        contract(new Gru(2, 4).withLayers(2).bidirectional().withInitialState(InitialState.INPUT), Shape.of(3 * 2
            + 4 * 4)),
        contract(new Gru(3, 2).withoutBias().withInitialState(InitialState.PARAMETER), Shape.of(2, 3)),
        contract(new Rnn(3, 5), Shape.of(4, 3)),
        contract(new Rnn(2, 9, Activation.RELU).keepingEvery(2), Shape.of(3, 2)).withSeed(3),
        contract(new Rnn(2, 17).bidirectional().lastState(), Shape.of(5, 2)),
        contract(new OfLengths(new Lstm(2, 5).withLengths(), 3, 1, 4), Shape.of(4 * 2)),
        contract(new OfLengths(new Gru(2, 5).withLengths().withLayers(2).bidirectional().lastState(), 2, 4),
            Shape.of(4 * 2)))
        .flatMap(contract -> contract.laws().stream().map(law -> dynamicTest(law.name() + " of " + contract.layer(),
            law::check)));
  }

  /// Sums over time and layers take more roundings than a dense layer's.
  private static LayerContract contract(Layer layer, Shape sample) {
    return LayerContract.of(layer, sample).withTolerance(8).withBatches(1, 2, 3, 9).withChunks(1, 2, 3, 7);
  }

  @TestFactory
  Stream<DynamicTest> derivatives() {
    int in = 3;
    int hidden = 4;
    int time = 6;
    return Stream.of(
        new Lstm(in, hidden).withLayers(2).bidirectional().withInitialState(InitialState.INPUT).withLengths(),
        new Lstm(in, hidden).withLayers(2).bidirectional().withInitialState(InitialState.INPUT).withLengths()
        .keepingEvery(4),
        new Gru(in, hidden).withLayers(2).bidirectional().withInitialState(InitialState.INPUT).withLengths(),
        new Gru(in, hidden).withLayers(2).bidirectional().withInitialState(InitialState.INPUT).withLengths()
        .lastState(),
        new Rnn(in, hidden).withLayers(2).bidirectional().withInitialState(InitialState.PARAMETER).withLengths()
        .keepingEvery(5))
        .flatMap(layer -> {
          int states = layer.recurrence().initialState() == InitialState.INPUT ? 4 * hidden * (layer instanceof Lstm
              ? 2 : 1) : 0;
          Layer ofLengths = new OfLengths(layer, 4, 6, 1);
          Parameters theta = Parameters.initialize(layer.parameters(), Precision.DOUBLE, 5);
          Tensor x = Tensor.zeros(Precision.DOUBLE, 3, time * in + states);
          SplittableRandom random = new SplittableRandom(6);
          for (int i = 0; i < x.size(); i++) {
            x.set(i, random.nextGaussian());
          }
          return GradCheck.of(ofLengths, theta, x).withTolerance(8).laws().stream()
              .map(law -> dynamicTest(law.name() + " of " + layer, law::check));
        });
  }
}
