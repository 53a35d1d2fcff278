package dev.lanewise.nn.recurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.Activation;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sizes, sequences, states and lengths that do not fit are refused, naming both sides.
class RecurrentRefusalsTest {

  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  @Test
  void construction() {
    assertRefused("Lstm: in=0, hidden=4, expected both at least 1", () -> new Lstm(0, 4));
    assertRefused("Gru: in=3, hidden=-1, expected both at least 1", () -> new Gru(3, -1));
    assertRefused("Rnn: in=3, hidden=0, expected both at least 1", () -> new Rnn(3, 0));
    assertRefused("Rnn: activation is GELU, expected TANH or RELU", () -> new Rnn(3, 4, Activation.GELU));
    assertRefused("Recurrence: 0 layers, expected at least 1", () -> new Lstm(3, 4).withLayers(0));
    assertRefused("Recurrence: a state kept every 0 steps, expected 1 or more", () -> new Gru(3, 4).keepingEvery(0));
  }

  @Test
  void sequences() {
    Lstm layer = new Lstm(3, 4);
    assertRefused("Lstm[in=3, hidden=4]: input has 2 features, expected 3", () -> layer.outputShape(Shape.of(1, 5, 2)));
    assertRefused("Lstm[in=3, hidden=4]: input has shape [1, 0, 3], expected [batch, time, 3] with time at least 1",
        () -> layer.outputShape(Shape.of(1, 0, 3)));
    assertRefused("Lstm[in=3, hidden=4]: input has shape [1, 15], expected [batch, time, 3] with time at least 1",
        () -> layer.outputShape(Shape.of(1, 15)));
  }

  @Test
  void rowsOfStatesOfAnotherWidth() {
    Gru layer = new Gru(3, 4).bidirectional().withInitialState(InitialState.INPUT);
    assertEquals(Shape.of(2, 5, 8), layer.outputShape(Shape.of(2, 5 * 3 + 2 * 4)));
    assertRefused(
        "Gru[in=3, hidden=4, bidirectional, initial state INPUT]: input has shape [2, 22], expected [batch, time·3 + 8]"
        + " with time at least 1", () -> layer.outputShape(Shape.of(2, 22)));
    assertRefused(
        "Gru[in=3, hidden=4, bidirectional, initial state INPUT]: input has shape [2, 8], expected [batch, time·3 + 8]"
        + " with time at least 1", () -> layer.outputShape(Shape.of(2, 8)));
    assertRefused("Gru[in=3, hidden=4, bidirectional, initial state INPUT]: input has shape [2, 5, 3], expected "
        + "[batch, time·3 + 8]"
        + " with time at least 1", () -> layer.outputShape(Shape.of(2, 5, 3)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 6, 2.5, Double.NaN, Double.POSITIVE_INFINITY, 1e300})
  void lengths(double length) {
    Lstm layer = new Lstm(2, 3).withLengths();
    Parameters theta = Parameters.zeros(layer.parameters(), Precision.DOUBLE);
    Tensor x = Tensor.zeros(Precision.DOUBLE, 2, 5 * 2 + 1);
    x.set(10, 5);
    x.set(21, length);
    String message = "Lstm[in=2, hidden=3, lengths]: sample 1 has length " + length
        + ", expected a whole number from 1 to 5";
    assertRefused(message, () -> layer.linearize(x, theta, new Workspace()));
    assertRefused(message, () -> layer.forward(x, theta, new Workspace()));
  }

  @Test
  void whatIsNotTheDefaultIsSaid() {
    assertEquals("Rnn[in=3, hidden=4, RELU, 2 layers, bidirectional, no bias, last state, initial state PARAMETER, "
        + "lengths, every 14 steps kept]",
        new Rnn(3, 4, Activation.RELU).withLayers(2).bidirectional().withoutBias().lastState()
            .withInitialState(InitialState.PARAMETER).withLengths().keepingEvery(14).toString());
  }
}
