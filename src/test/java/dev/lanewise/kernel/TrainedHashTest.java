package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.kernel.lanes.MultiplyAdd;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A trained network has one result: on vectors of every width and on the portable kernels, with any number of threads
/// and any collector.
class TrainedHashTest {

  /// Float and double. Without a fused multiply-add each step of a sum rounds twice, and the result is another one, the
  /// same wherever that is so.
  private static final String EXPECTED = MultiplyAdd.FUSED
      ? "52a6d1d5e81c7b0a c657267a83deadb0" : "a353d4295f21a95e 9cb9ff59218bf2fc";

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void anyNumberOfThreads(int threads) {
    assertEquals(EXPECTED, TrainedHash.of(Precision.FLOAT, threads) + " " + TrainedHash.of(Precision.DOUBLE, threads));
  }

  /// The profile jvms leaves these out: the same processes, whatever virtual machine starts them.
  @Tag("starts-processes")
  @ParameterizedTest
  @ValueSource(strings = {
      "--add-modules jdk.incubator.vector -XX:+UseSerialGC -Dlanewise.lanes=8",
      "--add-modules jdk.incubator.vector -XX:+UseParallelGC -Dlanewise.lanes=4",
      "--add-modules jdk.incubator.vector -XX:+UseSerialGC -Dlanewise.lanes=8 -Dlanewise.registers=32",
      "--add-modules jdk.incubator.vector -XX:+UseSerialGC -Dlanewise.lanes=4 -Dlanewise.registers=32",
      "--add-modules jdk.incubator.vector -XX:+UseG1GC",
      "--add-modules jdk.incubator.vector -XX:+UseZGC",
      "-XX:+UseSerialGC"})
  void anyWidthAndCollector(String options) throws Exception {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(Arrays.asList(options.split(" ")));
    if (!MultiplyAdd.FUSED) {
      command.add("-XX:-UseFMA");
    }
    command.addAll(List.of("-cp", place(Tensor.class) + File.pathSeparator + place(TrainedHash.class),
        TrainedHash.class.getName(), "2"));
    Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertEquals(0, process.waitFor(), () -> command + " printed " + printed);
    assertEquals(EXPECTED, printed);
  }

  private static Path place(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
