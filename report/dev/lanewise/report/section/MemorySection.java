package dev.lanewise.report.section;

import dev.lanewise.report.chart.Units;
import dev.lanewise.report.chart.Chart;
import dev.lanewise.report.chart.Curves;
import dev.lanewise.report.chart.Curves.Curve;
import dev.lanewise.report.chart.Curves.Point;
import dev.lanewise.report.chart.Curves.Style;
import dev.lanewise.report.chart.Picture;
import dev.lanewise.report.content.Csv;
import dev.lanewise.report.content.Section;
import dev.lanewise.report.content.Summary;
import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.result.Results;
import dev.lanewise.report.result.Suite;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/// The memory that several directions at a time take: counted, not timed.
final class MemorySection {

  private MemorySection() {}

  static Optional<Section> of(Results results, Summary summary) {
    List<Picture> pictures = new ArrayList<>();
    for (Measurement network : results.of(Suite.MEMORY)) {
      pictures.add(picture(network, summary));
    }
    return pictures.isEmpty() ? Optional.empty()
        : Optional.of(new Section("memory", "Memory against directions at a time",
        "Bytes of the intermediate matrices, as planned and as allocated, beyond the network’s values and the Jacobian "
            + "itself. A mode carries a panel with one row for each direction taken at a time, at most D rows in "
            + "forward mode and M in reverse mode.", pictures, List.of()));
  }

  private static Picture picture(Measurement network, Summary summary) {
    String precision = network.precision();
    double[] chunks = network.all("chunk");
    double[] forward = network.all("forward");
    double[] reverse = network.all("reverse");
    int[] order = IntStream.range(0, chunks.length).boxed()
        .sorted((one, other) -> Double.compare(chunks[one], chunks[other]))
        .mapToInt(Integer::intValue).toArray();
    String key = "memory." + network.param("network") + network.suffix() + ".";
    List<Point> forwards = new ArrayList<>();
    List<Point> reverses = new ArrayList<>();
    Csv csv = new Csv("chunk,forward_bytes,reverse_bytes");
    for (int i : order) {
      if (forwards.isEmpty() || forwards.getLast().x() < chunks[i]) {
        forwards.add(new Point(chunks[i], forward[i], forward[i], forward[i]));
        reverses.add(new Point(chunks[i], reverse[i], reverse[i], reverse[i]));
        String at = key + "chunk" + Math.round(chunks[i]) + ".";
        summary.put(at + "forward_bytes", Math.round(forward[i]));
        summary.put(at + "reverse_bytes", Math.round(reverse[i]));
        csv.row("%.0f,%.0f,%.0f", chunks[i], forward[i], reverse[i]);
      }
    }
    String title = "Bytes of intermediate matrices, " + network.param("network") + ", " + precision;
    String name = "memory-" + network.param("network") + "-" + precision;
    Chart chart = Curves.bytes(name, title, "directions at a time",
        List.of(new Curve("forward", Style.FORWARD, forwards), new Curve("reverse", Style.REVERSE, reverses)));
    return new Picture(name, title, sentence(forwards, reverses), chart, csv.toString());
  }

  private static String sentence(List<Point> forward, List<Point> reverse) {
    Point first = forward.getFirst();
    Point last = forward.getLast();
    return String.format(Locale.ROOT,
        "From %.0f to %.0f directions at a time, forward mode goes from %s to %s, reverse mode from %s to %s.",
        first.x(), last.x(), Units.BYTES.format(first.y()), Units.BYTES.format(last.y()),
            Units.BYTES.format(reverse.getFirst().y()),
        Units.BYTES.format(reverse.getLast().y()));
  }
}
