package dev.lanewise.kernel.warmup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.Activation;
import dev.lanewise.Lanewise;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.PreparedJacobian;
import dev.lanewise.kernel.lanes.VirtualMachine;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Sequential;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is called in plain Java at first computes by vectors in the end, with the same bits all the way.
class WarmupTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @BeforeAll
  static void kernelsSwitch() {
    assumeTrue(Kernels.CHOICE == Kernels.SWITCHING && VirtualMachine.hasVectors(), "kernels do not switch");
  }

  private static PreparedJacobian prepared(int hidden) {
    Sequential network = Sequential.of(new Dense(12, hidden, Activation.TANH), new Dense(hidden, 6,
        Activation.SOFTPLUS));
    return PreparedJacobian.of(network, Parameters.initialize(network.parameters(), Precision.FLOAT, 7),
        Tensor.zeros(Precision.FLOAT, 1, 12).shape());
  }

  private static float[] bits(PreparedJacobian prepared) {
    Tensor x = Tensor.zeros(Precision.FLOAT, 1, 12);
    for (int i = 0; i < 12; i++) {
      x.floats()[i] = i / 7f - 0.8f;
    }
    Tensor y = Tensor.zeros(Precision.FLOAT, 1, 6);
    Tensor jacobian = Tensor.zeros(Precision.FLOAT, 6, 12);
    prepared.at(x, y, jacobian);
    float[] all = Arrays.copyOf(y.floats(), 6 + 6 * 12);
    System.arraycopy(jacobian.floats(), 0, all, 6, 6 * 12);
    return all;
  }

  @Test
  void movesToVectorsWithoutAVisibleChange() throws InterruptedException {
    PreparedJacobian prepared = prepared(40);
    float[] before = bits(prepared);
    int ready = Warmup.report().ready();
    long end = System.nanoTime() + PATIENCE.toNanos();
    Lanewise.WarmUp warm = Lanewise.warmUp(Duration.ZERO);
    assertFalse(warm.isComplete(), "what has just been called for the first time is compiled already");
    while (!warm.isComplete() && System.nanoTime() < end) {
      assertEquals(Arrays.toString(before), Arrays.toString(bits(prepared)));
      warm = Lanewise.warmUp(Duration.ofMillis(5));
    }
    warm = prepared.warmUp();
    assertEquals(List.of(), warm.waiting());
    assertTrue(warm.ready() > ready, warm.toString());
    assertEquals(Arrays.toString(before), Arrays.toString(bits(prepared)));
    assertTrue(Lanewise.describe().contains("switching to vectors: " + Warmup.report().ready()
        + " compiled, 0 in plain Java"),
        Lanewise.describe());
  }

  @Test
  void allComputeByVectorsWhileTheyAreToldTo() {
    int unknown = Ready.key(0x7EAD_BEEF);
    assertFalse(Ready.is(unknown));
    Lanewise.byVectors(() -> assertTrue(Ready.is(unknown)));
    assertFalse(Ready.is(unknown));
  }

  /// In a process of its own, where nothing has been called before: on an executor that works, or on one that refuses.
  static final class OnAnExecutor {

    private OnAnExecutor() {}

    public static void main(String[] arguments) throws InterruptedException {
      if (arguments[0].equals("refuses")) {
        Lanewise.warmUpOn(_ -> {
          throw new RejectedExecutionException("closed");
        });
        System.out.println("computed " + bits(prepared(20)).length + ", " + Lanewise.warmUp(PATIENCE));
        return;
      }
      try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
        Lanewise.warmUpOn(executor);
        Lanewise.WarmUp warm = Lanewise.warmUp(() -> bits(prepared(20)), PATIENCE);
        System.out.println("complete " + warm.isComplete() + ", own thread "
            + Thread.getAllStackTraces().keySet().stream().anyMatch(one -> one.getName().equals("lanewise-warmup")));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "works   | complete true, own thread false",
      "refuses | computed 78, WarmUp[ready=0, waiting=[]]",
      "refuses | nobody warms up vectors"})
  void anExecutorDoesTheWorkInsteadOfAThread(String executor, String expected) throws Exception {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--add-modules", "jdk.incubator.vector",
        "-cp", place(Warmup.class) + File.pathSeparator + place(OnAnExecutor.class), OnAnExecutor.class.getName(),
        executor));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), printed);
    assertTrue(printed.contains(expected), printed);
  }

  private static Path place(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
