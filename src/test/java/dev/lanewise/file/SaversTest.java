package dev.lanewise.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.io.Safetensors;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several threads of several processes save to one target: none fails, and the target is a whole file at any time.
class SaversTest {

  private static final int THREADS = 4;
  private static final int SAVES = 15;

  @TempDir
  Path folder;

  /// Saves to the file of its argument from several threads.
  static final class Saver {

    private Saver() {}

    public static void main(String[] arguments) throws Exception {
      saveFromThreads(Path.of(arguments[0]));
    }
  }

  private static void saveFromThreads(Path path) throws Exception {
    List<Callable<Void>> savers = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      int first = thread * SAVES;
      savers.add(() -> {
        for (int save = first; save < first + SAVES; save++) {
          Tensor tensor = Tensor.zeros(Precision.FLOAT, 1_000);
          tensor.fill(save);
          Safetensors.of(Map.of("x", tensor), Map.of("save", save + "")).write(path);
          requireWhole(path);
        }
        return null;
      });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (Future<Void> saver : threads.invokeAll(savers)) {
        saver.get();
      }
    }
  }

  private static void requireWhole(Path path) throws IOException {
    Safetensors file = Safetensors.read(path);
    int save = Integer.parseInt(file.metadata().get("save"));
    Tensor tensor = file.get("x");
    for (int i = 0; i < tensor.size(); i++) {
      if (tensor.get(i) != save) {
        throw new IOException("save " + save + " holds " + tensor.get(i));
      }
    }
  }

  @Test
  void noneFailsAndNoneLeavesAnything() throws Exception {
    Path path = folder.resolve("shared.safetensors");
    List<Process> processes = new ArrayList<>();
    for (int process = 0; process < 2; process++) {
      processes.add(java(Saver.class, path).redirectErrorStream(true)
          .redirectOutput(folder.resolve("log" + process).toFile()).start());
    }
    saveFromThreads(path);
    for (int process = 0; process < 2; process++) {
      int exit = processes.get(process).waitFor();
      assertEquals(0, exit, Files.readString(folder.resolve("log" + process)));
    }
    requireWhole(path);
    try (Stream<Path> files = Files.list(folder)) {
      List<String> left = files.map(file -> file.getFileName().toString()).sorted().toList();
      assertTrue(left.equals(List.of("log0", "log1", "shared.safetensors")), left.toString());
    }
  }

  /// A process of this library and its tests.
  static ProcessBuilder java(Class<?> main, Object argument) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = place(Tensor.class) + File.pathSeparator + place(main);
    return new ProcessBuilder(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m", "-cp", classes,
        main.getName(), argument.toString());
  }

  private static Path place(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
