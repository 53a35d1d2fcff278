package dev.lanewise.report.section;

import dev.lanewise.report.chart.Bars;
import dev.lanewise.report.chart.Bars.Bar;
import dev.lanewise.report.chart.Picture;
import dev.lanewise.report.chart.Theme;
import dev.lanewise.report.content.Csv;
import dev.lanewise.report.content.Section;
import dev.lanewise.report.content.Section.Table;
import dev.lanewise.report.content.Summary;
import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.result.Results;
import dev.lanewise.report.result.Suite;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Planned Jacobians: the modes compared, a tiny network beside an unrolled method, and what AUTO's choice costs.
final class JacobianSection {

  private static final String TINY = Suite.TINY.benchmark;
  private static final String REGRET = Suite.REGRET.benchmark;
  private static final String NAME = "jacobian-networks";
  private static final String NONE = "–";
  /// Networks whose gain by a mixed order has a separate key.
  private static final SortedMap<String, String> MIXED_GAINS =
      new TreeMap<>(Map.of("digits-autoencoder", "jacobian.autoencoder", "784-1000-500-250-30-250-500-1000-784",
          "jacobian.deep"));

  private JacobianSection() {}

  /// Call this after [GemmSection], whose rate it uses.
  static Optional<Section> of(Results results, Summary summary) {
    List<Picture> pictures = new ArrayList<>();
    List<Table> tables = new ArrayList<>();
    List<Measurement> networks = results.of(Suite.PLANNED).stream()
        .sorted(Measurement.floatFirst()
            .thenComparing(JacobianSection::multiplyAdds).thenComparing(each -> each.param("network"))).toList();
    if (!networks.isEmpty()) {
      tables.add(networks(networks, summary));
      pictures.add(gains(networks));
    }
    results.of(Suite.TINY).stream().findFirst().ifPresent(tiny -> tables.add(tiny(tiny, summary)));
    results.of(Suite.REGRET).stream().findFirst().ifPresent(random -> {
      RegretPart part = new RegretPart(random, summary);
      pictures.add(part.picture());
      tables.add(part.table());
    });
    return tables.isEmpty() ? Optional.empty() : Optional.of(new Section("jacobians", "Jacobians planned once",
        "Value and Jacobian at one row of perceptrons with tanh and a linear output, prepared once. FORWARD and "
            + "REVERSE multiply the layers’ Jacobians from one end, MIXED in the order of the fewest multiply-adds, "
            + "AUTO in the order of the shortest predicted time. Modes take turns of about a millisecond; times are "
            + "medians over the rounds.", pictures, tables));
  }

  private static double multiplyAdds(Measurement network) {
    return network.largest("multiplyAdds");
  }

  private static Table networks(List<Measurement> networks, Summary summary) {
    return new Table("Networks; speed-ups are over the faster of FORWARD and REVERSE",
        List.of("Network", "T forward", "T reverse", "T mixed", "T auto", "Multiply-adds, AUTO", "Time over a gemm’s",
            "Speed-up, MIXED", "Speed-up, AUTO"),
        networks.stream().map(network -> row(network, summary)).toList());
  }

  private static List<String> row(Measurement network, Summary summary) {
    String key = "jacobian.net." + network.param("network") + network.suffix() + ".";
    summary.put(key + "us", network.median("auto") / 1e3);
    List<String> row = new ArrayList<>(List.of(title(network)));
    for (String mode : List.of("forward", "reverse", "mixed")) {
      summary.put(key + mode + "_us", network.median(mode) / 1e3);
      row.add(summary.time(network.median(mode)));
    }
    row.add(summary.time(network.median("auto")));
    row.add(String.format(Locale.ROOT, "%,.0f", multiplyAdds(network)));
    Object rate = summary.figures().get("gemm." + network.precision() + ".gflops_512");
    row.add(rate instanceof Number gigaflops && multiplyAdds(network) > 0
        ? summary.put(key + "over_gemm", network.median("auto") * gigaflops.doubleValue() / (2 * multiplyAdds(network)))
        : NONE);
    String gain = MIXED_GAINS.get(network.param("network"));
    row.add(gain == null ? String.format(Locale.ROOT, "%.2f", network.speedup("mixed"))
        : summary.put(gain + network.suffix() + ".mixed_speedup", network.speedup("mixed")));
    row.add(String.format(Locale.ROOT, "%.2f", network.speedup("auto")));
    return row;
  }

  private static String title(Measurement network) {
    return network.param("network") + network.suffix().replace(".", ", ");
  }

