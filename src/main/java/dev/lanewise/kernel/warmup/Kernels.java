package dev.lanewise.kernel.warmup;

import dev.lanewise.kernel.lanes.VirtualMachine;
import java.util.Locale;

/// The kernels that compute, as the system property `lanewise.kernels` asks for.
///
/// All give the same bits, so tests may force any: the golden values must come out before the kernels switch to
/// vectors, while they do, and afterwards.
public enum Kernels {
  /// Each kernel in plain Java until its vector code is compiled, and by vectors from then on. The default.
  SWITCHING,
  /// With vectors from the first call on, if this virtual machine has fast ones. Also if `lanewise.warmup` is `off`.
  VECTORS,
  /// In plain Java.
  PORTABLE,
  /// Each call by the toss of a coin: for tests of what happens while kernels switch.
  ALTERNATING;

  /// System property: the name of one of these.
  public static final String PROPERTY = "lanewise.kernels";
  /// System property: `off` for no compilation beside the caller.
  public static final String WARMUP = "lanewise.warmup";
  /// The choice asked for, or the nearest one without the module for vectors.
  public static final Kernels CHOICE = choice(System.getProperty(PROPERTY), System.getProperty(WARMUP),
      VirtualMachine.mayHaveVectors());

  /// @param name of one of these, or null
  /// @param warmup `off`, or null
  /// @param possible whether there may be vectors
  /// @throws IllegalArgumentException if a property has another value
  static Kernels choice(String name, String warmup, boolean possible) {
    if (warmup != null && !warmup.equals("off") && !warmup.equals("on")) {
      throw new IllegalArgumentException("-D" + WARMUP + "=" + warmup + ": expected on or off");
    }
    Kernels chosen = name == null ? "off".equals(warmup) ? VECTORS : SWITCHING : named(name);
    return possible ? chosen : PORTABLE;
  }

  private static Kernels named(String name) {
    for (Kernels one : values()) {
      if (one.name().toLowerCase(Locale.ROOT).equals(name)) {
        return one;
      }
    }
    throw new IllegalArgumentException("-D" + PROPERTY + "=" + name
        + ": expected switching, vectors, portable or alternating");
  }

  /// The reason why no kernel will use vectors, or null.
  public static String obstacle() {
    return VirtualMachine.obstacle() != null
        ? VirtualMachine.obstacle()
        : CHOICE == PORTABLE ? "-D" + PROPERTY + " asks for plain Java" : null;
  }
}
