package dev.lanewise.report.section.claim;

import dev.lanewise.report.chart.Forest;
import dev.lanewise.report.chart.Picture;
import dev.lanewise.report.content.Csv;
import dev.lanewise.report.content.Section;
import dev.lanewise.report.content.Section.Table;
import dev.lanewise.report.content.Summary;
import dev.lanewise.report.result.Setting;
import dev.lanewise.report.verdict.Claim;
import dev.lanewise.report.verdict.Estimate;
import dev.lanewise.report.verdict.PooledFit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/// The crossover by architecture: a forest plot of all settings, and one fit over the networks with depth, width and
/// activation as covariates.
public final class ArchitectureSection {

  private static final String NAME = "crossover-by-architecture";

  private ArchitectureSection() {}

  /// The section; empty if only one network was measured.
  public static Optional<Section> of(List<Claim> claims, Summary summary) {
    List<Claim> fitted = claims.stream().filter(claim -> claim.verdict() != Claim.Verdict.EMPTY).toList();
    if (fitted.stream().noneMatch(claim -> claim.setting().isOtherNetwork())) {
      return Optional.empty();
    }
    List<Table> tables = new ArrayList<>();
    for (String precision : List.of("FLOAT", "DOUBLE")) {
      List<Claim> networks = fitted.stream().filter(claim -> claim.setting().precision().equals(precision)
          && claim.setting().chunk() == 1 && claim.setting().other().isEmpty() && !claim.setting().isElided()).toList();
      PooledFit.of(networks).map(fit -> table(precision, fit, summary)).ifPresent(tables::add);
    }
    return Optional.of(new Section("architectures", "The crossover by architecture",
        "r* of every setting that was measured, with its 95 % interval; the band is the tolerance within which the "
            + "claim counts as true. Settings in which both modes take the same multiply-adds have no crossover and "
            + "are left out.",
        List.of(forest(fitted)), tables));
  }

  private static Picture forest(List<Claim> claims) {
    List<Forest.Estimate> estimates = new ArrayList<>();
    Csv csv = new Csv("setting,crossover,ci_low,ci_high,slope,verdict");
    for (Claim claim : claims) {
      estimates.add(new Forest.Estimate(brief(claim.setting()), claim.crossover().ratio(), claim.crossover().lowRatio(),
          claim.crossover().highRatio()));
      csv.row("%s,%.5f,%.5f,%.5f,%.5f,%s", claim.setting().key(), claim.crossover().ratio(),
          claim.crossover().lowRatio(), claim.crossover().highRatio(), claim.slope().value(), claim.verdict());
    }
    long within = claims.stream().filter(claim -> claim.verdict() == Claim.Verdict.VERIFIED).count();
    String title = "D/M at which both modes take the same time";
    return new Picture(NAME, title,
        "In " + within + " of " + claims.size() + " settings the whole interval lies in the band.",
        Forest.svg(NAME, title, "r*", Claim.TOLERANCE, estimates), csv.toString());
  }

  /// A short name such as `float 2×64 tanh` or `double 2×64 tanh, chunk 64, elided`.
  private static String brief(Setting setting) {
    return setting.precision().toLowerCase(Locale.ROOT) + " " + setting.depth() + "×" + setting.width() + " "
        + setting.activation().toLowerCase(Locale.ROOT) + (setting.chunk() == 1 ? "" : ", chunk " + setting.chunk())
        + setting.other().map(jvm -> ", " + jvm.key()).orElse("") + (setting.isElided() ? ", elided" : "");
  }

  /// One fit over all networks.
  private static Table table(String precision, PooledFit fit, Summary summary) {
    String of = precision.toLowerCase(Locale.ROOT);
    String key = "claim." + of + ".pooled.";
    summary.put(key + "networks", fit.networks());
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("r* of " + Setting.of(precision, 1).network(), key + "crossover", fit.crossover(),
        log2 -> Math.pow(2, log2), summary));
    rows.add(row("Slope s", key + "slope", fit.slope(), DoubleUnaryOperator.identity(), summary));
    fit.effects().forEach((name, effect) ->
        rows.add(row(name, key + effect.key(), effect.moves(), log2 -> Math.pow(2, log2), summary)));
    return new Table(
        "One fit over " + fit.networks() + " networks, " + of + ", one direction at a time: by what factor r* moves",
        List.of("", "Factor", "95 % interval"), rows);
  }

  private static List<String> row(
      String name, String key, Estimate estimate, DoubleUnaryOperator scale, Summary summary) {
    return List.of(name, summary.put(key, scale.applyAsDouble(estimate.value())),
        summary.put(key + "_low", scale.applyAsDouble(estimate.low())) + " – "
            + summary.put(key + "_high", scale.applyAsDouble(estimate.high())));
  }
}
