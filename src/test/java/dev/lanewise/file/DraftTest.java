package dev.lanewise.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A draft is its writer's alone until it is published, on disk before it is, and removed only when its writer is gone.
class DraftTest {

  @TempDir
  Path folder;

  private Path target;

  @BeforeEach
  void setTarget() {
    target = folder.resolve("target");
  }

  @Test
  void isPublishedWholeOrNotAtAll() throws IOException {
    Files.writeString(target, "old");
    try (Draft draft = Draft.of(target)) {
      draft.channel().write(StandardCharsets.UTF_8.encode("new"));
      assertEquals("old", Files.readString(target));
    }
    assertEquals("old", Files.readString(target));
    assertEquals(List.of("target"), names());
    try (Draft draft = Draft.of(target)) {
      draft.channel().write(StandardCharsets.UTF_8.encode("new"));
      draft.publish();
      assertEquals("new", Files.readString(target));
    }
    assertEquals("new", Files.readString(target));
    assertEquals(List.of("target"), names());
  }

  /// A rename may reach the disk before the data do; then a crash leaves an empty file under the good name.
  @Test
  void isForcedToDiskBeforeItIsRenamed() throws IOException {
    Files.writeString(target, "old");
    Path path = folder.resolve("draft");
    FileChannel onDisk = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    try (RecordingChannel channel = new RecordingChannel(onDisk);
        Draft draft = new Draft(target, path, channel)) {
      channel.onForce = () -> assertEquals("old", Files.readString(target));
      channel.write(StandardCharsets.UTF_8.encode("new"));
      draft.publish();
      assertEquals(List.of("write", "force with metadata"), channel.calls);
      assertEquals("new", Files.readString(target));
    }
  }

  /// Locked by somebody who takes it for abandoned, or already removed by him, between its making and its locking.
  @Test
  void isOursOnlyWhileItIsLockedByUsAndThere() throws IOException {
    Path path = folder.resolve("draft");
    try (FileChannel ours = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
      try (FileChannel others = FileChannel.open(path, StandardOpenOption.WRITE)) {
        others.lock();
        assertFalse(Draft.isOurs(path, ours), "locked by others");
      }
      Files.delete(path);
      assertFalse(Draft.isOurs(path, ours), "removed");
    }
    try (FileChannel ours = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
      assertTrue(Draft.isOurs(path, ours));
    }
  }

  @Test
  void aFileThatIsThereUnderItsNameStays() throws IOException {
    Path taken = Files.writeString(folder.resolve("taken"), "mine");
    Iterator<String> names = List.of("taken", "taken", "free").iterator();
    try (Draft draft = Draft.of(Target.of(target), names::next)) {
      draft.channel().write(StandardCharsets.UTF_8.encode("new"));
      assertEquals("mine", Files.readString(taken));
      draft.publish();
    }
    assertEquals("mine", Files.readString(taken));
    assertEquals("new", Files.readString(target));
  }

  @Test
  void whenEveryNameIsTakenItIsRefused() throws IOException {
    Files.writeString(folder.resolve("taken"), "mine");
    Supplier<String> names = () -> "taken";
    Target free = Target.of(target);
    String message = assertThrows(FileSystemException.class, () -> Draft.of(free, names)).getMessage();
    assertTrue(message.startsWith(target + ": each of 100 drafts"), message);
  }

