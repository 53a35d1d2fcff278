package dev.lanewise.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.report.result.Machine;
import dev.lanewise.report.result.RawResult;
import dev.lanewise.report.result.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A report comes to its place whole, whenever the run that writes it is stopped.
class FolderTest {

  @TempDir
  Path root;

  private Path place;
  private Path draft;

  @BeforeEach
  void lastReport() throws IOException {
    place = root.resolve("report");
    draft = root.resolve("report.draft");
    report(place, "last");
  }

  private static void report(Path folder, String page) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(Machine.FILE), "{}");
    Files.writeString(folder.resolve(Folder.PAGE), page);
  }

  private String page() throws IOException {
    return Files.readString(place.resolve(Folder.PAGE));
  }

  private void assertNothingBeside() throws IOException {
    try (Stream<Path> inside = Files.list(root)) {
      assertEquals(List.of(place), inside.toList());
    }
  }

  private void write(String page) throws IOException {
    try (Folder folder = new Folder(place)) {
      folder.write(Machine.FILE, "{}");
      folder.write(Folder.PAGE, page);
      folder.publish();
    }
  }

  @Test
  void theLastReportStaysUntilTheNextIsWhole() throws IOException {
    try (Folder folder = new Folder(place)) {
      folder.write(Folder.PAGE, "half");
      assertEquals("last", page());
    }
    assertEquals("last", page());
    assertNothingBeside();
    write("next");
    assertEquals("next", page());
    assertNothingBeside();
  }

  private void measure(String page) throws IOException {
    try (Folder folder = new Folder(place)) {
      report(folder.resolve(""), page);
      folder.publishKeepingLast();
    }
  }

  /// A run of one suite, or of another network, must not cost the last run of all.
  @Test
  void theReportBeforeIsKept() throws IOException {
    Path previous = root.resolve("report.previous");
    for (String page : List.of("second", "third")) {
      String before = page();
      measure(page);
      assertEquals(page, page());
      assertEquals(before, Files.readString(previous.resolve(Folder.PAGE)));
    }
    assertFalse(Files.exists(draft));
  }

  @Test
  void whatIsNoReportIsNotReplacedByTheOneBefore() throws IOException {
    Path mine = Files.writeString(Files.createDirectories(root.resolve("report.previous")).resolve("mine.txt"), "mine");
    assertTrue(assertThrows(Refusal.class, () -> measure("next")).getMessage()
        .contains("contains something other than a report"));
    assertEquals("mine", Files.readString(mine));
    assertEquals("last", page());
  }

  @Test
  void aPlaceWithoutAReportTakesOne() throws IOException {
    place = root.resolve("some/where/report");
    write("first");
    assertEquals("first", page());
    assertFalse(Files.exists(root.resolve("some/where/report.draft")));
  }

  /// Killed while it measured, or wrote.
  @Test
  void whatAKilledRunLeftIsRemoved() throws IOException {
    Files.createFile(Files.createDirectories(draft).resolve("lock"));
    report(draft.resolve("new"), "half");
    try (Folder folder = new Folder(place)) {
      assertTrue(folder.hadHalf);
      assertEquals("last", page());
      assertFalse(Files.exists(folder.resolve(Folder.PAGE)));
    }
    assertNothingBeside();
  }

  /// Killed between the two moves: the last report is on its way out, the next one not yet in.
  @Test
  void aReportOnItsWayOutIsPutBack() throws IOException {
    Files.createFile(Files.createDirectories(draft).resolve("lock"));
    Files.move(place, draft.resolve("last"));
    report(draft.resolve("new"), "next");
    new Folder(place).close();
    assertEquals("last", page());
    assertNothingBeside();
  }

  /// Killed behind the second move.
  @Test
  void aReportThatHadGoneOutIsRemoved() throws IOException {
    Files.createFile(Files.createDirectories(draft).resolve("lock"));
    report(draft.resolve("last"), "older");
    new Folder(place).close();
    assertEquals("last", page());
    assertNothingBeside();
  }

  @Test
  void killedBeforeItsFirstFile() throws IOException {
    Files.createDirectories(draft);
    write("next");
    assertEquals("next", page());
    assertNothingBeside();
  }

  @Test
  void twoRunsDoNotWriteAtOnce() throws IOException {
    try (Folder first = new Folder(place)) {
      first.write(Machine.FILE, "{}");
      first.write(Folder.PAGE, "next");
      Refusal refusal = assertThrows(Refusal.class, () -> new Folder(place));
      assertEquals(draft + ": is being written by another run, expected one at a time", refusal.getMessage());
      first.publish();
    }
    assertEquals("next", page());
    assertNothingBeside();
  }

  @Test
  void aFolderOfAnotherKindBesideItIsLeftAlone() throws IOException {
    Path mine = Files.writeString(Files.createDirectories(draft).resolve("mine.txt"), "mine");
    assertTrue(assertThrows(Refusal.class, () -> new Folder(place)).getMessage()
        .startsWith(draft + ": is not what a run"));
    assertEquals("mine", Files.readString(mine));
    assertEquals("last", page());
  }

  /// Measured for hours, and then the page could not be drawn.
  @Test
  void whatWasMeasuredIsKeptUntilTheNextRun() throws IOException {
    try (Folder folder = new Folder(place)) {
      folder.write(RawResult.FILE, "[]");
    }
    assertEquals("[]", Files.readString(draft.resolve("new").resolve(RawResult.FILE)));
    assertEquals("last", page());
    new Folder(place).close();
    assertNothingBeside();
  }
}
