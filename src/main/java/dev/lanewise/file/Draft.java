package dev.lanewise.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Supplier;

/// A file that is written beside its target, and then takes the target's place in one step:
///
/// ```java
/// try (Draft draft = Draft.of(path)) {
///   write(draft.channel());
///   draft.publish();
/// }
/// ```
///
/// At any time `path` holds the whole old or the whole new content, even if the machine stops. Any number of threads
/// and processes may replace one file at once: each writes a whole file, and the last one stays.
///
/// | `path` leads to                | what happens                                                          |
/// |--------------------------------|-----------------------------------------------------------------------|
/// | a regular file                 | replaced; keeps permissions, and owner and group if the system permits |
/// | nothing                        | made, with the permissions of any new file                            |
/// | a link                         | stays a link; its target is replaced or made                          |
/// | a file that nobody may write   | refused, even for root                                                |
/// | a folder, device, pipe, socket | refused                                                               |
/// | a file in an archive           | replaced there; the archive is its file system's to write             |
///
/// Nothing else is kept: hard links keep the old content; access control lists and extended attributes are those of a
/// new file.
///
/// A killed process leaves its draft behind; the next writer in that folder removes it ([AbandonedDrafts]).
public final class Draft implements AutoCloseable {

  /// Each try fails only if somebody takes a name of 64 random bits, or a draft just made for an abandoned one.
  private static final int MOST_TRIES = 100;

  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path target;
  private final Path path;
  private final WritableByteChannel channel;
  private boolean published;

  Draft(Path target, Path path, WritableByteChannel channel) {
    this.target = target;
    this.path = path;
    this.channel = channel;
  }

  public static Draft of(Path path) throws IOException {
    Target target = Target.of(path);
    if (target.isOnDisk()) {
      AbandonedDrafts.remove(target.path().getParent());
    }
    try {
      return of(target, () -> DraftName.next().toString());
    } catch (AccessDeniedException denied) {
      throw new AccessDeniedException(path.toString(), null,
          "its folder takes no new file to write it in: " + denied.getReason());
    } catch (UnsupportedOperationException unsupported) {
      throw new FileSystemException(path.toString(), null,
          "its file system makes no files: " + unsupported.getMessage());
    }
  }

  /// Replaces what `path` leads to by a text, in UTF-8.
  public static void replace(Path path, String text) throws IOException {
    try (Draft draft = of(path)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        draft.channel.write(bytes);
      }
      draft.publish();
    }
  }

  static Draft of(Target target, Supplier<String> names) throws IOException {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      Path path = target.path().resolveSibling(names.get());
      SeekableByteChannel channel;
      try {
        channel = create(path, target);
      } catch (FileAlreadyExistsException _) {
        continue;
      }
      Draft draft = new Draft(target.path(), path, channel);
      if (!target.isOnDisk() || isOurs(path, (FileChannel) channel)) {
        return target.exists() && target.isOnDisk() ? draft.withAttributesOf(target) : draft;
      }
      draft.close();
    }
    throw new FileSystemException(target.path().toString(), null,
        "each of " + MOST_TRIES + " drafts of it was removed by others");
  }

  /// What only its owner could read must not be readable by others while it is written.
  static SeekableByteChannel create(Path path, Target target) throws IOException {
    Set<StandardOpenOption> options = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    if (!target.isOnDisk()) {
      return Files.newByteChannel(path, options);
    }
    boolean ownerOnly = target.exists() && path.getFileSystem().supportedFileAttributeViews().contains("posix");
    return ownerOnly ? FileChannel.open(path, options, OWNER_ONLY) : FileChannel.open(path, options);
  }

  /// Locks a new draft. Before that it may be taken for abandoned: then it is locked by somebody else, or gone already.
  static boolean isOurs(Path path, FileChannel channel) {
    try {
      FileLock lock = channel.tryLock();
      return lock != null && Files.exists(path);
    } catch (OverlappingFileLockException _) {
      return false;
    } catch (IOException _) {
      return true; // A drive without locks, where no draft is taken for abandoned.
    }
  }

  private Draft withAttributesOf(Target original) throws IOException {
    try {
      original.giveAttributes(path);
      return this;
    } catch (IOException | RuntimeException failed) {
      close();
      throw failed;
    }
  }

  public WritableByteChannel channel() {
    return channel;
  }

  /// Forces the draft to disk, and puts it in its target's place.
  public void publish() throws IOException {
    if (channel instanceof FileChannel onDisk) {
      onDisk.force(true); // And stays open, thus locked, until it has its name.
    } else {
      channel.close(); // In an archive there is no file before.
    }
    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    published = true;
    if (channel instanceof FileChannel) {
      forceFolder(target.getParent());
    }
  }

  /// Without this the new name itself may be lost in a crash. Not every system can do it: Windows opens no folder.
  private static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException _) {
      return;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      if (!published) {
        Files.deleteIfExists(path);
      }
    }
  }
}