  @Test
  void whatOnlyItsOwnerReadsIsReadByNobodyElseWhileItIsWritten() throws IOException {
    Files.writeString(target, "secret");
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-------"));
    Path made = folder.resolve("made");
    Draft.create(made, Target.of(target)).close();
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(made)));
    try (Draft _ = Draft.of(target)) {
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(onlyDraft())));
    }
  }

  @Test
  void anotherGroupMayDoWhatAnybodyMay() {
    assertEquals("rw-------", forAnotherGroup("rw-rw----"));
    assertEquals("rw-r--r--", forAnotherGroup("rw-rw-r--"));
    assertEquals("rwx--x--x", forAnotherGroup("rwxrwx--x"));
    assertEquals("rw--w--w-", forAnotherGroup("rw-rw--w-"));
    assertEquals("rw----r--", forAnotherGroup("rw----r--"));
    assertEquals("-w-------", forAnotherGroup("-w-------"));
  }

  private static String forAnotherGroup(String permissions) {
    Set<PosixFilePermission> fewer = Target.forAnotherGroup(PosixFilePermissions.fromString(permissions));
    return PosixFilePermissions.toString(fewer);
  }

  /// Writes half of a file, says so, and goes on when told to, or dies when nobody will tell it any more.
  static final class HalfWriter {

    private HalfWriter() {}

    public static void main(String[] arguments) throws IOException {
      try (Draft draft = Draft.of(Path.of(arguments[0]))) {
        draft.channel().write(StandardCharsets.UTF_8.encode("half"));
        System.out.println("half");
        if (System.in.read() < 0) {
          Runtime.getRuntime().halt(1);
        }
        draft.channel().write(StandardCharsets.UTF_8.encode(" and whole"));
        draft.publish();
      }
    }
  }

  /// Threads of one process look at the drafts of another at once: what one of them does must not take a lock away.
  @Test
  void ofALiveProcessStaysAndOfAKilledOneGoes() throws Exception {
    for (boolean lives : List.of(true, false)) {
      Process other = SaversTest.java(HalfWriter.class, target).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      BufferedReader out = new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8));
      assertEquals("half", out.readLine());
      Path draft = onlyDraft();
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        assertFalse(Draft.isOurs(draft, channel), "locked by another process");
      }
      saveTwiceFromTwoThreads();
      assertTrue(Files.exists(draft), "the draft of a live writer was removed");
      try (var in = other.getOutputStream()) {
        if (lives) {
          in.write('\n');
        }
      }
      assertEquals(lives ? 0 : 1, other.waitFor());
      assertEquals(lives ? "half and whole" : "mine", Files.readString(target));
      assertEquals(lives ? List.of("target") : List.of(draft.getFileName().toString(), "target"), names());
      save();
      assertEquals(List.of("target"), names());
    }
  }

  private void saveTwiceFromTwoThreads() throws Exception {
    Thread thread = Thread.ofPlatform().start(() -> {
      try {
        save();
        save();
      } catch (IOException failed) {
        throw new AssertionError(failed);
      }
    });
    save();
    save();
    thread.join();
  }

  private void save() throws IOException {
    try (Draft draft = Draft.of(target)) {
      draft.channel().write(StandardCharsets.UTF_8.encode("mine"));
      draft.publish();
    }
  }

  /// Nobody here can tell whether its writer lives, on drives that lock on each machine apart.
  @Test
  void ofAnotherMachineGoesWhenItIsADayOld() throws IOException {
    DraftName here = DraftName.next();
    String other = here.machine().equals("00000000") ? "11111111" : "00000000";
    Path draft = Files.createFile(folder.resolve(new DraftName(other, "1-1", here.random()).toString()));
    save();
    assertTrue(Files.exists(draft));
    Files.setLastModifiedTime(draft, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
    save();
    assertEquals(List.of("target"), names());
  }

  /// A thread of this process may be writing it, and to look at its lock would release it.
  @Test
  void ofThisProcessIsNotLookedAt() throws IOException {
    Path draft = Files.createFile(folder.resolve(DraftName.next().toString()));
    save();
    assertTrue(Files.exists(draft));
  }

  @Test
  void whatOnlyHasItsNameIsLeftAlone() throws Exception {
    Files.createDirectory(folder.resolve(abandoned()));
    Files.createSymbolicLink(folder.resolve(abandoned()), Files.createFile(folder.resolve("notes")));
    List<String> before = names();
    Path pipe = folder.resolve(abandoned());
    boolean piped = new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0;
    Process other = SaversTest.java(HalfWriter.class, target).start();
    try (var in = other.getOutputStream()) {
      in.write('\n');
      in.flush();
      assertTrue(other.waitFor(60, TimeUnit.SECONDS), "waits for the other end of a pipe");
      assertEquals(0, other.exitValue());
    } finally {
      other.destroyForcibly();
    }
    assertEquals(piped, Files.deleteIfExists(pipe));
    Files.delete(target);
    assertEquals(before, names());
  }

  private static String abandoned() {
    DraftName ours = DraftName.next();
    return new DraftName(ours.machine(), "1-1", ours.random()).toString();
  }

  @Test
  void aNameIsShortAndSaysWhoWritesIt() {
    DraftName name = DraftName.next();
    assertTrue(name.toString().length() <= 75, name.toString());
    assertEquals(name, DraftName.parse(name.toString()));
    assertTrue(name.isOfThisProcess());
    assertFalse(new DraftName(name.machine(), "1-1", name.random()).isOfThisProcess());
    assertEquals(null, DraftName.parse(name + ".txt"));
    assertEquals(null, DraftName.parse(".m.1.tmp"));
  }

  private Path onlyDraft() throws IOException {
    return folder.resolve(names().stream().filter(name -> DraftName.parse(name) != null).toList().getFirst());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
