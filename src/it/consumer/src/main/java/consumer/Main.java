package consumer;

import dev.lanewise.Activation;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Sequential;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// Computes a Jacobian, and looks whether an IDE would find what it shows beside the classes.
public final class Main {

  private Main() {}

  /// @param arguments the folder of the sources and the Javadoc of what is depended on
  /// @throws IOException if they cannot be read
  public static void main(String[] arguments) throws IOException {
    Sequential net = Sequential.of(new Dense(4, 8, Activation.TANH), new Dense(8, 2));
    Parameters theta = Parameters.initialize(net.parameters(), Precision.FLOAT, 1);
    Tensor jacobian = Jacobians.jacobian(net, theta, Tensor.row(1f, 2f, 3f, 4f));
    require(jacobian.shape().toString().equals("[2, 4]"), "a Jacobian of " + jacobian.shape());
    require(ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(), "the Vector API is not there");
    Path shown = Path.of(arguments[0]);
    boolean module = Tensor.class.getModule().isNamed();
    String folder = module ? "a module" : "a class path";
    String source = entry(only(shown, "-sources.jar"), "dev/lanewise/kernel/FloatKernels.java");
    require(source.contains("float"), "FloatKernels.java is the source of something else");
    require(entry(only(shown, "-javadoc.jar"), "dev.lanewise/dev/lanewise/Layer.html").contains("Linearization"),
        "no page of Layer");
    System.out.println("a project of one's own computes on " + folder + ": " + jacobian);
  }

  private static Path only(Path folder, String ending) throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).findFirst()
          .orElseThrow(() -> new IOException("no " + ending + " in " + folder));
    }
  }

  private static String entry(Path jar, String name) throws IOException {
    try (InputStream file = Files.newInputStream(jar); ZipInputStream entries = new ZipInputStream(file)) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        if (entry.getName().equals(name)) {
          return new String(entries.readAllBytes(), StandardCharsets.UTF_8);
        }
      }
    }
    throw new IOException(jar + " has no " + name);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }
}
