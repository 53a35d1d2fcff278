package dev.lanewise.report.page;

import com.samskivert.mustache.Mustache;
import dev.lanewise.report.chart.Picture;
import dev.lanewise.report.chart.Theme;
import dev.lanewise.report.content.Section;
import dev.lanewise.report.content.Section.Table;
import dev.lanewise.report.content.Summary;
import dev.lanewise.report.section.Findings;
import dev.lanewise.report.section.claim.Headline;
import dev.lanewise.report.verdict.Claim;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// The page: the findings inserted into `page.html`, a mustache template that includes its style sheet and pictures.
public final class Page {

  private static final String SPREAD = "noise.fork_spread_median_percent";
  private static final String LARGEST = "noise.fork_spread_largest_percent";
  /// The facts about the machine at the top of the page.
  private static final List<String> FACTS = List.of("cpu", "vectors", "jdk", "profile", "date", "commit");
  /// Empty cells; a column with no others is left out.
  private static final Set<String> NOTHING = Set.of("", "–");
  private static final List<String> SETTINGS = List.of(
      "Setting", "Verdict", "r*", "95 % interval", "Equivalent, equal", "By size", "Forks");
  /// The rows of a table that is not folded.
  private static final int MOST_ROWS = 12;
  /// The characters of a cell that takes half of a card's width; a longer one takes all of it.
  private static final int MOST_IN_CELL = 16;
  /// The additional columns whose room words take.
  private static final int FOR_PROSE = 2;
  /// The columns that fit beside a picture.
  private static final int SLIM = 4;

  private Page() {}

  public static String html(Findings findings) {
    Summary summary = findings.summary();
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("heading", heading(findings));
    model.put("style", resource("page.css"));
    model.put("light", Theme.css(false));
    model.put("dark", Theme.css(true));
    model.put("planted", findings.slowForward() > 1 ? summary.text(Findings.PLANTED_KEY) : null);
    model.put("facts", facts(summary));
    model.put("spread", spread(summary));
    model.put("hasGlossary", false);
    model.put("sentences", sentences(findings));
    findings.headlineText().ifPresent(headline -> {
      model.put("settings", table(settings(headline), headline.rows().stream().map(Headline.Row::kind).toList()));
      model.put("multiplicity", headline.multiplicity());
      model.put("hasGlossary", !headline.glossary().isEmpty());
      model.put("glossary", headline.glossary().stream()
          .map(term -> Map.of("word", term.word(), "meaning", term.meaning())).toList());
    });
    model.put("sections", findings.sections().stream().map(Page::section).toList());
    model.put("peers", !findings.peers().isEmpty());
    model.put("machine", entries(summary, "machine."));
    model.put("noise", noise(summary).orElse(null));
    model.put("claim", findings.headline().isPresent());
    model.put("average", findings.isOwn() ? "median" : "mean");
    model.put("tolerance", Claim.TOLERANCE);
    model.put("leastForks", Claim.LEAST_FORKS);
    model.put("figures", entries(summary, ""));
    return Mustache.compiler().escapeHTML(true).defaultValue("").emptyStringIsFalse(true)
        .withLoader(name -> new StringReader(resource(name + ".html"))).compile(resource("page.html")).execute(model);
  }

  private static String heading(Findings findings) {
    return findings.isOwn() ? findings.summary().text("own.network") + ": which mode, and in which order?"
        : !findings.peers().isEmpty() ? "Against other libraries"
        : !findings.planned().isEmpty() ? "Planned Jacobians" : "Is forward mode cheaper iff D\u00a0<\u00a0M?";
  }

  private static List<String> sentences(Findings findings) {
    List<String> others = findings.peers().isEmpty() ? findings.planned() : findings.peers();
    List<String> nothing = List.of(
        "These results contain no Jacobians of several shapes D × M, so the claim cannot be judged.");
    return findings.headlineText().map(Headline::sentences).orElse(others.isEmpty() ? nothing : others);
  }

  private static List<Map<String, String>> facts(Summary summary) {
    return FACTS.stream().filter(fact -> summary.has("machine." + fact))
        .map(fact -> Map.of("key", fact, "value", forPeople(summary.text("machine." + fact)))).toList();
  }

