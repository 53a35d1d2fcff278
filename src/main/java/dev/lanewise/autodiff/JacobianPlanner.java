package dev.lanewise.autodiff;

import dev.lanewise.Precision;
import dev.lanewise.autodiff.JacobianOptions.Range;
import dev.lanewise.autodiff.JacobianPlan.Candidate;
import dev.lanewise.autodiff.chain.Blocks;
import dev.lanewise.autodiff.chain.Blocks.Side;
import dev.lanewise.autodiff.chain.Bracket;
import dev.lanewise.autodiff.chain.Chain;
import dev.lanewise.autodiff.chain.ChainFactor;
import dev.lanewise.autodiff.chain.JacobianProgram;
import dev.lanewise.autodiff.chain.Wanted;
import dev.lanewise.autodiff.plan.ChainPlanner;
import dev.lanewise.autodiff.plan.ChainTimes;
import dev.lanewise.autodiff.plan.Order;
import dev.lanewise.autodiff.plan.Priced;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Chooses a mode's order, and cuts the Jacobian so that it fits the memory.
final class JacobianPlanner {

  private record Choice(Candidate candidate, Bracket bracket, Blocks blocks, Optional<Mode> onePass) {

    boolean isSameOrder(Choice other) {
      return bracket.equals(other.bracket) && blocks.equals(other.blocks);
    }

    /// The same order as AUTO's.
    Choice byAuto() {
      return new Choice(new Candidate(Mode.AUTO, candidate.chunk(), candidate.multiplyAdds(), candidate.nanos(),
          candidate.bytes()), bracket, blocks, onePass);
    }
  }

  /// A candidate of AUTO that is worth timing.
  ///
  /// @param order the name of its order
  record Alternative(String order, JacobianPlan plan) {}

  /// How many plans are timed at most.
  private static final int MOST_TIMED = 4;

  private final Chain chain;
  private final Wanted wanted;
  private final List<ChainFactor> factors;
  private final JacobianOptions options;
  private final Precision precision;
  private final ChainTimes times;
  /// Where the times come from, in words.
  private final String timesFrom;
  private final int columns;
  private final int rows;
  /// The best order of each mode to be compared; a mode is missing where it does not fit.
  private final Map<Mode, Choice> choices;
  private long least = Long.MAX_VALUE;

  /// @throws IllegalArgumentException if no order of the mode fits the memory
  JacobianPlanner(Chain chain, Wanted wanted, JacobianOptions options, Precision precision, ChainTimes times,
      String timesFrom) {
    this.chain = chain;
    this.wanted = wanted;
    this.factors = wanted.of(chain.planned(!options.elided()));
    this.options = options;
    this.precision = precision;
    this.times = times;
    this.timesFrom = timesFrom;
    this.columns = wanted.columns();
    this.rows = wanted.rows();
    this.choices = choices();
  }

  JacobianPlan plan() {
    return plan(choices.get(options.mode()));
  }

  /// AUTO's plan, followed by the nearest plans with a different order.
  List<Alternative> nearest() {
    Choice auto = choices.get(Mode.AUTO);
    Map<String, Choice> others = new LinkedHashMap<>();
    choices.forEach((mode, choice) -> others.put(mode.name(), choice));
    others.remove(Mode.AUTO.name());
    nextBest(auto).ifPresent(choice -> others.put("the next best", choice));
    List<Choice> taken = new ArrayList<>(List.of(auto));
    List<Alternative> nearest = new ArrayList<>();
    nearest.add(new Alternative(Mode.AUTO.name(), plan(auto)));
    others.entrySet().stream().sorted(Comparator.comparingDouble(other -> other.getValue().candidate().nanos()))
        .forEach(other -> {
      Choice choice = other.getValue();
      if (taken.size() < MOST_TIMED && taken.stream().noneMatch(choice::isSameOrder)) {
        taken.add(choice);
        nearest.add(new Alternative(other.getKey(), plan(choice.byAuto())));
      }
    });
    return nearest;
  }

  private Map<Mode, Choice> choices() {
    Map<Mode, Choice> choices = new EnumMap<>(Mode.class);
    for (Mode mode : options.elided() ? List.of(Mode.values()) : List.of(options.mode())) {
      Choice choice = best(mode);
      if (choice != null) {
        choices.put(mode, choice);
      }
    }
    if (!choices.containsKey(options.mode())) {
      throw new IllegalArgumentException("Jacobian " + rows + " × " + columns + " by " + options.mode() + ": needs "
          + (least == Long.MAX_VALUE ? "to be cut where it cannot" : least + " bytes") + ", memory is "
          + options.memory() + " bytes" + (options.chunk() > 0 ? ", chunk is " + options.chunk() : ""));
    }
    return choices;
  }

  /// @param chosen of the mode asked for
  private JacobianPlan plan(Choice chosen) {
    List<Candidate> candidates = choices.keySet().stream()
        .map(mode -> mode == options.mode() ? chosen.candidate() : choices.get(mode).candidate()).toList();
    return new JacobianPlan(chosen.candidate(), candidates, precision.bytes() * chain.kept(), factors,
        chain.names(), chosen.bracket(), chosen.blocks(), chosen.onePass(),
        ofBlock() + reason(chosen.candidate(), candidates), List.of());
  }

