package dev.lanewise.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.Tensor;
import dev.lanewise.autodiff.cost.CostModel;
import dev.lanewise.io.Safetensors;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whoever replaces a file leaves alone what was not to be replaced: through each public door that writes one.
class ReplacementTest {

  private static final LinkOption NO_LINKS = LinkOption.NOFOLLOW_LINKS;

  @TempDir
  Path folder;

  /// What writes a file, and reads it back.
  private enum Door {
    SAFETENSORS {
      @Override
      void write(Path path) throws IOException {
        Safetensors.of(Map.of("x", Tensor.row(1f, 2f)), Map.of()).write(path);
      }

      @Override
      void read(Path path) throws IOException {
        assertEquals(2, Safetensors.read(path).get("x").get(1));
      }
    },
    COST_MODEL {
      @Override
      void write(Path path) throws IOException {
        CostModel.builtIn().write(path);
      }

      @Override
      void read(Path path) throws IOException {
        assertTrue(Files.readString(path).startsWith("lanewise cost model"));
      }
    },
    TEXT {
      @Override
      void write(Path path) throws IOException {
        Draft.replace(path, "‖u‖ = √⟨u, u⟩\n".repeat(1000));
      }

      @Override
      void read(Path path) throws IOException {
        assertEquals("‖u‖ = √⟨u, u⟩\n".repeat(1000), Files.readString(path));
      }
    };

    abstract void write(Path path) throws IOException;

    abstract void read(Path path) throws IOException;
  }

  @ParameterizedTest
  @EnumSource
  void permissionsStay(Door door) throws IOException {
    for (String permissions : List.of("rw-------", "rw-r-----", "rw-rw-rw-", "-w-------", "rwxr-xr-x")) {
      Path file = Files.createFile(folder.resolve("file"));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
      door.write(file);
      assertEquals(permissions, PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      Files.delete(file);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aNewFileHasThePermissionsOfAnyNewFile(Door door) throws IOException {
    door.write(folder.resolve("file"));
    assertEquals(Files.getPosixFilePermissions(Files.createFile(folder.resolve("any"))),
        Files.getPosixFilePermissions(folder.resolve("file")));
  }

  @ParameterizedTest
  @EnumSource
  void ownerAndGroupStayWhereThatIsPermitted(Door door) throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assumeTrue(Files.getAttribute(file, "unix:uid").equals(0), "only root gives files away");
    Files.setAttribute(file, "unix:uid", 12345);
    Files.setAttribute(file, "unix:gid", 23456);
    door.write(file);
    assertEquals(12345, Files.getAttribute(file, "unix:uid"));
    assertEquals(23456, Files.getAttribute(file, "unix:gid"));
    door.read(file);
  }

  /// For root too, whom the system would let write it.
  @ParameterizedTest
  @EnumSource
  void aReadOnlyFileIsRefused(Door door) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "mine");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
    assertRefused(door, file, "is read-only");
    assertEquals("mine", Files.readString(file));
  }

  @ParameterizedTest
  @EnumSource
  void linksAreFollowedToWhereThereIsNoFileYet(Door door) throws IOException {
    Path data = Files.createDirectory(folder.resolve("data"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("second"));
    Files.createSymbolicLink(folder.resolve("second"), Path.of("data/../data/file"));
    for (int time = 0; time < 2; time++) { // The first makes what the link leads to, the second replaces it.
      door.write(link);
      assertTrue(Files.isSymbolicLink(link) && Files.isSymbolicLink(folder.resolve("second")));
      assertTrue(Files.isRegularFile(data.resolve("file"), NO_LINKS));
      door.read(data.resolve("file"));
    }
    assertEquals(List.of("file"), names(data));
  }

  @ParameterizedTest
  @EnumSource
  void linksThatLeadNowhereAreRefused(Door door) throws IOException {
    Path loop = Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));
    assertRefused(door, loop, "");
    Path astray = Files.createSymbolicLink(folder.resolve("astray"), Path.of("none/file"));
    assertRefused(door, astray, "no folder " + folder.resolve("none"));
    assertTrue(Files.isSymbolicLink(loop) && Files.isSymbolicLink(astray));
    assertEquals(List.of("astray", "loop"), names(folder));
  }

  @ParameterizedTest
  @EnumSource
  void onlyRegularFilesAreReplaced(Door door) throws IOException {
    Path path = Files.createTempDirectory("lw").resolve("socket"); // Sockets have short paths.
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(path));
      Path link = Files.createSymbolicLink(folder.resolve("link"), path);
      for (Path leadsThere : List.of(path, link)) {
        assertRefused(door, leadsThere, "is a device, pipe or socket, expected a regular file");
      }
      assertTrue(Files.readAttributes(path, "isOther", NO_LINKS).get("isOther").equals(true));
      assertEquals(List.of("socket"), names(path.getParent()));
    } finally {
      Files.deleteIfExists(path);
      Files.delete(path.getParent());
    }
    assertRefused(door, folder, "is a folder, expected a regular file");
    assertRefused(door, folder.resolve("link/.."), "");
    assertRefused(door, Path.of("/"), "is a root folder, expected a file");
    assertRefused(door, Path.of(""), "is a folder, expected a regular file");
  }

  @ParameterizedTest
  @EnumSource
  void namesAreAsLongAsTheFileSystemAllows(Door door) throws IOException {
    Path longest = folder.resolve("n".repeat(255));
    Path longestInBytes = folder.resolve("é".repeat(127));
    for (Path path : List.of(longest, longestInBytes)) {
      door.write(path);
      door.write(path);
      door.read(path);
    }
    assertRefused(door, folder.resolve("n".repeat(256)), "");
    assertEquals(2, names(folder).size());
  }

  @ParameterizedTest
  @EnumSource
  void whatAUserHasBesideItStays(Door door) throws IOException {
    List<String> mine = List.of(".lanewise-notes.draft", ".m.0123456789abcdef.tmp", ".m.1.tmp", "m.tmp");
    for (String name : mine) {
      Files.writeString(folder.resolve(name), "mine");
    }
    door.write(folder.resolve("m"));
    Files.delete(folder.resolve("m"));
    assertEquals(mine, names(folder));
  }

  @ParameterizedTest
  @EnumSource
  void anArchiveIsAFileSystemToo(Door door) throws IOException {
    Path archive = folder.resolve("archive.zip");
    for (int time = 0; time < 2; time++) {
      try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", time == 0))) {
        door.write(zip.getPath("/file"));
        door.read(zip.getPath("/file"));
        door.write(zip.getPath("/file"));
        assertRefused(door, zip.getPath("/"), "is a root folder");
      }
      try (FileSystem zip = FileSystems.newFileSystem(archive)) {
        door.read(zip.getPath("/file"));
        assertEquals(List.of("file"), names(zip.getPath("/")));
      }
    }
  }

  private static void assertRefused(Door door, Path path, String reason) {
    String message = assertThrows(IOException.class, () -> door.write(path), () -> path + " was written").getMessage();
    assertTrue(message.startsWith(path.toString()) && message.contains(reason), message);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
