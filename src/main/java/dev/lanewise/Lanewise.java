package dev.lanewise;

import dev.lanewise.kernel.lanes.DoubleLanes;
import dev.lanewise.kernel.lanes.FloatLanes;
import dev.lanewise.kernel.lanes.MultiplyAdd;
import dev.lanewise.kernel.lanes.VirtualMachine;
import dev.lanewise.kernel.warmup.Kernels;
import dev.lanewise.kernel.warmup.Warmup;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;

/// The library in this virtual machine: which kernels compute, why, and since when.
///
/// Vector code is slow until it is compiled. Each kernel therefore first computes in plain Java, with the same bits,
/// and moves to vectors when its code is compiled. A daemon thread of the library gets it compiled, for the shapes in
/// use.
///
/// - **wait until all that was called is compiled**: [#warmUp(Duration)] after a first call,
///   [#warmUp(Runnable, Duration)], `PreparedJacobian.warmUp`
/// - **compile on your own executor**: [#warmUpOn(Executor)], before the first call
/// - **compute with vectors at once, and wait for nothing**: `-Dlanewise.warmup=off`
/// - **compute without vectors**: `-Dlanewise.kernels=portable`
/// - **refuse to start without vectors**: [#requireVectors()]
///
/// The [System.Logger] `dev.lanewise` warns where there are no vectors, and logs each kernel that moves at level
/// `DEBUG`. The JDK's flight recorder has events named `dev.lanewise.*`.
public final class Lanewise {

  private static final String NAME = "Lanewise";

  private Lanewise() {}

  /// The state of compilation.
  ///
  /// @param ready the number of kernels that compute by vectors, each for one kind of arguments
  /// @param waiting descriptions of kernels that were called and still compute in plain Java
  public record WarmUp(int ready, List<String> waiting) {

    /// An immutable copy.
    public WarmUp {
      waiting = List.copyOf(waiting);
    }

    /// {@return whether nothing is left to wait for: all that was called computes by vectors, or there are none here}
    public boolean isComplete() {
      return waiting.isEmpty();
    }
  }

  /// Waits until every kernel that was called so far computes by vectors, or the time is over; computes nothing itself.
  /// Returns at once if kernels do not switch.
  ///
  /// @param most how long to wait
  /// @return what is ready, and what is not
  /// @throws InterruptedException if this thread is interrupted meanwhile
  public static WarmUp warmUp(Duration most) throws InterruptedException {
    Warmup.Report report = Warmup.await(Objects.requireNonNull(most, "most"));
    return new WarmUp(report.ready(), report.waiting());
  }

  /// Makes a call and waits until every kernel that it calls computes by vectors, or the time is over. Use it before a
  /// service takes requests, with a typical call.
  ///
  /// ```java
  /// Lanewise.warmUp(() -> model.predict(x), Duration.ofSeconds(10));
  /// ```
  ///
  /// If kernels compute by vectors from the first call on, the call is repeated until it is compiled.
  ///
  /// @param call is made on this thread, twice or more
  /// @param most how long to wait
  /// @return what is ready, and what is not
  /// @throws InterruptedException if this thread is interrupted meanwhile
  public static WarmUp warmUp(Runnable call, Duration most) throws InterruptedException {
    Warmup.Report report = Warmup.await(Objects.requireNonNull(call, "call"), Objects.requireNonNull(most, "most"));
    return new WarmUp(report.ready(), report.waiting());
  }

  /// Makes all kernels compute by vectors, compiled or not, until `work` has returned: for measurements. This holds for
  /// all threads, so other threads slow down as at a cold start. Where there are no vectors, plain Java computes.
  public static void byVectors(Runnable work) {
    Warmup.byVectors(Objects.requireNonNull(work, "work"));
  }

  /// Compiles vector code in tasks of this executor. One task runs at a time, and ends when there is nothing left to
  /// compile. The library then starts no thread. Call this before the first kernel. Code that the virtual machine
  /// discards later is not compiled again until another kernel is called for the first time.
  ///
  /// @throws IllegalStateException if the library's own thread is at work already
  public static void warmUpOn(Executor executor) {
    if (!Warmup.runOn(Objects.requireNonNull(executor, "executor"))) {
      throw new IllegalStateException(NAME
          + ": warm-up has begun on a thread of its own, expected an executor before the first call");
    }
  }

  /// Throws if only plain Java would ever compute. Call this at the start of a service, so that a forgotten flag is
  /// noticed at once.
  ///
  /// @throws IllegalStateException if no kernel will ever compute by vectors here, saying why
  public static void requireVectors() {
    String obstacle = Kernels.obstacle();
    if (obstacle != null) {
      throw new IllegalStateException(NAME + ": vectors are required, but " + obstacle);
    }
  }

  /// {@return which kernels compute here and why, in lines of `name: value`: for a log, or a health check}
  public static String describe() {
    String version = Lanewise.class.getPackage().getImplementationVersion();
    return String.join(System.lineSeparator(),
        "version: " + (version == null ? "unknown" : version),
        "kernels: " + kernels(),
        "vectors: " + vectors(),
        "multiply-adds: " + (MultiplyAdd.FUSED ? "fused" : "rounded twice"),
        "virtual machine: " + System.getProperty("java.vm.name") + " " + Runtime.version() + ", "
            + System.getProperty("java.vm.info"),
        "system: " + System.getProperty("os.name") + ", " + System.getProperty("os.arch"),
        "processors: " + Runtime.getRuntime().availableProcessors(),
        "logger: dev.lanewise");
  }

  private static String kernels() {
    String obstacle = Kernels.obstacle();
    if (obstacle != null) {
      return "portable: " + obstacle;
    }
    return switch (Kernels.CHOICE) {
      case VECTORS -> "vectors from the first call on";
      case ALTERNATING -> "vectors or plain Java by chance";
      case SWITCHING, PORTABLE -> {
        Warmup.Report report = Warmup.report();
        yield "switching to vectors: " + report.ready() + " compiled, " + report.waiting().size()
            + " in plain Java until they are";
      }
    };
  }

  private static String vectors() {
    return VirtualMachine.hasVectors()
        ? FloatLanes.CPU.bits + " bit, " + FloatLanes.LENGTH + " floats or " + DoubleLanes.LENGTH
            + " doubles, sizes for " + FloatLanes.CPU
        : "none: " + VirtualMachine.obstacle();
  }
}
