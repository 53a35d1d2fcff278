package dev.lanewise.report.verdict;

import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.result.Results;
import dev.lanewise.report.result.Suite;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.hipparchus.stat.descriptive.rank.Median;

/// One product computed by this library and by its rivals. A ratio is a rival's time over ours within a round, since
/// only times of the same round are comparable; the figure is the median over the rounds. Above 1 we are faster.
///
/// @param form `X_WT`, `Y_W` or `UT_X`
public record Contest(String precision, int threads, String form, int m, int n, int k, Measurement rounds) {

  private static final String OURS = "lanewise";
  private static final String MKL = "mkl";
  private static final String OPENBLAS = "openblas";
  private static final List<String> JVM_RIVALS = List.of("ejml", "ojalgo", "netlib");

  /// All contests of one run: forms in the order of the passes, each from small to large.
  public static List<Contest> of(Results results) {
    return results.of(Suite.PEERS).stream().map(Contest::of)
        .sorted(Comparator.comparing(Contest::family).thenComparing(Contest::multiplyAdds)
            .thenComparingInt(Contest::m).thenComparingInt(Contest::n)).toList();
  }

  private static Contest of(Measurement rounds) {
    String[] shape = rounds.param("shape").split("[ x]");
    return new Contest(rounds.precision(), rounds.intParam("threads"),
        shape[0], Integer.parseInt(shape[1]), Integer.parseInt(shape[2]), Integer.parseInt(shape[3]), rounds);
  }

  /// Groups of contests that are shown together.
  public enum Family {
    SQUARES("squares", "Squares Y·W"), X_WT("x-wt", "Values and pushes X·Wᵀ"), Y_W("y-w", "Pulls Y·W"),
    UT_X("ut-x", "Cotangents of weights Uᵀ·X");

    /// The family in file names.
    public final String key;
    public final String title;

    Family(String key, String title) {
      this.key = key;
      this.title = title;
    }
  }

  public Family family() {
    return m == n && n == k && form.equals("Y_W") ? Family.SQUARES : Family.valueOf(form);
  }

  public String title() {
    return switch (form) {
      case "X_WT" -> "X·Wᵀ ";
      case "Y_W" -> "Y·W ";
      default -> "Uᵀ·X ";
    } + sizes();
  }

  /// The sizes for readers: `32×100×784`.
  public String sizes() {
    return m + "×" + n + "×" + k;
  }

  /// The key in `summary.json`: `x_wt.32x100x784`.
  public String key() {
    return form.toLowerCase(Locale.ROOT) + "." + m + "x" + n + "x" + k;
  }

  long multiplyAdds() {
    return (long) m * n * k;
  }

  public double gigaflops() {
    return 2.0 * multiplyAdds() / median(round -> time(OURS, round));
  }

  /// Our rate's share of the peak of as many cores as there are threads.
  public double peakShare() {
    return median(round -> 2.0 * multiplyAdds() / time(OURS, round) / (threads * time("peakGigaflops", round)));
  }

  public double versusMkl() {
    return versus(MKL);
  }

  public double versusOpenBlas() {
    return versus(OPENBLAS);
  }

  /// The better native library is the same for all rounds: taking the best of each round would favour rivals that vary.
  public double versusNative() {
    return Math.min(versusMkl(), versusOpenBlas());
  }

  public double versusJvm() {
    return versus(bestOnJvm().orElse(""));
  }

  /// Our best rival written in Java.
  public Optional<String> bestOnJvm() {
    return JVM_RIVALS.stream().filter(rival -> !Double.isNaN(versus(rival)))
        .min(Comparator.comparingDouble(this::versus));
  }

  private double versus(String rival) {
    return rounds.medianRatio(rival, OURS);
  }

  @FunctionalInterface
  private interface Figure {
    double of(int[] round);
  }

  /// The median over those rounds of all forks in which all libraries concerned took part; NaN without any.
  private double median(Figure figure) {
    double[] figures = IntStream.range(0, rounds.nanos().length).boxed()
        .flatMapToDouble(fork -> IntStream.range(0, rounds.nanos()[fork].length)
        .mapToDouble(round -> figure.of(new int[] {fork, round})))
        .filter(Double::isFinite).toArray();
    return new Median().evaluate(figures);
  }

  /// A counter of one round; NaN if it is 0, because the library sat the round out.
  private double time(String counter, int[] round) {
    double[][] times = rounds.counters().get(counter);
    double time = times == null ? 0 : times[round[0]][round[1]];
    return time > 0 ? time : Double.NaN;
  }

  public static double geometricMean(DoubleStream ratios) {
    return Math.exp(ratios.filter(Double::isFinite).map(Math::log).average().orElse(Double.NaN));
  }
}
