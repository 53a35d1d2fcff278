package dev.lanewise.report.page;

import dev.lanewise.report.chart.Picture;
import dev.lanewise.report.content.Summary;
import dev.lanewise.report.result.Refusal;
import dev.lanewise.report.section.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A Markdown text with parts that come from a report. The text outside the markers stays as it is.
///
/// ```
/// <!-- figures -->
/// | what | figure | keys |
/// |---|---|---|
/// | D/M of equal times | 0.948 (0.928 to 0.963) | `claim.float.crossover` (`.ci_low` to `.ci_high`) |
/// <!-- /figures -->
///
/// <!-- picture: heat-map-float -->
/// <!-- /picture -->
/// ```
///
/// A row's last cell is copied to the cell before it, with each key in backquotes replaced by its figure. A key that
/// begins with a dot shares all parts except the last with the key before it. Between the markers of a picture come its
/// light and dark files, and the sentence that says what it shows.
///
/// @param name for messages
/// @param folder the pictures' folder, relative to the text
public record Document(String name, String text, String folder) {

  private static final Pattern BLOCK =
      Pattern.compile("(<!-- (figures|picture)(?:: ([\\w-]+))? -->\n)(.*?)(<!-- /\\2 -->)", Pattern.DOTALL);
  private static final Pattern MARKER = Pattern.compile("<!-- /?(?:figures|picture)\\b.*?-->");
  private static final Pattern KEY = Pattern.compile("`([^`]+)`");

  /// The text with the figures and pictures of `findings`.
  ///
  /// @throws Refusal if markers do not pair, or the report lacks something that the text shows
  public String renewed(Findings findings) throws Refusal {
    Map<String, Picture> pictures = findings.sections().stream().flatMap(section -> section.drawn().stream())
        .collect(Collectors.toMap(Picture::name, Function.identity()));
    StringBuilder renewed = new StringBuilder();
    Matcher block = BLOCK.matcher(text);
    int end = 0;
    while (block.find()) {
      requireNoMarker(text.substring(end, block.start()));
      requireNoMarker(block.group(4));
      renewed.append(text, end, block.end(1));
      renewed.append(block.group(2).equals("figures") ? figures(block.group(4), findings.summary())
          : picture(block.group(3), pictures));
      renewed.append(block.group(5));
      end = block.end();
    }
    requireNoMarker(text.substring(end));
    return renewed.append(text.substring(end)).toString();
  }

  private void requireNoMarker(String part) throws Refusal {
    Matcher marker = MARKER.matcher(part);
    if (marker.find()) {
      throw new Refusal(name, "has " + marker.group() + " without its other marker");
    }
  }

  private String figures(String rows, Summary summary) throws Refusal {
    List<String> lines = new ArrayList<>();
    for (String line : rows.lines().toList()) {
      lines.add(KEY.matcher(line).find() ? row(line, summary) : line);
    }
    return String.join("\n", lines) + "\n";
  }

  private String row(String line, Summary summary) throws Refusal {
    String[] cells = line.split("\\|", -1);
    if (cells.length < 4) {
      throw new Refusal(name, "has a row with fewer than two cells between its figures: " + line);
    }
    int keys = cells.length - 2;
    cells[keys - 1] = replaced(cells[keys], summary);
    return String.join("|", cells);
  }

  private String replaced(String cell, Summary summary) throws Refusal {
    Matcher key = KEY.matcher(cell);
    StringBuilder figures = new StringBuilder();
    String last = "";
    while (key.find()) {
      last = key.group(1).startsWith(".") ? last.substring(0, Math.max(0, last.lastIndexOf('.'))) + key.group(1)
          : key.group(1);
      if (!summary.has(last)) {
        throw new Refusal(name, "shows " + last + ", which was not measured: a larger profile may have it");
      }
      key.appendReplacement(figures, Matcher.quoteReplacement(summary.text(last)));
    }
    return key.appendTail(figures).toString();
  }

  private String picture(String picture, Map<String, Picture> pictures) throws Refusal {
    Picture one = pictures.get(String.valueOf(picture));
    if (one == null) {
      throw new Refusal(name,
          "shows the picture " + picture + ", which the report does not have: a larger profile may");
    }
    String file = folder + "/" + one.name();
    return "<picture><source media=\"(prefers-color-scheme: dark)\" srcset=\"" + file + "-dark.svg\"><img alt=\""
        + escape(one.title())
        + "\" src=\"" + file + ".svg\"></picture>\n\n" + one.title() + ". " + escape(one.sentence()) + " [Data](" + file
        + ".csv).\n";
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
