package dev.lanewise.report.section;

import dev.lanewise.report.chart.Curves;
import dev.lanewise.report.chart.Curves.Curve;
import dev.lanewise.report.chart.Curves.Point;
import dev.lanewise.report.chart.Curves.Style;
import dev.lanewise.report.chart.Picture;
import dev.lanewise.report.content.Csv;
import dev.lanewise.report.content.Section;
import dev.lanewise.report.content.Section.Table;
import dev.lanewise.report.content.Summary;
import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.result.Medians;
import dev.lanewise.report.result.Results;
import dev.lanewise.report.result.Suite;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The gain of the best bracketing against the width of a bottleneck.
final class BottleneckSection {

  private static final String NAME = "bottleneck";

  /// One width: all its iterations.
  ///
  /// @param gains the faster pure mode's time over the mixed order's, iteration by iteration
  /// @param fewestPure multiply-adds of the pure mode that takes fewer, the value's included
  /// @param ofMixed multiply-adds of the mixed order
  private record Width(int h, double forward, double reverse, double mixed, double[] gains, double fewestPure,
      double ofMixed) {

    double counted() {
      return fewestPure / ofMixed;
    }

    double gain() {
      return Medians.of(gains);
    }

    Point point() {
      return new Point(h, gain(), Medians.least(gains), Medians.most(gains));
    }
  }

  private BottleneckSection() {}

  static Optional<Section> of(Results results, Summary summary) {
    List<Measurement> measured = results.of(Suite.BOTTLENECK).stream()
        .sorted(Measurement.floatFirst()).toList();
    List<Curve> curves = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    Csv csv = new Csv("precision,bottleneck,forward_us,reverse_us,mixed_us,speedup,speedup_low,speedup_high,counted");
    List<Width> first = List.of();
    for (Measurement each : measured) {
      String precision = each.precision();
      List<Width> widths = widths(each);
      first = first.isEmpty() ? widths : first;
      curves.add(new Curve(precision, curves.isEmpty() ? Style.FIRST : Style.SECOND,
          widths.stream().map(Width::point).toList()));
      for (Width width : widths) {
        rows.add(row(precision, width, summary));
        Point point = width.point();
        csv.row("%s,%d,%.4f,%.4f,%.4f,%.4f,%.4f,%.4f,%.4f", precision, width.h, width.forward / 1e3,
            width.reverse / 1e3, width.mixed / 1e3, point.y(), point.low(), point.high(), width.counted());
      }
    }
    if (curves.isEmpty()) {
      return Optional.empty();
    }
    curves.add(new Curve("by multiply-adds", Style.COUNTED,
        first.stream().map(width -> new Point(width.h, width.counted(), width.counted(), width.counted())).toList()));
    String title = "Speed-up of the best bracketing, 64-128-h-128-64";
    Picture picture = new Picture(NAME, title,
        sentence(measured.getFirst().param("precision").toLowerCase(Locale.ROOT), first),
        Curves.ratios(NAME, title, "h, width of the bottleneck", curves), csv.toString());
    return Optional.of(new Section(NAME, "The gain from a bottleneck",
        "Value and Jacobian of autoencoders with tanh by MIXED, the order of the fewest multiply-adds, against the "
            + "faster of FORWARD and REVERSE. Through a bottleneck of width h the Jacobian has rank at most h, so "
            + "its two halves are thin if multiplied out from there. The dashed line is the ratio of multiply-adds, "
            + "the value’s included; times depart from it because thin products run at a lower rate. Modes take turns "
            + "of a millisecond; error bars span the iterations.",
        List.of(picture), List.of(new Table("Times by width of the bottleneck",
            List.of("Bottleneck", "T forward", "T reverse", "T mixed", "Speed-up", "By multiply-adds"), rows))));
  }

  private static List<Width> widths(Measurement measured) {
    SortedMap<Integer, List<Integer>> iterations = new TreeMap<>();
    double[] hs = measured.all("bottleneck");
    for (int i = 0; i < hs.length; i++) {
      iterations.computeIfAbsent((int) hs[i], _ -> new ArrayList<>()).add(i);
    }
    List<Width> widths = new ArrayList<>();
    for (var entry : iterations.entrySet()) {
      int[] at = entry.getValue().stream().mapToInt(Integer::intValue).toArray();
      double[] forward = Medians.pick(measured.all("forward"), at);
      double[] reverse = Medians.pick(measured.all("reverse"), at);
      double[] mixed = Medians.pick(measured.all("mixed"), at);
      double[] pure = Medians.of(forward) < Medians.of(reverse) ? forward : reverse;
      double[] gains = new double[at.length];
      for (int i = 0; i < gains.length; i++) {
        gains[i] = pure[i] / mixed[i];
      }
      double value = measured.all("valueMultiplyAdds")[at[0]];
      double fewest = Math.min(measured.all("forwardMultiplyAdds")[at[0]], measured.all("reverseMultiplyAdds")[at[0]]);
      widths.add(new Width(entry.getKey(), Medians.of(forward), Medians.of(reverse), Medians.of(mixed), gains,
          value + fewest, value + measured.all("mixedMultiplyAdds")[at[0]]));
    }
    return widths;
  }

  private static List<String> row(String precision, Width width, Summary summary) {
    String key = "bottleneck." + precision + ".h" + width.h + ".";
    summary.put(key + "forward_us", width.forward / 1e3);
    summary.put(key + "reverse_us", width.reverse / 1e3);
    summary.put(key + "mixed_us", width.mixed / 1e3);
    return List.of(precision + ", h = " + width.h,
        summary.time(width.forward), summary.time(width.reverse), summary.time(width.mixed),
        summary.put(key + "mixed_speedup", width.gain()), summary.put(key + "counted_speedup", width.counted()));
  }

  private static String sentence(String precision, List<Width> widths) {
    Width narrow = widths.getFirst();
    Width wide = widths.getLast();
    return String.format(Locale.ROOT,
        "In %s the best bracketing is %.2f times as fast at h = %d, with 1/%.1f of the multiply-adds, at %.1f instead "
            + "of %.1f · 10⁹ operations a second, and %.2f times at h = %d.",
        precision, narrow.gain(), narrow.h, narrow.counted(), 2 * narrow.ofMixed / narrow.mixed,
        2 * narrow.fewestPure / Math.min(narrow.forward, narrow.reverse), wide.gain(), wide.h);
  }
}
