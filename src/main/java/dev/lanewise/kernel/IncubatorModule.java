package dev.lanewise.kernel;

/// Whether `jdk.incubator.vector` was resolved when this virtual machine started.
///
/// A user on the module path gets it by `requires`; one on the class path has to pass `--add-modules
/// jdk.incubator.vector`. Without it the portable kernels run, and one line in the log says so.
final class IncubatorModule {

  private static final String NAME = "jdk.incubator.vector";

  static final boolean PRESENT = present();

  private IncubatorModule() {}

  private static boolean present() {
    boolean present = ModuleLayer.boot().findModule(NAME).isPresent();
    if (!present) {
      System.getLogger("dev.lanewise").log(System.Logger.Level.WARNING,
          "Lanewise runs on its portable kernels, without SIMD: start Java with --add-modules " + NAME);
    }
    return present;
  }
}
