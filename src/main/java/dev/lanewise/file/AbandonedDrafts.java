package dev.lanewise.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;

/// Removes drafts whose writers were killed, and no others.
///
/// A writer locks its draft while it lives. Locks belong to a process, and end when it closes any channel of the file,
/// so a process never opens its own drafts, and examines others with one thread at a time. On a drive without locks no
/// draft can be recognized as abandoned, and none is removed. Some network drives lock per machine: a draft of another
/// machine, or from before a restart, must also be a day old.
final class AbandonedDrafts {

  private static final Duration OLD = Duration.ofDays(1);

  private AbandonedDrafts() {}

  /// Removes those in `folder`. A failure to examine or remove them does not prevent writing.
  static synchronized void remove(Path folder) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".lanewise-*.draft")) {
      for (Path file : files) {
        DraftName name = DraftName.parse(file.getFileName().toString());
        if (name != null && !name.isOfThisProcess()) {
          removeIfAbandoned(file, name);
        }
      }
    } catch (IOException | DirectoryIteratorException _) {
      return;
    }
  }

  private static void removeIfAbandoned(Path draft, DraftName name) {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(draft, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      boolean old = attributes.lastModifiedTime().toInstant().isBefore(Instant.now().minus(OLD));
      if (attributes.isRegularFile() && (name.isOfThisMachine() || old)) { // Opening a pipe would wait for its reader.
        removeIfUnlocked(draft);
      }
    } catch (IOException _) {
      return; // Gone by now, or not ours to remove: in nobody's way either way.
    }
  }

  private static void removeIfUnlocked(Path draft) throws IOException {
    try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        FileLock lock = channel.tryLock()) {
      if (lock != null) {
        Files.deleteIfExists(draft);
      }
    } catch (OverlappingFileLockException _) {
      return;
    }
  }
}
