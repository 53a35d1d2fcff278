package dev.lanewise.report.page;

import com.samskivert.mustache.Mustache;
import dev.lanewise.report.chart.Picture;
import dev.lanewise.report.chart.Theme;
import dev.lanewise.report.content.Section;
import dev.lanewise.report.content.Summary;
import dev.lanewise.report.section.Findings;
import dev.lanewise.report.verdict.Claim;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The page: findings poured into `page.html`, a mustache template, with its style sheet and pictures inside.
public final class Page {

  private Page() {}

  public static String html(Findings findings) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("style", resource("page.css"));
    model.put("light", Theme.css(false));
    model.put("dark", Theme.css(true));
    model.put("verdict", findings.headline().map(claim -> verdict(claim, findings)).orElse(null));
    model.put("planted", findings.slowForward() > 1 ? findings.summary().text(Findings.PLANTED_KEY) : null);
    model.put("peers", findings.peers().isEmpty() ? null : Map.of("lines", findings.peers()));
    model.put("planned", findings.planned().isEmpty() ? null : Map.of("lines", findings.planned()));
    model.put("sections", findings.sections().stream().map(Page::section).toList());
    model.put("machine", entries(findings.summary(), "machine."));
    model.put("noise", noise(findings.summary()).orElse(null));
    model.put("tolerance", Claim.TOLERANCE);
    model.put("figures", entries(findings.summary(), ""));
    return Mustache.compiler().escapeHTML(true).defaultValue("").compile(resource("page.html")).execute(model);
  }

  private static Map<String, Object> verdict(Claim claim, Findings findings) {
    Summary summary = findings.summary();
    String key = "claim." + claim.setting().key() + ".";
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("word", switch (claim.verdict()) {
      case VERIFIED -> "Verified";
      case SHIFTED -> "Shifted";
      case UNDECIDED -> "Undecided";
      case REFUTED -> "Refuted";
      case VARIES -> "Varies";
      case EMPTY -> "Without content";
      case NOT_JUDGED -> "Not judged";
    });
    model.put("kind", claim.verdict().name().toLowerCase(Locale.ROOT));
    model.put("sentence", sentence(claim, summary, key));
    model.put("setting", claim.setting().network() + "; " + findings.title(claim));
    List<Map<String, String>> tiles = new ArrayList<>(List.of(
        tile(summary.text(key + "crossover"), "D/M at which both modes take the same time; 95 % interval "
            + summary.text(key + "ci_low") + " to " + summary.text(key + "ci_high")),
        tile(summary.text(key + "signs_agreeing") + " / " + summary.text(key + "signs_decided"),
            "cells off the diagonal where the claimed mode is the faster; " + summary.text(key + "ties") + " ties apart"),
        tile(summary.text(key + "slope"), "exponent s of T_f/T_r ∝ (D/M)^s; 95 % interval "
            + summary.text(key + "slope_low") + " to " + summary.text(key + "slope_high")),
        tile(summary.text(key + "counts_as_formula") + " / " + summary.text(key + "cells"),
            "cells whose counted multiply-adds are E + D·E and E + M·E")));
    for (Claim other : findings.besides()) {
      String its = "claim." + other.setting().key() + ".";
      tiles.add(tile(summary.text(its + "crossover"), "D/M of equal times, " + other.setting().other().orElseThrow().title
          + ": " + other.verdict() + "; 95 % interval " + summary.text(its + "ci_low") + " to " + summary.text(its + "ci_high")));
    }
    if (!findings.layered().isEmpty()) {
      tiles.add(tile(summary.text("claim.layered.signs_agreeing") + " / " + summary.text("claim.layered.signs_decided"),
          "CNNs and LSTMs where the claimed mode is the faster; counted as the formula has it in "
              + summary.text("claim.layered.counts_as_formula") + " of " + summary.text("claim.layered.cells")));
    }
    model.put("tiles", tiles);
    return model;
  }

  private static Map<String, String> tile(String figure, String meaning) {
    return Map.of("figure", figure, "meaning", meaning);
  }

  private static String sentence(Claim claim, Summary summary, String key) {
    String crossover = summary.text(key + "crossover");
    return switch (claim.verdict()) {
      case VERIFIED -> "The modes take the same time at D/M = " + crossover + ", and the whole interval lies within a factor of " + Claim.TOLERANCE + " of 1.";
      case SHIFTED -> "Time follows D/M, but the modes cross over at D/M = " + crossover + ", not at 1: "
          + "forward mode is cheaper iff D < " + crossover + " M.";
      case UNDECIDED -> "Time follows D/M, and the crossover is measured at D/M = " + crossover + ", too uncertain to say "
          + "whether it is within a factor of " + Claim.TOLERANCE + " of 1.";
      case VARIES -> "In the middle of the sizes the modes take the same time at D/M = " + crossover + ", elsewhere another holds.";
      case REFUTED -> "The ratio of the times hardly rises with D/M.";
      case NOT_JUDGED -> "The crossover was seen at D/M = " + crossover + ", by " + claim.forks() + " forks; a verdict takes "
          + Claim.LEAST_FORKS + ".";
      case EMPTY -> "Both modes take the same multiplications in every cell: the claim names no winner.";
    };
  }

  private static Map<String, Object> section(Section section) {
    return Map.of("id", section.id(), "title", section.title(), "lead", section.lead(), "hasPictures", section.hasPictures(),
        "code", section.code().isEmpty() ? List.of() : List.of(section.code()),
        "pictures", section.pictures().stream().map(Page::picture).toList(),
        "tables", section.tables().stream().map(table -> Map.of("caption", table.caption(), "head", table.head(),
            "rows", table.rows().stream().map(row -> Map.of("name", row.getFirst(), "cells", row.subList(1, row.size()))).toList()))
            .toList());
  }

  private static Map<String, Object> picture(Picture picture) {
    return Map.of("name", picture.name(), "title", picture.title(), "sentence", picture.sentence(), "svg", picture.inlineSvg());
  }

  private static List<Map<String, String>> entries(Summary summary, String prefix) {
    return summary.figures().keySet().stream().filter(key -> key.startsWith(prefix))
        .map(key -> Map.of("key", key.substring(prefix.length()), "value", summary.text(key))).toList();
  }

  private static Optional<String> noise(Summary summary) {
    return Optional.ofNullable(summary.figures().get("noise.fork_spread_median_percent")).map(median ->
        "Between the forks of a measurement the time differed by " + summary.text("noise.fork_spread_median_percent")
            + " % in the median and by " + summary.text("noise.fork_spread_largest_percent") + " % at most ("
            + summary.text("noise.measurements_of_several_forks") + " of "
            + summary.text("noise.measurements") + " measurements had several forks).");
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
