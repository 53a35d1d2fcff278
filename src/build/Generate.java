import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/// Writes every source that is not written by hand: loops that must be spelled out for C2, the `Float*` twins of
/// `Double*` classes, and the choice between both.
///
/// Run by Maven at `generate-sources`: `java Generate.java SOURCES TEMPLATES TARGET`. The classes beside this file are
/// compiled with it, in memory. Each generator puts the text of its classes into [Output], which writes to `TARGET` at
/// the very end.
final class Generate {

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 3) {
      throw new IllegalArgumentException("usage: java Generate.java SOURCES TEMPLATES TARGET");
    }
    // Formatted numbers have the digits 0 to 9, wherever this runs.
    Locale.setDefault(Locale.ROOT);
    Path sources = Path.of(arguments[0]);
    Path templates = Path.of(arguments[1]);
    Output output = new Output();
    MicroKernels.generate(output);
    MicroKernelChoice.generate(output);
    ArithmeticLoops.generate(output);
    TailedLoops.generate(templates.resolveSibling("loops"), output);
    SwitchingKernels.generate(sources, output);
    PlainGates.generate(sources, output);
    DotKernels.generate(output);
    TransposeKernels.generate(output);
    SumKernels.generate(output);
    FunctionKernels.generate(templates, output);
    ByPrecision.generate(sources, output);
    // Last, as it derives only classes that no other generator has written.
    Specialise.generate(sources, output);
    output.writeTo(Path.of(arguments[2]));
  }
}
