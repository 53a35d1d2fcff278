package dev.lanewise.autodiff.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.BatchNet;
import dev.lanewise.autodiff.JacobianOptions;
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.autodiff.Mode;
import dev.lanewise.autodiff.PreparedJacobian;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Elementwise;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Softmax;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Random series-parallel networks: a random block of the Jacobian, by every mode and in random chunks, is that of one
/// push a direction.
class RandomNetworksTest {

  @Property(tries = 40)
  void everyModeGivesTheSameBlock(@ForAll long seed) {
    Random random = new Random(seed);
    int d = width(random);
    Layer f = network(random, d, width(random), 1 + random.nextInt(5), 2);
    Precision precision = random.nextBoolean() ? Precision.FLOAT : Precision.DOUBLE;
    Parameters theta = Parameters.initialize(f.parameters(), precision, seed);
    Tensor x = BatchNet.random(precision, seed, 1, d);
    Tensor whole = Jacobians.jacobian(f, theta, x, Mode.FORWARD, 1);
    for (Mode mode : Mode.values()) {
      JacobianOptions options = JacobianOptions.defaults().withMode(mode);
      options = random.nextBoolean() ? options : options.withChunk(1 + random.nextInt(4));
      int row = random.nextInt(whole.shape().dim(0));
      int rows = 1 + random.nextInt(whole.shape().dim(0) - row);
      int column = random.nextInt(d);
      int columns = 1 + random.nextInt(d - column);
      options = random.nextBoolean() ? options.withOutputs(row, row + rows) : options;
      options = random.nextBoolean() ? options.withInputs(column, column + columns) : options;
      check(f, theta, x, whole, options);
    }
  }

  private static void check(Layer f, Parameters theta, Tensor x, Tensor whole, JacobianOptions options) {
    int m = whole.shape().dim(0);
    int d = whole.shape().last();
    int rows = options.outputs().equals(JacobianOptions.Range.ALL) ? m
        : options.outputs().to() - options.outputs().from();
    int columns = options.inputs().equals(JacobianOptions.Range.ALL) ? d
        : options.inputs().to() - options.inputs().from();
    PreparedJacobian prepared = PreparedJacobian.of(f, theta, x.precision(), x.shape(), options);
    Tensor block = Tensor.zeros(x.precision(), rows, columns);
    for (int call = 0; call < 2; call++) {
      block.fill(Double.NaN);
      prepared.at(x, Tensor.zeros(x.precision(), f.outputShape(x.shape())), block);
      for (int at = 0; at < block.size(); at++) {
        double expected = whole.get((options.outputs().from() + at / columns) * d + options.inputs().from()
            + at % columns);
        assertEquals(expected, block.get(at), 1_000 * x.precision().unitRoundoff() * (1 + largest(whole)), () -> f
            + " " + options + "\n" + prepared.plan());
      }
    }
  }

  private static double largest(Tensor tensor) {
    double largest = 0;
    for (int at = 0; at < tensor.size(); at++) {
      largest = Math.max(largest, Math.abs(tensor.get(at)));
    }
    return largest;
  }

  private static int width(Random random) {
    return 1 + random.nextInt(9);
  }

  private static Layer network(Random random, int in, int out, int length, int depth) {
    List<Layer> layers = new ArrayList<>();
    int width = in;
    for (int at = 0; at < length; at++) {
      int next = at == length - 1 ? out : random.nextBoolean() ? width : width(random);
      layers.add(layer(random, width, next, depth));
      width = next;
    }
    return layers.size() == 1 ? layers.getFirst() : new Sequential(layers);
  }

  private static Layer layer(Random random, int in, int out, int depth) {
    Activation activation = Activation.values()[random.nextInt(Activation.values().length)];
    if (depth > 0 && random.nextInt(2) == 0) {
      List<Layer> branches = new ArrayList<>();
      for (int count = 1 + random.nextInt(3); count > 0; count--) {
        branches.add(network(random, in, out, 1 + random.nextInt(3), depth - 1));
      }
      return new Sum(branches);
    }
    return switch (in == out ? random.nextInt(6) : 0) {
      case 1 -> new Softmax();
      case 2 -> new Elementwise(activation);
      case 3 -> new Skip();
      default -> new Dense(in, out, activation);
    };
  }
}
