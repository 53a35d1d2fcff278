package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.ops.Window;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Convolution, pooling, reshaping and batch normalisation allocate nothing after the first time: value, push, pull and
/// its tangent, at inference and in training.
///
/// It is repeated until nothing is allocated: the Vector API boxes its vectors until C2 has compiled the loop, and
/// records compare themselves by boxed numbers until their method handles are compiled.
class LayerAllocationTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int CHUNK = 2;

  private record Case(Layer layer, Shape input) {}

  static Stream<Case> cases() {
    return Stream.of(
        new Case(MaxPool2d.of(2), Shape.of(3, 2, 28, 28)),
        new Case(new MaxPool2d(Window.of(3).withStride(2).withPadding(1)), Shape.of(3, 2, 9, 9)),
        new Case(MaxPool1d.of(2), Shape.of(3, 2, 40)),
        new Case(AvgPool2d.of(2), Shape.of(3, 2, 28, 28)),
        new Case(AvgPool1d.of(3), Shape.of(3, 2, 40)),
        new Case(new GlobalAvgPool(), Shape.of(3, 2, 9, 9)),
        new Case(Sequential.of(new Flatten(), new Reshape(6, 6)), Shape.of(3, 4, 9)),
        new Case(new Conv2d(2, 5, Window.of(3).withPadding(1), Activation.TANH), Shape.of(3, 2, 9, 20)),
        new Case(new Conv2d(2, 4, Window.of(3).withStride(2), Activation.GELU).withGroups(2), Shape.of(2, 2, 11, 9)),
        new Case(new Conv1d(3, 4, Window.line(3), Activation.RELU), Shape.of(2, 3, 40)),
        new Case(new BatchNorm(2), Shape.of(3, 2, 9, 9)),
        new Case(new BatchNorm(20), Shape.of(9, 20)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void nothingIsAllocated(Case one) {
    for (Precision precision : Precision.values()) {
      Parameters theta = Parameters.initialize(one.layer.parameters(), precision, 1);
      Tensor x = Tensor.zeros(precision, one.input);
      for (int i = 0; i < x.size(); i++) {
        x.set(i, Math.sin(i));
      }
      Shape output = one.layer.outputShape(one.input);
      Tensor xDot = Tensor.zeros(precision, one.input.prepend(CHUNK));
      Tensor yBar = Tensor.zeros(precision, output.prepend(CHUNK));
      Tensor oneYBar = Tensor.zeros(precision, output.prepend(1));
      Tensor xPlace = Tensor.zeros(precision, one.input.prepend(CHUNK));
      Tensor yPlace = Tensor.zeros(precision, output.prepend(CHUNK));
      boolean has = theta.spec().size() > 0;
      Parameters thetaDot = has ? Parameters.zeros(theta.spec(), precision, CHUNK) : Parameters.none();
      Parameters thetaBar = has ? Parameters.zeros(theta.spec(), precision, CHUNK) : Parameters.none();
      Workspace ws = new Workspace();
      for (boolean training : new boolean[] {false, true}) {
        assertAllocatesNothing(one + " " + precision + (training ? " in training" : ""), () -> {
          ws.reset();
          if (training) {
            ws.beginTraining(1);
          }
          one.layer.forward(x, theta, ws);
          Linearization at = one.layer.linearize(x, theta, ws);
          at.jvp(xDot, thetaDot, yPlace);
          at.vjp(yBar, xPlace, thetaBar);
          at.vjpDot(xDot, thetaDot, oneYBar, yBar, xPlace, thetaBar);
          ws.takeOverObserved();
          ws.endTraining();
        });
      }
    }
  }

  private static void assertAllocatesNothing(String what, Runnable calls) {
    long id = Thread.currentThread().threadId();
    for (int call = 0; call < 8; call++) {
      calls.run();
    }
    THREADS.getThreadAllocatedBytes(id);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    long allocated;
    do {
      for (int call = 0; call < 500; call++) {
        calls.run();
      }
      long before = THREADS.getThreadAllocatedBytes(id);
      for (int call = 0; call < 8; call++) {
        calls.run();
      }
      allocated = THREADS.getThreadAllocatedBytes(id) - before;
    } while (allocated > 0 && System.nanoTime() < end);
    assertEquals(0, allocated, what);
  }
}
