package dev.lanewise.autodiff;

import static dev.lanewise.autodiff.BatchNet.assertAllMarked;
import static dev.lanewise.autodiff.BatchNet.assertClose;
import static dev.lanewise.autodiff.BatchNet.marked;
import static dev.lanewise.autodiff.BatchNet.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Softmax;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleJacobiansTest {

  private static final Mode[] MODES = {Mode.FORWARD, Mode.REVERSE};

  @ParameterizedTest
  @CsvSource({"FLOAT, 1", "FLOAT, 6", "DOUBLE, 1", "DOUBLE, 6"})
  void eachIsTheJacobianOfTheSampleAlone(Precision precision, int batch) {
    Workspace ws = new Workspace();
    for (BatchNet net : BatchNet.all(precision, batch)) {
      Tensor expected = Tensor.zeros(precision, batch, BatchNet.OUT, BatchNet.IN);
      for (int b = 0; b < batch; b++) {
        Tensor alone = Jacobians.jacobian(net.f(), net.theta(), net.sample(b).x(), Mode.REVERSE, 1);
        expected.copyFrom(alone, b * alone.size());
      }
      for (Mode mode : MODES) {
        for (int chunk : new int[] {1, 3, 64, Integer.MAX_VALUE}) {
          Tensor y = marked(precision, batch, BatchNet.OUT);
          Tensor jacobians = marked(precision, batch, BatchNet.OUT, BatchNet.IN);
          SampleJacobians.valueAndPerSampleJacobians(net.f(), net.theta(), net.x(), mode, chunk, ws, y, jacobians);
          assertClose(expected, jacobians, 64, net + " " + mode + " chunk " + chunk);
          assertClose(net.y(), y, 16, net);
          assertClose(jacobians, SampleJacobians.perSampleJacobians(net.f(), net.theta(), net.x(), mode, chunk), 0,
              net);
        }
      }
    }
  }

  /// D·E, or M·E, multiply-adds a sample: nothing for the blocks between samples.
  @Test
  void onePassServesTheWholeBatch() {
    BatchNet net = BatchNet.of(new Dense(BatchNet.IN, BatchNet.OUT, Activation.TANH), Precision.FLOAT, 7);
    long value = 7L * BatchNet.IN * BatchNet.OUT;
    for (Mode mode : MODES) {
      Workspace ws = new Workspace();
      SampleJacobians.valueAndPerSampleJacobians(net.f(), net.theta(), net.x(), mode, 2, ws,
          Tensor.zeros(Precision.FLOAT, 7, BatchNet.OUT), Tensor.zeros(Precision.FLOAT, 7, BatchNet.OUT, BatchNet.IN));
      assertEquals(value * (1 + (mode == Mode.FORWARD ? BatchNet.IN : BatchNet.OUT)), ws.multiplyAdds(),
          mode.toString());
    }
  }

  @Test
  void samplesOfSeveralAxesAreFlattened() {
    Elements squares = new Elements();
    Tensor x = random(Precision.DOUBLE, 2, 3, 2, 2);
    for (Mode mode : MODES) {
      Tensor jacobians = SampleJacobians.perSampleJacobians(squares, Parameters.none(), x, mode, 3);
      assertEquals("[3, 4, 4]", jacobians.shape().toString());
      for (int i = 0; i < jacobians.size(); i++) {
        double expected = i % 4 == i / 4 % 4 ? 2 * x.get(i / 4) : 0;
        assertEquals(expected, jacobians.get(i), 0.0, mode + " element " + i);
      }
    }
  }

  @Test
  void badInputIsRefusedBeforeAnythingIsWritten() {
    BatchNet net = BatchNet.of(new Dense(BatchNet.IN, BatchNet.OUT), Precision.FLOAT, 3);
    Layer f = net.f();
    Parameters theta = net.theta();
    Tensor x = net.x();
    Workspace ws = new Workspace();
    Tensor y = marked(Precision.FLOAT, 3, 4);
    Tensor jacobians = marked(Precision.FLOAT, 3, 4, 5);
    refused("Dense[in=5, out=4]: chunk is 0, expected at least 1 direction",
        () -> SampleJacobians.valueAndPerSampleJacobians(f, theta, x, Mode.FORWARD, 0, ws, y, jacobians));
    refused("Dense[in=5, out=4]: jacobians is FLOAT [2, 4, 5], expected FLOAT [3, 4, 5]",
        () -> SampleJacobians.valueAndPerSampleJacobians(f, theta, x, Mode.FORWARD, 1, ws, y,
        Tensor.zeros(Precision.FLOAT, 2, 4, 5)));
    refused("Dense[in=5, out=4]: jacobians is FLOAT [12, 5], expected FLOAT [3, 4, 5]",
        () -> SampleJacobians.valueAndPerSampleJacobians(f, theta, x, Mode.REVERSE, 1, ws, y,
        Tensor.zeros(Precision.FLOAT, 12, 5)));
    refused("Dense[in=5, out=4]: jacobians is DOUBLE [3, 4, 5], expected FLOAT [3, 4, 5]",
        () -> SampleJacobians.valueAndPerSampleJacobians(f, theta, x, Mode.REVERSE, 1, ws, y,
        Tensor.zeros(Precision.DOUBLE, 3, 4, 5)));
    refused("Dense[in=5, out=4]: y is FLOAT [4, 3], expected FLOAT [3, 4]",
        () -> SampleJacobians.valueAndPerSampleJacobians(f, theta, x, Mode.REVERSE, 1, ws, y.reshape(4, 3), jacobians));
    refused("Dense[in=5, out=4]: theta has precision DOUBLE, x has FLOAT, expected the same",
        () -> SampleJacobians.perSampleJacobians(f, theta.to(Precision.DOUBLE), x, Mode.FORWARD, 1));
    refused("Dense[in=5, out=4]: x is none, expected a tensor",
        () -> SampleJacobians.perSampleJacobians(f, theta, Tensor.none(), Mode.FORWARD, 1));
    refused("Dense[in=5, out=4]: x has shape [0, 5], expected [batch, …] with at least 1 sample",
        () -> SampleJacobians.perSampleJacobians(f, theta, Tensor.zeros(Precision.FLOAT, 0, 5), Mode.FORWARD, 1));
    assertThrows(NullPointerException.class, () -> SampleJacobians.perSampleJacobians(f, theta, x, null, 1));
    assertAllMarked(y);
    assertAllMarked(jacobians);
  }

  @Test
  void sizesPastAnArrayAreRefusedByName() {
    Tensor wide = Tensor.zeros(Precision.FLOAT, 2, 40_000);
    refused("Softmax[]: Jacobians of B = 2 samples, M = 40000 outputs, D = 40000 inputs have more elements than an "
        + "array holds, expected at most 2147483639",
        () -> SampleJacobians.perSampleJacobians(new Softmax(), Parameters.none(), wide, Mode.REVERSE, 1));
    Dense narrow = new Dense(40_000, 1, false, Activation.IDENTITY);
    Parameters theta = Parameters.zeros(narrow.parameters(), Precision.FLOAT);
    Tensor y = marked(Precision.FLOAT, 2, 1);
    Tensor jacobians = marked(Precision.FLOAT, 2, 1, 40_000);
    refused("Dense[in=40000, out=1, no bias]: chunk 40000 of B = 2 samples, M = 1 outputs, D = 40000 inputs has more "
        + "elements than an array holds, expected at most 2147483639",
        () -> SampleJacobians.valueAndPerSampleJacobians(narrow, theta, wide, Mode.FORWARD, 50_000, new Workspace(), y,
        jacobians));
    assertAllMarked(y);
    assertAllMarked(jacobians);
  }

  private static void refused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
