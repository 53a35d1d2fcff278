package dev.lanewise.report.verdict;

import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.result.Refusal;
import dev.lanewise.report.result.Results;
import dev.lanewise.report.result.Setting;
import dev.lanewise.report.result.Suite;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hipparchus.stat.descriptive.rank.Median;

/// The crossover of one setting, predicted from sums of separately measured calls:
///
/// ```
/// T_f(D, M) = value + Σ_layers pushes of D directions + seeds and writing of the Jacobian
/// T_r(D, M) = value + Σ_layers pulls of M directions  + seeds and writing of the Jacobian
/// ```
///
/// With elided seeds there is no first push and no last pull. The sums are fitted like measured times.
public final class Prediction {

  private final Setting setting;
  private final List<CallTimes> pairs;
  private final Claim claim;
  private final Claim layersAlone;

  /// @param pairs pairs whose D/M takes at least two values
  private Prediction(Setting setting, List<CallTimes> pairs) {
    this.setting = setting;
    this.pairs = List.copyOf(pairs);
    this.claim = claim(with(CallTimes.PUSHES, "value", "forwardRest"), with(CallTimes.PULLS, "value", "reverseRest"));
    this.layersAlone = claim(CallTimes.PUSHES, CallTimes.PULLS);
  }

  private static List<String> with(List<String> calls, String... more) {
    return Stream.concat(calls.stream(), Stream.of(more)).toList();
  }

  /// The predictions by setting, of settings with enough pairs for a fit.
  ///
  /// @throws Refusal if a fork lacks a pair that another one has
  public static SortedMap<Setting, Prediction> bySetting(Results results) throws Refusal {
    SortedMap<Setting, Prediction> predictions = new TreeMap<>();
    CallTimes.bySetting(results).forEach((setting, pairs) -> {
      if (pairs.stream().mapToDouble(pair -> (double) pair.d() / pair.m()).distinct().count() >= 2) {
        predictions.put(setting, new Prediction(setting, pairs));
      }
    });
    return predictions;
  }

  /// @param forward the calls that forward mode makes
  private Claim claim(List<String> forward, List<String> reverse) {
    return Claim.of(setting, pairs.stream().map(pair -> new Cell(pair.d(), pair.m(),
        sums(pair, forward, setting.multiplyAdds(pair.d(), pair.m(), pair.d())),
        sums(pair, reverse, setting.multiplyAdds(pair.d(), pair.m(), pair.m())))).toList());
  }

  private static Measurement sums(CallTimes pair, List<String> calls, long multiplyAdds) {
    double[][] nanos = Arrays.stream(pair.sum(calls)).mapToObj(sum -> new double[] {sum}).toArray(double[][]::new);
    double[][] counted = Arrays.stream(nanos).map(_ -> new double[] {multiplyAdds}).toArray(double[][]::new);
    return new Measurement(Suite.CALLS.benchmark, Map.of(), nanos, Map.of("multiplyAdds", counted));
  }

  public Setting setting() {
    return setting;
  }

  public Claim claim() {
    return claim;
  }

  /// The claim judged from pushes and pulls alone, without the value and the writing of the Jacobian.
  public Claim layersAlone() {
    return layersAlone;
  }

  /// The claim judged from times of whole calls, measured in turn with their parts.
  public Claim whole() {
    return claim(List.of("forward"), List.of("reverse"));
  }

  /// The claim judged from the measured times of the same pairs; `measured` itself if it has no others.
  public Claim onSamePairs(Claim measured) {
    List<Cell> same = measured.cells().stream()
        .filter(cell -> pairs.stream().anyMatch(pair -> pair.d() == cell.d() && pair.m() == cell.m())).toList();
    return same.size() == measured.cells().size() || !Claim.isFittable(same) ? measured : Claim.of(setting, same);
  }

  /// The rate of pushes through a hidden layer at the most directions, in 10⁹ operations a second; NaN without such a
  /// layer.
  public double pushGigaflops() {
    return rate("hiddenPush", CallTimes::d);
  }

  /// The same for pulls.
  public double pullGigaflops() {
    return rate("hiddenPull", CallTimes::m);
  }

  private double rate(String call, ToDoubleFunction<CallTimes> directions) {
    double most = pairs.stream().mapToDouble(directions).max().orElseThrow();
    double operations = 2.0 * most * (setting.depth() - 1) * setting.width() * setting.width();
    return setting.depth() < 2 ? Double.NaN
        : new Median().evaluate(pairs.stream().filter(pair -> directions.applyAsDouble(pair) == most)
            .mapToDouble(pair -> operations / pair.mean(call)).toArray());
  }

  /// The sum of the parts' times over the whole call's time, both measured in turn: the median over the pairs.
  public double explained(boolean forward) {
    return new Median().evaluate(IntStream.range(0, pairs.size()).mapToDouble(i -> {
      Cell sums = claim.cells().get(i);
      return (forward ? sums.forward() : sums.reverse()).time() / pairs.get(i).mean(forward ? "forward" : "reverse");
    }).toArray());
  }
}
