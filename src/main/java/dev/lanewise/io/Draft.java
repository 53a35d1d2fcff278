package dev.lanewise.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/// A file that is written aside, under a name of its own beside `target`, and then takes its place in one step.
///
/// A process that is killed leaves its draft behind. Each draft is locked for as long as its writer lives, so the next writer
/// of the same target can tell those that nobody will ever finish, and removes them.
final class Draft implements AutoCloseable {

  private static final String SUFFIX = ".tmp";

  private final Path target;
  private final Path path;
  private final FileChannel channel;

  private Draft(Path target, Path path, FileChannel channel) {
    this.target = target;
    this.path = path;
    this.channel = channel;
  }

  /// A new and empty draft of `target`, an absolute path.
  static Draft beside(Path target) throws IOException {
    removeAbandoned(target);
    while (true) {
      // Not Files.createTempFile, whose files nobody else may read.
      Path path = target.resolveSibling(prefix(target) + Long.toHexString(ThreadLocalRandom.current().nextLong()) + SUFFIX);
      FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
      lock(channel);
      if (Files.exists(path)) {
        return new Draft(target, path, channel);
      }
      channel.close(); // Another writer took it for abandoned before it was locked.
    }
  }

  private static String prefix(Path target) {
    return "." + target.getFileName() + ".";
  }

  /// Without a lock, as on some network drives, a draft may be removed by another writer of the same target; its own writer
  /// then fails, and the target stays as it was.
  private static FileLock lock(FileChannel channel) {
    try {
      return channel.tryLock();
    } catch (IOException | OverlappingFileLockException _) {
      return null;
    }
  }

  private static void removeAbandoned(Path target) throws IOException {
    try (DirectoryStream<Path> siblings = Files.newDirectoryStream(target.getParent(), sibling -> isDraft(sibling, target))) {
      for (Path draft : siblings) {
        removeIfAbandoned(draft);
      }
    }
  }

  private static boolean isDraft(Path sibling, Path target) {
    String name = sibling.getFileName().toString();
    return name.startsWith(prefix(target)) && name.substring(prefix(target).length()).matches("[0-9a-f]{1,16}\\" + SUFFIX);
  }

  private static void removeIfAbandoned(Path draft) {
    try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      if (lock(channel) != null) {
        Files.deleteIfExists(draft);
      }
    } catch (IOException _) {
      return; // Gone by now, or not ours to remove: in nobody's way either way.
    }
  }

  FileChannel channel() {
    return channel;
  }

  /// Forces the draft to disk, and puts it in the target's place.
  void publish() throws IOException {
    channel.force(true);
    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
    forceDirectory(target.getParent());
  }

  /// Without this the new name itself may be lost in a crash. Not every system can do it: Windows opens no directory.
  private static void forceDirectory(Path directory) {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException _) {
      return;
    }
  }

  /// Removes the draft, unless it was published.
  @Override
  public void close() throws IOException {
    try (channel) {
      Files.deleteIfExists(path);
    }
  }
}
