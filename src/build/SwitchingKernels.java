import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes `DoubleSwitchingKernels`: each method of `DoubleKernels` without a body computes in plain Java until its
/// vector code is compiled, then by vectors. `DoubleSwitchingGemm` has those written by hand, `lanes` and `gemm`.
///
/// A method's name is that of its constant in `Kernel`. Where the first parameter is a φ, each φ switches separately;
/// where it is an `Elementary`, `Kernel.of` has the constant.
final class SwitchingKernels {

  private static final String NOTICE =
      Output.GENERATED + "SwitchingKernels.java from DoubleKernels.java: edit that file, not this one.";
  private static final List<String> IMPORTS = List.of(
      Rooms.KERNEL + ".elementary.Elementary",
      Rooms.KERNEL + ".elementwise.Nonlinearity");
  private static final Path KERNELS = Path.of("dev/lanewise/kernel/DoubleKernels.java");
  /// Type, name and parameters.
  private static final Pattern METHOD = Pattern.compile("(?m)^  (\\w+) (?!lanes\\b|gemm\\b)(\\w+)\\(([^)]*)\\);");

  private SwitchingKernels() {}

  static void generate(Path sources, Output output) throws IOException {
    if (Files.exists(sources.resolve(KERNELS))) {
      String kernels = Files.readString(sources.resolve(KERNELS));
      for (Precision precision : Precision.values()) {
        source(kernels).closeIn(precision, output);
      }
    }
  }

  private static Source source(String kernels) {
    Source source = new Source(NOTICE, Rooms.KERNEL, "DoubleSwitchingKernels", IMPORTS);
    source.add("""
        /// The kernels in plain Java, each until its vector code is compiled, then with vectors: the same bits.
        ///
        /// Vector code that C2 has not compiled yet runs a thousand times slower than it will, and allocates an
        /// object a vector. Plain Java is fast within milliseconds. Once all is compiled, the check before a call is
        /// a taken branch.
        final class DoubleSwitchingKernels extends DoubleSwitchingGemm {
        """);
    METHOD.matcher(kernels).results().forEach(method -> addSwitch(method, source));
    return source;
  }

  private static void addSwitch(MatchResult method, Source source) {
    String type = method.group(1);
    String name = method.group(2);
    String parameters = method.group(3);
    String kernel = parameters.startsWith("Elementary ")
        ? "Kernel.of(f)"
        : "Kernel." + name.replaceAll("[A-Z]", "_$0").toUpperCase(Locale.ROOT)
            + (parameters.startsWith("Nonlinearity ") ? ", phi" : "");
    String call = (type.equals("void") ? "" : "return ") + "%s." + name + arguments(parameters);
    source.add("\n@Override");
    source.add("public " + type + " " + name + "(" + parameters + ") {");
    source.add("if (DoubleKernelExercise.isReady(%s)) {", kernel);
    source.add(call, "VECTORS");
    source.add("} else {");
    source.add(call, "PLAIN");
    source.add("}");
    source.add("}");
  }

  private static String arguments(String parameters) {
    return Stream.of(parameters.replaceAll("//.*", "").split(","))
        .map(parameter -> parameter.substring(parameter.lastIndexOf(' ') + 1))
        .collect(Collectors.joining(", ", "(", ");"));
  }
}
