package dev.lanewise.autodiff;

import static dev.lanewise.autodiff.BatchNet.assertAllMarked;
import static dev.lanewise.autodiff.BatchNet.assertClose;
import static dev.lanewise.autodiff.BatchNet.marked;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.Activation;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Softmax;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreparedSampleJacobiansTest {

  @ParameterizedTest
  @CsvSource({"FLOAT, 1", "FLOAT, 6", "DOUBLE, 1", "DOUBLE, 6"})
  void allModesAndChunksAgree(Precision precision, int batch) {
    for (BatchNet net : BatchNet.all(precision, batch)) {
      Tensor expected = SampleJacobians.perSampleJacobians(net.f(), net.theta(), net.x(), Mode.REVERSE, 1);
      for (Mode mode : Mode.values()) {
        for (int chunk : new int[] {JacobianOptions.AUTO_CHUNK, 1, 3}) {
          JacobianOptions options = JacobianOptions.defaults().withMode(mode);
          PreparedSampleJacobians prepared = PreparedSampleJacobians.of(
              net.f(), net.theta(), net.x().shape(),
              chunk == JacobianOptions.AUTO_CHUNK ? options : options.withChunk(chunk));
          for (int call = 0; call < 2; call++) {
            Tensor y = marked(precision, batch, BatchNet.OUT);
            Tensor jacobians = marked(precision, batch, BatchNet.OUT, BatchNet.IN);
            prepared.at(net.x(), y, jacobians);
            assertClose(expected, jacobians, 64, net + " " + prepared);
            assertClose(net.y(), y, 16, prepared);
          }
        }
      }
    }
  }

  @Test
  void autoBracketsBottlenecks() {
    Sequential narrow = Sequential.of(new Dense(256, 256, Activation.TANH), new Dense(256, 2, Activation.TANH),
        new Dense(2, 256, Activation.TANH), new Dense(256, 256));
    PreparedSampleJacobians few = prepared(narrow, 2, JacobianOptions.defaults());
    assertFalse(few.isTogether(), few::explain);
  }

  /// Where vectors make products of many rows cheaper than as many of one.
  @Test
  void autoTakesManySamplesTogether() {
    assumeTrue(Precision.FLOAT.lanes() > 1);
    Sequential wide = Sequential.of(new Dense(8, 64, Activation.TANH), new Dense(64, 64, Activation.TANH),
        new Dense(64, 1));
    PreparedSampleJacobians many = prepared(wide, 256, JacobianOptions.defaults());
    assertTrue(many.isTogether(), many::explain);
    assertEquals(Mode.REVERSE, many.mode(), many::explain);
    assertTrue(many.explain().contains("together by REVERSE, 1 directions at once"), many::explain);
  }

  @Test
  void asManyDirectionsAtOnceAsTheMemoryHolds() {
    Sequential net = Sequential.of(new Dense(8, 8, Activation.TANH), new Dense(8, 8));
    long oneDirection = 4L * 10 * (8 + 8 + 2 * 8);
    JacobianOptions forward = JacobianOptions.defaults().withMode(Mode.FORWARD);
    assertTrue(prepared(net, 10, forward.withMemory(3 * oneDirection)).explain().contains(", 3 directions at once"));
    refused("Jacobians of 10 samples by FORWARD: need 1280 bytes, memory is 1279 bytes",
        () -> prepared(net, 10, forward.withMemory(oneDirection - 1)));
    refused("Jacobians of 10 samples by FORWARD: need 5120 bytes, memory is 1280 bytes",
        () -> prepared(net, 10, forward.withMemory(oneDirection).withChunk(4)));
  }

  /// Bytes are counted beyond an int, and beyond a long.
  @Test
  void whatDoesNotFitSaysHowManyBytesItNeeds() {
    Sequential net = Sequential.of(new Dense(8, 8, Activation.TANH), new Dense(8, 8));
    JacobianOptions reverse = JacobianOptions.defaults().withMode(Mode.REVERSE).withMemory(1 << 20);
    refused("Jacobians of 3000000 samples by REVERSE: need 384000000 bytes, memory is 1048576 bytes", () ->
        prepared(net, 3_000_000, reverse));
    refused("Jacobians of 3000000 samples by REVERSE: need 384000000000 bytes, memory is 1048576 bytes",
        () -> prepared(net, 3_000_000, reverse.withChunk(1000)));
    refused("Jacobians of 3000000 samples by REVERSE: need 824633720448000000 bytes, memory is 1048576 bytes",
        () -> prepared(net, 3_000_000, reverse.withChunk(Integer.MAX_VALUE)));
  }

  /// As many directions as the memory holds may be more than an array does.
  @Test
  void noMoreDirectionsAtOnceThanAnArrayHolds() {
    Sequential net = Sequential.of(new Dense(40, 8, Activation.TANH), new Dense(8, 1));
    JacobianOptions forward = JacobianOptions.defaults().withMode(Mode.FORWARD).withMemory(Long.MAX_VALUE);
    String explained = prepared(net, 2_000_000, forward).explain();
    assertTrue(explained.contains(", 26 directions at once"), explained);
  }

  @Test
  void badInputIsRefusedBeforeAnythingIsWritten() {
    BatchNet net = BatchNet.of(new Dense(BatchNet.IN, BatchNet.OUT), Precision.FLOAT, 3);
    PreparedSampleJacobians prepared = PreparedSampleJacobians.of(net.f(), net.theta(), net.x().shape());
    Tensor y = marked(Precision.FLOAT, 3, 4);
    Tensor jacobians = marked(Precision.FLOAT, 3, 4, 5);
    refused("Dense[in=5, out=4]: jacobians is FLOAT [2, 4, 5], expected FLOAT [3, 4, 5]",
        () -> prepared.at(net.x(), y, Tensor.zeros(Precision.FLOAT, 2, 4, 5)));
    assertThrows(IllegalArgumentException.class, () -> prepared.at(net.sample(0).x(), y, jacobians));
    assertThrows(IllegalArgumentException.class, () -> prepared.at(net.x(), y.reshape(4, 3), jacobians));
    refused("Dense[in=5, out=4]: x has shape [0, 5], expected [batch, …] with at least 1 sample",
        () -> PreparedSampleJacobians.of(net.f(), net.theta(), Shape.of(0, 5)));
    refused("Softmax[]: theta has no parameters to take the precision from, expected the precision to be given",
        () -> PreparedSampleJacobians.of(new Softmax(), Parameters.none(), Shape.of(2, 5)));
    assertThrows(IllegalArgumentException.class, () -> PreparedSampleJacobians.of(net.f(), net.theta(), net.x().shape(),
        JacobianOptions.defaults().withMode(Mode.FORWARD).withSeededIdentities()));
    assertAllMarked(y);
    assertAllMarked(jacobians);
  }

  private static PreparedSampleJacobians prepared(Sequential net, int batch, JacobianOptions options) {
    Parameters theta = Parameters.initialize(net.parameters(), Precision.FLOAT, 5);
    return PreparedSampleJacobians.of(net, theta,
        Shape.of(batch, net.layers().getFirst() instanceof Dense first ? first.in() : 0), options);
  }

  private static void refused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