  /// A short name for a picture: `4-3×64-2`, `784-…-30-…-784`.
  private static String brief(String name) {
    List<String> widths = List.of(name.split("-"));
    if (!widths.stream().allMatch(width -> width.matches("\\d+")) || widths.size() < 4) {
      return name;
    }
    List<String> hidden = widths.subList(1, widths.size() - 1);
    String between = hidden.stream().distinct().count() == 1 ? hidden.size() + "×" + hidden.getFirst()
        : "…-" + hidden.stream().mapToInt(Integer::parseInt).min().orElseThrow() + "-…";
    return widths.getFirst() + "-" + between + "-" + widths.getLast();
  }

  private static Picture gains(List<Measurement> networks) {
    List<Bar> bars = new ArrayList<>();
    Csv csv = new Csv(
        "network,precision,forward_us,reverse_us,mixed_us,auto_us,multiply_adds,mixed_speedup,auto_speedup");
    for (Measurement network : networks) {
      double mixed = network.speedup("mixed");
      double auto = network.speedup("auto");
      if (network.param("precision").equals(networks.getFirst().param("precision"))) {
        bars.add(new Bar(brief(network.param("network")), "MIXED", mixed));
        bars.add(new Bar(brief(network.param("network")), "AUTO", auto));
      }
      csv.row("%s,%s,%.4f,%.4f,%.4f,%.4f,%.0f,%.4f,%.4f", network.param("network"), network.param("precision"),
          network.median("forward") / 1e3, network.median("reverse") / 1e3, network.median("mixed") / 1e3,
          network.median("auto") / 1e3, multiplyAdds(network), mixed, auto);
    }
    String title = "Speed over that of the faster of FORWARD and REVERSE, "
        + networks.getFirst().param("precision").toLowerCase(Locale.ROOT);
    return new Picture(NAME, title, sentence(networks),
        Bars.svg(NAME, title, "times as fast as the faster pure mode", bars, List.of(Theme.NEUTRAL, Theme.INK), "0.00"),
        csv.toString());
  }

  private static String sentence(List<Measurement> networks) {
    Measurement most = networks.stream().max(Comparator.comparingDouble(each -> each.speedup("auto"))).orElseThrow();
    Measurement least = networks.stream().min(Comparator.comparingDouble(each -> each.speedup("auto"))).orElseThrow();
    String best = String.format(Locale.ROOT, "%s gains most from AUTO, a factor of %.2f", title(most),
        most.speedup("auto"));
    return networks.size() == 1
        ? String.format(Locale.ROOT,
            "Only %s was measured: AUTO is %.2f times as fast as the faster of FORWARD and REVERSE.",
            title(most), most.speedup("auto"))
        : best + String.format(Locale.ROOT, "; %s least, %.2f.", title(least), least.speedup("auto"));
  }

  private static Table tiny(Measurement tiny, Summary summary) {
    summary.put("jacobian.tiny.ns", tiny.median("prepared"));
    summary.put("jacobian.tiny.unrolled_ns", tiny.median("unrolled"));
    String over = summary.put("jacobian.tiny.over_unrolled", tiny.medianRatio("prepared", "unrolled"));
    String bytes = summary.put("jacobian.tiny.bytes", Math.round(tiny.largest("preparedBytes")));
    return new Table("4-8-6-4-2 beside a method unrolled by hand for it",
        List.of("", "T prepared", "T unrolled", "Ratio", "Bytes allocated"),
        List.of(List.of("Value and Jacobian",
            summary.time(tiny.median("prepared")), summary.time(tiny.median("unrolled")), over, bytes)));
  }

  /// The results: a line each for AUTO, the tiny network and the gains by mixed orders, as far as they were measured.
  static List<String> verdict(Summary summary) {
    List<String> lines = new ArrayList<>();
    if (summary.has("jacobian.auto.networks")) {
      lines.add("AUTO on " + summary.text("jacobian.auto.networks") + " random networks: "
          + summary.text("jacobian.auto.regret_median")
          + " × the time of the fastest mode (median; 95th percentile " + summary.text("jacobian.auto.regret_p95")
          + "), forward iff D ≤ M: " + summary.text("jacobian.rule_d_le_m.regret_median") + " × ("
          + summary.text("jacobian.rule_d_le_m.regret_p95") + ")");
    }
    if (summary.has("jacobian.tiny.over_unrolled")) {
      lines.add("4-8-6-4-2: " + summary.text("jacobian.tiny.over_unrolled")
          + " × the time of a method unrolled by hand, " + summary.text("jacobian.tiny.bytes") + " bytes allocated");
    }
    MIXED_GAINS.forEach((network, key) -> {
      if (summary.has(key + ".mixed_speedup")) {
        lines.add("MIXED on " + network + ": " + summary.text(key + ".mixed_speedup")
            + " × as fast as the faster pure mode");
      }
    });
    return lines;
  }
}
