package dev.lanewise.report.section;

import dev.lanewise.report.content.Summary;
import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.result.Results;
import dev.lanewise.report.result.Suite;
import dev.lanewise.report.verdict.Claim;
import dev.lanewise.report.verdict.LayeredCell;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.hipparchus.stat.descriptive.rank.Median;

/// How far the same measurement differs between forks.
///
/// @param measurements the number of measurements
/// @param spreads the relative spreads of those with several forks
record ForkSpread(int measurements, double[] spreads) {

  /// From this spread on a third digit means nothing.
  private static final double COARSE = 0.02;

  static ForkSpread of(Results results, List<Claim> claims, List<LayeredCell> layered) {
    List<Measurement> times = Stream.concat(Stream.concat(claims.stream().flatMap(claim -> claim.cells().stream()),
            layered.stream().map(LayeredCell::cell)).flatMap(cell -> Stream.of(cell.forward(), cell.reverse())),
        results.measurements().stream().filter(Suite::isOneTime)).toList();
    return new ForkSpread(times.size(), times.stream().filter(measured -> measured.nanos().length > 1)
        .mapToDouble(Measurement::forkSpread).toArray());
  }

  /// The significant digits of times and rates.
  int figures() {
    return spreads.length == 0 || median() > COARSE ? 2 : 3;
  }

  private double median() {
    return new Median().evaluate(spreads);
  }

  void note(Summary summary) {
    summary.put("noise.measurements", measurements);
    summary.put("noise.measurements_of_several_forks", spreads.length);
    if (spreads.length > 0) {
      summary.put("noise.fork_spread_median_percent", 100 * median());
      summary.put("noise.fork_spread_largest_percent", 100 * Arrays.stream(spreads).max().orElseThrow());
    }
  }
}
