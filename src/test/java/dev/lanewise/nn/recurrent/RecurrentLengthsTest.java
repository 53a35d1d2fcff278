package dev.lanewise.nn.recurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A sample of length n is what its first n steps are alone, whatever stands behind them.
class RecurrentLengthsTest {

  private static final int TIME = 6;
  private static final int IN = 3;

  /// A layer that takes lengths, and the same without.
  record Pair(Recurrent ofLengths, Recurrent whole) {}

  static Stream<Pair> layers() {
    Lstm lstm = new Lstm(IN, 5).withLayers(2).bidirectional();
    Gru gru = new Gru(IN, 4).withLayers(2).bidirectional().lastState();
    Rnn rnn = new Rnn(IN, 18);
    return Stream.of(new Pair(lstm.withLengths(), lstm), new Pair(lstm.withLengths().keepingEvery(2), lstm),
        new Pair(gru.withLengths(), gru), new Pair(rnn.withLengths().lastState(), rnn.lastState()));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void whatIsPastTheEndDoesNotMatter(Pair pair) {
    Recurrent layer = pair.ofLengths();
    Parameters theta = Parameters.initialize(layer.parameters(), Precision.DOUBLE, 1);
    Tensor x = RecurrentResults.input(layer, Precision.DOUBLE, TIME, TIME);
    int row = TIME * IN + 1;
    for (int sample = 0; sample < TIME; sample++) {
      for (int i = (int) x.get(sample * row + row - 1) * IN; i < TIME * IN; i++) {
        x.set(sample * row + i, Double.NaN);
      }
    }
    Linearization at = layer.linearize(x, theta, new Workspace());
    Tensor y = at.output();
    Tensor yBar = Tensor.zeros(Precision.DOUBLE, y.shape().prepend(1));
    yBar.fill(1);
    Tensor xBar = Tensor.zeros(Precision.DOUBLE, x.shape().prepend(1));
    xBar.fill(7);
    Parameters thetaBar = Parameters.zeros(theta.spec(), Precision.DOUBLE);
    at.vjp(yBar, xBar, thetaBar);
    Parameters sum = Parameters.zeros(theta.spec(), Precision.DOUBLE);
    for (int sample = 0; sample < TIME; sample++) {
      alone(pair.whole(), theta, x, sample, (int) x.get(sample * row + row - 1), y, xBar, sum);
    }
    for (int i = 0; i < sum.flat().size(); i++) {
      assertEquals(sum.flat().get(i), thetaBar.flat().get(i), 1e-12, layer + ": thetaBar at " + i);
    }
  }

  /// One sample's first steps through the layer without lengths.
  private static void alone(
      Recurrent layer, Parameters theta, Tensor x, int sample, int length, Tensor y, Tensor xBar, Parameters sum) {
    int row = TIME * IN + 1;
    Tensor steps = Tensor.zeros(Precision.DOUBLE, 1, length, IN);
    for (int i = 0; i < steps.size(); i++) {
      steps.set(i, x.get(sample * row + i));
    }
    Linearization at = layer.linearize(steps, theta, new Workspace());
    int width = y.size() / TIME;
    for (int i = 0; i < width; i++) {
      assertEquals(i < at.output().size() ? at.output().get(i) : 0, y.get(sample * width + i), layer
          + ": y of sample " + sample + " at " + i);
    }
    Tensor ones = Tensor.zeros(Precision.DOUBLE, at.output().shape().prepend(1));
    ones.fill(1);
    Tensor bar = Tensor.zeros(Precision.DOUBLE, steps.shape().prepend(1));
    at.vjp(ones, bar, sum);
    for (int i = 0; i < row; i++) {
      assertEquals(i < bar.size() ? bar.get(i) : 0, xBar.get(sample * row + i), layer + ": xBar of sample " + sample
          + " at " + i);
    }
  }
}
