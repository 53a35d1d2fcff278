package dev.lanewise.report.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Reading what JMH wrote, and refusing what it did not.
public class ResultsTest {

  /// A small run's, as JMH wrote it.
  public static byte[] recorded() throws IOException {
    try (InputStream in = ResultsTest.class.getResourceAsStream("recorded.json")) {
      return in.readAllBytes();
    }
  }

  @Test
  void aRecordedResultIsRead() throws IOException {
    Results results = Results.parse("recorded.json", recorded());
    assertEquals(6, results.measurements().size());
    assertTrue(results.jvm().contains("-XX:+UseSerialGC"), results.jvm());
    Measurement gemm = results.of(Suite.GEMM).getFirst();
    assertEquals(256L * 256 * 256, gemm.multiplyAdds());
    assertEquals(gemm.gigaflops() / gemm.peakGigaflops(), gemm.peakShare(), 0.05);
  }

  @Test
  void aMissingFileIsNamed(@TempDir Path folder) {
    Path file = folder.resolve("nowhere.json");
    Refusal refusal = assertThrows(Refusal.class, () -> Results.of(RawResult.at(file)));
    assertTrue(refusal.getMessage().startsWith(file + ": no such file"), refusal.getMessage());
  }

  @Test
  void truncatedFilesAreRefusedWhereverTheyEnd() throws IOException {
    byte[] whole = recorded();
    for (int length = 0; length < whole.length - 2; length += 997) {
      byte[] part = Arrays.copyOf(whole, length);
      assertRefused(part);
    }
  }

  @Test
  void foreignFilesAreRefused() throws IOException {
    String whole = new String(recorded(), StandardCharsets.UTF_8);
    assertRefused(bytes("{}"));
    assertRefused(bytes("[]"));
    assertRefused(bytes("[1, 2]"));
    assertRefused(bytes("[{\"benchmark\": \"dev.lanewise.A.b\"}]"));
    assertRefused(bytes("<html></html>"));
    assertRefused(bytes(whole.replace("dev.lanewise.", "org.example.")));
    assertRefused(bytes(whole.replace("ns/op", "ops/s")));
    assertRefused(bytes(whole.replaceFirst("(?s)(\"rawData\" : \\[\\s*\\[\\s*)[0-9.E]+", "$1\"NaN\"")));
    assertRefused(bytes(whole.replaceFirst("(?s)(\"rawData\" : \\[\\s*\\[\\s*)[0-9.E]+", "$1-1")));
  }

  @Test
  void resultsOfOtherSuitesAreRefused() throws IOException {
    String whole = new String(recorded(), StandardCharsets.UTF_8);
    assertTrue(refusal(whole.replace("GemmBenchmark.gemm", "GemmBenchmark.multiply"))
        .contains("which is no suite of the report"));
    assertTrue(refusal(whole.replace("\"peakGigaflops\"", "\"peak\""))
        .contains("kernel.GemmBenchmark.gemm has no counter peakGigaflops"));
    assertTrue(refusal(whole.replace("\"form\"", "\"shape\""))
        .contains("kernel.GemmBenchmark.gemm has no parameter form"));
  }

  @Test
  void twoResultsOfOneThingAreRefused() throws IOException {
    String whole = new String(recorded(), StandardCharsets.UTF_8).strip();
    String twice = whole.substring(0, whole.length() - 1) + "," + whole.substring(1);
    assertTrue(refusal(twice).contains("has two results of "));
  }

  private static String refusal(String json) {
    return assertThrows(Refusal.class, () -> Results.parse("given.json", bytes(json))).getMessage();
  }

  @Test
  void packedFilesAreReadOrRefused(@TempDir Path folder) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(recorded());
    }
    Path file = Files.write(folder.resolve(RawResult.FILE + RawResult.PACKED), bytes.toByteArray());
    assertEquals(6, Results.of(RawResult.at(file)).measurements().size());
    assertEquals(6, Results.of(RawResult.at(folder)).measurements().size());
    for (int length = 0; length < bytes.size(); length += 97) {
      Files.write(file, Arrays.copyOf(bytes.toByteArray(), length));
      Refusal refusal = assertThrows(Refusal.class, () -> Results.of(RawResult.at(folder)));
      assertTrue(refusal.getMessage().startsWith(file + ": truncated or not packed"), refusal.getMessage());
    }
    Files.write(file, recorded());
    assertThrows(Refusal.class, () -> Results.of(RawResult.at(folder)));
    Files.delete(file);
    assertTrue(assertThrows(Refusal.class, () -> Results.of(RawResult.at(folder))).getMessage()
        .startsWith(folder + ": holds neither"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void assertRefused(byte[] json) {
    Refusal refusal = assertThrows(Refusal.class, () -> Results.parse("given.json", json));
    assertTrue(refusal.getMessage().startsWith("given.json: "), refusal.getMessage());
    assertEquals(1, refusal.getMessage().lines().count(), refusal.getMessage());
  }
}
