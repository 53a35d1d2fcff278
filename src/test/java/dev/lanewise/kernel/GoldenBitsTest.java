package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.Golden;
import dev.lanewise.autodiff.Hessians;
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.autodiff.Mode;
import dev.lanewise.kernel.lanes.MultiplyAdd;
import dev.lanewise.kernel.lanes.VirtualMachine;
import dev.lanewise.kernel.warmup.Kernels;
import dev.lanewise.nn.AvgPool2d;
import dev.lanewise.nn.Conv2d;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Flatten;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.recurrent.Lstm;
import dev.lanewise.ops.Window;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The networks of `mlp.json`, a convolutional and a recurrent one have the same bits in every virtual machine: value,
/// push, pull, Jacobians by both modes, Hessian. The other modes go by measured times, so multiply in another order on
/// another machine.
///
/// `mvn -Pjvms verify` runs it in virtual machines of many kinds; there it prints which kernels ran, and the bits.
class GoldenBitsTest {

  /// Without a fused multiply-add each step of a sum rounds twice: other bits, the same wherever that is so.
  private static final String EXPECTED = MultiplyAdd.FUSED ? "a59969b1f7e1e1bf" : "f236f49060ad1152";

  private long hash = 0xCBF29CE484222325L;

  @Test
  void sameBitsInEveryVirtualMachine() throws Exception {
    for (JsonNode c : Golden.read("mlp.json")) {
      for (Precision precision : Precision.values()) {
        Golden.Mlp mlp = Golden.Mlp.of(c, precision);
        add(mlp.network(), mlp.theta(), Golden.tensor(precision, c.get("x"), 1, c.get("x").size()));
      }
    }
    for (Precision precision : Precision.values()) {
      add(Sequential.of(new Conv2d(2, 5, Window.of(3).withPadding(1), Activation.TANH), AvgPool2d.of(2),
          new Conv2d(5, 3, Window.of(2), Activation.SOFTPLUS), new Flatten(), new Dense(12, 4)), precision, 1, 2, 6, 6);
      add(new Lstm(3, 7), precision, 1, 5, 3);
    }
    String name = System.getProperty("lanewise.jvm");
    if (name != null) {
      System.out.println(name + ": " + kernels() + "; golden bits " + Long.toHexString(hash));
    }
    assertEquals(EXPECTED, Long.toHexString(hash));
  }

  private static String kernels() {
    String collectors = ManagementFactory.getGarbageCollectorMXBeans().stream().map(GarbageCollectorMXBean::getName)
        .collect(Collectors.joining(", "));
    return String.join("; ", VirtualMachine.hasVectors() ? "vectors of " + DoubleKernels.BEST.lanes() + " doubles, "
        + Kernels.CHOICE : "portable kernels",
        MultiplyAdd.FUSED ? "fused multiply-adds" : "no fused multiply-adds", System.getProperty("java.vm.name"),
        System.getProperty("java.vm.version"), System.getProperty("java.vm.info"), collectors,
        Runtime.getRuntime().availableProcessors() + " processors");
  }

  private void add(Layer network, Precision precision, int... dims) {
    Tensor x = Tensor.zeros(precision, dims);
    fill(x, 3);
    add(network, Parameters.initialize(network.parameters(), precision, 4), x);
  }

  private void add(Layer network, Parameters theta, Tensor x) {
    Tensor direction = Tensor.zeros(x.precision(), x.shape());
    fill(direction, 5);
    var pushed = Jacobians.valueAndJvp(network, theta, x, direction);
    Tensor u = Tensor.zeros(x.precision(), pushed.value().shape());
    fill(u, 6);
    add(pushed.value());
    add(pushed.tangent());
    var pulled = Jacobians.valueAndVjp(network, theta, x, u);
    add(pulled.xBar());
    add(pulled.thetaBar().flat());
    for (Mode mode : new Mode[] {Mode.FORWARD, Mode.REVERSE}) {
      add(Jacobians.jacobian(network, theta, x, mode, 3));
      add(Jacobians.jacobian(network, theta, x, mode, 64));
    }
    add(Hessians.hessian(network, theta, x, u, 3));
  }

  private static void fill(Tensor tensor, long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.set(i, random.nextGaussian());
    }
  }

  /// By FNV-1a, of whole numbers in the place of bytes.
  private void add(Tensor tensor) {
    for (int i = 0; i < tensor.size(); i++) {
      hash = (hash ^ Double.doubleToRawLongBits(tensor.get(i))) * 0x100000001B3L;
      hash ^= hash >>> 32;
    }
  }
}