  /// `Species[float, 8, S_256_BIT]` and `2026-11-27T21:19:11Z` for people.
  private static String forPeople(String fact) {
    return fact.replaceFirst("^Species\\[float, (\\d+), S_(\\d+)_BIT]$", "$1 floats of $2 bit")
        .replaceFirst("^(\\d{4}-\\d{2}-\\d{2})T(\\d{2}:\\d{2}):\\d{2}Z$", "$1, $2 UTC");
  }

  /// How far the same measurement differed between forks, and what that means for the figures shown.
  private static String spread(Summary summary) {
    String figures = "times and rates are given to " + (summary.shownFigures() == 2 ? "two" : "three")
        + " significant digits";
    return summary.has(SPREAD)
        ? "The same time differed between forks by " + percent(summary, SPREAD) + " in the median and by "
            + percent(summary, LARGEST) + " at most; " + figures
        : (summary.has("own.crossover_low") ? "the spread between forks is given beside the figures"
            : "no time was measured by several forks") + "; " + figures;
  }

  private static String percent(Summary summary, String key) {
    double percent = summary.number(key);
    return String.format(Locale.ROOT, percent < 1 ? "%.1f %%" : "%.0f %%", percent);
  }

  private static Table settings(Headline headline) {
    List<List<String>> rows = headline.rows().stream().map(row -> List.of(row.setting(), row.verdict(), row.crossover(),
        row.interval(), row.equal(), row.size(), row.forks())).toList();
    int[] columns = IntStream.range(0, SETTINGS.size())
        .filter(column -> rows.stream().anyMatch(row -> !NOTHING.contains(row.get(column)))).toArray();
    return new Table("Setting by setting", at(SETTINGS, columns), rows.stream().map(row -> at(row, columns)).toList());
  }

  private static List<String> at(List<String> cells, int[] columns) {
    return IntStream.of(columns).mapToObj(cells::get).toList();
  }

  private static Map<String, Object> section(Section section) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("id", section.id());
    model.put("title", section.title());
    model.put("lead", section.lead());
    model.put("said", section.said().stream().map(Page::picture).toList());
    model.put("alone", section.drawn().size() == 1);
    model.put("hasPictures", !section.drawn().isEmpty());
    model.put("pictures", section.drawn().stream().map(Page::picture).toList());
    model.put("code", section.code());
    model.put("tables", section.tables().stream().map(table -> table(table, List.of())).toList());
    return model;
  }

  private static Map<String, Object> picture(Picture picture) {
    return Map.of("name", picture.name(), "title", picture.title(), "sentence", picture.sentence(),
        "svg", picture.inlineSvg(), "narrow", picture.narrowInlineSvg());
  }

  /// @param kinds how the first cell of each row is marked; empty if none is
  private static Map<String, Object> table(Table table, List<String> kinds) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (List<String> row : table.rows()) {
      String kind = kinds.isEmpty() ? "" : kinds.get(rows.size());
      List<Map<String, Object>> cells = new ArrayList<>();
      for (int column = 1; column < row.size(); column++) {
        cells.add(Map.of("label", table.head().get(column), "text", minus(row.get(column)),
            "kind", column == 1 ? kind : "", "long", row.get(column).length() > MOST_IN_CELL));
      }
      rows.add(Map.of("name", row.getFirst(), "cells", cells));
    }
    return Map.of("caption", table.caption(), "head", table.head(), "rows", rows,
        "columns", table.head().size() + (kinds.isEmpty() ? 0 : FOR_PROSE),
        "count", rows.size(), "isLong", rows.size() > MOST_ROWS, "prose", !kinds.isEmpty(),
        "slim", table.head().size() <= SLIM);
  }

  /// `-0.5` for people: `−0.5`.
  private static String minus(String cell) {
    return cell.startsWith("-") ? "−" + cell.substring(1) : cell;
  }

  private static List<Map<String, String>> entries(Summary summary, String prefix) {
    return summary.figures().keySet().stream().filter(key -> key.startsWith(prefix))
        .map(key -> Map.of("key", key.substring(prefix.length()), "value", summary.text(key))).toList();
  }

  private static Optional<String> noise(Summary summary) {
    return Optional.ofNullable(summary.figures().get(SPREAD)).map(_ ->
        summary.text("noise.measurements_of_several_forks") + " of " + summary.text("noise.measurements")
            + " measurements had several forks, whose times differed by " + percent(summary, SPREAD)
            + " in the median.");
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
