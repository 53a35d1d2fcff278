package dev.lanewise.onnx.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Data beside a model's file are found, and nothing else is.
class ExternalDataTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir
  Path root;

  private Path folder;
  private Path model;

  @BeforeEach
  void prepare() throws IOException {
    folder = Files.createDirectory(root.resolve("network"));
    model = folder.resolve("model.onnx");
    write(root.resolve("secret"), 4);
    write(folder.resolve("model.onnx.data"), 6);
  }

  /// Floats 0, 1, 2 and so on.
  private static Path write(Path file, int count) throws IOException {
    ByteBuffer bytes = Wire.little(4 * count);
    for (int i = 0; i < count; i++) {
      bytes.putFloat(i);
    }
    return Files.write(file, bytes.array());
  }

  private static Wire tensor(int count, String... keysAndValues) {
    Wire tensor = Wire.of().varint(1, count).varint(2, 1).block(8, "w").varint(14, 1);
    for (int i = 0; i < keysAndValues.length; i += 2) {
      tensor.block(13, Wire.of().block(1, keysAndValues[i]).block(2, keysAndValues[i + 1]));
    }
    return tensor;
  }

  private List<TensorProto> read(Wire... tensors) throws IOException {
    Wire graph = Wire.of();
    for (Wire tensor : tensors) {
      graph.block(5, tensor);
    }
    Files.write(model, Wire.model(graph));
    return ModelReader.read(model).graph().initializers();
  }

  private void assertFault(String message, Wire tensor) {
    assertEquals("tensor w FLOAT [2]: external data" + message,
        assertThrows(FormatException.class, () -> read(tensor)).getMessage());
  }

  @Test
  void tensorsOfOneFile() throws IOException {
    List<TensorProto> read = read(
        tensor(2, "location", "model.onnx.data", "offset", "8", "length", "8", "checksum", "?"),
        tensor(6, "location", "./model.onnx.data"), tensor(0, "location", "model.onnx.data", "offset", "24"));
    assertArrayEquals(new float[] {2, 3}, read.get(0).numbers().floats());
    assertArrayEquals(new float[] {0, 1, 2, 3, 4, 5}, read.get(1).numbers().floats());
    assertEquals(0, read.get(2).numbers().size());
  }

  @Test
  void attributesAndFilesInFoldersBelow() throws IOException {
    write(Files.createDirectories(folder.resolve("a/b")).resolve("c d"), 2);
    Wire attribute = Wire.of().block(1, "value").varint(20, 4).block(5, tensor(2, "location", "a/b/c d"));
    Files.write(model, Wire.attribute(attribute));
    NodeProto node = ModelReader.read(model).graph().nodes().getFirst();
    TensorProto read = (TensorProto) node.attributes().get("value").value();
    assertArrayEquals(new float[] {0, 1}, read.numbers().floats());
  }

  /// Longer than the buffer through which they go, and of a size that is no multiple of it.
  @Test
  void longTensors() throws IOException {
    write(folder.resolve("long"), 100_003);
    float[] read = read(tensor(100_001, "location", "long", "offset", "4")).getFirst().numbers().floats();
    for (int i = 0; i < read.length; i++) {
      assertEquals(i + 1, read[i]);
    }
  }

  @Test
  void aFileForEachTensorAndNoneStaysOpen() throws IOException {
    Wire[] tensors = new Wire[100];
    for (int i = 0; i < tensors.length; i++) {
      write(folder.resolve("file" + i), i + 1);
      tensors[i] = tensor(1, "location", "file" + i, "offset", "" + 4 * i);
    }
    List<TensorProto> read = read(tensors);
    for (int i = 0; i < tensors.length; i++) {
      assertEquals(i, read.get(i).numbers().floats()[0]);
    }
    Path open = Path.of("/proc/self/fd");
    assumeTrue(Files.isDirectory(open), "only Linux tells which files are open");
    try (Stream<Path> files = Files.list(open)) {
      assertFalse(files.anyMatch(file -> isIn(folder, file)));
    }
  }

  private static boolean isIn(Path folder, Path open) {
    try {
      return Files.readSymbolicLink(open).startsWith(folder);
    } catch (IOException _) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/etc/hostname", "../secret", "a/../../secret", "..", "a/..", "..\\secret", "\\secret",
      "\\\\host\\share", "C:\\secret", "C:secret", "c:/secret", "model.onnx.data\0", "a\0/../secret", "/"})
  void locationsThatLeadElsewhere(String location) {
    assertFault(": the location is '" + location.replace('\0', '?')
        + "', expected a file's path below the model's folder",
        tensor(2, "location", location));
  }

  @Test
  void linksLeadElsewhereOrNot() throws IOException {
    Files.createSymbolicLink(folder.resolve("out"), Path.of("../secret"));
    Files.createSymbolicLink(folder.resolve("up"), Path.of(".."));
    Files.createSymbolicLink(folder.resolve("within"), Path.of("model.onnx.data"));
    for (String location : new String[] {"out", "up/secret"}) {
      assertFault(": the location is '" + location + "', expected a file's path below the model's folder",
          tensor(2, "location", location));
    }
    assertEquals(6, read(tensor(6, "location", "within")).getFirst().numbers().size());
  }

  /// As model hubs keep what they have loaded: each file a link to one that is named by its content.
  @Test
  void aModelThatIsALinkBesideItsData() throws IOException {
    Path blobs = Files.createDirectory(root.resolve("blobs"));
    Files.move(folder.resolve("model.onnx.data"), blobs.resolve("0815"));
    Files.createSymbolicLink(folder.resolve("model.onnx.data"), Path.of("../blobs/0815"));
    assertThrows(FormatException.class, () -> read(tensor(6, "location", "model.onnx.data")));
    Files.move(model, blobs.resolve("4711"));
    Files.createSymbolicLink(model, Path.of("../blobs/4711"));
    assertEquals(6, ModelReader.read(model).graph().initializers().getFirst().numbers().size());
    Files.createSymbolicLink(folder.resolve("out"), Path.of("../secret"));
    Files.write(blobs.resolve("4711"), Wire.initializer(tensor(2, "location", "out")));
    assertThrows(FormatException.class, () -> ModelReader.read(model));
  }

  @Test
  void whatIsNoFile() throws Exception {
    Files.createDirectory(folder.resolve("sub"));
    assertFault(": sub is a folder, expected a regular file", tensor(2, "location", "sub"));
    assertFault(": . is a folder, expected a regular file", tensor(2, "location", "."));
    assertFault(": there is no file weights.bin beside the model, which does not hold its weights itself",
        tensor(2, "location", "weights.bin"));
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "there are pipes with names");
    assertEquals(0, new ProcessBuilder("/usr/bin/mkfifo", folder.resolve("pipe").toString()).start().waitFor());
    assertFault(": pipe is a device, pipe or socket, expected a regular file", tensor(2, "location", "pipe"));
  }

  @Test
  void bytesThatAreNotThere() {
    String beyond = ", but model.onnx.data has 24";
    assertFault(" are bytes 20 to 28" + beyond, tensor(2, "location", "model.onnx.data", "offset", "20"));
    assertFault(" are bytes 999999999999999999 to 1000000000000000007" + beyond,
        tensor(2, "location", "model.onnx.data", "offset", "999999999999999999"));
    assertFault(" have the length 4, expected 8", tensor(2, "location", "model.onnx.data", "length", "4"));
    assertFault(" have the length 0, expected 8", tensor(2, "location", "model.onnx.data", "length", "0"));
    assertFault(" have no location", tensor(2, "offset", "0"));
    for (String number : new String[] {"", "-1", "+1", " 1", "1e3", "0x1", "１", "9999999999999999999", "1.0"}) {
      assertFault(" have the offset " + number + ", expected a number of 1 to 18 digits",
          tensor(2, "location", "model.onnx.data", "offset", number));
      assertFault(" have the length " + number + ", expected a number of 1 to 18 digits",
          tensor(2, "location", "model.onnx.data", "length", number));
    }
  }

  @Test
  void elementsInTwoPlaces() {
    Wire raw = tensor(2, "location", "model.onnx.data").block(9, new byte[8]);
    assertEquals("tensor w FLOAT [2]: has both external data and raw_data, expected one of them",
        assertThrows(FormatException.class, () -> read(raw)).getMessage());
    Wire typed = tensor(2, "location", "model.onnx.data").fixed(4, 1f).fixed(4, 2f);
    assertEquals("tensor w FLOAT [2]: has both external data and float_data, expected one of them",
        assertThrows(FormatException.class, () -> read(typed)).getMessage());
    Wire twice = tensor(2, "location", "model.onnx.data", "location", "b");
    assertTrue(assertThrows(FormatException.class, () -> read(twice)).getMessage()
        .endsWith("external_data has the key location twice"));
  }

  /// Without `data_location` the entries mean nothing.
  @Test
  void entriesOfATensorThatIsInTheFile() throws IOException {
    Wire tensor = Wire.of().varint(1, 1).varint(2, 1).fixed(4, 5f)
        .block(13, Wire.of().block(1, "location").block(2, "../x"));
    assertArrayEquals(new float[] {5}, read(tensor).getFirst().numbers().floats());
  }

  @Test
  void modelsThatAreNotReadFromAFile() {
    byte[] bytes = Wire.initializer(tensor(2, "location", "model.onnx.data"));
    String message = "tensor w FLOAT [2]: external data in model.onnx.data, but the model was not read from a file, "
        + "so no folder is known: read it by its path";
    assertEquals(message, assertThrows(FormatException.class, () -> Wire.read(bytes)).getMessage());
    assertEquals(message,
        assertThrows(FormatException.class, () -> ModelReader.read(new ByteArrayInputStream(bytes))).getMessage());
  }

  /// A few bytes for each tensor could stand for megabytes each.
  @Test
  void tensorsShareAFileSomeTimesOnly() throws IOException {
    write(folder.resolve("large"), 1 << 20);
    Wire shared = tensor(1 << 20, "location", "large");
    assertEquals(4, read(shared, shared, shared, shared).size());
    Wire[] many = new Wire[1_000];
    Arrays.setAll(many, i -> tensor(1 << 20, "location", "./".repeat(i) + "large"));
    long before = THREADS.getCurrentThreadAllocatedBytes();
    String fault = assertThrows(FormatException.class, () -> read(many)).getMessage();
    assertEquals("tensor w FLOAT [1048576]: external data: tensors take more of ././././large than 4 times the 4194304 "
        + "bytes that it has", fault);
    assertTrue(THREADS.getCurrentThreadAllocatedBytes() - before < 30L << 20);
  }

  @Test
  void modelsInAnArchive() throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(root.resolve("models.zip"), Map.of("create", "true"))) {
      write(zip.getPath("/weights"), 3);
      Path inside = zip.getPath("/model.onnx");
      Files.write(inside, Wire.initializer(tensor(3, "location", "weights")));
      assertArrayEquals(new float[] {0, 1, 2},
          ModelReader.read(inside).graph().initializers().getFirst().numbers().floats());
      Files.write(inside, Wire.initializer(tensor(3, "location", "../weights")));
      assertThrows(FormatException.class, () -> ModelReader.read(inside));
    }
  }
}
