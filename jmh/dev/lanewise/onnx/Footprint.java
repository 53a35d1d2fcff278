package dev.lanewise.onnx;

import ai.onnxruntime.OrtEnvironment;
import dev.lanewise.startup.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.openjdk.jmh.runner.RunnerException;

/// One sample through the network of an ONNX file, from the start of a JVM to the first result, and bytes on disk: this
/// library beside ONNX Runtime's Java binding. Prints the tables of `docs/onnx.md`.
///
/// `mvn -Pfootprint verify`; [FirstResult] runs in new processes in turn; the tables give the median of the runs and
/// the worst.
final class Footprint {

  private static final String VECTORS = "--add-modules=jdk.incubator.vector";
  private static final List<String> NETWORKS = List.of("mlp-softmax", "cnn", "lstm", "residual-layernorm");

  private static final List<String> INFERENCE = List.of("mlp-softmax", "mlp-gelu", "cnn", "lstm", "residual-layernorm",
      "attention", "digits-cnn", "wide");

  private Footprint() {}

  /// @param arguments runs of each, the jar of this library, forks of the benchmark
  public static void main(String[] arguments) throws IOException, InterruptedException, RunnerException {
    int runs = Integer.parseInt(arguments[0]);
    InferenceTable.print(INFERENCE, Integer.parseInt(arguments[2]));
    System.out.println();
    System.out.println("| start of a JVM to the first result, ms | Lanewise | ONNX Runtime |");
    System.out.println("|---|---|---|");
    for (String network : NETWORKS) {
      List<Double> ours = new ArrayList<>();
      List<Double> theirs = new ArrayList<>();
      for (int run = 0; run < runs; run++) {
        double[] values = {time(network, "ours", ours), time(network, "native", theirs)};
        if (!(Math.abs(values[0] - values[1]) <= 1e-4 * Math.max(1, Math.abs(values[1])))) {
          throw new IOException(network + ": " + Arrays.toString(values) + ", expected the same number twice");
        }
      }
      System.out.println("| `" + network + "`, median (worst) | " + cell(ours) + " | " + cell(theirs) + " |");
    }
    Path runtime = jarOf(OrtEnvironment.class);
    System.out.println("| the jar, MB | " + megabytes(Files.size(Path.of(arguments[1]))) + " | "
        + megabytes(Files.size(runtime)) + " |");
    System.out.println("| unpacked beside it at each start, MB | 0 | " + megabytes(unpacked(runtime)) + " |");
  }

  private static double time(String network, String by, List<Double> millis) throws IOException, InterruptedException {
    Path file = Path.of("src/test/resources/onnx", network + ".onnx");
    Network net = Onnx.read(file);
    List<String> options = new ArrayList<>(List.of("--enable-native-access=ALL-UNNAMED"));
    if (by.equals("ours")) {
      options.add(VECTORS);
    }
    List<String> command = new ArrayList<>(List.of(by, file.toString()));
    IntStream.of(net.inputShape().toArray()).mapToObj(Integer::toString).forEach(command::add);
    command.add(Integer.toString(net.outputShape().size()));
    long begin = System.nanoTime();
    String printed = JavaProcess.run(options, FirstResult.class, command);
    millis.add((System.nanoTime() - begin) / 1e6);
    return Double.parseDouble(printed.strip().lines().toList().getLast());
  }

  private static Path jarOf(Class<?> type) {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
  }

  /// The native library for Linux on x86-64, which is written to a temporary folder when it is loaded.
  private static long unpacked(Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return zip.stream().filter(entry -> entry.getName().contains("linux-x64")).mapToLong(ZipEntry::getSize).sum();
    }
  }

  private static String cell(List<Double> millis) {
    double[] sorted = millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return String.format(Locale.ROOT, "%.0f (%.0f)", sorted[sorted.length / 2], sorted[sorted.length - 1]);
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / 1e6);
  }
}
