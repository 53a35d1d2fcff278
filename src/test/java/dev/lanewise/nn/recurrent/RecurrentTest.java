package dev.lanewise.nn.recurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.JacobianStructure;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Parameters, initial values, and what is counted.
class RecurrentTest {

  @Test
  void parametersHavePyTorchsNamesAndOrder() {
    List<String> names = new Lstm(3, 4).withLayers(2).bidirectional().withInitialState(InitialState.PARAMETER)
        .parameters()
        .entries().stream().map(entry -> entry.name() + " " + entry.shape()).toList();
    assertEquals(List.of(
        "weight_ih_l0 [16, 3]", "weight_hh_l0 [16, 4]", "bias_ih_l0 [16]", "bias_hh_l0 [16]",
        "weight_ih_l0_reverse [16, 3]", "weight_hh_l0_reverse [16, 4]", "bias_ih_l0_reverse [16]",
            "bias_hh_l0_reverse [16]",
        "weight_ih_l1 [16, 8]", "weight_hh_l1 [16, 4]", "bias_ih_l1 [16]", "bias_hh_l1 [16]",
        "weight_ih_l1_reverse [16, 8]", "weight_hh_l1_reverse [16, 4]", "bias_ih_l1_reverse [16]",
            "bias_hh_l1_reverse [16]",
        "h0 [4, 4]", "c0 [4, 4]"), names);
    assertEquals("[weight_ih_l0 [6, 3], weight_hh_l0 [6, 2]]", new Gru(3, 2).withoutBias().parameters().toString());
    assertEquals("[weight_ih_l0 [2, 3], weight_hh_l0 [2, 2], bias_ih_l0 [2], bias_hh_l0 [2], h0 [1, 2]]",
        new Rnn(3, 2).withInitialState(InitialState.PARAMETER).parameters().toString());
  }

  @Test
  void initialValuesAreWithinOneOverTheRootOfTheUnits() {
    Parameters theta = Parameters.initialize(new Lstm(9, 16).parameters(), Precision.DOUBLE, 1);
    double largest = 0;
    for (int i = 0; i < theta.flat().size(); i++) {
      largest = Math.max(largest, Math.abs(theta.flat().get(i)));
    }
    assertTrue(largest <= 0.25 && largest > 0.24, "largest " + largest);
  }

  @Test
  void aForgetBiasMovesTheSecondQuarter() {
    ParameterSpec plain = new Lstm(9, 16).parameters();
    Lstm lasting = new Lstm(9, 16).withForgetBias(1);
    Parameters expected = Parameters.initialize(plain, Precision.DOUBLE, 1);
    Parameters theta = Parameters.initialize(lasting.parameters(), Precision.DOUBLE, 1);
    for (int index = 0; index < theta.count(); index++) {
      for (int i = 0; i < theta.get(index).size(); i++) {
        boolean forget = index == 2 && i >= 16 && i < 32;
        assertEquals(expected.get(index).get(i) + (forget ? 1 : 0), theta.get(index).get(i));
      }
    }
    assertEquals("Lstm[in=9, hidden=16, forget bias 1.0]", lasting.toString());
    assertThrows(IllegalArgumentException.class, () -> lasting.withForgetBias(Double.NaN));
  }

  static Stream<Recurrent> layers() {
    return Stream.of(new Rnn(5, 7), new Lstm(5, 7), new Gru(5, 7), new Lstm(5, 7).lastState(), new Gru(5,
        7).withLayers(2).bidirectional(), new Lstm(5, 7).keepingEvery(4), new Rnn(5, 7).withLayers(2).keepingEvery(1));
  }

  /// E = batch·time·gates·hidden·(in + hidden), summed over layers and directions, for a value, for each direction
  /// that is pushed or pulled, and for each gradient; where not all is kept, once more for each push or pull.
  @ParameterizedTest
  @MethodSource("layers")
  void multiplyAddsAreAsTheStructureSays(Recurrent layer) {
    int batch = 3;
    int chunk = 4;
    Tensor x = RecurrentResults.input(layer, Precision.DOUBLE, batch, 6);
    Parameters theta = RecurrentResults.theta(layer, Precision.DOUBLE);
    JacobianStructure structure = layer.jacobianStructure(x.shape());
    long e = structure.multiplyAdds();
    long again = structure.recomputed();
    assertEquals(layer.recurrence().every() == 0 ? 0 : e, again);
    assertEquals(JacobianStructure.Kind.IMPLICIT, structure.kind());
    if (layer.equals(new Lstm(5, 7))) {
      assertEquals(3 * 6 * 4 * 7 * (5 + 7), e);
    }
    Workspace ws = new Workspace();
    layer.forward(x, theta, ws);
    assertEquals(e, ws.multiplyAdds(), "forward");
    Linearization at = layer.linearize(x, theta, ws);
    assertEquals(2 * e, ws.multiplyAdds(), "linearize");
    Tensor xs = Tensor.zeros(Precision.DOUBLE, x.shape().prepend(chunk));
    Tensor ys = Tensor.zeros(Precision.DOUBLE, at.output().shape().prepend(chunk));
    at.jvp(xs, Parameters.none(), ys);
    assertEquals((2 + chunk) * e + again, ws.multiplyAdds(), "push");
    at.vjp(ys, xs, Parameters.none());
    assertEquals((2 + 2 * chunk) * e + 2 * again, ws.multiplyAdds(), "pull");
    at.vjp(ys, xs, Parameters.zeros(theta.spec(), Precision.DOUBLE, chunk));
    assertEquals((2 + 4 * chunk) * e + 3 * again, ws.multiplyAdds(), "pull with gradients");
  }

  @ParameterizedTest
  @MethodSource("layers")
  void aBatchOfNoneGivesNone(Recurrent layer) {
    Parameters theta = RecurrentResults.theta(layer, Precision.FLOAT);
    Tensor x = Tensor.zeros(Precision.FLOAT, 0, 6, 5);
    Shape y = layer.outputShape(x.shape());
    assertEquals(y, layer.forward(x, theta, new Workspace()).shape());
    Linearization at = layer.linearize(x, theta, new Workspace());
    assertEquals(y, at.output().shape());
    Parameters thetaBar = Parameters.zeros(theta.spec(), Precision.FLOAT, 2);
    Tensor xs = Tensor.zeros(Precision.FLOAT, x.shape().prepend(2));
    at.jvp(xs, thetaBar, Tensor.zeros(Precision.FLOAT, y.prepend(2)));
    at.vjp(Tensor.zeros(Precision.FLOAT, y.prepend(2)), xs, thetaBar);
    at.vjpDot(xs, thetaBar, Tensor.zeros(Precision.FLOAT, y.prepend(1)), Tensor.zeros(Precision.FLOAT, y.prepend(2)),
        xs, thetaBar);
    for (int i = 0; i < thetaBar.flat().size(); i++) {
      assertEquals(0, thetaBar.flat().get(i));
    }
  }
}
