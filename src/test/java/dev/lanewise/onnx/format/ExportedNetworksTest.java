package dev.lanewise.onnx.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Files that PyTorch wrote are read as ONNX's own reader reads them, and a part of one is either whole or refused.
class ExportedNetworksTest {

  static final Path FOLDER = Path.of("src/test/resources/onnx");

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".onnx")).sorted().toList();
    }
  }

  @Test
  void areReadAsByTheReference() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path file : files()) {
      lines.add("file " + file.getFileName());
      lines.addAll(Messages.lines(ModelReader.read(file)));
    }
    assertEquals(Files.readString(FOLDER.resolve("messages.txt")), String.join("\n", lines) + "\n");
  }

  @Test
  void areTheSameFromAStreamAndABuffer() throws IOException {
    for (Path file : files()) {
      byte[] bytes = Files.readAllBytes(file);
      List<String> lines = Messages.lines(ModelReader.read(file));
      assertEquals(lines, Messages.lines(ModelReader.read(new ByteArrayInputStream(bytes))));
      ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length + 7).position(3).put(bytes).flip().position(3);
      assertEquals(lines, Messages.lines(ModelReader.read(direct.asReadOnlyBuffer(), ExternalData.none())));
      assertEquals(3, direct.position());
    }
  }

  /// A file ends behind a field of it or not; what comes first is its version, and near its end its graph.
  @Test
  void cutAnywhereTheyAreRefusedOrWhole() throws IOException {
    int whole = 0;
    for (Path file : files()) {
      byte[] bytes = Files.readAllBytes(file);
      for (int length = 0; length < bytes.length; length++) {
        ByteBuffer part = ByteBuffer.wrap(Arrays.copyOf(bytes, length));
        if (length < bytes.length - 20) {
          FormatException fault = assertThrows(FormatException.class, () -> ModelReader.read(part, ExternalData.none()));
          assertTrue(fault.getMessage().length() < 600, fault.getMessage());
        } else if (isRead(part)) {
          whole++;
        }
      }
    }
    assertEquals(files().size(), whole, "a graph without the opset that stands behind it");
  }

  private static boolean isRead(ByteBuffer part) throws IOException {
    try {
      ModelReader.read(part, ExternalData.none());
      return true;
    } catch (FormatException _) {
      return false;
    }
  }
}
