package dev.lanewise.nn.recurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/// All that a recurrent layer gives at a random point along random directions, by name.
final class RecurrentResults {

  private static final int CHUNK = 2;

  private RecurrentResults() {}

  /// A batch of random sequences; their lengths, where the layer takes them, are 1, time, 2, time − 1 and so on.
  static Tensor input(Recurrent layer, Precision precision, int batch, int time) {
    int directions = layer.recurrence().layers() * layer.recurrence().directions() * layer.hidden();
    int states = layer.recurrence().initialState() == InitialState.INPUT ? directions * (layer instanceof Lstm ? 2
        : 1) : 0;
    boolean lengths = layer.recurrence().lengths();
    int row = time * layer.in() + states + (lengths ? 1 : 0);
    Tensor x = normal(precision, new Random(3), lengths || states > 0 ? Shape.of(batch, row) : Shape.of(batch, time,
        layer.in()));
    for (int sample = 0; lengths && sample < batch; sample++) {
      x.set(sample * row + row - 1, sample % 2 == 0 ? 1 + sample / 2 % time : time - sample / 2 % time);
    }
    return x;
  }

  static Tensor normal(Precision precision, Random random, Shape shape) {
    Tensor tensor = Tensor.zeros(precision, shape);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.set(i, random.nextGaussian());
    }
    return tensor;
  }

  /// θ with random initial states.
  static Parameters theta(Recurrent layer, Precision precision) {
    Parameters theta = Parameters.initialize(layer.parameters(), precision, 7);
    if (layer.recurrence().initialState() == InitialState.PARAMETER) {
      theta.get("h0").copyFrom(normal(precision, new Random(8), theta.get("h0").shape()));
    }
    return theta;
  }

  static Map<String, Tensor> of(Recurrent layer, Tensor x, Parameters theta, Workspace ws) {
    Precision precision = x.precision();
    Random random = new Random(4);
    Map<String, Tensor> results = new LinkedHashMap<>();
    ws.reset();
    results.put("forward", layer.forward(x, theta, ws).copy());
    ws.reset();
    Linearization at = layer.linearize(x, theta, ws);
    Shape y = at.output().shape();
    results.put("y", at.output().copy());
    Tensor xDot = normal(precision, random, x.shape().prepend(CHUNK));
    Parameters thetaDot = Parameters.of(theta.spec(), normal(precision, random, Shape.of(CHUNK, theta.spec().size())));
    Tensor yBar = normal(precision, random, y.prepend(CHUNK));
    Tensor yDot = Tensor.zeros(precision, y.prepend(CHUNK));
    at.jvp(xDot, thetaDot, yDot);
    results.put("yDot", yDot);
    Tensor xBar = Tensor.zeros(precision, xDot.shape());
    Parameters thetaBar = Parameters.zeros(theta.spec(), precision, CHUNK);
    at.vjp(yBar, xBar, thetaBar);
    results.put("xBar", xBar);
    results.put("thetaBar", thetaBar.flat());
    Tensor xBarDot = Tensor.zeros(precision, xDot.shape());
    Parameters thetaBarDot = Parameters.zeros(theta.spec(), precision, CHUNK);
    at.vjpDot(xDot, thetaDot, yBar.slice(0, 1), yBar, xBarDot, thetaBarDot);
    results.put("xBarDot", xBarDot);
    results.put("thetaBarDot", thetaBarDot.flat());
    return results;
  }

  static void assertSameBits(Map<String, Tensor> expected, Map<String, Tensor> actual, String what) {
    expected.forEach((name, tensor) -> {
      for (int i = 0; i < tensor.size(); i++) {
        assertEquals(tensor.get(i), actual.get(name).get(i), what + ": " + name + " at " + i);
      }
    });
  }
}
