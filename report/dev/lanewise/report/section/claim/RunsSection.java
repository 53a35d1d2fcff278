package dev.lanewise.report.section.claim;

import dev.lanewise.report.content.Section;
import dev.lanewise.report.content.Section.Table;
import dev.lanewise.report.content.Summary;
import dev.lanewise.report.result.Machine;
import dev.lanewise.report.result.Setting;
import dev.lanewise.report.verdict.Claim;
import dev.lanewise.report.verdict.Estimate;
import dev.lanewise.report.verdict.Run;
import dev.lanewise.report.verdict.Runs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The runs that are kept: the spread of r* between runs on one machine, and between machines.
public final class RunsSection {

  private RunsSection() {}

  /// @param claims this report's claims, for their names
  /// @param machine this report's machine, whose runs go into the summary
  public static Optional<Section> of(List<Claim> claims, List<Run> kept, Machine machine, Summary summary) {
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Setting> settings = claims.stream()
        .map(Claim::setting).collect(Collectors.toMap(Setting::key, Function.identity()));
    Map<String, List<Runs>> bySetting = Runs.of(kept).stream()
        .collect(Collectors.groupingBy(Runs::setting, LinkedHashMap::new, Collectors.toList()));
    List<List<String>> groups = new ArrayList<>();
    List<List<String>> single = new ArrayList<>();
    bySetting.forEach((setting, machines) -> {
      Setting here = settings.get(setting);
      String title = here == null ? setting : here.title();
      for (Runs runs : machines) {
        groups.add(row(title, runs));
        runs.runs().forEach(run -> single.add(List.of(title, run.machine(), run.date(), run.commit(), run.profile(),
            Figures.withRange(run.crossover()), String.valueOf(run.forks()))));
        if (here != null && isAt(runs, machine, here)) {
          note("runs." + setting + ".", runs, summary);
        }
      }
      Runs.overMachines(machines).ifPresent(over ->
          groups.add(List.of(title, machines.size() + " machines", "", "", Figures.withRange(over), "", "")));
    });
    return Optional.of(new Section("runs", "Between runs",
        "An interval inside one run is about the median fork, on this machine, in this hour: all forks of a run share "
            + "the host, its neighbours and the clock rate. Only several runs show how far hours lie "
            + "apart. Each run counts once; the interval is about the mean over such hours and takes " + Runs.LEAST
            + " runs; fewer show their range. Each machine is shown by itself.",
        List.of(), List.of(
            new Table("r* over the runs that are kept",
                List.of("Setting", "Machine", "Virtual machine", "Runs", "r*", "Spread", "Intervals meet"), groups),
            new Table("Each run", List.of("Setting", "Machine", "Date", "Commit", "Profile", "r*", "Forks"), single))));
  }

  private static boolean isAt(Runs runs, Machine machine, Setting setting) {
    return runs.machine().equals(machine.processor()) && runs.vectors().equals(machine.vectorSpecies())
        && runs.jvm().equals(machine.jvm(setting.collectorFact()));
  }

  private static List<String> row(String title, Runs runs) {
    Estimate crossover = runs.crossover();
    return List.of(title, runs.machine() + ", " + runs.vectors(), runs.jvm(), String.valueOf(runs.runs().size()),
        Figures.withRange(crossover) + (runs.isJudged() ? "" : ", range"),
        runs.runs().size() < 2 ? "–" : String.format(Locale.ROOT, "%.1f %%", 100 * (Math.pow(2, runs.deviation()) - 1)),
        runs.runs().size() < 2 ? "–" : runs.overlap() ? "yes" : "no");
  }

  private static void note(String key, Runs runs, Summary summary) {
    summary.put(key + "count", runs.runs().size());
    summary.put(key + "crossover", runs.crossover().ratio());
    summary.put(key + "ci_low", runs.crossover().lowRatio());
    summary.put(key + "ci_high", runs.crossover().highRatio());
  }
}
