package dev.lanewise.report.result;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// A file that JMH wrote, plain or gzipped.
///
/// @param file the file itself
/// @param json its content, unpacked
public record RawResult(Path file, byte[] json) {

  /// The file's name in a report's folder.
  public static final String FILE = "jmh-result.json";

  /// The suffix of a packed file.
  public static final String PACKED = ".gz";

  /// @param place a result, or a report's folder with one in it
  public static RawResult at(Path place) throws Refusal {
    Path file = place;
    if (Files.isDirectory(place)) {
      file = place.resolve(FILE);
      file = Files.exists(file) ? file : place.resolve(FILE + PACKED);
      if (!Files.exists(file)) {
        throw new Refusal(place.toString(), "holds neither " + FILE + " nor " + FILE + PACKED + ", expected a report");
      }
    }
    if (!Files.isRegularFile(file)) {
      throw new Refusal(file.toString(), "no such file, expected a JMH result in JSON");
    }
    try {
      byte[] bytes = Files.readAllBytes(file);
      return new RawResult(file, file.toString().endsWith(PACKED) ? unpack(file, bytes) : bytes);
    } catch (Refusal e) {
      throw e;
    } catch (IOException e) {
      throw new Refusal(file.toString(), "cannot be read: " + e.getMessage());
    }
  }

  private static byte[] unpack(Path file, byte[] bytes) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    } catch (EOFException | ZipException _) {
      throw new Refusal(file.toString(), "truncated or not packed by gzip, expected a JMH result");
    }
  }
}
