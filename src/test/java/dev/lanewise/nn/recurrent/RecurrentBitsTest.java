package dev.lanewise.nn.recurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.Activation;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.kernel.lanes.MultiplyAdd;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Results have the same bits however much is kept, on any number of threads, on vectors of any width and on none.
class RecurrentBitsTest {

  private static final int TIME = 10;

  /// Each cell, as a function of every how many steps a state is kept, 0 for all.
  static Stream<IntFunction<Recurrent>> cells() {
    return Stream.of(
        every -> kept(new Lstm(3, 17).withLayers(2).bidirectional().withInitialState(InitialState.INPUT).withLengths(),
            every),
        every -> kept(new Lstm(5, 4).lastState().withInitialState(InitialState.PARAMETER), every),
        every -> kept(new Gru(3, 17).withLayers(2).bidirectional().withInitialState(InitialState.PARAMETER)
        .withLengths(), every),
        every -> kept(new Gru(5, 4).lastState().withInitialState(InitialState.INPUT), every),
        every -> every == 0 ? new Rnn(4, 19).bidirectional() : new Rnn(4, 19).bidirectional().keepingEvery(every),
        every -> every == 0 ? new Rnn(4, 3, Activation.RELU) : new Rnn(4, 3, Activation.RELU).keepingEvery(every));
  }

  private static Recurrent kept(Lstm layer, int every) {
    return every == 0 ? layer : layer.keepingEvery(every);
  }

  private static Recurrent kept(Gru layer, int every) {
    return every == 0 ? layer : layer.keepingEvery(every);
  }

  @ParameterizedTest
  @MethodSource("cells")
  void everyHowManiethStateIsKeptDoesNotMatter(IntFunction<Recurrent> cell) {
    for (Precision precision : Precision.values()) {
      for (int batch : new int[] {1, 3}) {
        Recurrent all = cell.apply(0);
        Tensor x = RecurrentResults.input(all, precision, batch, TIME);
        Parameters theta = RecurrentResults.theta(all, precision);
        Map<String, Tensor> expected = RecurrentResults.of(all, x, theta, new Workspace());
        assertEquals(0, differences(expected.get("forward"), expected.get("y")), all + ": forward and linearize");
        Workspace ws = new Workspace();
        for (int every : new int[] {1, 3, 5, TIME, TIME + 7}) {
          Recurrent some = cell.apply(every);
          RecurrentResults.assertSameBits(expected, RecurrentResults.of(some, x, theta, ws), some + ", batch " + batch);
        }
      }
    }
  }

  private static int differences(Tensor one, Tensor other) {
    int differences = 0;
    for (int i = 0; i < one.size(); i++) {
      differences += one.get(i) == other.get(i) ? 0 : 1;
    }
    return differences;
  }

  /// Products of more than 1.6 million multiply-adds are shared: of the inputs with the weights, 225·40·192.
  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void theNumberOfThreadsDoesNotMatter(int threads) {
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      for (Recurrent layer : List.of(new Lstm(40, 48), new Gru(40, 64))) {
        for (Precision precision : Precision.values()) {
          Tensor x = RecurrentResults.input(layer, precision, 45, 5);
          Parameters theta = RecurrentResults.theta(layer, precision);
          RecurrentResults.assertSameBits(RecurrentResults.of(layer, x, theta, new Workspace()),
              RecurrentResults.of(layer, x, theta, new Workspace(executor, threads)), layer + " on " + threads
                  + " threads");
        }
      }
    }
  }

  /// A run of the tests has vectors of one width or none, and all runs have these numbers.
  @ParameterizedTest
  @EnumSource
  void theWidthOfVectorsDoesNotMatter(Precision precision) {
    String expected = precision == Precision.FLOAT ? "8ddf120def2663d8" : "d48a70bea94f724e";
    long hash = 0xCBF29CE484222325L;
    for (IntFunction<Recurrent> cell : cells().toList()) {
      Recurrent layer = cell.apply(4);
      Tensor x = RecurrentResults.input(layer, precision, 3, TIME);
      for (Tensor tensor : RecurrentResults.of(layer, x, RecurrentResults.theta(layer, precision),
          new Workspace()).values()) {
        for (int i = 0; i < tensor.size(); i++) {
          hash = (hash ^ Double.doubleToRawLongBits(tensor.get(i) + 0.0)) * 0x100000001B3L;
          hash ^= hash >>> 32;
        }
      }
    }
    if (MultiplyAdd.FUSED) {
      assertEquals(expected, Long.toHexString(hash));
    }
  }

  /// Rows are computed alone: a sample among others, and a direction among others, has the bits that it has alone.
  @Test
  void otherSamplesDoNotMatter() {
    Recurrent layer = new Lstm(3, 17).withLayers(2);
    Parameters theta = RecurrentResults.theta(layer, Precision.FLOAT);
    Tensor x = RecurrentResults.input(layer, Precision.FLOAT, 40, TIME);
    Tensor together = layer.forward(x, theta, new Workspace());
    for (int sample : new int[] {0, 17, 39}) {
      Tensor alone = layer.forward(x.slice(sample, 1), theta, new Workspace());
      assertEquals(0, differences(alone, together.slice(sample, 1)), "sample " + sample);
    }
  }
}
