package dev.lanewise.report.page;

import dev.lanewise.report.chart.Picture;
import dev.lanewise.report.content.Section;
import dev.lanewise.report.result.Machine;
import dev.lanewise.report.result.Part;
import dev.lanewise.report.result.Parts;
import dev.lanewise.report.result.RawResult;
import dev.lanewise.report.result.Refusal;
import dev.lanewise.report.section.Findings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The report's directory. A report is written to a draft beside its place, and moved there when it is complete; until
/// then the last report stays as it is.
///
/// The draft, `NAME.draft`, holds the new report, the last one while the two change places, and a file that a live run
/// has locked. The next run removes the draft of a killed run, and puts the last report back if it had been moved.
public final class Folder implements AutoCloseable {

  public static final String PAGE = "index.html";
  public static final String SUMMARY = "summary.json";
  /// Suffix of a report's name for the report before it.
  public static final String PREVIOUS = ".previous";
  private static final String LOCK = "lock";

  private final Path place;
  private final Path draft;
  private final Path whole;
  private final Path last;
  private final FileChannel lock;

  /// Whether a killed run had left an incomplete report beside the place, which is now removed.
  public final boolean hadHalf;

  /// Makes an empty draft; what is at `place` stays.
  ///
  /// @throws Refusal if the files at `place` or beside it are not a report's, or another run is writing there
  public Folder(Path place) throws IOException {
    this.place = place.toAbsolutePath().normalize();
    requireReport(this.place);
    draft = this.place.resolveSibling(this.place.getFileName() + ".draft");
    whole = draft.resolve("new");
    last = draft.resolve("last");
    hadHalf = Files.exists(draft);
    requireDraft(draft);
    Files.createDirectories(draft);
    lock = lock();
    try {
      if (Files.exists(last) && !Files.exists(this.place)) {
        Files.move(last, this.place, StandardCopyOption.ATOMIC_MOVE);
      }
      delete(last);
      delete(whole);
      Files.createDirectory(whole);
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  /// Refuses to replace anything that is not a report.
  private static void requireReport(Path place) throws IOException {
    if (!Files.exists(place) || Files.isRegularFile(place.resolve(Machine.FILE))) {
      return;
    }
    if (!Files.isDirectory(place)) {
      throw new Refusal(place.toString(), "is a file, expected a directory to write the report to");
    }
    if (!isEmpty(place)) {
      throw new Refusal(place.toString(), "contains something other than a report, expected an empty or new directory");
    }
  }

  /// Refuses to replace anything that no run of a report has left.
  private static void requireDraft(Path draft) throws IOException {
    if (Files.exists(draft, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(draft.resolve(LOCK))
        && !isEmpty(draft)) {
      throw new Refusal(draft.toString(), "is not what a run of the report left, expected nothing of this name");
    }
  }

  private static boolean isEmpty(Path place) throws IOException {
    if (!Files.isDirectory(place)) {
      return false;
    }
    try (Stream<Path> inside = Files.list(place)) {
      return inside.findAny().isEmpty();
    }
  }

  /// The system releases the lock when the process ends, however it ends.
  private FileChannel lock() throws IOException {
    FileChannel channel = FileChannel.open(draft.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException _) {
      // This process holds the lock.
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new Refusal(draft.toString(), "is being written by another run, expected one at a time");
  }

  public Path resolve(String file) {
    return whole.resolve(file);
  }

  /// Writes the page and its files.
  public void write(byte[] raw, Findings findings) throws IOException {
    Files.write(resolve(RawResult.FILE), raw);
    writeFigures(findings);
    write(PAGE, Page.html(findings));
  }

  /// The same for several parts: the files of parts that were merged into the first go to separate folders.
  public void write(Parts parts, Findings findings) throws IOException {
    for (int number = 2; number <= parts.all().size(); number++) {
      Part part = parts.all().get(number - 1);
      writeRaw(Files.createDirectories(resolve(Parts.folder(number))), part);
    }
    write(parts.all().getFirst().raw().json(), findings);
    writeRaw(resolve(""), parts.all().getFirst());
  }

  private static void writeRaw(Path place, Part part) throws IOException {
    Files.write(place.resolve(RawResult.FILE), part.raw().json());
    Files.writeString(place.resolve(Machine.FILE), part.machine().json());
  }

  /// Writes the figures, the machine, and the pictures with their data.
  public void writeFigures(Findings findings) throws IOException {
    write(Machine.FILE, findings.machine().json());
    write(SUMMARY, findings.summary().json());
    for (Section section : findings.sections()) {
      for (Picture picture : section.drawn()) {
        write(picture.name() + ".svg", picture.svg());
        write(picture.name() + "-dark.svg", picture.darkSvg());
        write(picture.name() + ".csv", picture.csv());
      }
    }
  }

  public void write(String file, String text) throws IOException {
    Files.writeString(resolve(file), text, StandardCharsets.UTF_8);
  }

  /// Puts the draft in the last report's place, and keeps the last report beside it, as `NAME.previous`.
  ///
  /// @throws Refusal if the files there are not a report's, or the last report cannot be moved; it then stays where it
  ///     was
  public void publishKeepingLast() throws IOException {
    Path previous = place.resolveSibling(place.getFileName() + PREVIOUS);
    requireReport(previous);
    publish();
    if (Files.exists(last)) {
      delete(previous);
      Files.move(last, previous, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /// Puts the draft in the last report's place.
  ///
  /// @throws Refusal if that cannot be moved; it then stays where it was
  public void publish() throws IOException {
    try {
      if (Files.exists(place)) {
        Files.move(place, last, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(whole, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (Files.exists(last)) {
        Files.move(last, place, StandardCopyOption.ATOMIC_MOVE);
      }
      throw new Refusal(place.toString(), "cannot be replaced (" + e + ")");
    }
  }

  /// Removes the draft, unless it holds measurements that have not been moved to their place.
  @Override
  public void close() throws IOException {
    lock.close();
    if (!Files.exists(resolve(RawResult.FILE))) {
      // Before the lock file, by which the next run recognizes the draft.
      delete(last);
      delete(draft);
    }
  }

  private static void delete(Path root) throws IOException {
    if (Files.exists(root)) {
      try (Stream<Path> walk = Files.walk(root)) {
        List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
        for (Path path : deepestFirst) {
          Files.delete(path);
        }
      }
    }
  }
}
