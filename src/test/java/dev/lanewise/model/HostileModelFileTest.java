package dev.lanewise.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.io.MalformedSafetensorsException;
import dev.lanewise.io.Safetensors;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files of networks for images and sequences are read with distrust: what they say of themselves is compared with what
/// is in them before there is room for it.
class HostileModelFileTest {

  /// What a small tensor may set aside for others to come, in each precision: as much as the largest region of G1.
  private static final long SLABS = 64L << 20;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir
  Path folder;

  private Path cnn() throws IOException {
    Path file = folder.resolve("cnn.safetensors");
    Cnn.classification(1, 4, 4, 2).withBlocks(2).withDepth(2).withHidden(3).withEpochs(1)
        .fit(Tensor.zeros(Precision.FLOAT, 4, 16), new int[] {0, 1, 0, 1}).save(file);
    return file;
  }

  private Path sequence() throws IOException {
    Path file = folder.resolve("sequence.safetensors");
    Sequence.classification(2, 2).withUnits(3).withEpochs(1)
        .fit(Tensor.zeros(Precision.FLOAT, 4, 5, 2), new int[] {0, 1, 0, 1}).save(file);
    return file;
  }

  @Test
  void aFileCutOffAtAnyByteIsRefused() throws IOException {
    for (Path file : new Path[] {cnn(), sequence()}) {
      byte[] whole = Files.readAllBytes(file);
      for (int length = 0; length < whole.length; length++) {
        Files.write(file, Arrays.copyOf(whole, length));
        assertThrows(MalformedSafetensorsException.class, () -> Classifier.load(file), "cut to " + length);
      }
    }
  }

  @Test
  void imagesAreNotTakenOnTheFilesWord() throws IOException {
    refuses(cnn(), Map.of(
        "image", new String[][] {
            {"1-400-400", "tensor 4.weight is [3, 8], expected [3, 80000]"},
            {"50000-4-4", "tensor 0.weight is [2, 1, 3, 3], expected [2, 50000, 3, 3]"},
            {"999999999-999999999-999999999", "more elements than an array holds"},
            {"1-4", "image is 1-4, expected as many integers as in 1-8-8"},
            {"1-4-4-4", "4 numbers, expected at most 3"},
            {"1-0-4", "expected positive integers such as 1-8-8"},
            {"", "expected positive integers"},
            {"1-1-1", "images are 1×1, expected both at least 2 to the power of 1"}},
        "blocks", new String[][] {
            {"999999999", "more elements than an array holds"},
            {"3", "tensor 0.weight is [2, 1, 3, 3], expected [3, 1, 3, 3]"},
            {"1-".repeat(1_000_000) + "1", "1000001 numbers, expected at most 10 with 10 tensors"},
            {"2-2", "tensor"},
            {"two", "expected positive integers such as 16-32"}},
        "depth", new String[][] {
            {"999999999", "depth is 999999999 of 1 blocks, expected at most 10 convolutions with 10 tensors"},
            {"1", "expected"},
            {"0", "positive"}},
        "dense", new String[][] {
            {"3-999999999", "more elements than an array holds"},
            {"40000-40000", "tensor 4.weight is [3, 8], expected [40000, 8]"},
            {"3", "expected"}},
        "normalized", new String[][] {{"true", "expected"}, {"yes", "normalized is yes, expected true or false"}},
        "averaged", new String[][] {{"true", "tensor 4.weight is [3, 8], expected [3, 2]"}},
        "activation", new String[][] {{"SINE", "activation is SINE, expected one of [IDENTITY"}},
        "dropout", new String[][] {{"NaN", "Dropout: rate is NaN"}, {"half", "dropout is half, expected a number"}}));
  }

