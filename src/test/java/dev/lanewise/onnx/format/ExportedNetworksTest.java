package dev.lanewise.onnx.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

  private static final int SMALL = 1_700;

  /// Tag and length, and of the message inside a tag and a version.
  private static final int OPSET_BYTES = 4;

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

  /// The smallest of them, at each byte. What comes first is the version, then the graph; only the operators' version
  /// behind it may be missing.
  @Test
  void cutAnywhereTheyAreRefusedOrWhole() throws IOException {
    for (Path file : files()) {
      byte[] bytes = Files.readAllBytes(file);
      List<Integer> whole = new ArrayList<>();
      for (int length = 0; length < bytes.length && bytes.length < SMALL; length++) {
        if (isRead(ByteBuffer.wrap(Arrays.copyOf(bytes, length)))) {
          whole.add(bytes.length - length);
        }
      }
      assertEquals(bytes.length < SMALL ? List.of(OPSET_BYTES) : List.of(), whole, file.toString());
    }
  }

  private static boolean isRead(ByteBuffer part) throws IOException {
    try {
      ModelReader.read(part, ExternalData.none());
      return true;
    } catch (FormatException fault) {
      assertTrue(fault.getMessage().length() < 600, fault.getMessage());
      return false;
    }
  }
}
