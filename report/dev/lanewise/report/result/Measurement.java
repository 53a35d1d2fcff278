package dev.lanewise.report.result;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import org.hipparchus.stat.descriptive.rank.Median;

/// JMH's measurement of one benchmark with one choice of parameters.
///
/// @param benchmark class and method, without the outer packages: `autodiff.JacobianBenchmark.jacobian`
/// @param params JMH's parameters by name
/// @param nanos time of one operation, by fork, then iteration
/// @param counters the benchmark's other figures, by name, then fork, then iteration
/// @param jvm the virtual machine of the forks
public record Measurement(
    String benchmark, Map<String, String> params, double[][] nanos, Map<String, double[][]> counters, Jvm jvm) {

  /// A measurement whose forks had no option for the collector.
  public Measurement(String benchmark, Map<String, String> params, double[][] nanos, Map<String, double[][]> counters) {
    this(benchmark, params, nanos, counters, Jvm.of(List.of()));
  }

  /// One measurement for each of the products that share its forks, by the counter `product`; otherwise itself.
  List<Measurement> byProduct() {
    double[][] product = counters.get("product");
    if (product == null) {
      return List.of(this);
    }
    String[] shapes = params.get("shape").split("/");
    return IntStream.range(0, shapes.length).mapToObj(place -> {
      Map<String, String> one = new LinkedHashMap<>(params);
      one.put("shape", shapes[place]);
      Measurement its = where((fork, i) -> product[fork][i] == place);
      its.counters.remove("product");
      return new Measurement(benchmark, one, its.nanos, its.counters, jvm);
    }).toList();
  }

  /// Selects iterations of forks.
  @FunctionalInterface
  public interface Iterations {
    boolean has(int fork, int iteration);
  }

  /// These iterations alone.
  public Measurement where(Iterations wanted) {
    Map<String, double[][]> its = new LinkedHashMap<>();
    counters.forEach((name, values) -> its.put(name, where(wanted, values)));
    return new Measurement(benchmark, params, where(wanted, nanos), its, jvm);
  }

  private static double[][] where(Iterations wanted, double[][] values) {
    return IntStream.range(0, values.length).mapToObj(fork -> IntStream.range(0, values[fork].length)
        .filter(i -> wanted.has(fork, i)).mapToDouble(i -> values[fork][i]).toArray()).toArray(double[][]::new);
  }

  /// One mode's times and multiply-adds, from a benchmark that counts both by mode.
  public Measurement ofMode(String mode) {
    return new Measurement(benchmark, params, counters.get(mode),
        Map.of("multiplyAdds", counters.get(mode + "MultiplyAdds")), jvm);
  }

  /// Whether a fork has no iteration.
  public boolean lacksFork() {
    return Arrays.stream(nanos).anyMatch(fork -> fork.length == 0);
  }

  /// The number of iterations in which all of `contestants` had a turn, in the fork with the fewest.
  long rounds(Collection<String> contestants) {
    return IntStream.range(0, nanos.length).mapToLong(fork -> IntStream.range(0, nanos[fork].length)
        .filter(i -> contestants.stream()
        .allMatch(name -> counters.containsKey(name) && counters.get(name)[fork][i] > 0)).count()).min().orElse(0);
  }

  /// `float` or `double`.
  public String precision() {
    return param("precision").toLowerCase(Locale.ROOT);
  }

  public boolean isFloat() {
    return param("precision").equals("FLOAT");
  }

  /// The suffix of a key: empty for float, `.double` for double.
  public String suffix() {
    return isFloat() ? "" : "." + precision();
  }

  /// Float before double.
  public static Comparator<Measurement> floatFirst() {
    return Comparator.comparing((Measurement each) -> each.param("precision")).reversed();
  }

  /// The multiply-adds counted in one operation; 0 if the benchmark does not count.
  public long multiplyAdds() {
    double[][] counted = counters.get("multiplyAdds");
    return counted == null ? 0 : Math.round(counted[0][0]);
  }

  public String param(String name) {
    return params.get(name);
  }

  public int intParam(String name) {
    return Integer.parseInt(params.get(name));
  }

  /// The time of each fork: the median of its iterations, as one of them may have waited for a late compilation.
  public double[] forks() {
    return Arrays.stream(nanos).mapToDouble(new Median()::evaluate).toArray();
  }

  /// The mean over the forks, in nanoseconds.
  public double time() {
    return Arrays.stream(forks()).average().orElseThrow();
  }

  public double fastest() {
    return Arrays.stream(nanos).flatMapToDouble(Arrays::stream).min().orElseThrow();
  }

  public double slowest() {
    return Arrays.stream(nanos).flatMapToDouble(Arrays::stream).max().orElseThrow();
  }

  /// The spread of the forks, as a share of their mean, which no number of iterations in one fork can show.
  public double forkSpread() {
    double[] forks = forks();
    return (Arrays.stream(forks).max().orElseThrow() - Arrays.stream(forks).min().orElseThrow()) / time();
  }

  /// The median over all iterations of `counter` and the time combined by `figure`; NaN if the counter is unknown.
  private double median(String counter, DoubleBinaryOperator figure) {
    double[][] counted = counters.getOrDefault(counter, new double[0][]);
    double[] figures = IntStream.range(0, counted.length).boxed()
        .flatMapToDouble(fork -> IntStream.range(0, counted[fork].length)
            .mapToDouble(i -> figure.applyAsDouble(counted[fork][i], nanos[fork][i]))).toArray();
    return new Median().evaluate(figures);
  }

  /// The time of the faster pure mode over that of `mode`.
  public double speedup(String mode) {
    return medianRatio(median("forward") < median("reverse") ? "forward" : "reverse", mode);
  }

  /// The median over all iterations of one counter over another, without iterations in which one is 0 because its
  /// contestant sat them out; NaN if either is unknown.
  public double medianRatio(String counter, String other) {
    double[][] over = counters.getOrDefault(counter, new double[0][]);
    double[][] under = counters.getOrDefault(other, new double[0][]);
    return new Median().evaluate(IntStream.range(0, Math.min(over.length, under.length)).boxed()
        .flatMapToDouble(fork -> IntStream.range(0, over[fork].length).mapToDouble(i -> over[fork][i] / under[fork][i]))
        .filter(ratio -> ratio > 0 && ratio < Double.POSITIVE_INFINITY).toArray());
  }

  /// Whether a contestant is not available on the machine: it has a negative time in each round.
  public boolean isAbsent(String counter) {
    double[] times = all(counter);
    return times.length > 0 && Arrays.stream(times).allMatch(time -> time < 0);
  }

  /// A counter's median over all iterations; NaN if it is unknown.
  public double median(String counter) {
    return median(counter, (count, time) -> count);
  }

  /// A counter's largest value over all iterations.
  public double largest(String counter) {
    return Arrays.stream(all(counter)).max().orElseThrow();
  }

  /// A counter's values in the iterations of all forks, concatenated.
  public double[] all(String counter) {
    return Arrays.stream(counters.get(counter)).flatMapToDouble(Arrays::stream).toArray();
  }

  /// The core's peak as measured right before each iteration, in 10⁹ floating-point operations per second.
  public double peakGigaflops() {
    return median("peakGigaflops");
  }

  /// The share of that peak, iteration by iteration.
  public double peakShare() {
    return median("peakGigaflops", (peak, time) -> 2.0 * multiplyAdds() / time / peak);
  }

  /// The rate in 10⁹ floating-point operations per second, two for each multiply-add.
  public double gigaflops() {
    return 2.0 * multiplyAdds() / time();
  }
}
