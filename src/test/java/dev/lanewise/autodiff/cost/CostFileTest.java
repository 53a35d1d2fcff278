package dev.lanewise.autodiff.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Precision;
import dev.lanewise.autodiff.cost.CostTable.Work;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A file of times: whole and of this machine, or refused; and the files that are built in.
class CostFileTest {

  private static final String FIRST_TIMES = "FLOAT A_B 1 1: ";

  @TempDir
  private Path folder;

  private static CostFile random(String machine) {
    Random random = new Random(1);
    return new CostFile(machine, "random", new CostTables((_, _, _) -> Math.exp(10 * random.nextGaussian())));
  }

  @Test
  void whatIsWrittenIsReadToTheBit() throws IOException {
    Path path = folder.resolve("model.txt");
    CostFile written = random(CostMachine.key());
    new CostModel(written, "random").write(path);
    CostFile read = CostFile.read(path);
    for (Precision precision : Precision.values()) {
      for (Work work : Work.values()) {
        for (int point = 0; point < work.points(); point++) {
          assertEquals(written.tables().of(precision, work).point(point),
              read.tables().of(precision, work).point(point));
        }
      }
    }
    assertEquals(written.text(), read.text());
    assertEquals("random, from " + path, CostModel.read(path).source());
    assertEquals(1, files(folder), "files left");
  }

  private static long files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }

  @Test
  void linesMayEndAsOnWindows() throws IOException {
    String text = random("any").text();
    assertEquals(text, CostFile.parse("windows", text.replace("\n", "\r\n")).text());
  }

  @Test
  void aFileCutShortAnywhereIsRefused() {
    String text = random(CostMachine.key()).text();
    for (int length = 0; length < text.length(); length++) {
      String cut = text.substring(0, length);
      var e = assertThrows(IOException.class, () -> CostFile.parse("cut", cut), () -> "at " + cut.length());
      assertTrue(e.getMessage().startsWith("cut: "), e.getMessage());
    }
  }

  @Test
  void aChangedFileIsRefused() {
    String text = random("any").text();
    assertRefused("damaged", text.replaceFirst("\\d(?=\\.)", "x"));
    assertRefused("begins with", text.replaceFirst("model 1", "model 2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "-1.0", "0.0", "Infinity", "one", ""})
  void whatIsNoTimeIsRefused(String time) {
    String text = checked(random("any").text().replaceFirst(FIRST_TIMES + "\\S+", FIRST_TIMES + time));
    assertRefused("line 4 has the time \"" + time + "\", expected a positive number", text);
  }

  @Test
  void tablesOfAnotherGridAreRefused() {
    String text = random("any").text();
    assertRefused("line 4 has 9 times, expected 8", checked(text.replaceFirst(FIRST_TIMES, FIRST_TIMES + "1.0 ")));
    assertRefused("line 4 is", checked(text.replaceFirst(FIRST_TIMES + ".*\n", "")));
    assertRefused("lines too many", checked(text.replaceFirst("crc32", "one more\ncrc32")));
    assertRefused("line 2 is", checked("lanewise cost model 1\n"));
  }

  /// The text with the check that it should have.
  private static String checked(String text) {
    String body = text.replaceFirst("crc32 .*\n", "");
    CRC32 crc = new CRC32();
    crc.update(body.getBytes(StandardCharsets.UTF_8));
    return body + String.format("crc32 %08x\n", crc.getValue());
  }

  private static void assertRefused(String fault, String text) {
    var e = assertThrows(IOException.class, () -> CostFile.parse("model.txt", text));
    assertTrue(e.getMessage().startsWith("model.txt: ") && e.getMessage().contains(fault), e.getMessage());
  }

  @Test
  void anotherMachinesTimesAreRefused() throws IOException {
    Path path = folder.resolve("foreign.txt");
    random("mips, IRIX").write(path);
    var e = assertThrows(IOException.class, () -> CostModel.read(path));
    assertEquals(path + ": has the times of \"mips, IRIX\", expected \"" + CostMachine.key() + "\"", e.getMessage());
  }

  /// The vectors in use decide; whose times they are stands in the source.
  @Test
  void eachWidthOfVectorsHasATable() throws IOException {
    Set<String> texts = new HashSet<>();
    for (String kernels : List.of("128", "256", "512", "portable")) {
      String name = "cost-model-" + kernels + ".txt";
      try (InputStream in = CostModel.class.getResourceAsStream(name)) {
        CostFile file = CostFile.parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        String vectors = kernels.equals("portable") ? "portable kernels" : "vectors of " + kernels + " bit";
        assertTrue(file.machine().contains(vectors), file.machine());
        assertTrue(texts.add(file.text()), name);
        assertEquals(kernels.equals(CostMachine.kernels()),
            CostModel.builtIn().source().equals("built-in: " + file.origin() + " on " + file.machine()), name);
      }
    }
  }

  @Test
  void anOversizedFileIsRefusedUnread() throws IOException {
    Path path = Files.write(folder.resolve("large.txt"), new byte[2 << 20]);
    assertThrows(IOException.class, () -> CostModel.read(path));
    Path endless = Path.of("/dev/zero");
    if (Files.exists(endless)) {
      assertEquals("/dev/zero: has over 1048576 bytes, expected at most that",
          assertThrows(IOException.class, () -> CostModel.read(endless)).getMessage());
    }
  }

  @Test
  void messagesQuoteInPart() throws IOException {
    Path path = folder.resolve("foreign.txt");
    random("m".repeat(500_000)).write(path);
    String message = assertThrows(IOException.class, () -> CostModel.read(path)).getMessage();
    assertTrue(message.startsWith(path + ": has the times of \"mmm") && message.length() < 1_000, message);
  }
}
