package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Elementwise;
import dev.lanewise.nn.LogSoftmax;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Softmax;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A network at a random batch, for tests of the operators that go sample by sample or by the parameters.
public record BatchNet(Layer f, Parameters theta, Tensor x) {

  static final int IN = 5;
  static final int OUT = 4;

  /// 5 → 7 → 6 → 4 of every activation and with every head, the middle layer without bias.
  static List<BatchNet> all(Precision precision, int batch) {
    List<BatchNet> nets = new ArrayList<>();
    for (Activation phi : Activation.values()) {
      List<Layer> layers = new ArrayList<>(List.of(
          new Dense(IN, 7, phi), new Dense(7, 6, false, Activation.TANH), new Elementwise(phi), new Dense(6, OUT)));
      switch (phi.ordinal() % 3) {
        case 0 -> layers.add(new Softmax());
        case 1 -> layers.add(new LogSoftmax());
        default -> { }
      }
      nets.add(of(new Sequential(layers), precision, batch));
    }
    return nets;
  }

  static BatchNet of(Layer f, Precision precision, int batch) {
    return new BatchNet(f, Parameters.initialize(f.parameters(), precision, 3), random(precision, 11, batch, IN));
  }

  int batch() {
    return x.shape().dim(0);
  }

  int p() {
    return theta.spec().size();
  }

  Tensor y() {
    return f.forward(x, theta, new Workspace());
  }

  BatchNet sample(int b) {
    return new BatchNet(f, theta, x.slice(b, 1).copy());
  }

  public static Tensor random(Precision precision, long seed, int... dims) {
    Tensor tensor = Tensor.zeros(precision, dims);
    Random random = new Random(seed);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.set(i, random.nextGaussian());
    }
    return tensor;
  }

  static Tensor marked(Precision precision, int... dims) {
    Tensor tensor = Tensor.zeros(precision, dims);
    tensor.fill(7);
    return tensor;
  }

  static void assertAllMarked(Tensor tensor) {
    for (int i = 0; i < tensor.size(); i++) {
      assertEquals(7, tensor.get(i), "written in part");
    }
  }

  /// The same shape, and the same elements up to `roundings` unit roundoffs of 1 + the larger.
  public static void assertClose(Tensor expected, Tensor actual, double roundings, Object what) {
    assertEquals(expected.shape(), actual.shape());
    double u = actual.precision().unitRoundoff();
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i), actual.get(i), roundings * u * (1 + Math.abs(expected.get(i))),
          what + ", element " + i);
    }
  }

  @Override
  public String toString() {
    return f + " " + x.precision() + " " + x.shape();
  }
}
