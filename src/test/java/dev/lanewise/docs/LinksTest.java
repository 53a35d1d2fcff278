package dev.lanewise.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each relative link of the repository's pages leads to a file or folder, and each anchor to a heading.
class LinksTest {

  private static final Pattern LINK = Pattern.compile("\\]\\(([^()\\s]+)\\)|(?:src|srcset)=\"([^\"]+)\"");
  private static final Pattern HEADING = Pattern.compile("#{1,6} (.+)");
  private static final Pattern ID = Pattern.compile("<a (?:id|name)=\"([^\"]+)\"");

  @Test
  void linksResolve() throws IOException {
    List<Path> pages = pages();
    assertTrue(pages.size() > 20, pages::toString);
    List<String> broken = new ArrayList<>();
    for (Path page : pages) {
      broken.addAll(broken(page));
    }
    assertEquals(List.of(), broken);
  }

  @Test
  void brokenLinksAreFound(@TempDir Path folder) throws IOException {
    Path page = Files.writeString(folder.resolve("page.md"), """
        # A *first* heading: `code`, 2
        ## Again
        ## Again
        [good](#a-first-heading-code-2) [second](page.md#again-1) [site](https://example.org/x) `[code](no.md)`
        [no file](none.md) [no heading](#nothing) <img src="none.svg">

        ```
        # Not a heading
        [not a link](none.txt)
        ```
        [in a fence](#not-a-heading)
        """);
    assertEquals(List.of("none.md", "#nothing", "none.svg", "#not-a-heading"),
        broken(page).stream().map(link -> link.substring(link.indexOf(": ") + 2)).toList());
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    for (String root : List.of("docs", "examples", "report", "src")) {
      try (Stream<Path> files = Files.walk(Path.of(root))) {
        pages.addAll(files.filter(LinksTest::isPage).toList());
      }
    }
    try (Stream<Path> files = Files.list(Path.of(""))) {
      pages.addAll(files.filter(LinksTest::isPage).toList());
    }
    return pages;
  }

  private static boolean isPage(Path file) {
    return file.toString().endsWith(".md") && !file.toString().contains("target");
  }

  private static List<String> broken(Path page) throws IOException {
    List<String> broken = new ArrayList<>();
    for (String line : prose(page)) {
      Matcher link = LINK.matcher(line.replaceAll("`[^`]*`", "code"));
      while (link.find()) {
        String target = link.group(1) == null ? link.group(2) : link.group(1);
        if (!target.matches("[a-z]+:.*") && !resolves(page, target)) {
          broken.add(page + ": " + target);
        }
      }
    }
    return broken;
  }

  private static boolean resolves(Path page, String target) throws IOException {
    int hash = target.indexOf('#');
    String file = hash < 0 ? target : target.substring(0, hash);
    Path place = file.isEmpty() ? page : page.resolveSibling(file);
    return Files.exists(place) && (hash < 0 || !isPage(place) || anchors(place).contains(target.substring(hash + 1)));
  }

  /// Anchors as GitHub derives them: lower case, without punctuation, repeated headings numbered.
  private static Set<String> anchors(Path page) throws IOException {
    Set<String> anchors = new HashSet<>();
    Map<String, Integer> seen = new HashMap<>();
    for (String line : prose(page)) {
      Matcher heading = HEADING.matcher(line);
      if (heading.matches()) {
        String text = heading.group(1).replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1").strip();
        String anchor = text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}\\p{M}_ -]", "").replace(' ', '-');
        int before = seen.merge(anchor, 1, Integer::sum) - 1;
        anchors.add(before == 0 ? anchor : anchor + "-" + before);
      }
      ID.matcher(line).results().forEach(id -> anchors.add(id.group(1)));
    }
    return anchors;
  }

  /// The page's lines outside code fences.
  private static List<String> prose(Path page) throws IOException {
    List<String> lines = new ArrayList<>();
    boolean isCode = false;
    for (String line : Files.readAllLines(page)) {
      if (line.strip().startsWith("```")) {
        isCode = !isCode;
      } else if (!isCode) {
        lines.add(line);
      }
    }
    return lines;
  }
}
