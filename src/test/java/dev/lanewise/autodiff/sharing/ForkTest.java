package dev.lanewise.autodiff.sharing;

import static dev.lanewise.autodiff.sharing.Allocation.assertAllocatesNothing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.BatchNet;
import dev.lanewise.autodiff.JacobianOptions;
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.autodiff.Mode;
import dev.lanewise.autodiff.PreparedJacobian;
import dev.lanewise.autodiff.PreparedSampleJacobians;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Dropout;
import dev.lanewise.nn.Sequential;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// A fork computes the same bits as what it was forked from, beside it, and plans nothing; nor do calls that do not
/// prepare, twice.
class ForkTest {

  private static final int CALLS = 200;
  /// What the machine, and who else runs in it, may load meanwhile.
  private static final int CLASSES_OF_OTHERS = CALLS / 2;

  private static long classes() {
    return ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount();
  }

  @TestFactory
  Stream<DynamicTest> sameBits() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Precision precision : Precision.values()) {
      for (Mode mode : Mode.values()) {
        for (Layer f : List.of(Served.SMALL, Served.LARGE)) {
          tests.add(DynamicTest.dynamicTest(precision + " " + mode + " " + f, () -> check(f, precision, mode)));
        }
      }
    }
    return tests.stream();
  }

  private static void check(Layer f, Precision precision, Mode mode) {
    Parameters theta = Parameters.initialize(f.parameters(), precision, 1);
    PreparedJacobian prepared = PreparedJacobian.of(f, theta, Served.INPUT, JacobianOptions.defaults().withMode(mode));
    PreparedJacobian before = prepared.fork();
    Tensor x = BatchNet.random(precision, 5, 1, 4);
    Served.Result expected = Served.Result.place(precision);
    prepared.at(x, expected.y(), expected.jacobian());
    long once = prepared.multiplyAdds();
    for (PreparedJacobian fork : List.of(before, prepared.fork(), before.fork())) {
      Served.Result result = Served.Result.place(precision);
      fork.at(x, result.y(), result.jacobian());
      assertTrue(result.isSameBits(expected), fork.toString());
      assertSame(prepared.plan(), fork.plan());
      assertEquals(once, fork.multiplyAdds(), "each counts its own");
      // θ is changed in place: whoever computes next sees it.
      theta.get(0).set(0, theta.get(0).get(0) + 1);
      prepared.at(x, expected.y(), expected.jacobian());
      fork.at(x, result.y(), result.jacobian());
      assertTrue(result.isSameBits(expected), fork + " after theta has changed");
      fork.at(x, new Workspace(), result.y(), result.jacobian());
      assertTrue(result.isSameBits(expected), fork + " in the caller's workspace");
      theta.get(0).set(0, theta.get(0).get(0) - 1);
      prepared.at(x, expected.y(), expected.jacobian());
    }
  }

  @Test
  void jacobiansOfSamplesForkToo() {
    Layer f = Sequential.of(new Dense(5, 9, Activation.TANH), new Dropout(0.4), new Dense(9, 4));
    Parameters theta = Parameters.initialize(f.parameters(), Precision.FLOAT, 1);
    Tensor x = BatchNet.random(Precision.FLOAT, 5, 3, 5);
    for (Mode mode : Mode.values()) {
      PreparedSampleJacobians prepared = PreparedSampleJacobians.of(f, theta, x.shape(),
          JacobianOptions.defaults().withMode(mode));
      Tensor y = Tensor.zeros(Precision.FLOAT, 3, 4);
      Tensor expected = Tensor.zeros(Precision.FLOAT, 3, 4, 5);
      prepared.at(x, y, expected);
      PreparedSampleJacobians fork = prepared.fork();
      Tensor found = Tensor.zeros(Precision.FLOAT, 3, 4, 5);
      fork.at(x, y, found);
      BatchNet.assertClose(expected, found, 0, fork);
      assertEquals(prepared.explain(), fork.explain());
      assertEquals(prepared.toString(), fork.toString());
    }
  }

  @Test
  void forksDefineNoClasses() {
    Parameters theta = Parameters.initialize(Served.SMALL.parameters(), Precision.FLOAT, 1);
    PreparedJacobian prepared = PreparedJacobian.of(Served.SMALL, theta, Served.INPUT);
    Tensor x = BatchNet.random(Precision.FLOAT, 5, 1, 4);
    Served.Result result = Served.Result.place(Precision.FLOAT);
    prepared.fork().at(x, result.y(), result.jacobian());
    long before = classes();
    for (int call = 0; call < CALLS; call++) {
      prepared.fork().at(x, result.y(), result.jacobian());
    }
    assertTrue(classes() - before < CLASSES_OF_OTHERS, () -> "classes: " + (classes() - before));
  }

  /// With the same θ, with others, and with several networks and shapes in turn.
  @Test
  void aLoopOfJacobiansPlansOnce() {
    Layer[] networks = {Served.SMALL, Served.LARGE, Sequential.of(new Dense(4, 3, Activation.RELU), new Dense(3, 2))};
    Tensor x = BatchNet.random(Precision.FLOAT, 5, 1, 4);
    Workspace ws = new Workspace();
    Served.Result result = Served.Result.place(Precision.FLOAT);
    long before = 0;
    for (int call = -2; call < CALLS; call++) {
      before = call == 0 ? classes() : before;
      for (Layer f : networks) {
        Parameters theta = Parameters.initialize(f.parameters(), Precision.FLOAT, call);
        Served.Result expected = Served.by(f, theta, x);
        BatchNet.assertClose(expected.jacobian(), Jacobians.jacobian(f, theta, x), 0, f);
        Jacobians.valueAndJacobian(f, theta, x, Mode.AUTO, 64, ws, result.y(), result.jacobian());
        BatchNet.assertClose(expected.jacobian(), result.jacobian(), 16, f);
      }
    }
    long defined = classes() - before;
    // PreparedJacobian.of, to compare with, defines one at each call for each of the two small networks.
    assertTrue(defined < 2 * CALLS + CLASSES_OF_OTHERS, () -> "classes: " + defined);
  }

  @Test
  void aForkAllocatesNothingWhenWarm() {
    for (Layer f : List.of(Served.SMALL, Served.LARGE)) {
      Parameters theta = Parameters.initialize(f.parameters(), Precision.FLOAT, 1);
      PreparedJacobian fork = PreparedJacobian.of(f, theta, Served.INPUT).fork();
      Tensor x = BatchNet.random(Precision.FLOAT, 5, 1, 4);
      Served.Result result = Served.Result.place(Precision.FLOAT);
      assertAllocatesNothing(fork.toString(), () -> fork.at(x, result.y(), result.jacobian()));
    }
  }

  @Test
  void aPlanOfOneShapeIsNotTakenForAnother() {
    Layer f = Sequential.of(new Dense(4, 3, Activation.TANH), new Dense(3, 2));
    for (int batch : new int[] {1, 2, 1, 3}) {
      for (Precision precision : Precision.values()) {
        Parameters theta = Parameters.initialize(f.parameters(), precision, batch);
        Tensor jacobian = Jacobians.jacobian(f, theta, BatchNet.random(precision, 5, batch, 4));
        assertEquals(Shape.of(2 * batch, 4 * batch), jacobian.shape());
      }
    }
  }
}
