package dev.lanewise.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.sun.management.ThreadMXBean;
import dev.lanewise.Activation;
import dev.lanewise.Initializer;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.block.LayerNorm;
import dev.lanewise.nn.block.MultiHeadAttention;
import dev.lanewise.nn.block.Parallel;
import dev.lanewise.nn.block.Residual;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// How graphs run: a deep one takes the memory of its widest cut, nothing is allocated after the first time, and the
/// bits are the same on any number of threads, and whatever else the workspace is used for.
class GraphExecutionTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int FEATURES = 1 << 16;
  private static final int CHUNK = 2;
  private static final boolean ON_VECTORS = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

  private record Case(Layer layer, Shape input) {}

  static Stream<Case> cases() {
    return Stream.of(
        new Case(deep(3, 20), Shape.of(3, 20)),
        new Case(Graph.layer(Shape.of(4, 6), x -> Node.concat(x.softmax(), x.matmulTransposed(x).tanh(),
            x.mean(Axes.kept(0)).repeat(0, 4)).pad(0, 1, 0).gather(0, 4, 0, 2)), Shape.of(3, 4, 6)),
        new Case(Graph.layer(Shape.of(6), x ->
            x.apply("inner", new Dense(6, 9, Activation.TANH)).square().plus(1).log().sum()), Shape.of(3, 6)),
        new Case(new MultiHeadAttention(4, 6, 2, true), Shape.of(3, 4, 6)),
        new Case(new LayerNorm(6), Shape.of(3, 4, 6)),
        new Case(new Residual(new Dense(6, 6, Activation.TANH)), Shape.of(3, 6)),
        new Case(Parallel.concatenated(Shape.of(6), new Dense(6, 6, Activation.TANH), new LayerNorm(6)),
            Shape.of(3, 6)));
  }

  /// Blocks that each read their input twice.
  private static Layer deep(int blocks, int features) {
    return Graph.layer(Shape.of(features), x -> {
      Node at = x;
      for (int block = 0; block < blocks; block++) {
        at = at.plus(at.sin().times(0.1));
      }
      return at;
    });
  }

  /// A batch that does not fit a block, by one sample at a time: the same bits, and the memory of one block.
  @ParameterizedTest
  @EnumSource
  void largeBatchesGoThroughInBlocks(Precision precision) {
    int batch = 20_011;
    Layer layer = Graph.layer(Shape.of(3, 5), x -> {
      Node scale = x.parameter("scale", Shape.of(5), Initializer.normal(1)).tanh().square().plus(1);
      Node centred = x.minus(x.mean(Axes.kept(-1)));
      return centred.times(scale).softmax().permute(1, 0).plus(centred.flatten().slice(0, 3)).sin();
    });
    Tensor x = filled(precision, Shape.of(batch, 3, 5));
    Parameters theta = Parameters.initialize(layer.parameters(), precision, 1);
    Workspace ws = new Workspace();
    Tensor y = layer.forward(x, theta, ws);
    Workspace one = new Workspace();
    for (int sample = batch - 1; sample >= 0; sample -= sample > batch - 3 ? 1 : 97) {
      one.reset();
      Tensor alone = layer.forward(x.slice(sample, 1), theta, one);
      assertArrayEquals(alone.toDoubles(), y.slice(sample, 1).toDoubles());
    }
    if (!ON_VECTORS) {
      long result = (long) y.size() * (precision == Precision.FLOAT ? Float.BYTES : Double.BYTES);
      long took = allocated(() -> layer.forward(x, theta, new Workspace()));
      assertTrue(took < 2 * result, "took " + took + " bytes for a result of " + result);
      ws.reset();
      layer.forward(x, theta, ws);
      ws.reset();
      assertEquals(0, allocated(() -> layer.forward(x, theta, ws)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDeepGraphTakesTheMemoryOfItsWidestCut(Precision precision) {
    assumeFalse(ON_VECTORS, "vectors are objects until C2 has compiled the loops");
    int blocks = 200;
    Layer layer = deep(blocks, FEATURES);
    Tensor x = filled(precision, Shape.of(1, FEATURES));
    long one = (long) FEATURES * (precision == Precision.FLOAT ? Float.BYTES : Double.BYTES);
    Parameters none = Parameters.zeros(layer.parameters(), precision);
    layer.forward(x, none, new Workspace()); // loads classes
    long forward = allocated(() -> layer.forward(x, none, new Workspace()));
    assertTrue(forward < 8 * one, "forward took " + forward + " bytes, expected less than 8 values of " + one);
    long all = allocated(() -> layer.linearize(x, none, new Workspace()));
    assertTrue(all > blocks * one, "linearize took " + all + " bytes, expected " + blocks + " values of " + one);
  }

  private static long allocated(Runnable call) {
    long id = Thread.currentThread().threadId();
    long before = THREADS.getThreadAllocatedBytes(id);
    call.run();
    return THREADS.getThreadAllocatedBytes(id) - before;
  }

  private static Tensor filled(Precision precision, Shape shape) {
    Tensor tensor = Tensor.zeros(precision, shape);
    for (int place = 0; place < tensor.size(); place++) {
      tensor.set(place, Math.sin(place));
    }
    return tensor;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void nothingIsAllocatedAfterTheFirstTime(Case one) {
    assumeFalse(ON_VECTORS, "C2 takes long; the kernels' calls are in AllocationTest");
    for (Precision precision : Precision.values()) {
      Pass pass = new Pass(one, precision);
      Workspace ws = new Workspace();
      assertAllocatesNothing(one + " " + precision, () -> pass.run(ws));
    }
  }

  /// The networks take turns, as in a service that has two models.
  @Test
  void graphsThatAlternateInOneWorkspaceKeepTheirBits() {
    for (Precision precision : Precision.values()) {
      List<Pass> passes = cases().map(one -> new Pass(one, precision)).toList();
      List<double[]> alone = passes.stream().map(pass -> pass.run(new Workspace()).numbers()).toList();
      Workspace shared = new Workspace();
      for (int round = 0; round < 3; round++) {
        for (int place = 0; place < passes.size(); place++) {
          Pass pass = passes.get(place);
          assertArrayEquals(alone.get(place), pass.run(shared).numbers(), pass.one + " in round " + round);
        }
      }
    }
  }

  /// Products large enough to be shared: a value with several readers gets its cotangents in one order all the same.
  @Test
  void anyNumberOfThreadsGivesTheSameBits() {
    Layer layer = Graph.layer(Shape.of(192), x -> {
      Node z = x.linear("a", 192).sin();
      return x.plus(z).plus(z.times(x)).slice(0, 3);
    });
    try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
      for (Precision precision : Precision.values()) {
        Pass pass = new Pass(new Case(layer, Shape.of(48, 192)), precision);
        double[] alone = pass.run(new Workspace()).numbers();
        assertArrayEquals(alone, pass.run(new Workspace(executor, 3)).numbers(), precision.toString());
      }
    }
  }

  /// Value, push, pull and its tangent, at one point, in places that are made once.
  private static final class Pass {

    private final Case one;
    private final Parameters theta;
    private final Tensor x;
    private final Tensor xDot;
    private final Tensor yBar;
    private final Tensor oneYBar;
    private final Tensor[] places;
    private final Parameters thetaDot;
    private final Parameters thetaBar;

    Pass(Case one, Precision precision) {
      this.one = one;
      theta = Parameters.initialize(one.layer.parameters(), precision, 1);
      Shape output = one.layer.outputShape(one.input);
      x = filled(precision, one.input);
      xDot = filled(precision, one.input.prepend(CHUNK));
      yBar = filled(precision, output.prepend(CHUNK));
      oneYBar = filled(precision, output.prepend(1));
      places = new Tensor[] {Tensor.zeros(precision, output), Tensor.zeros(precision, output.prepend(CHUNK)),
          Tensor.zeros(precision, one.input.prepend(CHUNK)), Tensor.zeros(precision, one.input.prepend(CHUNK))};
      boolean has = theta.spec().size() > 0;
      Tensor directions = filled(precision, Shape.of(CHUNK, theta.spec().size()));
      thetaDot = has ? Parameters.of(theta.spec(), directions) : Parameters.none();
      thetaBar = has ? Parameters.zeros(theta.spec(), precision, CHUNK) : Parameters.none();
    }

    Pass run(Workspace ws) {
      ws.reset();
      thetaBar.flat().fill(0);
      places[0].copyFrom(one.layer.forward(x, theta, ws));
      Linearization at = one.layer.linearize(x, theta, ws);
      at.jvp(xDot, thetaDot, places[1]);
      at.vjp(yBar, places[2], thetaBar);
      at.vjpDot(xDot, thetaDot, oneYBar, yBar, places[3], thetaBar);
      return this;
    }

    double[] numbers() {
      return Stream.concat(Stream.of(places), Stream.of(thetaBar.flat())).filter(tensor -> !tensor.isNone())
          .flatMapToDouble(tensor -> Arrays.stream(tensor.toDoubles())).toArray();
    }
  }

  /// Repeated until method handles are compiled, by which records compare themselves.
  private static void assertAllocatesNothing(String what, Runnable calls) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    long left;
    do {
      for (int call = 0; call < 50; call++) {
        calls.run();
      }
      left = allocated(() -> {
        for (int call = 0; call < 8; call++) {
          calls.run();
        }
      });
    } while (left > 0 && System.nanoTime() < end);
    assertEquals(0, left, what);
  }
}
