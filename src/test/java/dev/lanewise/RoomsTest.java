package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A package has so few files that one can know them all, and says what each is for.
class RoomsTest {

  private static final int MOST_FILES = 25;
  private static final String TABLE_OF_CONTENTS = "package-info.java";
  private static final Pattern ENTRY = Pattern.compile("^/// - `(\\w+)`: .+$", Pattern.MULTILINE);

  @ParameterizedTest
  @ValueSource(strings = {"src/main/java", "src/test/java", "src/peers", "src/build", "jmh", "report", "examples"})
  void noFolderHasMoreFilesThanOneCanKnow(String root) throws IOException {
    SortedMap<Path, List<String>> folders = folders(root);
    assertFalse(folders.isEmpty(), root);
    assertAll(folders.entrySet().stream().map(folder ->
        () -> assertTrue(folder.getValue().size() <= MOST_FILES,
            folder.getKey() + " has " + folder.getValue().size() + " files")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"src/main/java", "report"})
  void eachPackageListsItsFiles(String root) throws IOException {
    assertAll(folders(root).entrySet().stream().filter(folder -> !folder.getValue().contains("module-info.java"))
        .map(folder -> () -> {
      assertTrue(folder.getValue().contains(TABLE_OF_CONTENTS), folder.getKey() + " does not say what is in it");
      List<String> listed = ENTRY.matcher(Files.readString(folder.getKey().resolve(TABLE_OF_CONTENTS))).results()
          .map(RoomsTest::file).sorted().toList();
      List<String> found = folder.getValue().stream().filter(name -> !name.equals(TABLE_OF_CONTENTS)).sorted().toList();
      assertEquals(found, listed, folder.getKey().toString());
    }));
  }

  @Test
  void theMapNamesEachPackage() throws IOException {
    String map = Files.readString(Path.of("docs/architecture.md"));
    Path root = Path.of("src/main/java");
    assertAll(folders(root.toString()).keySet().stream().filter(folder -> !folder.equals(root)).map(folder -> {
      String name = root.relativize(folder).toString().replaceAll("[/\\\\]", ".");
      return () -> assertTrue(map.contains("| `" + name + "` |"), name);
    }));
  }

  private static String file(MatchResult entry) {
    return entry.group(1) + ".java";
  }

  /// The names of the Java files in each folder that has any.
  private static SortedMap<Path, List<String>> folders(String root) throws IOException {
    SortedMap<Path, List<String>> folders = new TreeMap<>();
    try (Stream<Path> files = Files.walk(Path.of(root))) {
      files.filter(file -> file.toString().endsWith(".java")).forEach(file ->
          folders.merge(file.getParent(), List.of(file.getFileName().toString()), RoomsTest::both));
    }
    return folders;
  }

  private static List<String> both(Collection<String> some, Collection<String> more) {
    return Stream.of(some, more).flatMap(Collection::stream).toList();
  }
}
