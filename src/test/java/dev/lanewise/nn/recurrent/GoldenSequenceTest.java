package dev.lanewise.nn.recurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanewise.Activation;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.Golden;
import dev.lanewise.autodiff.GoldenCase;
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.autodiff.Mode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// PyTorch's cells, single, stacked and in both directions: value, push, pull, Jacobian, Hessian and gradients, with
/// all kept and with every second state.
class GoldenSequenceTest {

  @TestFactory
  Stream<DynamicTest> sequences() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    // The file's own gradients have no numbers. Cases from elsewhere are checked without.
    JsonNode gradients = System.getProperty("lanewise.golden") == null ? Golden.read("sequence-gradients.json") : null;
    int place = 0;
    for (JsonNode c : Golden.read("sequence.json")) {
      if (c.has("jacobian")) {
        ((ObjectNode) c).remove("parameter_gradients_of_u_dot_f");
        if (gradients != null) {
          JsonNode of = gradients.get(place++);
          assertEquals(c.get("kind"), of.get("kind"));
          ((ObjectNode) c).set("parameter_gradients_of_u_dot_f", of.get("parameter_gradients_of_u_dot_f"));
        }
        for (Precision precision : Precision.values()) {
          String name = c.get("kind").asString() + " " + c.get("parameters").size() + " parameters, " + precision;
          tests.add(dynamicTest(name, () -> check(c, precision, layer(c))));
          tests.add(dynamicTest(name + ", every second state", () -> check(c, precision, layer(c).keepingEvery(2))));
        }
      }
    }
    assertEquals(48, tests.size());
    return tests.stream();
  }

  /// The initial states are parameters, which the case keeps apart from the others.
  private static void check(JsonNode c, Precision precision, Configured layer) {
    Recurrent recurrent = layer.withInitialState(InitialState.PARAMETER).layer();
    JsonNode x = c.get("x");
    GoldenCase golden = GoldenCase.of(c, recurrent, precision, 1, x.size(), x.get(0).size());
    for (String state : List.of("h0", "c0")) {
      if (c.has(state)) {
        Golden.fill(golden.theta().get(state), c.get(state));
      }
    }
    golden.check();
    checkStatesAsInput(c, precision, layer.withInitialState(InitialState.INPUT).layer(), golden.theta());
  }

  /// The initial states come with the input: the Jacobian's first columns are the sequence's.
  private static void checkStatesAsInput(JsonNode c, Precision precision, Recurrent recurrent, Parameters with) {
    Parameters theta = Parameters.zeros(recurrent.parameters(), precision);
    for (int index = 0; index < theta.count(); index++) {
      theta.get(index).copyFrom(with.get(index));
    }
    List<Double> row = new ArrayList<>();
    for (String part : List.of("x", "h0", "c0")) {
      if (c.has(part)) {
        c.get(part).forEach(step -> step.forEach(number -> row.add(number.asDouble())));
      }
    }
    Tensor input = Tensor.zeros(precision, 1, row.size());
    for (int i = 0; i < row.size(); i++) {
      input.set(i, row.get(i));
    }
    Golden.assertClose(c.get("y"), recurrent.forward(input, theta, new Workspace()), "y");
    int columns = c.get("jacobian").get(0).size();
    for (Mode mode : List.of(Mode.FORWARD, Mode.REVERSE)) {
      Tensor jacobian = Jacobians.jacobian(recurrent, theta, input, mode, 7);
      int rows = jacobian.shape().dim(0);
      Tensor bySequence = Tensor.zeros(precision, rows, columns);
      for (int i = 0; i < bySequence.size(); i++) {
        bySequence.set(i, jacobian.get(i / columns, i % columns));
      }
      Golden.assertClose(c.get("jacobian"), bySequence, "jacobian " + mode);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theLastStatesOfLengths(Precision precision) throws IOException {
    for (JsonNode c : Golden.read("sequence.json")) {
      if (c.get("kind").asString().equals("lstm_last_state_of_lengths")) {
        JsonNode x = c.get("x");
        int time = x.get(0).size();
        int in = x.get(0).get(0).size();
        Recurrent lstm = layer(c).change(l -> l.withLengths(), g -> g.withLengths(), r -> r.withLengths())
            .change(l -> l.lastState(), g -> g.lastState(), r -> r.lastState()).layer();
        Parameters theta = GoldenCase.parameters(c, lstm, precision, Map.of());
        Tensor input = Tensor.zeros(precision, x.size(), time * in + 1);
        for (int sample = 0; sample < x.size(); sample++) {
          for (int i = 0; i < time * in; i++) {
            input.set(sample * (time * in + 1) + i, x.get(sample).get(i / in).get(i % in).asDouble());
          }
          input.set(sample * (time * in + 1) + time * in, c.get("lengths").get(sample).asDouble());
        }
        Golden.assertClose(c.get("y"), lstm.forward(input, theta, new Workspace()), "y");
        Golden.assertClose(c.get("y"), lstm.linearize(input, theta, new Workspace()).output(), "y");
        return;
      }
    }
    throw new AssertionError("no such case");
  }

  @ParameterizedTest
  @EnumSource
  void cells(Precision precision) throws IOException {
    int cases = 0;
    for (JsonNode c : Golden.read("recurrent.json")) {
      cases++;
      Recurrent layer = layer(c).layer();
      Parameters theta = GoldenCase.parameters(c, layer, precision, Map.of());
      JsonNode steps = c.get("x");
      Tensor x = Tensor.zeros(precision, 1, steps.size(), steps.get(0).size());
      Golden.fill(x, steps);
      for (int chunk : new int[] {1, 2, 3, 7, x.size()}) {
        for (Mode mode : Mode.values()) {
          Golden.assertClose(c.get("jacobian_flat"), Jacobians.jacobian(layer, theta, x, mode, chunk), mode
              + " chunk " + chunk);
        }
      }
      Tensor u = Tensor.zeros(precision, layer.outputShape(x.shape()));
      Golden.fill(u, c.get("u"));
      var pulled = Jacobians.valueAndVjp(layer, theta, x, u);
      Golden.assertClose(c.get("y"), pulled.value(), "y");
      c.get("parameter_gradients").properties().forEach(
          entry -> Golden.assertClose(entry.getValue(), pulled.thetaBar().get(entry.getKey()), "gradient by "
              + entry.getKey()));
    }
    assertEquals(3, cases);
  }

  private static Configured layer(JsonNode c) {
    JsonNode parameters = c.get("parameters");
    int in = parameters.get("weight_ih_l0").get(0).size();
    int hidden = parameters.get("weight_hh_l0").get(0).size();
    int layers = c.has("num_layers") ? c.get("num_layers").asInt() : 1;
    Recurrent cell = switch (c.get("kind").asString()) {
      case "rnn_tanh" -> new Rnn(in, hidden).withLayers(layers);
      case "rnn_relu" -> new Rnn(in, hidden, Activation.RELU).withLayers(layers);
      case "gru" -> new Gru(in, hidden).withLayers(layers);
      default -> new Lstm(in, hidden).withLayers(layers);
    };
    Configured layer = new Configured(cell);
    return c.has("bidirectional")
        ? layer.change(Lstm::bidirectional, Gru::bidirectional, Rnn::bidirectional)
        : layer;
  }

  /// A layer of any cell, to be changed in the same way.
  private record Configured(Recurrent layer) {

    Configured change(UnaryOperator<Lstm> lstm, UnaryOperator<Gru> gru, UnaryOperator<Rnn> rnn) {
      return new Configured(switch (layer) {
        case Lstm l -> lstm.apply(l);
        case Gru g -> gru.apply(g);
        case Rnn r -> rnn.apply(r);
      });
    }

    Configured withInitialState(InitialState state) {
      return change(l -> l.withInitialState(state), g -> g.withInitialState(state), r -> r.withInitialState(state));
    }

    Configured keepingEvery(int steps) {
      return change(l -> l.keepingEvery(steps), g -> g.keepingEvery(steps), r -> r.keepingEvery(steps));
    }
  }
}
