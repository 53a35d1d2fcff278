package dev.lanewise.autodiff.own;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.JacobianOptions;
import dev.lanewise.autodiff.JacobianPlan;
import dev.lanewise.autodiff.Mode;
import dev.lanewise.autodiff.PreparedModes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// The subject of one iteration: several ways to compute the same Jacobian, or the same block of it, which take turns.
///
/// - `SEEDED`: both modes as defined, with identities pushed and pulled through each layer
/// - `ELIDED`: both modes with the first or last layer's Jacobian as the first panel, if that saves anything
/// - `PLANNED`: all modes with their default options
/// - `CUT`: like `SEEDED`, one direction at a time, for the first `inputs` and `outputs` only: down to an eighth of
///   either, and around D = M
///
/// @param chunk directions at once; 0 for all that the memory allows
record OwnSubject(Kind kind, int chunk, int inputs, int outputs, Map<Mode, JacobianOptions> options) {

  /// The report has the same order, and knows a kind by its number.
  enum Kind { SEEDED, ELIDED, PLANNED, CUT }

  private static final int[] CHUNKS = {1, 16, 64};
  private static final int[] FRACTIONS = {8, 4, 2};
  /// Calls that are predicted to take longer are left out.
  private static final double MOST_NANOS = 1e9;
  private static final Mode[] BOTH = {Mode.FORWARD, Mode.REVERSE};

  /// The subjects, in no particular order, without those that take too long, except the modes with default options.
  static List<OwnSubject> of(OwnNetwork network) {
    return all(network).stream().filter(subject -> subject.kind == Kind.PLANNED || subject.nanos(network) <= MOST_NANOS)
        .toList();
  }

  /// The subjects left out, in words; `none` if there are none.
  static String leftOut(OwnNetwork network) {
    List<String> names = all(network).stream()
        .filter(each -> each.kind != Kind.PLANNED && each.nanos(network) > MOST_NANOS)
        .map(OwnSubject::toString).toList();
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  private static List<OwnSubject> all(OwnNetwork network) {
    int inputs = network.inputs();
    int outputs = network.outputs();
    Set<OwnSubject> subjects = new LinkedHashSet<>();
    int[] chunks = IntStream.concat(IntStream.of(CHUNKS).filter(chunk -> chunk < Math.max(inputs, outputs)),
        IntStream.of(JacobianOptions.AUTO_CHUNK)).toArray();
    for (int chunk : chunks) {
      subjects.add(new OwnSubject(Kind.SEEDED, chunk, inputs, outputs,
          both(options -> chunked(options.withSeededIdentities(), chunk))));
      OwnSubject elided = new OwnSubject(Kind.ELIDED, chunk, inputs, outputs, both(options -> chunked(options, chunk)));
      if (elided.savesAny(network)) {
        subjects.add(elided);
      }
    }
    for (int fraction : FRACTIONS) {
      subjects.add(cut(Math.max(1, inputs / fraction), outputs));
      subjects.add(cut(inputs, Math.max(1, outputs / fraction)));
    }
    int fewer = Math.min(inputs, outputs);
    subjects.add(cut(fewer, fewer));
    subjects.add(inputs > outputs ? cut(Math.max(1, outputs / 2), outputs) : cut(inputs, Math.max(1, inputs / 2)));
    subjects.remove(cut(inputs, outputs));
    Map<Mode, JacobianOptions> modes = new LinkedHashMap<>();
    for (Mode mode : Mode.values()) {
      if (planned(network, mode).isPresent()) {
        modes.put(mode, JacobianOptions.defaults().withMode(mode));
      }
    }
    subjects.add(new OwnSubject(Kind.PLANNED, JacobianOptions.AUTO_CHUNK, inputs, outputs, modes));
    return List.copyOf(subjects);
  }

  private static OwnSubject cut(int inputs, int outputs) {
    return new OwnSubject(Kind.CUT, 1, inputs, outputs,
        both(options -> options.withSeededIdentities().withChunk(1).withInputs(0, inputs).withOutputs(0, outputs)));
  }

  private static JacobianOptions chunked(JacobianOptions options, int chunk) {
    return chunk == JacobianOptions.AUTO_CHUNK ? options : options.withChunk(chunk);
  }

  private static Map<Mode, JacobianOptions> both(UnaryOperator<JacobianOptions> how) {
    Map<Mode, JacobianOptions> options = new LinkedHashMap<>();
    for (Mode mode : BOTH) {
      options.put(mode, how.apply(JacobianOptions.defaults().withMode(mode)));
    }
    return options;
  }

  /// The plan; empty if the network's chain cannot be multiplied that way.
  private static Optional<JacobianPlan> planned(OwnNetwork network, Mode mode) {
    try {
      return Optional.of(network.prepared(JacobianOptions.defaults().withMode(mode)).plan());
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private boolean savesAny(OwnNetwork network) {
    return options.entrySet().stream().anyMatch(way -> network.prepared(way.getValue()).plan().multiplyAdds()
        < network.prepared(chunked(JacobianOptions.defaults().withMode(way.getKey()).withSeededIdentities(), chunk))
        .plan().multiplyAdds());
  }

  /// The predicted time of the slower way.
  private double nanos(OwnNetwork network) {
    return options.values().stream().mapToDouble(each -> network.prepared(each).plan().nanos()).max().orElseThrow();
  }

  /// The contestants, ready to take turns; modes with the same order are one.
  Map<Mode, OwnContestant> contestants(OwnNetwork network) {
    Map<Mode, OwnContestant> contestants = new LinkedHashMap<>();
    options.forEach((mode, how) -> {
      OwnContestant contestant = new OwnContestant(network, how, outputs, inputs);
      contestants.put(mode, contestants.values().stream()
          .filter(other -> kind == Kind.PLANNED && other.prepared.plan().sameOrder(contestant.prepared.plan()))
          .findFirst().orElse(contestant));
    });
    return contestants;
  }

  void check(OwnNetwork network, Map<Mode, OwnContestant> contestants) {
    List<OwnContestant> all = new ArrayList<>(contestants.values());
    Tensor expected = all.getFirst().compute().copy();
    for (OwnContestant other : all) {
      PreparedModes.requireClose(expected, other.compute(), network.precision() == Precision.FLOAT ? 1e-3 : 1e-10,
          network.name() + " " + this);
    }
  }

  @Override
  public String toString() {
    String at = chunk == 0 ? "all directions at once"
        : chunk == 1 ? "one direction at a time" : chunk + " directions at a time";
    return switch (kind) {
      case SEEDED -> at;
      case ELIDED -> "elided, " + at;
      case PLANNED -> "by default";
      case CUT -> inputs + " inputs × " + outputs + " outputs";
    };
  }
}
