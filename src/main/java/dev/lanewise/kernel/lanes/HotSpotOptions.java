package dev.lanewise.kernel.lanes;

import java.lang.reflect.Method;

/// The options that HotSpot runs with, by their names without `-XX:`.
///
/// They are read by reflection, as the module `jdk.management` is optional: without it, or on another virtual machine,
/// all values are `null`. Apache Lucene's `HotspotVMOptions` does the same. Loading the classes takes some 20 ms.
public final class HotSpotOptions {

  private static final Object BEAN = bean();

  private HotSpotOptions() {}

  static boolean areThere() {
    return BEAN != null;
  }

  /// The option's value; also `null` if there is no such option, or it is locked and so has not been set.
  public static String value(String name) {
    if (BEAN == null) {
      return null;
    }
    try {
      Method getter = Class.forName("com.sun.management.HotSpotDiagnosticMXBean")
          .getMethod("getVMOption", String.class);
      Object option = getter.invoke(BEAN, name);
      return (String) option.getClass().getMethod("getValue").invoke(option);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError unknown) {
      return null;
    }
  }

  private static Object bean() {
    try {
      Class<?> type = Class.forName("com.sun.management.HotSpotDiagnosticMXBean");
      Class<?> factory = Class.forName("java.lang.management.ManagementFactory");
      return factory.getMethod("getPlatformMXBean", Class.class).invoke(null, type);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError absent) {
      return null;
    }
  }
}
