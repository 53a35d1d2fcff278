package dev.lanewise.autodiff;

import dev.lanewise.kernel.Rounds;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Random;

/// Pairs with a copy, whose forward mode takes turns with theirs. The two differ only in the addresses of their arrays
/// and in the machine's other load; a difference between modes has to exceed that.
///
/// A fork draws which of two equal pairs is called the copy, so that over forks neither has an advantage.
final class Copies {

  /// The largest D = M of a copied pair: there the crossover is decided, and turns are short.
  private static final int LARGEST = 64;
  /// A turn that takes this many times the median was interrupted.
  private static final double LONG = 1.25;

  private final Random random;
  private final Map<ModePair, ModePair> copies = new IdentityHashMap<>();
  private final Rounds rounds = new Rounds();
  private ModePair copy;

  Copies(Random random) {
    this.random = random;
  }

  /// The pair or, at random, its copy; the other one is kept beside it.
  ModePair drawn(ModePair pair) {
    if (pair.inputs != pair.outputs || pair.inputs > LARGEST) {
      return pair;
    }
    ModePair other = pair.copy();
    ModePair first = random.nextBoolean() ? pair : other;
    ModePair second = first == pair ? other : pair;
    PreparedModes.requireClose(first.compute(Mode.FORWARD), second.compute(Mode.FORWARD), 0, "the copy");
    copies.put(first, second);
    return first;
  }

  void fitTurns() {
    copies.values().forEach(ModePair::fitTurns);
  }

  void begin(ModePair pair) {
    copy = copies.get(pair);
    rounds.clear();
  }

  void turn() {
    if (copy != null) {
      rounds.add(copy.turn(Mode.FORWARD));
    }
  }

  /// Nanoseconds of a call of the copy; 0 if there is none.
  double median() {
    return copy == null ? 0 : rounds.median();
  }

  long count(Rounds forward) {
    return copy == null ? 0 : forward.count() + rounds.count();
  }

  long longTurns(Rounds forward) {
    return copy == null ? 0 : forward.longerThan(LONG * forward.median()) + rounds.longerThan(LONG * rounds.median());
  }
}
