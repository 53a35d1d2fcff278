package dev.lanewise.kernel.lanes;

import java.util.Optional;
import jdk.incubator.vector.FloatVector;

/// What the kernels have to know of their virtual machine, found out once.
///
/// Vectors pay where a compiler turns them into instructions. Elsewhere each operation allocates, and a kernel takes a
/// hundred times as long as a plain loop. So all of these are needed:
///
/// | what | missing with |
/// |---|---|
/// | the module `jdk.incubator.vector` | the class path, unless started with `--add-modules jdk.incubator.vector` |
/// | HotSpot's C2 | `-Xint`, `-XX:TieredStopAtLevel`, `-XX:CompilationMode`, builds without |
/// | no compiler in C2's place | Graal, which calls its vectors experimental and names no shuffles among them |
/// | vectors of 128 bit or more | `-XX:MaxVectorSize=8` |
/// | fused multiply-adds as instructions | `-XX:-UseFMA`, `-XX:UseAVX=0`, old machines and emulated ones |
///
/// Else the portable kernels run, and one line in the log says why. On Graal: `compiler/CHANGELOG.md` of
/// `oracle/graal`, GraalVM for JDK 25; pull request 12766 of `apache/lucene` measured an earlier one.
public final class VirtualMachine {

  private static final String MODULE = "jdk.incubator.vector";
  private static final int LEAST_BITS = 128;

  /// The obstacle that is found without loading a class.
  private static final String AT_SIGHT = logged(obstacleAtSight());

  private VirtualMachine() {}

  /// Whether there may be vectors to compute with; costs nothing.
  public static boolean mayHaveVectors() {
    return AT_SIGHT == null;
  }

  /// Whether there are vectors to compute with. The first call takes some ten milliseconds.
  public static boolean hasVectors() {
    return obstacle() == null;
  }

  /// The reason not to compute with vectors, or `null`.
  public static String obstacle() {
    return AT_SIGHT == null ? Found.OBSTACLE : AT_SIGHT;
  }

  private static final class Found {
    static final String OBSTACLE = logged(Optional.ofNullable(Width.obstacle())
        .orElseGet(VirtualMachine::obstacleInOptions));
  }

  private static String logged(String obstacle) {
    if (obstacle != null) {
      System.getLogger("dev.lanewise").log(System.Logger.Level.WARNING,
          "Lanewise runs on its portable kernels, without SIMD: " + obstacle);
    }
    return obstacle;
  }

  private static String obstacleAtSight() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return "start Java with --add-modules " + MODULE;
    }
    String name = System.getProperty("java.vm.name", "");
    if (!name.contains("OpenJDK") && !name.contains("HotSpot")) {
      return name + " is not known to compile " + MODULE;
    }
    String info = System.getProperty("java.vm.info", "");
    return info.contains("interpreted") || info.contains("emulated-client") ? "nothing is compiled by C2 (" + info + ")"
        : null;
  }

  private static String obstacleInOptions() {
    String level = HotSpotOptions.value("TieredStopAtLevel");
    if ("false".equals(HotSpotOptions.value("UseCompiler")) || level != null && !level.equals("4")) {
      return "nothing is compiled by C2 (-XX:TieredStopAtLevel=" + level + ")";
    }
    // This module is resolved wherever a compiler may replace C2.
    if (ModuleLayer.boot().findModule("jdk.internal.vm.ci").isPresent()
        && !"false".equals(HotSpotOptions.value("UseJVMCICompiler"))) {
      return "another compiler stands in C2's place (-XX:+UseJVMCICompiler)";
    }
    if (HotSpotOptions.areThere() && HotSpotOptions.value("MaxVectorSize") == null) {
      return "this virtual machine has no C2";
    }
    if ("false".equals(HotSpotOptions.value("EnableVectorSupport"))) {
      return "C2 does not compile vectors (-XX:-EnableVectorSupport)";
    }
    String fuses = HotSpotOptions.value("UseFMA");
    return (fuses == null ? MultiplyAdd.isQuick() : fuses.equals("true"))
        ? null
        : "there is no fused multiply-add (-XX:-UseFMA, -XX:UseAVX=0, or a machine without)";
  }

  /// A separate class, because the module's classes are loaded with it.
  private static final class Width {

    static String obstacle() {
      int bits = FloatVector.SPECIES_PREFERRED.vectorBitSize();
      if (bits < LEAST_BITS) {
        return "vectors of " + bits + " bit are too narrow (-XX:MaxVectorSize)";
      }
      int asked = FloatLanes.CPU.bits;
      return asked > bits ? "vectors of " + asked + " bit (-D" + CpuClass.LANES + ") are wider than this machine's "
          + bits : null;
    }
  }
}
