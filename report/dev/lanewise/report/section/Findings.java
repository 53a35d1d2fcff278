package dev.lanewise.report.section;

import dev.lanewise.report.content.Section;
import dev.lanewise.report.content.Summary;
import dev.lanewise.report.result.Jvm;
import dev.lanewise.report.result.Machine;
import dev.lanewise.report.result.Parts;
import dev.lanewise.report.result.Refusal;
import dev.lanewise.report.result.Results;
import dev.lanewise.report.result.Suite;
import dev.lanewise.report.section.claim.ArchitectureSection;
import dev.lanewise.report.section.claim.ClaimSection;
import dev.lanewise.report.section.claim.DepartureSection;
import dev.lanewise.report.section.claim.Headline;
import dev.lanewise.report.section.claim.LayeredSection;
import dev.lanewise.report.section.claim.PredictionSection;
import dev.lanewise.report.section.claim.RunsSection;
import dev.lanewise.report.section.claim.SettingsTable;
import dev.lanewise.report.section.claim.TimeSection;
import dev.lanewise.report.verdict.Cell;
import dev.lanewise.report.verdict.Claim;
import dev.lanewise.report.verdict.LayeredCell;
import dev.lanewise.report.verdict.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The content of the report: figures, sections of the page, the verdict in a few lines.
///
/// @param headline the claim in the slides' own setting; empty where no Jacobians were measured
/// @param layered the claim on convolutional and recurrent networks
public record Findings(
    Optional<Claim> headline, List<Claim> claims, List<LayeredCell> layered, List<Section> sections, Summary summary,
    Machine machine) {

  /// The sentences in the terminal, besides the title, the noise and the page.
  private static final int MOST_SENTENCES = 3;

  private static final String SENTENCES_KEY = "claim.sentences";

  public static final String PLANTED_KEY = "planted.slow_forward";

  /// The virtual machine of figures whose key names none; results without it are of the serial collector.
  private static final String JVM_KEY = "jvm";

  /// The findings of a run, and of those merged into it.
  ///
  /// @param runs the runs that are kept
  public static Findings of(Parts parts, List<Run> runs) throws Refusal {
    Findings all = of(parts.results(), parts.machine(), runs);
    List<Section> dated = all.sections.stream().map(section -> PartNote.on(section, parts)).toList();
    return new Findings(all.headline, all.claims, all.layered, dated, all.summary, all.machine);
  }

  /// The claim in each setting whose pairs D × M allow a fit.
  public static List<Claim> claims(Results results) throws Refusal {
    return Cell.bySetting(results).entrySet().stream().filter(entry -> Claim.isFittable(entry.getValue()))
        .map(entry -> Claim.of(entry.getKey(), entry.getValue())).toList();
  }

  /// @param runs the runs that are kept
  public static Findings of(Results results, Machine machine, List<Run> runs) throws Refusal {
    List<Claim> claims = claims(results);
    List<LayeredCell> layered = LayeredCell.of(results);
    ForkSpread spread = ForkSpread.of(results, claims, layered);
    Summary summary = new Summary(spread.figures());
    planted(results).ifPresent(factor -> summary.put(PLANTED_KEY, factor));
    if (results.main() != Jvm.SERIAL) {
      summary.put(JVM_KEY, results.main().title);
    }
    Headline.of(claims, layered)
        .ifPresent(headline -> summary.put(SENTENCES_KEY, String.join(" ", headline.sentences())));
    claims.forEach(claim -> ClaimSection.note(claim, summary));
    List<Section> sections = new ArrayList<>();
    claims.stream().filter(Claim::isGrid).findFirst().ifPresent(claim -> {
      sections.add(ClaimSection.heatMaps(claims, summary));
      sections.add(TimeSection.of(claim, summary));
    });
    if (!claims.isEmpty()) {
      sections.add(SettingsTable.of(claims, summary));
      RunsSection.of(claims, runs, machine, summary).ifPresent(sections::add);
      ArchitectureSection.of(claims, summary).ifPresent(sections::add);
      sections.add(ClaimSection.counts(claims, summary));
      sections.add(DepartureSection.of(claims, summary));
    }
    PredictionSection.of(results, claims, summary).ifPresent(sections::add);
    LayeredSection.of(layered, summary).ifPresent(sections::add);
    OwnNetworkSection.of(results, machine, summary).ifPresent(sections::add);
    NetworkSection.of(results, summary).ifPresent(sections::add);
    GemmSection.of(results, summary).ifPresent(sections::add);
    RooflineSection.of(results, summary).ifPresent(sections::add);
    JacobianSection.of(results, summary).ifPresent(sections::add);
    GraphSection.of(results, summary).ifPresent(sections::add);
    BottleneckSection.of(results, summary).ifPresent(sections::add);
    MemorySection.of(results, summary).ifPresent(sections::add);
    PassSection.ofConvolutions(results, summary).ifPresent(sections::add);
    PassSection.ofRecurrence(results, summary).ifPresent(sections::add);
    PassSection.ofAttention(results, summary).ifPresent(sections::add);
    TrainSection.of(results, summary).ifPresent(sections::add);
    EpilogueSection.of(results, summary).ifPresent(sections::add);
    ElementwiseSection.of(results, summary).ifPresent(sections::add);
    AccuracySection.of(results, summary).ifPresent(sections::add);
    PeersSection.of(results, summary).ifPresent(sections::add);
    LayerPeersSection.of(results, summary).ifPresent(sections::add);
    ActivationSection.of(results, summary).ifPresent(sections::add);
    TrainedModelsSection.of(results, summary).ifPresent(sections::add);
    spread.note(summary);
    NoiseSection.of(results, machine, summary).ifPresent(sections::add);
    machine.facts().entrySet().stream().filter(fact -> !Machine.isFigure(fact.getKey()))
        .forEach(fact -> summary.put("machine." + fact.getKey(), fact.getValue()));
    summary.put("machine.jvm", results.jvm());
    return new Findings(claims.stream().findFirst(), claims, layered, sections, summary, machine);
  }

  private static OptionalDouble planted(Results results) {
    return results.measurements().stream()
        .mapToDouble(each -> Double.parseDouble(each.params().getOrDefault(Suite.PLANTED, "1")))
        .filter(factor -> factor > 1).max();
  }

  /// How many times slower forward mode was made on purpose; 1 if it was not.
  public double slowForward() {
    return summary.figures().get(PLANTED_KEY) instanceof Number planted ? planted.doubleValue() : 1;
  }

  /// @throws Refusal if a count of multiply-adds differs from the formula
  public void requireCounts() throws Refusal {
    for (Claim claim : claims) {
      if (claim.countedAsFormula() != claim.cells().size()) {
        throw new Refusal(claim.setting().title(),
            "multiply-adds counted as the formula has them in " + claim.countedAsFormula() + " of "
            + claim.cells().size() + " cells, expected all: no report");
      }
    }
    for (LayeredCell each : layered) {
      if (!each.countsAsFormula()) {
        throw new Refusal(each.network(), "took " + each.cell().forward().multiplyAdds() + " multiply-adds forward and "
            + each.cell().reverse().multiplyAdds() + " reverse, expected E + D·E and E + M·E with E = "
            + each.multiplyAdds() + ": no report");
      }
    }
  }

  /// The verdict in at most five lines; the caller adds a line with the page's place.
  public List<String> verdict() {
    if (headline.isEmpty() && !peers().isEmpty()) {
      return peers();
    }
    if (headline.isEmpty() && !planned().isEmpty()) {
      return planned();
    }
    if (headline.isEmpty()) {
      return List.of("Forward mode is cheaper iff D < M: not measured, no Jacobians of at least two shapes D × M.");
    }
    List<String> sentences = new ArrayList<>(headlineText().orElseThrow().sentences());
    while (sentences.size() > MOST_SENTENCES) {
      int shortest = IntStream.range(0, sentences.size() - 1).boxed()
          .min(Comparator.comparingInt(i -> sentences.get(i).length() + sentences.get(i + 1).length())).orElseThrow();
      sentences.set(shortest, sentences.get(shortest) + " " + sentences.remove(shortest + 1));
    }
    String where = headline.get().setting().network()
        + (summary.has(JVM_KEY) ? ", on " + summary.text(JVM_KEY) : "");
    return Stream.concat(
        Stream.of("Forward mode is cheaper iff D < M: " + where + planted()),
        sentences.stream().map(sentence -> "  " + sentence)).toList();
  }

  /// The first text of the page; empty if the claim was not measured.
  public Optional<Headline> headlineText() {
    return Headline.of(claims, layered);
  }

  /// For the terminal: how small a difference the run can see, and the other load on the machine.
  public Optional<String> noise() {
    return NoiseSection.verdict(summary);
  }

  /// The headline on other virtual machines.
  public List<Claim> besides() {
    return claims.stream().filter(claim -> claim.setting().other().isPresent()
        && claim.setting().on(Optional.empty()).equals(headline.orElseThrow().setting())).toList();
  }

  /// The setting and the virtual machine of the headline.
  public String title(Claim claim) {
    return claim.setting().title() + (summary.has(JVM_KEY) ? ", " + summary.text(JVM_KEY) : "");
  }

  /// The note after the verdict if a fault was planted.
  private String planted() {
    return slowForward() > 1 ? " (forward mode made " + summary.text(PLANTED_KEY) + " times slower on purpose)" : "";
  }

  /// The lines of a run that only compared libraries, one for each precision and number of threads, and one for
  /// elementwise functions; otherwise empty.
  public List<String> peers() {
    return headline.isEmpty() ? besideLibraries() : List.of();
  }

  /// The lines about other libraries, whatever else was measured.
  public List<String> besideLibraries() {
    return Stream.of(
            PeersSection.verdict(summary), ElementwiseSection.verdict(summary), LayerPeersSection.verdict(summary))
        .flatMap(List::stream).toList();
  }

  /// The lines about a network from a file; otherwise empty.
  public List<String> own() {
    return OwnNetworkSection.verdict(summary);
  }

  /// Whether only such a network was measured.
  public boolean isOwn() {
    return headline.isEmpty() && peers().isEmpty() && summary.has("own.network");
  }

  /// The lines of a run that measured planned Jacobians but neither the modes by D and M nor libraries; otherwise
  /// empty.
  public List<String> planned() {
    return headline.isPresent() || !peers().isEmpty() ? List.of()
        : own().isEmpty() ? JacobianSection.verdict(summary) : own();
  }
}
