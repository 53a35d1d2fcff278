package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.autodiff.Hessians;
import dev.lanewise.autodiff.JacobianOptions;
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.autodiff.LinearMap;
import dev.lanewise.autodiff.Mode;
import dev.lanewise.autodiff.ParameterJacobians;
import dev.lanewise.autodiff.PreparedJacobian;
import dev.lanewise.autodiff.SampleJacobians;
import dev.lanewise.nn.Elementwise;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A workspace, and a linear map, are for one thread at a time: a second one is refused, and the first one goes on.
@Timeout(60)
class WorkspaceHeldTest {

  private static final Layer TANH = new Elementwise(Activation.TANH);
  private static final Tensor X = Tensor.row(0.5f, 0.25f);

  /// Waits inside until told to go on, in `linearize` or in its pushes and pulls.
  private record Waiting(CountDownLatch inside, CountDownLatch go, boolean later) implements Layer {

    Waiting(boolean later) {
      this(new CountDownLatch(1), new CountDownLatch(1), later);
    }

    void pause() {
      inside.countDown();
      try {
        go.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

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
      if (!later) {
        pause();
      }
      Linearization of = TANH.linearize(x, theta, ws);
      return new Linearization() {
        @Override
        public Tensor output() {
          return of.output();
        }

        @Override
        public void jvp(Tensor xDot, Parameters thetaDot, Tensor yDot) {
          pause();
          of.jvp(xDot, thetaDot, yDot);
        }

        @Override
        public void vjp(Tensor yBar, Tensor xBar, Parameters thetaBar) {
          pause();
          of.vjp(yBar, xBar, thetaBar);
        }

        @Override
        public void vjpDot(
            Tensor xDot, Parameters thetaDot, Tensor yBar, Tensor yBarDot, Tensor xBarDot, Parameters thetaBarDot) {
          of.vjpDot(xDot, thetaDot, yBar, yBarDot, xBarDot, thetaBarDot);
        }
      };
    }
  }

  private static Map<String, Runnable> operators(Layer f, Workspace ws) {
    Parameters theta = Parameters.none();
    Tensor y = Tensor.zeros(Precision.FLOAT, 1, 2);
    Tensor jacobian = Tensor.zeros(Precision.FLOAT, 2, 2);
    Tensor jacobians = Tensor.zeros(Precision.FLOAT, 1, 2, 2);
    Map<String, Runnable> all = new LinkedHashMap<>();
    all.put("linearize", () -> Jacobians.linearize(f, theta, X, ws));
    all.put("jvp", () -> Jacobians.valueAndJvp(f, theta, X, X, theta, ws, y, y.copy()));
    all.put("vjp", () -> Jacobians.valueAndVjp(f, theta, X, X, ws, y, Tensor.none(), theta));
    for (Mode mode : Mode.values()) {
      all.put(mode.toString(), () -> Jacobians.valueAndJacobian(f, theta, X, mode, 2, ws, y, jacobian));
    }
    PreparedJacobian prepared = PreparedJacobian.of(f, theta, Precision.FLOAT, X.shape(), JacobianOptions.defaults());
    all.put("prepared", () -> prepared.at(X, ws, y, jacobian));
    all.put("samples", () -> SampleJacobians.valueAndPerSampleJacobians(f, theta, X, Mode.FORWARD, 2, ws, y,
        jacobians));
    all.put("hvp", () -> Hessians.valueGradientAndHvp(
        f, theta, X, X, X, theta, ws, y, Tensor.none(), theta, y.copy(), theta));
    all.put("hessian", () -> Hessians.valueGradientAndHessian(f, theta, X, X, 2, ws, y, Tensor.none(), jacobian));
    all.put("gaussNewton", () -> Hessians.gaussNewton(f, theta, X, UnaryOperator.identity(), X, theta, ws, y, theta));
    all.put("parameterJacobian", () -> ParameterJacobians.valueAndParameterJacobian(
        f, theta, X, 1, ws, y, Tensor.zeros(Precision.FLOAT, 2, 0)));
    all.put("sampleGradients", () -> ParameterJacobians.valueAndPerSampleGradients(
        f, theta, X, X, ws, y, Tensor.zeros(Precision.FLOAT, 1, 0)));
    return all;
  }

