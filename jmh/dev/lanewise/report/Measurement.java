package dev.lanewise.report;

import java.util.Arrays;
import java.util.Map;
import org.hipparchus.stat.descriptive.rank.Median;

/// What JMH measured for one benchmark with one choice of parameters.
///
/// @param benchmark class and method, without the packages above: `autodiff.JacobianBenchmark.jacobian`
/// @param params JMH's parameters by name
/// @param nanos time of one operation, by fork, then iteration
/// @param multiplyAdds counted in one operation; 0 where the benchmark does not count
record Measurement(String benchmark, Map<String, String> params, double[][] nanos, long multiplyAdds) {

  String param(String name) {
    return params.get(name);
  }

  int intParam(String name) {
    return Integer.parseInt(params.get(name));
  }

  /// The time of each fork: the median of its iterations, as one of them may have waited for a late compilation.
  double[] forks() {
    return Arrays.stream(nanos).mapToDouble(new Median()::evaluate).toArray();
  }

  /// The mean over the forks, in nanoseconds.
  double time() {
    return Arrays.stream(forks()).average().orElseThrow();
  }

  double fastest() {
    return Arrays.stream(nanos).flatMapToDouble(Arrays::stream).min().orElseThrow();
  }

  double slowest() {
    return Arrays.stream(nanos).flatMapToDouble(Arrays::stream).max().orElseThrow();
  }

  /// How far the forks lie apart, as a share of their mean: what no number of iterations in one fork can show.
  double forkSpread() {
    double[] forks = forks();
    return (Arrays.stream(forks).max().orElseThrow() - Arrays.stream(forks).min().orElseThrow()) / time();
  }

  /// 10⁹ floating-point operations per second, two in each multiply-add.
  double gigaflops() {
    return 2.0 * multiplyAdds / time();
  }
}
