package dev.lanewise.kernel;

/// What the kernels have to know of the virtual machine that they run in.
final class VirtualMachine {

  private static final int CALLS = 16;
  private static final int ROUNDS = 8;
  /// No more than these nanoseconds a call: a fused multiply-add is a machine instruction. `Math.fma` by `BigDecimal` takes ten times
  /// as long when compiled, and some hundred times where it is interpreted, as in a first call.
  private static final int QUICK = 60;

  private VirtualMachine() {}

  /// Whether a fused multiply-add is one machine instruction. The option that tells it costs some 20 ms, for the classes behind
  /// `java.lang.management`; so it is asked for only where a few calls, a microsecond, have not proved it.
  static boolean fuses() {
    return isQuick() || "true".equals(option("UseFMA"));
  }

  /// Whether any of a few rounds is so quick that it has no other explanation.
  private static boolean isQuick() {
    double x = System.nanoTime();
    for (int round = 0; round < ROUNDS; round++) {
      long begin = System.nanoTime();
      for (int call = 0; call < CALLS; call++) {
        x = Math.fma(x, 0.75, 1.0);
      }
      if (System.nanoTime() - begin <= CALLS * QUICK) {
        return x > 0;
      }
    }
    return false;
  }

  /// The value of an option of HotSpot, or `null` where it has none of this name, or the module `jdk.management` is not there. By
  /// reflection, as Apache Lucene's `HotspotVMOptions` does it, since that module is optional.
  static String option(String name) {
    try {
      Class<?> type = Class.forName("com.sun.management.HotSpotDiagnosticMXBean");
      Class<?> factory = Class.forName("java.lang.management.ManagementFactory");
      Object bean = factory.getMethod("getPlatformMXBean", Class.class).invoke(null, type);
      Object option = type.getMethod("getVMOption", String.class).invoke(bean, name);
      return (String) option.getClass().getMethod("getValue").invoke(option);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError absent) {
      return null;
    }
  }
}
