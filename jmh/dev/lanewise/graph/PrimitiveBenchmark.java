package dev.lanewise.graph;

import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.PreparedModes;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/// A row of sums and products with the input, of 4 floats each, in turn with a single sum: the cost of a primitive
/// where its arithmetic is negligible.
public class PrimitiveBenchmark extends ContestBenchmark {

  /// Nanoseconds of one call, medians over an iteration's rounds.
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Spent extends Counters {
    public double primitives;
    public double value;
    public double valueOfOne;
    public double push;
    public double pushOfOne;
    public double pull;
    public double pullOfOne;
  }

  /// A row of primitives at one point.
  private static final class Row {

    private final int primitives;
    private final Layer layer;
    private final Parameters theta;
    private final Tensor x = Tensor.row(0.1f, -0.2f, 0.3f, 0.4f);
    private final Tensor direction = Tensor.of(new float[] {0.5f, 0.25f, -0.5f, 1}, 1, 1, FEATURES);
    private final Tensor pushed = Tensor.zeros(Precision.FLOAT, 1, 1, FEATURES);
    private final Tensor pulled = Tensor.zeros(Precision.FLOAT, 1, 1, FEATURES);
    private final Workspace ws = new Workspace();
    private final Linearization at;

    Row(int primitives) {
      this.primitives = primitives;
      layer = Graph.layer(Shape.of(FEATURES), x -> {
        Node y = x;
        for (int i = 0; i < primitives; i++) {
          y = i % 2 == 0 ? y.plus(x) : y.times(x);
        }
        return y;
      });
      theta = Parameters.initialize(layer.parameters(), Precision.FLOAT, 1);
      at = layer.linearize(x, theta, new Workspace());
    }

    void value() {
      int mark = ws.mark();
      layer.forward(x, theta, ws);
      ws.release(mark);
    }

    void push() {
      at.jvp(direction, Parameters.none(), pushed);
    }

    void pull() {
      at.vjp(direction, pulled, Parameters.none());
    }

    /// Checks the results against a plain loop; the Jacobian is diagonal.
    void check() {
      Tensor values = Tensor.zeros(Precision.FLOAT, 1, FEATURES);
      Tensor products = Tensor.zeros(Precision.FLOAT, 1, 1, FEATURES);
      for (int feature = 0; feature < FEATURES; feature++) {
        double y = x.get(feature);
        double slope = 1;
        for (int i = 0; i < primitives; i++) {
          slope = i % 2 == 0 ? slope + 1 : slope * x.get(feature) + y;
          y = i % 2 == 0 ? y + x.get(feature) : y * x.get(feature);
        }
        values.set(feature, y);
        products.set(feature, slope * direction.get(feature));
      }
      push();
      pull();
      PreparedModes.requireClose(values, layer.forward(x, theta, new Workspace()), TOLERANCE, "value of " + primitives);
      PreparedModes.requireClose(products, pushed, TOLERANCE, "push through " + primitives);
      PreparedModes.requireClose(products, pulled, TOLERANCE, "pull through " + primitives);
    }
  }

  private static final int FEATURES = 4;
  private static final int PRIMITIVES = 33;
  private static final double TOLERANCE = 1e-5;

  @Setup
  public void prepare() {
    Row all = new Row(PRIMITIVES);
    Row one = new Row(1);
    all.check();
    one.check();
    contest = new Contest(all::value, one::value, all::push, one::push, all::pull, one::pull);
  }

  @Benchmark
  public void round(Spent spent) {
    contest.round();
    spent.primitives = PRIMITIVES;
    spent.value = contest.median(0);
    spent.valueOfOne = contest.median(1);
    spent.push = contest.median(2);
    spent.pushOfOne = contest.median(3);
    spent.pull = contest.median(4);
    spent.pullOfOne = contest.median(5);
  }
}
