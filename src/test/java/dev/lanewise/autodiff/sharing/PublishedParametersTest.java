package dev.lanewise.autodiff.sharing;

import static dev.lanewise.autodiff.sharing.Allocation.assertAllocatesNothing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.BatchNet;
import dev.lanewise.autodiff.Hessians;
import dev.lanewise.autodiff.JacobianOptions;
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.autodiff.Mode;
import dev.lanewise.autodiff.PreparedGradient;
import dev.lanewise.autodiff.PreparedHessian;
import dev.lanewise.autodiff.PreparedJacobian;
import dev.lanewise.autodiff.PreparedJacobians;
import dev.lanewise.autodiff.PreparedSampleJacobians;
import dev.lanewise.autodiff.PublishedParameters;
import dev.lanewise.autodiff.SampleJacobians;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Elementwise;
import dev.lanewise.nn.Sequential;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is published is what prepared operators compute with from their next call on.
class PublishedParametersTest {

  @ParameterizedTest
  @EnumSource
  void eachCallTakesThePublishedOne(Precision precision) throws InterruptedException {
    for (Layer f : List.of(Served.SMALL, Served.LARGE)) {
      Served served = Served.of(f, precision, 5);
      PublishedParameters published = PublishedParameters.of(f, served.thetas()[0]);
      PreparedJacobian prepared = PreparedJacobian.of(published, Served.INPUT);
      PreparedJacobian fork = prepared.fork();
      PreparedJacobians pool = PreparedJacobians.of(published, Served.INPUT, 2);
      Workspace ws = new Workspace();
      for (int at : new int[] {0, 1, 2, 1, 4, 3, 3, 0}) {
        if (at % 2 == 0) {
          published.publish(served.thetas()[at]);
        } else {
          published.handOver(served.thetas()[at]);
        }
        Served.Result result = Served.Result.place(precision);
        prepared.at(served.x(), result.y(), result.jacobian());
        assertEquals(at, served.indexOf(result), prepared.toString());
        prepared.at(served.x(), ws, result.y(), result.jacobian());
        assertEquals(at, served.indexOf(result), prepared.toString());
        Served.Result forks = Served.Result.place(precision);
        fork.at(served.x(), forks.y(), forks.jacobian());
        assertEquals(at, served.indexOf(forks), prepared.toString());
        Served.Result pools = Served.Result.place(precision);
        pool.at(served.x(), pools.y(), pools.jacobian());
        assertEquals(at, served.indexOf(pools), prepared.toString());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void soDoJacobiansOfSamples(Mode mode) {
    BatchNet net = net(4);
    PublishedParameters published = PublishedParameters.of(net.f(), net.theta());
    PreparedSampleJacobians prepared = PreparedSampleJacobians.of(
        published, Precision.DOUBLE, net.x().shape(), JacobianOptions.defaults().withMode(mode)).fork();
    Parameters other = Parameters.initialize(net.f().parameters(), Precision.DOUBLE, 77);
    Tensor y = Tensor.zeros(Precision.DOUBLE, 4, 1);
    Tensor jacobians = Tensor.zeros(Precision.DOUBLE, 4, 1, 5);
    for (Parameters theta : List.of(net.theta(), other, net.theta())) {
      published.publish(theta);
      prepared.at(net.x(), y, jacobians);
      BatchNet.assertClose(SampleJacobians.perSampleJacobians(net.f(), theta, net.x(), Mode.REVERSE, 3), jacobians, 64,
          prepared);
      BatchNet.assertClose(net.f().forward(net.x(), theta, new Workspace()), y, 16, prepared);
    }
  }

  @Test
  void soDoGradientsAndHessians() {
    for (int batch : new int[] {1, 3}) {
      BatchNet net = net(batch);
      PublishedParameters published = PublishedParameters.of(net.f(), net.theta());
      PreparedGradient gradients = PreparedGradient.of(published, net.x().shape()).fork();
      PreparedHessian hessians = PreparedHessian.of(published, net.x().shape()).fork();
      Parameters other = Parameters.initialize(net.f().parameters(), Precision.DOUBLE, 77);
      Tensor y = Tensor.zeros(Precision.DOUBLE, batch, 1);
      Tensor ones = Tensor.zeros(Precision.DOUBLE, batch, 1);
      ones.fill(1);
      Tensor gradient = Tensor.zeros(Precision.DOUBLE, net.x().shape());
      Tensor hessian = Tensor.zeros(Precision.DOUBLE, 5 * batch, 5 * batch);
      for (Parameters theta : List.of(net.theta(), other, net.theta())) {
        published.publish(theta);
        gradients.at(net.x(), y, gradient);
        BatchNet.assertClose(Jacobians.valueAndVjp(net.f(), theta, net.x(), ones).xBar(), gradient, 64, gradients);
        hessians.at(net.x(), ones, y, Tensor.none(), hessian);
        BatchNet.assertClose(Hessians.hessian(net.f(), theta, net.x(), ones), hessian, 0, hessians);
      }
    }
  }

  private static BatchNet net(int batch) {
    Layer f = Sequential.of(new Dense(5, 6, Activation.TANH), new Dense(6, 1, Activation.GELU));
    return new BatchNet(f, Parameters.initialize(f.parameters(), Precision.DOUBLE, 3),
        BatchNet.random(Precision.DOUBLE, 11, batch, 5));
  }

  /// Neither by one pass nor by a program.
  @Test
  void aSwapAllocatesNothingInReaders() {
    for (Layer f : List.of(Served.SMALL, Served.LARGE)) {
      Served served = Served.of(f, Precision.FLOAT, 3);
      PublishedParameters published = PublishedParameters.of(f, served.thetas()[0]);
      PreparedJacobian prepared = PreparedJacobian.of(published, Served.INPUT).fork();
      Served.Result result = Served.Result.place(Precision.FLOAT);
      int[] turn = {0};
      assertAllocatesNothing(prepared.toString(),
          () -> published.publish(served.thetas()[turn[0]++ % 3]),
          () -> prepared.at(served.x(), result.y(), result.jacobian()));
      assertEquals((turn[0] - 1) % 3, served.indexOf(result));
    }
  }

  @Test
  void aSnapshotIsACopyUnlessItIsHandedOver() {
    Parameters theta = Parameters.initialize(Served.SMALL.parameters(), Precision.FLOAT, 1);
    PublishedParameters published = PublishedParameters.of(Served.SMALL, theta);
    Parameters first = published.get();
    assertNotSame(theta, first);
    double before = first.get(0).get(0);
    theta.get(0).set(0, 7);
    assertEquals(before, published.get().get(0).get(0));
    published.publish(theta);
    assertEquals(7, published.get().get(0).get(0));
    assertEquals(before, first.get(0).get(0), "who still reads the first has the first");
    published.handOver(theta);
    assertSame(theta, published.get());
    assertSame(Served.SMALL, published.layer());
  }

  /// A network that is a part of another has its θ among the other's.
  @Test
  void aPartOfALargerSetIsCopiedAlone() {
    Layer whole = Sequential.of(new Dense(3, 4), Served.SMALL, new Dense(2, 2));
    Parameters all = Parameters.initialize(whole.parameters(), Precision.DOUBLE, 5);
    Parameters copy = PublishedParameters.of(Served.SMALL, all.part(1)).get();
    assertEquals(Served.SMALL.parameters().size(), copy.flat().size());
    for (int index = 0; index < copy.count(); index++) {
      BatchNet.assertClose(all.part(1).get(index), copy.get(index), 0, index);
    }
  }

  @Test
  void othersAreRefusedAndTheSnapshotStays() {
    Parameters theta = Parameters.initialize(Served.SMALL.parameters(), Precision.FLOAT, 1);
    PublishedParameters published = PublishedParameters.of(Served.SMALL, theta);
    Parameters first = published.get();
    for (Parameters other : List.of(theta.to(Precision.DOUBLE), Parameters.none(),
        Parameters.zeros(Served.LARGE.parameters(), Precision.FLOAT), Parameters.zeros(Served.SMALL.parameters(),
        Precision.FLOAT, 2))) {
      assertThrows(IllegalArgumentException.class, () -> published.publish(other));
      assertThrows(IllegalArgumentException.class, () -> published.handOver(other));
    }
    assertSame(first, published.get());
    assertThrows(IllegalArgumentException.class, () -> PublishedParameters.of(Served.LARGE, theta));
    String message = assertThrows(IllegalArgumentException.class,
        () -> published.publish(theta.to(Precision.DOUBLE))).getMessage();
    assertEquals(Served.SMALL + ": theta has precision DOUBLE, expected FLOAT", message);
    message = assertThrows(IllegalArgumentException.class,
        () -> PreparedJacobian.of(published, Precision.DOUBLE, Served.INPUT, JacobianOptions.defaults())).getMessage();
    assertEquals(Served.SMALL + ": theta has precision FLOAT, expected DOUBLE", message);
  }

  @Test
  void aNetworkWithoutParametersHasNonePublished() {
    Layer f = new Elementwise(Activation.TANH);
    PublishedParameters published = PublishedParameters.of(f, Parameters.none());
    published.publish(Parameters.none());
    assertThrows(IllegalArgumentException.class, () -> PreparedJacobian.of(published, Shape.of(1, 2)));
    PreparedJacobian prepared = PreparedJacobian.of(published, Precision.FLOAT, Shape.of(1, 2),
        JacobianOptions.defaults());
    Tensor jacobian = Tensor.zeros(Precision.FLOAT, 2, 2);
    prepared.at(Tensor.row(0f, 0f), Tensor.zeros(Precision.FLOAT, 1, 2), jacobian);
    assertTrue(jacobian.get(0) == 1 && jacobian.get(1) == 0);
  }
}
