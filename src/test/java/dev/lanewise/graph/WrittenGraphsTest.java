package dev.lanewise.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.autodiff.Mode;
import dev.lanewise.onnx.Network;
import dev.lanewise.onnx.Onnx;
import dev.lanewise.onnx.OnnxOptions;
import dev.lanewise.onnx.format.GraphProto;
import dev.lanewise.onnx.format.Protos;
import dev.lanewise.onnx.format.TensorProto;
import dev.lanewise.onnx.writer.Export;
import dev.lanewise.onnx.writer.OtherRuntime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random graphs, among which all operations are, are written as ONNX files.
class WrittenGraphsTest {

  private static final int MOST = 30;
  /// Among so many each primitive is: [RandomGraphTest].
  private static final int MOST_GRAPHS = 100;
  private static final int SOME = 10;
  /// For some thirty operations in a row, each rounded by either in its own way.
  private static final double TOLERANCE = 2e-5;
  private static final double TOLERANCE_OF_DOUBLES = 1e-11;

  /// No primitive can be forgotten: graphs are drawn until each has been among them.
  @Test
  void eachPrimitiveIsWritten() throws IOException {
    Set<String> missing = RandomGraphTest.primitives();
    for (int seed = 1; !missing.isEmpty(); seed++) {
      assertTrue(seed <= MOST_GRAPHS, missing + " is in none of " + MOST_GRAPHS + " graphs");
      RandomGraph.Drawn drawn = RandomGraph.draw(seed, MOST);
      if (!drawn.primitives().stream().map(Class::getSimpleName).filter(missing::remove).toList().isEmpty()) {
        isWritten(drawn);
      }
    }
  }

  private static void isWritten(RandomGraph.Drawn drawn) {
    ParameterSpec spec = drawn.layer().parameters();
    GraphProto graph =
        Export.of(drawn.layer(), Parameters.zeros(spec, Precision.FLOAT), drawn.sample(), "x", "y").graph();
    assertEquals(spec.entries().stream().map(ParameterSpec.Entry::name).sorted().toList(),
        graph.initializers().stream().map(TensorProto::name).sorted().toList());
  }

  @Test
  void isReadAgain() throws IOException {
    for (int seed = 1; seed <= SOME; seed++) {
      isReadAgain(seed);
    }
  }

  @Test
  void otherRuntimeComputesTheSame() throws IOException {
    Assumptions.assumeTrue(OtherRuntime.loads());
    for (int seed = 1; seed <= SOME; seed++) {
      runs(seed);
    }
  }

  /// With `-Pexhaustive`.
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  @Tag("exhaustive")
  void thousandsOfGraphs(int thousand) throws IOException {
    boolean loads = OtherRuntime.loads();
    for (int seed = 1_000 * thousand; seed < 1_000 * (thousand + 1); seed++) {
      isReadAgain(seed);
      if (loads) {
        runs(seed);
      }
    }
  }

  /// Weights of one element are read as constants, matrices that something is multiplied by as those of affine maps.
  private static void isReadAgain(int seed) throws IOException {
    RandomGraph.Drawn drawn = RandomGraph.draw(seed, MOST);
    Parameters theta = Parameters.initialize(drawn.layer().parameters(), Precision.DOUBLE, seed);
    Network read = Onnx.read(ByteBuffer.wrap(Protos.bytes(
        Export.of(drawn.layer(), theta, drawn.sample(), "x", "y"))), OnnxOptions.defaults());
    assertArrayEquals(numbers(theta), numbers(read.parameters()), "seed " + seed);
    Tensor x = input(drawn, seed, Precision.DOUBLE);
    assertNear(drawn.layer().forward(x, theta, new Workspace()), read.forward(x), TOLERANCE_OF_DOUBLES, "seed " + seed);
    Tensor first = x.slice(0, 1);
    assertNear(Jacobians.jacobian(drawn.layer(), theta, first, Mode.REVERSE),
        Jacobians.jacobian(read.layer(), read.parameters(), first, Mode.REVERSE), TOLERANCE_OF_DOUBLES,
        "Jacobian, seed " + seed);
  }

  private static void runs(int seed) throws IOException {
    RandomGraph.Drawn drawn = RandomGraph.draw(seed, MOST);
    Parameters theta = Parameters.initialize(drawn.layer().parameters(), Precision.FLOAT, seed);
    Tensor x = input(drawn, seed, Precision.FLOAT);
    Tensor found = OtherRuntime.run(Export.of(drawn.layer(), theta, drawn.sample(), "x", "y"), x);
    assertNear(drawn.layer().forward(x, theta, new Workspace()), found, TOLERANCE, "seed " + seed);
  }

  /// Of all parameters that are more than one number each, from the smallest to the largest.
  private static double[] numbers(Parameters theta) {
    return IntStream.range(0, theta.count()).mapToObj(theta::get).filter(each -> each.size() > 1)
        .flatMapToDouble(each -> Arrays.stream(each.toDoubles())).sorted().toArray();
  }

  private static Tensor input(RandomGraph.Drawn drawn, int seed, Precision precision) {
    Tensor x = Tensor.zeros(precision, drawn.sample().prepend(3));
    SplittableRandom random = new SplittableRandom(seed);
    for (int place = 0; place < x.size(); place++) {
      x.set(place, random.nextDouble(-1.5, 1.5));
    }
    return x;
  }

  private static void assertNear(Tensor expected, Tensor found, double tolerance, String what) {
    assertEquals(expected.shape(), found.shape(), what);
    for (int place = 0; place < expected.size(); place++) {
      assertEquals(expected.get(place), found.get(place), tolerance * Math.max(1, Math.abs(expected.get(place))),
          what + " at " + place);
    }
  }
}
