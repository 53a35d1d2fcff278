package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A comment in `src/main` has at most one measured figure; more belong to `docs/performance/history.md`.
///
/// A comment is a run of lines that begin with `//`. A measured figure is a number with a unit of time, rate, share or
/// speed-up: `15 µs`, `25 %`, `1.3 ×`, `3 times as fast`. A range counts once (`1.2 to 1.3 times`), each number of a
/// list by itself (`5 and 7 %`). Not counted are code spans, such as an option with its default, and sizes: in
/// `12 × 2` another factor follows the sign.
class CommentFiguresTest {

  private static final Pattern COMMENT = Pattern.compile("\\s*//+(.*)");
  private static final Pattern CODE_SPAN = Pattern.compile("`[^`]*`");
  private static final String NUMBER = "\\d[\\d,]*+(?:\\.\\d+)?";
  private static final String RANGE = NUMBER + "(?:(?: to |–)" + NUMBER + ")?";
  private static final String UNIT = "(?:%|×(?! ?(?:\\d|\\p{L}\\b|\\())"
      + "|(?:n|µ|μ|u|m)s\\b|(?:nano|micro|milli)?seconds?\\b|percent\\b|cycles?\\b"
      + "|[KMGT]?(?:FLOP|B|iB)/s\\b|· 10⁹ operations a second|times (?:as \\w+|faster|slower|the (?:time|speed))\\b)";
  private static final Pattern FIGURES =
      Pattern.compile("(?<![\\w.])(" + RANGE + "(?:(?:, and |, | and | or )" + RANGE + ")*)[ \u00a0]?" + UNIT);
  private static final Pattern ONE = Pattern.compile(RANGE);

  @Test
  void commentsHaveOneMeasuredFigureAtMost() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(Path.of("src/main/java"))) {
      files = all.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
    assertTrue(files.size() > 500, files.size() + " sources");
    List<String> found = new ArrayList<>();
    for (Path file : files) {
      found.addAll(withSeveralFigures(file, Files.readAllLines(file)));
    }
    assertEquals(List.of(), found);
  }

  @Test
  void commentsWithSeveralFiguresAreFound() {
    assertEquals(List.of("Sample.java:2: a comment with 2 measured figures: 15 µs, 25 %"), found("""
        int before;
        // It takes 15 µs,
        // a share of 25 %.
        """));
    assertEquals(List.of("Sample.java:1: a comment with 2 measured figures: 5 and 7 %"), found("/// By 5 and 7 %."));
    assertEquals(List.of("Sample.java:1: a comment with 3 measured figures: 1.3 ×, 2 GB/s, 1,000 times as fast"),
        found("// 1.3 × as fast at 2 GB/s, now 1,000 times as fast"));
    assertEquals(List.of(), found("""
        // It is 1.2 to 1.3 times as fast.
        int between;
        /// A tile of 12 × 2 or 4×4 vectors, 3 × n in all, 2.5 %; the option `-Dx=100 ms`
        /// and the formula `y = 50 % · x`.
        """));
  }

  private static List<String> found(String source) {
    return withSeveralFigures(Path.of("Sample.java"), source.lines().toList());
  }

  private static List<String> withSeveralFigures(Path file, List<String> lines) {
    List<String> found = new ArrayList<>();
    int i = 0;
    while (i < lines.size()) {
      int first = i;
      StringBuilder comment = new StringBuilder();
      for (Matcher line; i < lines.size() && (line = COMMENT.matcher(lines.get(i))).matches(); i++) {
        comment.append(line.group(1).strip()).append(' ');
      }
      if (i == first) {
        i++;
        continue;
      }
      Matcher figures = FIGURES.matcher(CODE_SPAN.matcher(comment).replaceAll("`"));
      List<String> texts = new ArrayList<>();
      int count = 0;
      while (figures.find()) {
        texts.add(figures.group().strip());
        count += (int) ONE.matcher(figures.group(1)).results().count();
      }
      if (count > 1) {
        found.add(file + ":" + (first + 1) + ": a comment with " + count + " measured figures: "
            + String.join(", ", texts));
      }
    }
    return found;
  }
}
