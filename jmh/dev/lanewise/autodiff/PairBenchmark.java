package dev.lanewise.autodiff;

import dev.lanewise.Activation;
import dev.lanewise.Precision;
import dev.lanewise.kernel.Deck;
import dev.lanewise.kernel.TimedBenchmark;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.openjdk.jmh.annotations.Param;

/// Perceptrons of D inputs, `depth` hidden layers of `width`, and M outputs.
///
/// A fork measures all pairs D × M, one per iteration, in passes of newly drawn order.
///
/// @param <P> the measurement of a pair
public abstract class PairBenchmark<P> extends TimedBenchmark {

  /// Pairs up to this D and M are compiled first: an uncompiled call of a large one takes seconds.
  private static final int SMALL = 32;

  /// The pairs D × M, see [Pairs].
  @Param("1-8-64-256")
  public String cells;

  @Param("1")
  public int chunk;

  @Param("2")
  public int depth;

  @Param("64")
  public int width;

  @Param("TANH")
  public Activation activation;

  /// `NAIVE`: identities are seeded, as the slides define both modes; `ELIDED`: the first and last layer's weights are
  /// the panels.
  @Param("NAIVE")
  public String seeding;

  @Param("FLOAT")
  public Precision precision;

  final Deck<P> pairs = new Deck<>();

  /// The widths of all layers, pair by pair.
  final List<int[]> widths() {
    return Pairs.of(cells).stream().map(cell -> {
      int[] widths = new int[depth + 2];
      Arrays.fill(widths, width);
      widths[0] = cell[0];
      widths[depth + 1] = cell[1];
      return widths;
    }).toList();
  }

  final boolean isElided() {
    return switch (seeding) {
      case "NAIVE" -> false;
      case "ELIDED" -> true;
      default -> throw new IllegalArgumentException("seeding is " + seeding + ", expected NAIVE or ELIDED");
    };
  }

  static boolean isSmall(int inputs, int outputs) {
    return Math.max(inputs, outputs) <= SMALL;
  }

  /// Runs `action` on the small pairs, or on all if none is small.
  final Runnable onSmall(Predicate<P> isSmall, Consumer<P> action) {
    List<P> small = pairs.all().stream().filter(isSmall).toList();
    List<P> chosen = small.isEmpty() ? List.copyOf(pairs.all()) : small;
    return () -> chosen.forEach(action);
  }
}
