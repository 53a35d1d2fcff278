package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Elementwise;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/// What a prepared Jacobian refuses: what does not fit it, and a second thread.
class PreparedJacobianRefusalTest {

  @Test
  void badInputIsRefused() {
    Layer dense = new Dense(5, 3, Activation.TANH);
    Parameters theta = Parameters.initialize(dense.parameters(), Precision.FLOAT, 3);
    Shape input = Shape.of(1, 5);
    Tensor x = PreparedJacobianTest.random(Precision.FLOAT, input, 1);
    Tensor y = Tensor.zeros(Precision.FLOAT, 1, 3);
    PreparedJacobian prepared = PreparedJacobian.of(dense, theta, input);
    refused("jacobian is FLOAT [3, 4], expected FLOAT [3, 5]",
        () -> prepared.at(x, y, Tensor.zeros(Precision.FLOAT, 3, 4)));
    refused("jacobian is DOUBLE [3, 5], expected FLOAT [3, 5]",
        () -> prepared.at(x, y, Tensor.zeros(Precision.DOUBLE, 3, 5)));
    refused("x is FLOAT [2, 5], expected FLOAT [1, 5]", () -> prepared.at(Tensor.zeros(Precision.FLOAT, 2, 5), y, x));
    refused("y is FLOAT [1, 2], expected FLOAT [1, 3]", () -> prepared.at(x, Tensor.zeros(Precision.FLOAT, 1, 2), x));
    refused("input has 4 features, expected 5", () -> PreparedJacobian.of(dense, theta, Shape.of(1, 4)));
    refused("chunk is 0, expected at least 1", () -> JacobianOptions.defaults().withChunk(0));
    refused("memory is 0 bytes, expected more than 0", () -> JacobianOptions.defaults().withMemory(0));
    refused("identities seeded with mode AUTO", () -> JacobianOptions.defaults().withSeededIdentities());
    refused("theta has precision FLOAT, expected DOUBLE",
        () -> PreparedJacobian.of(dense, theta, Precision.DOUBLE, input, JacobianOptions.defaults()));
    Layer wide = new Elementwise(Activation.TANH);
    refused("Jacobian [50000, 50000] has more elements than an array holds, expected at most 2147483639",
        () -> PreparedJacobian.of(wide, Parameters.none(), Precision.FLOAT, Shape.of(1, 50_000),
        JacobianOptions.defaults()));
    refused("theta has no parameters to take the precision from",
        () -> PreparedJacobian.of(wide, Parameters.none(), input));
  }

  private static void refused(String part, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }

  /// Waits inside until told to go on.
  private record Waiting(CountDownLatch inside, CountDownLatch go) implements Layer {
    @Override
    public Shape outputShape(Shape input) {
      return input;
    }

    @Override
    public ParameterSpec parameters() {
      return ParameterSpec.none();
    }

    @Override
    public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
      inside.countDown();
      try {
        go.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return new Elementwise(Activation.TANH).linearize(x, theta, ws);
    }
  }

  @Test
  @Timeout(60)
  void twoThreadsAtOnceAreRefused() throws InterruptedException {
    Waiting layer = new Waiting(new CountDownLatch(1), new CountDownLatch(1));
    Shape input = Shape.of(1, 2);
    PreparedJacobian prepared = PreparedJacobian.of(layer, Parameters.none(), Precision.FLOAT, input,
        JacobianOptions.defaults());
    Tensor x = PreparedJacobianTest.random(Precision.FLOAT, input, 1);
    Tensor y = Tensor.zeros(Precision.FLOAT, input);
    Tensor jacobian = Tensor.zeros(Precision.FLOAT, 2, 2);
    Thread other = Thread.ofPlatform().start(() -> prepared.at(x, y, jacobian));
    layer.inside().await();
    String message = assertThrows(IllegalStateException.class, () -> prepared.at(x, y, jacobian)).getMessage();
    assertTrue(message.endsWith("this prepared Jacobian is at work in another thread, expected a fork for each"),
        message);
    layer.go().countDown();
    other.join();
    prepared.at(x, y, jacobian);
  }
}
