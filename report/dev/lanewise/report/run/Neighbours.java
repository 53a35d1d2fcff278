package dev.lanewise.report.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/// Other load on the processors while a fork ran: guests of the same host, and other processes of this system.
final class Neighbours {

  /// Percent from which a fork counts as disturbed; ticks are hundredths of a second, and a fork has some hundred.
  static final double STOLEN = 1;
  static final double BUSY = 10;

  private final Supplier<Optional<ProcessorTime>> clock;
  private final List<ProcessorTime> forks = new ArrayList<>();
  private Optional<ProcessorTime> before = Optional.empty();

  Neighbours(Supplier<Optional<ProcessorTime>> clock) {
    this.clock = clock;
  }

  void begin() {
    before = clock.get();
  }

  void end() {
    before.ifPresent(then -> clock.get().ifPresent(now -> forks.add(now.since(then))));
  }

  /// Figures of the report, by their keys.
  Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    if (forks.isEmpty()) {
      facts.put("noise.neighbours", "not read, as there is no /proc/stat");
      return facts;
    }
    facts.put("noise.forks_watched", String.valueOf(forks.size()));
    note("noise.stolen_", ProcessorTime::stolenPercent, STOLEN, facts);
    note("noise.others_", ProcessorTime::othersPercent, BUSY, facts);
    return facts;
  }

  /// Stores the number of disturbed forks, and the mean and the largest share in these.
  private void note(String key, ToDoubleFunction<ProcessorTime> share, double least, Map<String, String> facts) {
    double[] shares = forks.stream().mapToDouble(share).filter(percent -> percent >= least).sorted().toArray();
    facts.put(key + "forks", String.valueOf(shares.length));
    if (shares.length > 0) {
      facts.put(key + "percent", String.format(Locale.ROOT, "%.3f", Arrays.stream(shares).average().orElseThrow()));
      facts.put(key + "most_percent", String.format(Locale.ROOT, "%.3f", shares[shares.length - 1]));
    }
  }
}
