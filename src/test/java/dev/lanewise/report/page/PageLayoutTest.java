package dev.lanewise.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.report.result.Machine;
import dev.lanewise.report.result.RawResult;
import dev.lanewise.report.result.Results;
import dev.lanewise.report.section.Findings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The page on a phone, a tablet and a screen, drawn from the stored run and from one that has all suites.
class PageLayoutTest {

  private static final List<Integer> WIDTHS = List.of(390, 768, 1280);
  private static final double SMALLEST_TEXT = 11;

  private static final Map<String, String> PAGES = new LinkedHashMap<>();

  @TempDir
  Path folder;

  @BeforeAll
  static void draw() throws IOException {
    System.setProperty("java.awt.headless", "true");
    RawResult stored = RawResult.at(Path.of("docs/performance"));
    PAGES.put("stored", Page.html(Findings.of(Results.of(stored), Machine.beside(stored.file()), List.of())));
    try (InputStream in = PageLayoutTest.class.getResourceAsStream("/dev/lanewise/report/every-suite.json")) {
      PAGES.put("every suite", Page.html(Findings.of(
          Results.parse("every-suite.json", in.readAllBytes()), new Machine(Map.of()), List.of())));
    }
  }

  /// What a browser shows at each width, measured by a script inside a copy of the page.
  @Test
  void nothingIsWiderThanThePageAndChartsCanBeRead() throws IOException, InterruptedException {
    Browser browser = Browser.orSkip(folder);
    StringBuilder frames = new StringBuilder();
    List<String> names = List.copyOf(PAGES.keySet());
    for (int page = 0; page < names.size(); page++) {
      String file = "page" + page + ".html";
      Files.writeString(folder.resolve(file), PAGES.get(names.get(page))
          .replace("</body>", "<script>" + script("measure.js") + "</script></body>"));
      for (int width : WIDTHS) {
        frames.append("<iframe width=").append(width)
            .append(" height=900 style=\"border:0\" src=\"").append(file).append("\"></iframe>\n");
      }
    }
    Path all = Files.writeString(folder.resolve("all.html"), "<!DOCTYPE html><meta charset=utf-8><pre></pre><script>"
        + "addEventListener('message', told => document.querySelector('pre').append(told.data + '\\n'))</script>"
        + frames);
    List<JsonNode> measured = new ArrayList<>();
    for (MatchResult line : Pattern.compile("(?m)(?:<pre>|^)(\\{.*})$").matcher(browser.dom(all)).results().toList()) {
      measured.add(JsonMapper.builder().build().readTree(
          line.group(1).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")));
    }
    assertEquals(PAGES.size() * WIDTHS.size(), measured.size(), "frames that told what they show");
    measured.forEach(PageLayoutTest::assertFits);
  }

  private static void assertFits(JsonNode shown) {
    int width = shown.get("width").asInt();
    assertTrue(WIDTHS.contains(width), shown.toString());
    assertTrue(shown.get("scrollWidth").asInt() <= width, "scrolls sideways: " + shown);
    assertEquals(List.of(), texts(shown.get("beyond")), "beyond the page at " + width);
    assertEquals(List.of(), texts(shown.get("clipped")), "clipped at " + width);
    assertTrue(shown.get("charts").asInt() > 10, shown.toString());
    double chartText = shown.get("chartText").asDouble();
    assertTrue(chartText >= SMALLEST_TEXT, "text of " + chartText + " pixels in a chart at " + width);
    assertTrue(shown.get("text").asDouble() >= SMALLEST_TEXT, "text of " + shown.get("text") + " pixels at " + width);
    assertTrue(shown.get("verdicts").asInt() > 0 && shown.get("verdicts").equals(shown.get("verdictsSeen")),
        "verdicts at " + width + ": " + shown);
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asString).toList();
  }

  private static String script(String name) throws IOException {
    try (InputStream in = PageLayoutTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  @Test
  void everyCellOfACardHasItsColumnsName() {
    PAGES.forEach((name, page) -> {
      List<String> cells = find(page, "<td role=\"cell\"[^>]*>");
      assertTrue(cells.size() > 50, name + ": " + cells.size());
      cells.forEach(cell -> assertTrue(cell.matches(".* data-label=\"[^\"]+\">"), name + ": " + cell));
      assertEquals(cells.size(), find(page, "<td(?! role)[^>]*>|<td role=\"cell\"[^>]*>").size()
          - find(page, "</th><td>[^<]*</td></tr>\n").size());
    });
  }

  @Test
  void contentsLeadToEverySection() {
    PAGES.forEach((name, page) -> {
      List<String> links = groups(page, "<li><a href=\"#([^\"]+)\">");
      List<String> sections = groups(page, "<section id=\"([^\"]+)\"");
      assertEquals(sections, links, name);
      List<String> ids = groups(page, " id=[\"']([^\"']+)[\"']");
      assertEquals(ids.stream().distinct().toList(), ids, name);
    });
  }

  @Test
  void headingsAreInOrder() {
    PAGES.forEach((name, page) -> {
      int last = 0;
      for (String level : groups(page, "<h([1-6])[ >]")) {
        int now = Integer.parseInt(level);
        assertTrue(now <= last + 1, name + ": a heading " + now + " after " + last);
        last = now;
      }
      assertEquals(1, find(page, "<h1[ >]").size(), name);
      assertTrue(page.startsWith("<!DOCTYPE html>\n<html lang=\"en\">"), name);
    });
  }

  @Test
  void everyPictureSaysWhatItShows() {
    PAGES.forEach((name, page) -> {
      List<String> pictures = find(page, "<svg .*?</svg>");
      assertTrue(pictures.size() > 20, name + ": " + pictures.size());
      for (String picture : pictures) {
        assertTrue(picture.matches("(?s)<svg [^>]*role='img' aria-labelledby='[^']+'>"
                + "<title id='[^']+'>[^<]+</title><desc>[^<]+</desc>.*"),
            picture.substring(0, Math.min(400, picture.length())));
      }
    });
  }

  @Test
  void noZeroHasASign() {
    PAGES.forEach((name, page) -> assertEquals(List.of(),
        find(page.replaceAll("(?s)<style>.*?</style>|<[^>]*>", " "), "[-−]0(?:\\.0+)?(?![\\d.])\\S*"), name));
  }

  @Test
  void noFigureIsMissing() {
    PAGES.forEach((name, page) ->
        assertFalse(page.replaceAll("(?s)<section id=\"figures\">.*", "").contains("NaN"), name));
  }

  private static List<String> find(String page, String pattern) {
    return Pattern.compile(pattern, Pattern.DOTALL).matcher(page).results().map(MatchResult::group).toList();
  }

  private static List<String> groups(String page, String pattern) {
    return Pattern.compile(pattern).matcher(page).results().map(found -> found.group(1)).toList();
  }
}
