package dev.lanewise.report.result;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The sources of a report: a run, and those that were merged into it, on the same machine, each with its date and
/// commit.
///
/// In a report's folder the first run's files lie in the folder itself, the others' in `part-2`, `part-3` and so on.
///
/// @param all at least one part, each with different suites
public record Parts(List<Part> all) {

  /// The facts that identify a machine.
  private static final List<String> PLACE = List.of("cpu", "cores", "vectors", "os", "jdk");
  /// The facts that differ between runs.
  private static final List<String> OF_A_RUN = List.of("date", "commit", "profile", "suites");
  private static final String FOLDER = "part-";

  public Parts {
    all = List.copyOf(all);
  }

  public static Parts of(Part one) {
    return new Parts(List.of(one));
  }

  /// @param place a result, or a report's folder
  public static Parts at(Path place) throws Refusal {
    List<Part> all = new ArrayList<>(List.of(Part.of(RawResult.at(place))));
    for (int number = 2; Files.isDirectory(place) && Files.exists(place.resolve(folder(number))); number++) {
      all.add(Part.of(RawResult.at(place.resolve(folder(number)))));
    }
    Parts parts = new Parts(all);
    for (Part other : all.subList(1, all.size())) {
      parts.requireSameMachine(other.machine(), place);
    }
    parts.results();
    return parts;
  }

  /// The folder of the part with this number, from 2.
  public static String folder(int number) {
    return FOLDER + number;
  }

  /// @param place the place of this report
  /// @throws Refusal if this was measured on another machine: comparisons on one page must come from one machine
  public void requireSameMachine(Machine other, Path place) throws Refusal {
    for (String fact : PLACE) {
      String here = all.getFirst().machine().facts().getOrDefault(fact, "unknown");
      String there = other.facts().getOrDefault(fact, "unknown");
      if (!here.equals(there)) {
        throw new Refusal(place.toString(), "was measured on another machine (" + fact + ": " + here + ", here " + there
            + "), into which nothing of this one is merged; move it away for a report of its own");
      }
    }
  }

  /// With a newer run, whose suites replace the same ones of earlier runs.
  public Parts with(Part newer) throws Refusal {
    Set<String> anew = newer.benchmarks();
    List<Part> kept = new ArrayList<>();
    for (Part part : all) {
      if (!anew.containsAll(part.benchmarks())) {
        boolean whole = part.benchmarks().stream().noneMatch(anew::contains);
        kept.add(whole ? part : Part.of(new RawResult(part.raw().file(), part.without(anew)), part.machine()));
      }
    }
    kept.add(newer);
    Parts merged = new Parts(kept);
    merged.results();
    return merged;
  }

  /// The results of all parts.
  ///
  /// @throws Refusal if two have results of one suite, or their virtual machines lay their heaps out differently
  public Results results() throws Refusal {
    Part first = all.getFirst();
    List<Measurement> measurements = new ArrayList<>(first.results().measurements());
    for (Part other : all.subList(1, all.size())) {
      if (other.results().main() != first.results().main()) {
        throw new Refusal(other.raw().file().toString(),
            "was measured with " + other.results().main().title + ", " + first.raw().file()
            + " with " + first.results().main().title + ", expected the same");
      }
      for (String benchmark : other.benchmarks()) {
        if (measurements.stream().anyMatch(each -> each.benchmark().equals(benchmark))) {
          throw new Refusal(other.raw().file().toString(),
              "has results of " + benchmark + ", which another part of the report has too");
        }
      }
      measurements.addAll(other.results().measurements());
    }
    return new Results(List.copyOf(measurements), first.results().jvm());
  }

  /// The first run's facts, followed by those that other runs add, such as a library's description of itself, or that
  /// differ, such as `part2_date`.
  public Machine machine() {
    Map<String, String> facts = new LinkedHashMap<>(all.getFirst().machine().facts());
    for (int number = 2; number <= all.size(); number++) {
      String prefix = "part" + number + "_";
      all.get(number - 1).machine().facts().forEach((fact, text) -> {
        if (!Machine.isFigure(fact) && !text.equals(facts.get(fact))) {
          facts.put(OF_A_RUN.contains(fact) || facts.containsKey(fact) ? prefix + fact : fact, text);
        }
      });
    }
    return new Machine(facts);
  }

  /// The run in which a suite was measured, and its date; empty for the first run, or if the suite was not measured.
  public Optional<String> apart(Suite suite) {
    return all.stream().skip(1).filter(part -> part.benchmarks().contains(suite.benchmark)).findFirst().map(part ->
        "a run of its own: profile " + part.machine().facts().getOrDefault("profile", "unknown") + ", "
            + part.machine().facts().getOrDefault("date", "no date") + ", commit "
            + part.machine().facts().getOrDefault("commit", "unknown"));
  }
}
