package dev.lanewise.report.section.claim;

import dev.lanewise.report.content.Section;
import dev.lanewise.report.content.Section.Table;
import dev.lanewise.report.content.Summary;
import dev.lanewise.report.section.claim.Headline.Row;
import dev.lanewise.report.verdict.Claim;
import java.util.List;

/// The fits of all settings, those of other networks included, each with its verdict.
public final class SettingsTable {

  private SettingsTable() {}

  /// @param summary the summary that contains the claims' figures
  public static Section of(List<Claim> claims, Summary summary) {
    return new Section("fit", "Where the modes cross over",
        "The line log₂(T_f/T_r) = c + s·log₂(D/M) through the cells of a setting is zero at D/M = r*; in the fit c and "
            + "s may change with the size D·M. By the claim r* is 1 at every size; if only multiplications mattered, s "
            + "would be 1 too. Whatever both modes share, above all the network’s value, makes s smaller.",
        List.of(), List.of(new Table("Crossover r* by setting",
            List.of("Setting", "Verdict", "r*", "95 % interval", "By size", "Slope s", "Interval of s", "Residual",
                "Signs", "Forks"),
            claims.stream().map(claim -> row(claim, summary)).toList())));
  }

  private static List<String> row(Claim claim, Summary summary) {
    String key = "claim." + claim.setting().key() + ".";
    Row row = Headline.row(claim);
    return List.of(row.setting(), row.verdict(), row.crossover(), row.interval(), row.size(),
        summary.text(key + "slope"),
        summary.text(key + "slope_low") + " to " + summary.text(key + "slope_high"), summary.text(key + "residual"),
        summary.text(key + "signs_agreeing") + "/" + summary.text(key + "signs_decided"), row.forks());
  }
}
