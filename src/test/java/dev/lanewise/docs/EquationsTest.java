package dev.lanewise.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Who reads that something is equation 13 of the slides is one click from what that says: a link to its place in
/// docs/math.md, which the Javadoc jar does not hold, so by the project's address.
class EquationsTest {

  private static final String MATH = "https://github.com/lanewise/lanewise/blob/main/docs/math.md#";
  /// The numbers behind "slides, equations", up to where the clause ends.
  private static final Pattern CLAUSE = Pattern.compile("(?i)slides(?:,|')\\s+equations?\\s([^.;|)}]*)");
  private static final Pattern NUMBER = Pattern.compile("(?<![\\w#\\[₀-₉])\\d+(?![\\w\\]])");
  private static final Pattern LINKED = Pattern.compile("\\[(\\d+)\\](?!: http)");
  private static final Pattern DEFINED = Pattern.compile("\\[(\\d+)\\]: (http\\S+)");
  private static final Pattern ANCHOR = Pattern.compile(Pattern.quote(MATH) + "([\\w-]+)");
  private static final Pattern ID = Pattern.compile("<a id=\"([\\w-]+)\"></a>");

  private static List<PublicApi.Comment> comments;

  @BeforeAll
  static void read() throws Exception {
    comments = PublicApi.comments();
  }

  @Test
  void everyEquationOfTheSlidesIsLinked() throws Exception {
    List<String> faults = new ArrayList<>();
    int equations = 0;
    for (PublicApi.Comment comment : comments) {
      Matcher clauses = CLAUSE.matcher(comment.text());
      while (clauses.find()) {
        equations++;
        if (NUMBER.matcher(clauses.group(1)).find()) {
          faults.add(comment.where() + ": " + clauses.group());
        }
      }
      Set<String> linked = numbers(LINKED, comment.text());
      if (!linked.equals(numbers(DEFINED, comment.text()))) {
        faults.add(comment.where() + " links " + linked + " and defines " + numbers(DEFINED, comment.text()));
      }
    }
    assertEquals(List.of(), faults, () -> String.join("\n", faults));
    assertTrue(equations > 20, equations + " equations");
  }

  @Test
  void everyLinkLeadsToItsEquation() throws Exception {
    Set<String> places = places();
    List<String> faults = new ArrayList<>();
    for (PublicApi.Comment comment : comments) {
      Matcher definitions = DEFINED.matcher(comment.text());
      while (definitions.find()) {
        if (!definitions.group(2).equals(MATH + "equation-" + definitions.group(1))) {
          faults.add(comment.where() + ": " + definitions.group());
        }
      }
      Matcher anchors = ANCHOR.matcher(comment.text());
      while (anchors.find()) {
        if (!places.contains(anchors.group(1))) {
          faults.add(comment.where() + ": docs/math.md has no place " + anchors.group(1));
        }
      }
    }
    assertEquals(List.of(), faults, () -> String.join("\n", faults));
  }

  @Test
  void theRuleTellsLinkedFromBareNumbers() {
    Matcher bare = CLAUSE.matcher("W₂ of layer 3. Slides, equations [17] to 19 (without bias).");
    assertTrue(bare.find() && NUMBER.matcher(bare.group(1)).find());
    Matcher linked = CLAUSE.matcher("Slides, equations [17] to [19]. Example 1");
    assertTrue(linked.find());
    assertFalse(NUMBER.matcher(linked.group(1)).find());
  }

  private static Set<String> numbers(Pattern pattern, String text) {
    Set<String> numbers = new TreeSet<>();
    pattern.matcher(text).results().forEach(match -> numbers.add(match.group(1)));
    return numbers;
  }

  private static Set<String> places() throws IOException {
    Set<String> places = new TreeSet<>();
    ID.matcher(Files.readString(Path.of("docs/math.md"))).results()
        .forEach(match -> assertTrue(places.add(match.group(1)), match.group()));
    return places;
  }
}