  /// The cheapest order with a different last step, cut like this one.
  private Optional<Choice> nextBest(Choice auto) {
    for (Priced way : ChainPlanner.ways(factors, order(Mode.AUTO), auto.blocks(), times)) {
      Choice choice = choice(Mode.AUTO, auto.blocks(), auto.candidate().chunk(), way);
      if (!choice.isSameOrder(auto) && choice.candidate().bytes() <= options.memory()) {
        return Optional.of(choice);
      }
    }
    return Optional.empty();
  }

  private String ofBlock() {
    return words("outputs", options.outputs()) + words("inputs", options.inputs());
  }

  private static String words(String what, Range range) {
    return range.equals(Range.ALL) ? "" : what + " " + range.from() + " to " + range.to() + " alone, ";
  }

  private String reason(Candidate chosen, List<Candidate> candidates) {
    if (chosen.mode() != Mode.AUTO) {
      return "as asked";
    }
    Candidate other = candidates.stream().filter(one -> one.mode() != Mode.AUTO)
        .min(Comparator.comparingDouble(Candidate::nanos)).orElse(chosen);
    return String.format(Locale.ROOT, "the shortest predicted time, %s; the next is %s at %s (times: %s)",
        JacobianPlan.time(chosen.nanos()), other.mode(), JacobianPlan.time(other.nanos()), timesFrom);
  }

  /// The cheapest order of a mode. AUTO takes a chain in one pass if it can.
  private Choice best(Mode mode) {
    if (mode == Mode.AUTO) {
      Choice forward = cheapest(Mode.FORWARD);
      Choice reverse = cheapest(Mode.REVERSE);
      Choice pure = reverse == null || forward != null
          && forward.candidate().multiplyAdds() <= reverse.candidate().multiplyAdds()
          ? forward : reverse;
      if (pure != null && pure.onePass().isPresent()) {
        return pure.byAuto();
      }
    }
    return cheapest(mode);
  }

  private Choice cheapest(Mode mode) {
    Choice best = null;
    for (Side side : sides(mode)) {
      int width = side == Side.ROWS ? rows : columns;
      for (int chunk : chunks(width)) {
        Choice choice = priced(mode, chunk >= width ? Blocks.WHOLE : new Blocks(side, chunk), Math.min(chunk, width));
        if (choice == null) {
          continue;
        }
        least = mode == options.mode() ? Math.min(least, choice.candidate().bytes()) : least;
        if (choice.candidate().bytes() <= options.memory()) {
          best = best == null || isBetter(mode, choice.candidate(), best.candidate()) ? choice : best;
          break;
        }
      }
    }
    return best;
  }

  private static boolean isBetter(Mode mode, Candidate one, Candidate other) {
    return mode == Mode.MIXED && one.multiplyAdds() != other.multiplyAdds()
        ? one.multiplyAdds() < other.multiplyAdds() : one.nanos() < other.nanos();
  }

  private static List<Side> sides(Mode mode) {
    return switch (mode) {
      case FORWARD -> List.of(Side.COLUMNS);
      case REVERSE -> List.of(Side.ROWS);
      case MIXED, AUTO -> List.of(Side.COLUMNS, Side.ROWS);
    };
  }

  /// The requested chunk; without one, all directions, a half, a quarter and so on down to one.
  private int[] chunks(int width) {
    if (options.chunk() != JacobianOptions.AUTO_CHUNK) {
      return new int[] {options.chunk()};
    }
    int[] chunks = new int[33 - Integer.numberOfLeadingZeros(Math.max(1, width))];
    int chunk = width;
    int count = 0;
    while (count == 0 || chunks[count - 1] > 1) {
      chunks[count++] = Math.max(1, chunk);
      chunk = (chunk + 1) / 2;
    }
    return Arrays.copyOf(chunks, count);
  }

  private Choice priced(Mode mode, Blocks blocks, int chunk) {
    Priced priced = ChainPlanner.plan(factors, order(mode), blocks, times);
    return priced == null ? null : choice(mode, blocks, chunk, priced);
  }

  private Choice choice(Mode mode, Blocks blocks, int chunk, Priced priced) {
    boolean[] sloped = new boolean[chain.size()];
    Arrays.fill(sloped, true);
    long bytes = JacobianProgram.of(chain, priced.bracket(), wanted, blocks, sloped, precision, true).bytes();
    long multiplyAdds = Math.round(priced.multiplyAdds());
    Optional<Mode> onePass = options.elided() && wanted.equals(Wanted.all(chain)) && blocks.side() == Side.WHOLE
        && chain.isOnePass(multiplyAdds) ? pureOrder(priced.bracket()) : Optional.empty();
    double nanos = onePass.isPresent() ? chain.onePassNanos(multiplyAdds) : priced.nanos();
    return new Choice(new Candidate(mode, chunk, multiplyAdds, nanos, bytes), priced.bracket(), blocks, onePass);
  }

  private static Order order(Mode mode) {
    return switch (mode) {
      case FORWARD -> Order.PUSHES;
      case REVERSE -> Order.PULLS;
      case MIXED -> Order.FEWEST;
      case AUTO -> Order.FASTEST;
    };
  }

  private static Optional<Mode> pureOrder(Bracket bracket) {
    return bracket.isFromTheRight() ? Optional.of(Mode.FORWARD) : bracket.isFromTheLeft() ? Optional.of(Mode.REVERSE)
        : Optional.empty();
  }
}
