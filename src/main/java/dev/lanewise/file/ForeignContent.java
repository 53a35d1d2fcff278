package dev.lanewise.file;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Content that is often found under another kind's name, recognized by its first bytes.
public enum ForeignContent {
  LFS_POINTER("version https://git-lfs.github.com/spec/",
      "is a Git LFS pointer, which stands for the file: fetch it by `git lfs pull`"),
  HTML("<!doctype html", "is an HTML page: the download is a page about the file, or an error"),
  HTML_WITHOUT_DOCTYPE("<html", HTML.what),
  XML("<?xml", "is an XML document: the download is perhaps an error"),
  JSON("{", "is JSON text"),
  ZIP("PK\u0003\u0004", "is a ZIP archive, as PyTorch's own files and Keras's are"),
  PICKLE("\u0080\u0002", "is a Python pickle, as PyTorch's old files are"),
  HDF5("\u0089hdf", "is an HDF5 file, as Keras writes"),
  NUMPY("\u0093numpy", "is a NumPy array"),
  GGUF("gguf", "is a GGUF file"),
  GZIP("\u001f\u008b\b", "is compressed by gzip: unpack it"),
  ZSTD("\u0028\u00b5\u002f\u00fd", "is compressed by Zstandard: unpack it");

  /// Enough bytes to recognize it.
  public static final int BYTES = 256;

  private final String begin;
  private final String what;

  ForeignContent(String begin, String what) {
    this.begin = begin.toLowerCase(Locale.ROOT);
    this.what = what;
  }

  /// {@return the content of a file that begins so; null if it is not recognized}
  public static ForeignContent of(byte[] first) {
    String text = new String(first, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    // Not stripLeading: it takes gzip's first byte for a space.
    String bare = (text.startsWith("\u00ef\u00bb\u00bf") ? text.substring(3) : text).replaceFirst("^[ \t\r\n]+", "");
    for (ForeignContent content : values()) {
      if (bare.startsWith(content.begin)) {
        return content;
      }
    }
    return null;
  }

  /// {@return what it is}
  ///
  /// @param remedy of a model in another framework's file: what to do with it
  public String what(String remedy) {
    return switch (this) {
      case ZIP, PICKLE, HDF5 -> what + ": " + remedy;
      default -> what;
    };
  }
}
