package dev.lanewise.onnx.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Other content that is often found in files named `.onnx`, recognized by its first bytes. Used when reading fails.
enum ForeignContent {
  LFS_POINTER("version https://git-lfs.github.com/spec/",
      "is a Git LFS pointer, which stands for the file: fetch it by `git lfs pull`"),
  HTML("<!doctype html", "is an HTML page: the download is a page about the file, or an error"),
  HTML_WITHOUT_DOCTYPE("<html", HTML.what),
  XML("<?xml", "is an XML document: the download is perhaps an error"),
  JSON("{", "is JSON text"),
  ZIP("PK\u0003\u0004", "is a ZIP archive, as PyTorch's own files and Keras's are: export the network as ONNX"),
  PICKLE("\u0080\u0002", "is a Python pickle, as PyTorch's old files are: export the network as ONNX"),
  HDF5("\u0089hdf", "is an HDF5 file, as Keras writes: export the network as ONNX"),
  NUMPY("\u0093numpy", "is a NumPy array"),
  GGUF("gguf", "is a GGUF file"),
  GZIP("\u001f\u008b\b", "is compressed by gzip: unpack it"),
  ZSTD("\u0028\u00b5\u002f\u00fd", "is compressed by Zstandard: unpack it");

  /// Enough bytes to recognize it.
  private static final int BYTES = 256;

  private static final String TFLITE = "tfl3";
  private static final String EXPECTED = "; expected an ONNX file";

  private final String begin;
  private final String what;

  ForeignContent(String begin, String what) {
    this.begin = begin.toLowerCase(Locale.ROOT);
    this.what = what;
  }

  /// {@return what these bytes are, and that an ONNX file was expected; null if they are not recognized}
  static String of(ByteBuffer bytes) {
    if (!bytes.hasRemaining()) {
      return "is empty" + EXPECTED;
    }
    byte[] first = new byte[Math.min(BYTES, bytes.remaining())];
    bytes.get(bytes.position(), first);
    String text = new String(first, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    // Not stripLeading: it takes gzip's first byte for a space.
    String bare = (text.startsWith("\u00ef\u00bb\u00bf") ? text.substring(3) : text).replaceFirst("^[ \t\r\n]+", "");
    for (ForeignContent content : values()) {
      if (bare.startsWith(content.begin)) {
        return content.what + EXPECTED;
      }
    }
    if (text.startsWith("\0\0\0\0{", Integer.BYTES)) {
      return "is a safetensors file, which has parameters and no network" + EXPECTED;
    }
    return text.startsWith(TFLITE, Integer.BYTES) ? "is a TensorFlow Lite file" + EXPECTED : null;
  }
}
