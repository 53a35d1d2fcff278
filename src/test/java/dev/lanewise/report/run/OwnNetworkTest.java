package dev.lanewise.report.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.report.result.Refusal;
import dev.lanewise.report.result.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The door for networks' files, from outside the process that reads them.
class OwnNetworkTest {

  private static final Path FILE = Path.of("my.onnx");

  @TempDir
  Path folder;

  private static String refusal(Path place) {
    String message = assertThrows(Refusal.class, () -> OwnNetwork.at(place)).getMessage();
    assertEquals(1, message.lines().count(), message);
    return message;
  }

  @Test
  void whatIsNoFileOrEndsOtherwiseIsRefusedAtOnce() throws IOException {
    assertEquals("--network: " + folder.resolve("none.onnx") + " is not a file, expected a network's file",
        refusal(folder.resolve("none.onnx")));
    assertTrue(refusal(folder).contains(" is not a file"));
    Path text = Files.writeString(folder.resolve("my.txt"), "");
    assertTrue(refusal(text)
        .startsWith("--network: " + text + " does not end in .safetensors or .onnx, expected a model"));
  }

  /// Read by a process of its own.
  @Test
  void weightsAloneAreRefused() {
    assertTrue(refusal(Path.of("src/test/resources/networks/digits-mlp.safetensors")).contains(
        "holds weights alone, which do not say how layers are connected; "
            + "expected a model that model.save(path) has written"));
  }

  @Test
  void whatTheProcessRefusesIsPassedOn() {
    Refusal refusal = assertThrows(Refusal.class,
        () -> OwnNetwork.of(FILE, "WARNING: incubator\n[refused] my.onnx: truncated\n"));
    assertEquals("--network: my.onnx: truncated", refusal.getMessage());
  }

  @Test
  void aProcessThatFailsIsRefusedInOneLine() {
    String said = "WARNING: incubator\nException in thread \"main\" java.lang.OutOfMemoryError: Java heap space\n"
        + "\tat a.B.c\n";
    assertEquals(
        "--network: my.onnx cannot be read: Exception in thread \"main\" java.lang.OutOfMemoryError: Java heap space",
        assertThrows(Refusal.class, () -> OwnNetwork.of(FILE, said)).getMessage());
    assertTrue(assertThrows(Refusal.class, () -> OwnNetwork.of(FILE, "")).getMessage().endsWith("no message"));
  }

  /// One block with nothing else in it, each subject three times, in forks enough for a verdict.
  @Test
  void allSubjectsAreMeasured() throws Refusal {
    List<Block> blocks = OwnNetwork.of(FILE, "[machine] own.subjects: 13\n").blocks(Profile.QUICK);
    Trial trial = blocks.getFirst().trials().getFirst();
    assertEquals(1, blocks.size());
    assertEquals(39, trial.subjects());
    assertEquals(Suite.OWN_NETWORK.benchmark, trial.benchmark());
    assertTrue(blocks.getFirst().forks() >= 6);
    assertTrue(trial.params().keySet().containsAll(Suite.OWN_NETWORK.subject));
  }
}
