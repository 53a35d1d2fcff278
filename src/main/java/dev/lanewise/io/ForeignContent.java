package dev.lanewise.io;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Content often found under a name that ends in `.safetensors`, recognized by its first bytes.
enum ForeignContent {
  LFS_POINTER("version https://git-lfs.github.com/spec/",
      "is a Git LFS pointer, which stands for the file: fetch it by `git lfs pull`"),
  HTML("<!doctype html", "is an HTML page: what was downloaded is a page about the file, or an error"),
  HTML_WITHOUT_DOCTYPE("<html", HTML.what),
  XML("<?xml", "is an XML document: what was downloaded is perhaps an error"),
  JSON("{", "is JSON text without the 8 bytes of length before it, perhaps the index of a file in parts"),
  ZIP("PK\u0003\u0004", "is a ZIP archive, as PyTorch's own files are: save it as safetensors"),
  PICKLE("\u0080\u0002", "is a Python pickle, as PyTorch's old files are: save it as safetensors"),
  HDF5("\u0089hdf", "is an HDF5 file, as Keras writes: save it as safetensors"),
  GGUF("gguf", "is a GGUF file"),
  GZIP("\u001f\u008b\b", "is compressed by gzip: unpack it");

  /// Enough of a file to tell.
  static final int BYTES = 256;

  private final String begin;
  private final String what;

  ForeignContent(String begin, String what) {
    this.begin = begin.toLowerCase(Locale.ROOT);
    this.what = what;
  }

  /// What a file is that begins so; null where that is not known.
  static String of(byte[] firstBytes) {
    String text = new String(firstBytes, StandardCharsets.ISO_8859_1);
    // Not stripLeading: gzip begins with what it takes for a space.
    String bare = (text.startsWith("\u00ef\u00bb\u00bf") ? text.substring(3) : text)
        .replaceFirst("^[ \t\r\n]+", "").toLowerCase(Locale.ROOT);
    for (ForeignContent content : values()) {
      // A length of 123 bytes begins with the byte of a brace, too.
      if (bare.startsWith(content.begin) && (content != JSON || text.lastIndexOf('\0', Long.BYTES - 1) < 0)) {
        return content.what;
      }
    }
    return null;
  }
}
