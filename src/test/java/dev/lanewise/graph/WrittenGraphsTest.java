package dev.lanewise.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.onnx.format.ModelProto;
import dev.lanewise.onnx.writer.Export;
import dev.lanewise.onnx.writer.OtherRuntime;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// Random graphs, among which all operations are, are written as ONNX files.
class WrittenGraphsTest {

  private static final int MOST = 30;
  /// Those among which each primitive is: [RandomGraphTest].
  private static final int ALL = 100;
  private static final int RUN = 40;
  /// For some thirty operations in a row, each rounded by either in its own way.
  private static final double TOLERANCE = 2e-5;

  @Test
  void eachIsWritten() {
    for (int seed = 1; seed <= ALL; seed++) {
      RandomGraph.Drawn drawn = RandomGraph.draw(seed, MOST);
      Parameters theta = Parameters.initialize(drawn.layer().parameters(), Precision.FLOAT, seed);
      ModelProto model = Export.of(drawn.layer(), theta, drawn.sample(), "x", "y");
      assertEquals(drawn.layer().parameters().entries().size(), model.graph().initializers().size());
    }
  }

  @Test
  void otherRuntimeComputesTheSame() throws IOException {
    Assumptions.assumeTrue(OtherRuntime.loads());
    for (int seed = 1; seed <= RUN; seed++) {
      RandomGraph.Drawn drawn = RandomGraph.draw(seed, MOST);
      Parameters theta = Parameters.initialize(drawn.layer().parameters(), Precision.FLOAT, seed);
      Tensor x = Tensor.zeros(Precision.FLOAT, drawn.sample().prepend(3));
      SplittableRandom random = new SplittableRandom(seed);
      for (int place = 0; place < x.size(); place++) {
        x.set(place, random.nextDouble(-1.5, 1.5));
      }
      Tensor expected = drawn.layer().forward(x, theta, new Workspace());
      Tensor found = OtherRuntime.run(Export.of(drawn.layer(), theta, drawn.sample(), "x", "y"), x);
      assertEquals(expected.shape(), found.shape());
      for (int place = 0; place < expected.size(); place++) {
        assertEquals(expected.get(place), found.get(place), TOLERANCE * Math.max(1, Math.abs(expected.get(place))),
            "seed " + seed + " at " + place);
      }
    }
  }
}
