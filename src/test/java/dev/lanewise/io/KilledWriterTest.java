package dev.lanewise.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Tensor;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that is killed while it writes checkpoints leaves the newest whole one, never less, and its half-written
/// draft is gone after the next one is written.
class KilledWriterTest {

  @TempDir
  Path folder;

  @Test
  void theNewestWholeCheckpointLoadsAfterEachOf20Kills() throws Exception {
    killed(20);
  }

  @Test
  @Tag("exhaustive")
  void theNewestWholeCheckpointLoadsAfterEachOf200Kills() throws Exception {
    killed(200);
  }

  private void killed(int kills) throws Exception {
    Path path = folder.resolve("checkpoint.safetensors");
    Random random = new Random(11);
    int newest = -1;
    int drafts = 0;
    for (int kill = 0; kill < kills; kill++) {
      int printed = runAndKill(path, random.nextInt(8_000_000));
      int loaded = Checkpointer.read(path);
      assertTrue(printed > newest,
          "kill " + kill + ": went on from " + printed + ", expected a number after " + newest);
      assertTrue(loaded == printed || loaded == printed + 1,
          "kill " + kill + ": " + printed + " was done, " + loaded + " loads, expected it or the one after");
      newest = loaded;
      assertTrue(others(path).size() <= 1, "drafts of killed processes pile up: " + others(path));
      drafts += others(path).size();
    }
    assertTrue(drafts > 0, "none of " + kills + " kills fell while a file was written: nothing was tried");
    Safetensors.of(Map.of("x", Tensor.row(1f)), Map.of()).write(path);
    assertEquals(List.of(), others(path));
  }

  /// Starts a process, waits for its first checkpoint and the given time, and kills it.
  ///
  /// @return the last number that it printed
  private static int runAndKill(Path path, long nanos) throws Exception {
    Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m", "-cp", place(Tensor.class) + File.pathSeparator
        + place(Checkpointer.class), Checkpointer.class.getName(), path.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(),
        StandardCharsets.UTF_8))) {
      String last = out.readLine();
      long end = System.nanoTime() + nanos;
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      process.toHandle().destroyForcibly(); // Not the process's own method, which closes the stream unread.
      process.waitFor();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        last = line;
      }
      return Integer.parseInt(last);
    } finally {
      process.destroyForcibly();
    }
  }

  private static Path place(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /// What lies beside the checkpoint.
  private static List<Path> others(Path path) throws IOException {
    try (Stream<Path> files = Files.list(path.getParent())) {
      return files.filter(file -> !file.equals(path)).toList();
    }
  }
}