  @Test
  void sequencesAreNotTakenOnTheFilesWord() throws IOException {
    refuses(sequence(), Map.of(
        "widths", new String[][] {
            {"2-1000000-2", "expected"},
            {"2-999999999-2", "at most 1048576 units"},
            {"2-3", "widths is 2-3, expected as many integers as in 2-64-1"},
            {"100000-3-2", "expected"},
            {"2-3-1", "Sequence: 1 class, expected at least 2"},
            {"2--3", "expected positive integers such as 2-64-1"}},
        "layers", new String[][] {
            {"999999999", "layers are 999999999, expected at most"},
            {"2", "_l1"},
            {"-1", "expected at most 1"}},
        "cell", new String[][] {
            {"GRU", "tensor 0.weight_ih_l0 is [12, 2], expected [9, 2]"},
            {"CELL", "cell is CELL, expected one of [LSTM, GRU, RNN]"}},
        "bidirectional", new String[][] {{"true", "_reverse"}, {"1", "bidirectional is 1, expected true or false"}},
        "longest", new String[][] {
            {"9", "standardize has 2 columns, expected 19"},
            {"999999999", "standardize has 2 columns, expected 1999999999"},
            {"all", "longest are all, expected positive integers such as 50"}},
        "dropout", new String[][] {{"2", "Dropout: rate is 2.0"}}));
  }

  /// A network of one kind in a file that says another, or one that nobody knows.
  @Test
  void kindsAreToldApart() throws IOException {
    assertRefused(changed(cnn(), "lanewise.model", "mlp"), "has no metadata widths");
    assertRefused(changed(cnn(), "lanewise.model", "sequence"), "has no metadata widths");
    assertRefused(changed(cnn(), "lanewise.model", "gan"),
        "lanewise.model is gan, expected one of [mlp, cnn, sequence]");
    assertRefused(changed(cnn(), "lanewise.version", "2"), "lanewise.version is 2, expected 1");
    assertRefused(changed(sequence(), "lanewise.model", "cnn"), "has no metadata image");
    Path file = cnn();
    assertEquals(file + ": task is CLASSIFICATION, expected REGRESSION",
        assertThrows(MalformedModelException.class, () -> Regressor.load(file)).getMessage());
  }

  @Test
  void meansAreOneForEachChannel() throws IOException {
    Path file = cnn();
    Safetensors whole = Safetensors.read(file);
    Map<String, Tensor> tensors = new LinkedHashMap<>(whole.tensors());
    tensors.put("standardize.mean", Tensor.of(new double[16], 16));
    tensors.put("standardize.sd", Tensor.of(new double[16], 16));
    Safetensors.of(tensors, whole.metadata()).write(file);
    assertRefused(file, "standardize has 16 columns, expected 1");
  }

  @Test
  void aVarianceIsNotNegative() throws IOException {
    Path file = folder.resolve("normalized.safetensors");
    Cnn.classification(1, 4, 4, 2).withBlocks(2).withDepth(1).withNormalization().withHidden().withEpochs(1)
        .fit(Tensor.zeros(Precision.FLOAT, 4, 16), new int[] {0, 1, 0, 1}).save(file);
    Safetensors whole = Safetensors.read(file);
    Map<String, Tensor> tensors = new LinkedHashMap<>(whole.tensors());
    tensors.put("1.running_var", Tensor.of(new float[] {1, -0.5f}, 2));
    Safetensors.of(tensors, whole.metadata()).write(file);
    assertRefused(file, "tensor 1.running_var has -0.5 at");
  }

  private void refuses(Path file, Map<String, String[][]> changes) throws IOException {
    Safetensors whole = Safetensors.read(file);
    for (var change : changes.entrySet()) {
      for (String[] textAndRefusal : change.getValue()) {
        changed(file, change.getKey(), textAndRefusal[0]);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        assertRefused(file, textAndRefusal[1]);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < SLABS + 2_000_000 + 10 * Files.size(file),
            () -> textAndRefusal[1] + ": allocated " + allocated);
        whole.write(file);
      }
    }
    Classifier.load(file);
  }

  private static Path changed(Path file, String key, String text) throws IOException {
    Safetensors before = Safetensors.read(file);
    Map<String, String> metadata = new LinkedHashMap<>(before.metadata());
    metadata.put(key, text);
    Safetensors.of(before.tensors(), metadata).write(file);
    return file;
  }

  private static void assertRefused(Path file, String part) {
    String message = assertThrows(MalformedModelException.class, () -> Classifier.load(file)).getMessage();
    assertTrue(message.startsWith(file + ": ") && message.contains(part), message);
    assertTrue(message.length() < 4_200, () -> "message of " + message.length());
  }
}
