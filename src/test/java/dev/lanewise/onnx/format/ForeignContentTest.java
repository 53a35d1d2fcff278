package dev.lanewise.onnx.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.io.Safetensors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who mistakes another file for an ONNX file is told what it is.
class ForeignContentTest {

  private static void assertFault(String message, byte... bytes) {
    assertEquals(message + "; expected an ONNX file",
        assertThrows(FormatException.class, () -> Wire.read(bytes)).getMessage());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "version https://git-lfs.github.com/spec/v1\\noid sha256:1"
          + " | is a Git LFS pointer, which stands for the file: fetch it by `git lfs pull`",
      "<!DOCTYPE html><html> | is an HTML page: the download is a page about the file, or an error",
      "\\n <HTML> | is an HTML page: the download is a page about the file, or an error",
      "<?xml version='1.0'?> | is an XML document: the download is perhaps an error",
      "{'irVersion': '8'} | is JSON text",
      "\\u0080\\u0002}q | is a Python pickle, as PyTorch's old files are: export the network as ONNX",
      "\\u0089HDF\\r\\n\\u001a\\n | is an HDF5 file, as Keras writes: export the network as ONNX",
      "\\u0093NUMPY\\u0001 | is a NumPy array",
      "GGUF\\u0003 | is a GGUF file",
      "\\u001c\\0\\0\\0TFL3 | is a TensorFlow Lite file",
      "(\\u00b5/\\u00fd | is compressed by Zstandard: unpack it",
  })
  void byTheirFirstBytes(String escaped, String message) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c == '\\') {
        i++;
        c = switch (escaped.charAt(i)) {
          case 'n' -> '\n';
          case 'r' -> '\r';
          case '0' -> '\0';
          default -> (char) Integer.parseInt(escaped.substring(i + 1, i + 5), 16);
        };
        i += escaped.charAt(i) == 'u' ? 4 : 0;
      }
      text.append(c);
    }
    assertFault(message, text.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void anEmptyFile() {
    assertFault("is empty");
  }

  @Test
  void archives() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("archive/data.pkl"));
    }
    assertFault("is a ZIP archive, as PyTorch's own files and Keras's are: export the network as ONNX",
        out.toByteArray());
    out.reset();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(1);
    }
    assertFault("is compressed by gzip: unpack it", out.toByteArray());
  }

  @Test
  void safetensors(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("a.safetensors");
    Safetensors.of(Map.of("w", Tensor.zeros(Precision.FLOAT, 2)), Map.of()).write(file);
    assertFault("is a safetensors file, which has parameters and no network", Files.readAllBytes(file));
  }

  /// A file that could be one is not taken for another: its own fault is told.
  @Test
  void faultsOfAnOnnxFileAreItsOwn() {
    byte[] bytes = Wire.of().varint(1, 8).block(2, "{a: 'b {}'").block(7, Wire.of().raw(0x0A, 9)).bytes();
    String fault = assertThrows(FormatException.class, () -> Wire.read(bytes)).getMessage();
    assertTrue(fault.startsWith("GraphProto at byte "), fault);
    assertEquals("is of IR version 7000, expected 3 to 11",
        assertThrows(FormatException.class, () -> Wire.read(Wire.of().varint(1, 7000).bytes())).getMessage());
  }
}