  @Test
  void everyOperatorHoldsItsWorkspaceAndRefusesOneThatIsHeld() throws InterruptedException {
    for (String name : operators(TANH, new Workspace()).keySet()) {
      Waiting f = new Waiting(false);
      Workspace ws = new Workspace();
      Throwable[] thrown = new Throwable[1];
      Thread first = Thread.ofPlatform().unstarted(operators(f, ws).get(name));
      first.setUncaughtExceptionHandler((_, e) -> thrown[0] = e);
      first.start();
      f.inside().await();
      String message = "Workspace: is at work in another thread, expected one for each";
      operators(TANH, ws).forEach((second, call) ->
          assertEquals(message, assertThrows(IllegalStateException.class, call::run, name + ", then "
              + second).getMessage()));
      assertEquals(message, assertThrows(IllegalStateException.class, ws::reset).getMessage());
      f.go().countDown();
      first.join();
      assertSame(null, thrown[0], name);
      operators(TANH, ws).values().forEach(Runnable::run);
    }
  }

  @Test
  void anOperatorThatIsCalledFromWithinAnotherIsRefused() {
    Workspace ws = new Workspace();
    Runnable within = () -> Hessians.gaussNewton(TANH, Parameters.none(), X, yDot -> {
      Jacobians.valueAndJvp(TANH, Parameters.none(), X, X, Parameters.none(), ws, yDot.copy(), yDot.copy());
      return yDot;
    }, X, Parameters.none(), ws, Tensor.none(), Parameters.none());
    assertEquals("Workspace: is at work in an operator that has not returned, expected one for each",
        assertThrows(IllegalStateException.class, within::run).getMessage());
    ws.begin();
    ws.end();
  }

  @Test
  void anOperatorThatRefusesOrFailsLetsGo() {
    Workspace ws = new Workspace();
    assertThrows(IllegalArgumentException.class, () -> Jacobians.valueAndJvp(
        TANH, Parameters.none(), X, X, Parameters.none(), ws, Tensor.zeros(Precision.FLOAT, 1, 3), X.copy()));
    operators(TANH, ws).values().forEach(Runnable::run);
  }

  @Test
  void aLinearMapServesOneThreadAtATime() throws InterruptedException {
    Waiting f = new Waiting(true);
    LinearMap map = Jacobians.linearize(f, Parameters.none(), X);
    Tensor panel = X.reshape(1, 1, 2);
    Tensor[] pushed = new Tensor[1];
    Thread first = Thread.ofPlatform().start(() -> pushed[0] = map.push(panel));
    f.inside().await();
    for (Runnable second : new Runnable[] {() -> map.push(panel), () -> map.pull(panel)}) {
      String message = assertThrows(IllegalStateException.class, second::run).getMessage();
      assertEquals(f + ": this linear map is at work in another thread, expected one for each", message);
    }
    f.go().countDown();
    first.join();
    assertEquals(map.push(panel).toString(), pushed[0].toString());
  }

  /// A slot that grows for one shape has no memory in common any more with what it gave for others.
  @Test
  void aSlotThatHasGrownGivesViewsOfItsNewMemory() {
    for (Precision precision : Precision.values()) {
      Workspace ws = new Workspace();
      Tensor small = ws.matrix(precision, 2, 2);
      ws.reset();
      Tensor large = ws.matrix(precision, 4, 4);
      ws.reset();
      Tensor again = ws.matrix(precision, 2, 2);
      assertNotSame(small, again);
      again.fill(3);
      assertEquals(3, large.get(0), "the slot's one array");
      ws.reset();
      assertSame(large, ws.tensor(precision, Shape.of(4, 4)));
      ws.reset();
      assertSame(again, ws.tensor(precision, 2, Shape.of(2)));
    }
  }
}
