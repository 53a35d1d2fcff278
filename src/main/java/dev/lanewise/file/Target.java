package dev.lanewise.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/// The file to replace: the end of the links from `path`, regular and writable, or not there yet.
///
/// @param path absolute, and no link
/// @param exists whether there is a file to replace
record Target(Path path, boolean exists) {

  /// As many as Linux follows.
  private static final int MOST_LINKS = 40;

  private static final Set<PosixFilePermission> WRITE = EnumSet.of(
      PosixFilePermission.OWNER_WRITE, PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  /// @throws FileSystemException if nothing can be put in its place, with the reason
  static Target of(Path path) throws IOException {
    Path target = withoutLinks(path);
    if (target.getFileName() == null) {
      throw new FileSystemException(path.toString(), null, "is a root folder, expected a file");
    }
    if (!Files.isDirectory(target.getParent())) {
      throw new NoSuchFileException(path.toString(), null, "no folder " + target.getParent() + " to write it in");
    }
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(target, BasicFileAttributes.class);
    } catch (NoSuchFileException _) {
      return new Target(target, false);
    }
    if (!attributes.isRegularFile()) {
      throw new FileSystemException(path.toString(), null,
          "is a " + (attributes.isDirectory() ? "folder" : "device, pipe or socket") + ", expected a regular file");
    }
    if (isReadOnly(target)) {
      throw new AccessDeniedException(path.toString(), null, "is read-only");
    }
    return new Target(target, true);
  }

  /// Follows the links at the path's end, even to a missing file. The system follows those in its folders.
  private static Path withoutLinks(Path path) throws IOException {
    Path target = path.toAbsolutePath();
    for (int links = 0; Files.isSymbolicLink(target); links++) {
      if (links == MOST_LINKS) {
        throw new FileSystemLoopException(path.toString());
      }
      target = target.resolveSibling(Files.readSymbolicLink(target));
    }
    return target;
  }

  /// The system lets root write anything; permissions that let nobody write are the owner's decision.
  private static boolean isReadOnly(Path target) throws IOException {
    PosixFileAttributeView posix = posix(target);
    return !Files.isWritable(target)
        || posix != null && posix.readAttributes().permissions().stream().noneMatch(WRITE::contains);
  }

  /// Whether files here can be forced to disk and locked: not in an archive.
  boolean isOnDisk() {
    return path.getFileSystem() == FileSystems.getDefault();
  }

  /// Gives `draft` the target's owner and group where this is permitted, and its permissions.
  void giveAttributes(Path draft) throws IOException {
    PosixFileAttributeView from = posix(path);
    PosixFileAttributeView to = posix(draft);
    if (from == null || to == null) {
      return;
    }
    PosixFileAttributes kept = from.readAttributes();
    PosixFileAttributes own = to.readAttributes();
    boolean sameGroup = own.group().equals(kept.group()) || succeeds(() -> to.setGroup(kept.group()));
    if (!own.owner().equals(kept.owner())) {
      succeeds(() -> to.setOwner(kept.owner()));
    }
    Set<PosixFilePermission> permissions = sameGroup ? kept.permissions() : forAnotherGroup(kept.permissions());
    if (!own.permissions().equals(permissions)) { // Drives without permissions refuse to be given any.
      to.setPermissions(permissions);
    }
  }

  /// Another group may do what anybody may.
  static Set<PosixFilePermission> forAnotherGroup(Set<PosixFilePermission> permissions) {
    Set<PosixFilePermission> fewer = EnumSet.noneOf(PosixFilePermission.class);
    fewer.addAll(permissions);
    if (!permissions.contains(PosixFilePermission.OTHERS_READ)) {
      fewer.remove(PosixFilePermission.GROUP_READ);
    }
    if (!permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
      fewer.remove(PosixFilePermission.GROUP_WRITE);
    }
    if (!permissions.contains(PosixFilePermission.OTHERS_EXECUTE)) {
      fewer.remove(PosixFilePermission.GROUP_EXECUTE);
    }
    return fewer;
  }

  private static PosixFileAttributeView posix(Path path) {
    return Files.getFileAttributeView(path, PosixFileAttributeView.class);
  }

  private interface Change {
    void apply() throws IOException;
  }

  private static boolean succeeds(Change change) {
    try {
      change.apply();
      return true;
    } catch (IOException _) {
      return false; // Not permitted to this user, or unknown to this drive.
    }
  }
}
