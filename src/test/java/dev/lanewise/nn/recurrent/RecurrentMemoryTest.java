package dev.lanewise.nn.recurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What a sequence takes in memory: nothing again after the first time, and with every 14th of 200 states a tenth of
/// what it takes with all.
class RecurrentMemoryTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final boolean VECTORS = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

  private static final class Point {
    final Recurrent layer;
    final Workspace ws = new Workspace();
    final Parameters theta;
    final Parameters thetaBar;
    final Tensor x;
    final Tensor[] panels = new Tensor[4];

    Point(Recurrent layer, int batch, int time, int chunk) {
      this.layer = layer;
      theta = Parameters.initialize(layer.parameters(), Precision.FLOAT, 1);
      thetaBar = Parameters.zeros(layer.parameters(), Precision.FLOAT, chunk);
      x = RecurrentResults.input(layer, Precision.FLOAT, batch, time);
      for (int panel = 0; panel < panels.length; panel++) {
        panels[panel] = Tensor.zeros(Precision.FLOAT,
            (panel < 2 ? x.shape() : layer.outputShape(x.shape())).prepend(panel == 3 ? 1 : chunk));
      }
    }

    void derive() {
      ws.reset();
      layer.forward(x, theta, ws);
      ws.reset();
      Linearization at = layer.linearize(x, theta, ws);
      at.jvp(panels[0], thetaBar, panels[2]);
      at.jvp(panels[0], Parameters.none(), panels[2]);
      at.vjp(panels[2], panels[1], thetaBar);
      at.vjpDot(panels[0], thetaBar, panels[3], panels[2], panels[1], Parameters.none());
      at.vjpDot(panels[0], Parameters.none(), panels[3], panels[2], panels[1], thetaBar);
    }

    void train() {
      ws.reset();
      layer.linearize(x, theta, ws).vjp(panels[2], Tensor.none(), thetaBar);
    }
  }

  @Test
  void aRepeatedDerivativeAllocatesNothing() {
    for (Recurrent layer : List.of(
        new Lstm(3, 17).withLayers(2).bidirectional().withInitialState(InitialState.INPUT).withLengths()
        .keepingEvery(2),
        new Gru(3, 17).withInitialState(InitialState.PARAMETER).lastState(), new Rnn(3, 4))) {
      Point point = new Point(layer, 2, 5, 2);
      point.derive();
      long least = least(point);
      // C2 compiles beside this thread, in its own time: the deadline only ends a test that fails.
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (least > 0 && VECTORS && System.nanoTime() < deadline) {
        least = least(point);
      }
      assertEquals(0, least, layer.toString());
    }
  }

  private static long least(Point point) {
    long least = Long.MAX_VALUE;
    for (int call = 0; call < 8 && least > 0; call++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      point.derive();
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before - overhead());
    }
    return least;
  }

  private static long overhead() {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  @Test
  void everyFourteenthStateTakesATenthOfAll() throws ReflectiveOperationException {
    Lstm layer = new Lstm(32, 64).lastState();
    Point all = new Point(layer, 32, 200, 1);
    Point some = new Point(layer.keepingEvery(14), 32, 200, 1);
    all.train();
    some.train();
    double share = (double) numbers(some.ws) / numbers(all.ws);
    assertTrue(share < 0.1, "share " + share);
  }

  /// The numbers that a workspace has room for.
  private static long numbers(Workspace ws) throws ReflectiveOperationException {
    Object slots = field(ws, "slots");
    long numbers = 0;
    for (int slot = 0; slot < Array.getLength(slots); slot++) {
      for (Tensor memory : (Tensor[]) field(Array.get(slots, slot), "memory")) {
        numbers += memory.size();
      }
    }
    return numbers;
  }

  private static Object field(Object of, String name) throws ReflectiveOperationException {
    Field field = of.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field.get(of);
  }
}
