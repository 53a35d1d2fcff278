package dev.lanewise.report;

import java.util.Arrays;
import java.util.Map;

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

  /// The mean time of each fork.
  double[] forkMeans() {
    return Arrays.stream(nanos).mapToDouble(fork -> Arrays.stream(fork).average().orElseThrow()).toArray();
  }

  /// The mean of the forks' means, in nanoseconds.
  double mean() {
    return Arrays.stream(forkMeans()).average().orElseThrow();
  }

  double fastest() {
    return Arrays.stream(nanos).flatMapToDouble(Arrays::stream).min().orElseThrow();
  }

  double slowest() {
    return Arrays.stream(nanos).flatMapToDouble(Arrays::stream).max().orElseThrow();
  }

  /// How far the forks' means lie apart, as a share of their mean: what no number of iterations in one fork can show.
  double forkSpread() {
    double[] means = forkMeans();
    return (Arrays.stream(means).max().orElseThrow() - Arrays.stream(means).min().orElseThrow()) / mean();
  }

  /// 10⁹ floating-point operations per second, two in each multiply-add.
  double gigaflops() {
    return 2.0 * multiplyAdds / mean();
  }
}
