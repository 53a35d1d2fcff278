package dev.lanewise.report.section;

import dev.lanewise.report.chart.Bars;
import dev.lanewise.report.chart.Bars.Bar;
import dev.lanewise.report.chart.Picture;
import dev.lanewise.report.chart.Theme;
import dev.lanewise.report.content.Csv;
import dev.lanewise.report.content.Section.Table;
import dev.lanewise.report.content.Summary;
import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.verdict.Regret;
import java.util.ArrayList;
import java.util.List;

/// The part of the section on planned Jacobians about the cost of a choice of mode on random networks.
final class RegretPart {

  private static final String NAME = "jacobian-regret";

  private final List<Regret> regrets;
  private final Measurement networks;
  private final Summary summary;

  RegretPart(Measurement networks, Summary summary) {
    this.networks = Regret.where(networks, 0);
    this.summary = summary;
    this.regrets = new ArrayList<>(Regret.of(networks));
    regrets.addAll(Regret.ofNamed(networks));
    summary.put("jacobian.auto.networks", Regret.times(this.networks, "auto").length);
    for (Regret regret : regrets) {
      String key = key(regret);
      summary.put(key + "regret_median", regret.percentile(50));
      summary.put(key + "regret_p95", regret.percentile(95));
      summary.put(key + "regret_largest", regret.largest());
      summary.put(key + "within_5_percent", regret.nearPercent());
    }
  }

  private static String key(Regret regret) {
    return "jacobian." + regret.key() + ".";
  }

  private String text(Regret regret, String figure) {
    return summary.text(key(regret) + figure);
  }

  Table table() {
    List<List<String>> rows = new ArrayList<>();
    for (Regret regret : regrets) {
      rows.add(List.of(regret.title(), text(regret, "regret_median"), text(regret, "regret_p95"),
          text(regret, "regret_largest"), text(regret, "within_5_percent") + " %"));
    }
    return new Table("Time of the chosen mode over that of the fastest of FORWARD, REVERSE and MIXED",
        List.of("Choice", "Median", "95th percentile", "Largest", "Networks within 5 %"), rows);
  }

  Picture picture() {
    List<Bar> bars = new ArrayList<>();
    for (Regret regret : regrets) {
      bars.add(new Bar(regret.title(), "median", regret.percentile(50)));
      bars.add(new Bar(regret.title(), "p95", regret.percentile(95)));
    }
    String title = "Time of the chosen mode over the fastest, " + summary.text("jacobian.auto.networks")
        + " random networks";
    return new Picture(NAME, title, sentence(),
        Bars.svg(NAME, title, "times the fastest mode", bars, List.of(Theme.NEUTRAL, Theme.INK), "0.00"), csv());
  }

  private String sentence() {
    Regret auto = regrets.getFirst();
    Regret rule = regrets.get(1);
    long networks = Regret.times(this.networks, "auto").length;
    // With fewer than twenty networks the 95th percentile is between the two slowest, or the slowest itself.
    String most = networks < 20
        ? "At the 95th percentile of " + networks + " networks AUTO takes "
        : "On 19 networks of 20 (p95) AUTO takes at most ";
    return most + text(auto, "regret_p95")
        + " times as long as the fastest mode; forward mode iff D ≤ M at most " + text(rule, "regret_p95") + " times.";
  }

  private String csv() {
    Csv csv = new Csv("network,inputs,outputs,layers,forward_ns,reverse_ns,mixed_ns,auto_ns");
    for (int i = 0; i < Regret.times(networks, "auto").length; i++) {
      csv.row("%d,%.0f,%.0f,%.0f,%.1f,%.1f,%.1f,%.1f", i + 1, at("inputs", i), at("outputs", i), at("layers", i),
          at("forward", i), at("reverse", i), at("mixed", i), at("auto", i));
    }
    return csv.toString();
  }

  private double at(String counter, int network) {
    return Regret.times(networks, counter)[network];
  }
}
