package dev.lanewise.report.section;

import dev.lanewise.report.chart.Picture;
import dev.lanewise.report.chart.Roofline;
import dev.lanewise.report.chart.Roofline.Kind;
import dev.lanewise.report.chart.Roofline.Point;
import dev.lanewise.report.content.Csv;
import dev.lanewise.report.content.Section;
import dev.lanewise.report.content.Section.Table;
import dev.lanewise.report.content.Summary;
import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.result.Medians;
import dev.lanewise.report.result.Results;
import dev.lanewise.report.result.Suite;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Kernels under the limits of memory and arithmetic.
final class RooflineSection {

  /// One kernel.
  ///
  /// @param intensity operations per byte
  /// @param gigaflops 10⁹ operations a second, the median over its iterations
  /// @param roof the rate that the two limits measured in the same iterations allow
  private record Kernel(String name, double intensity, double gigaflops, double roof) {

    double share() {
      return gigaflops / roof;
    }

    Kind kind() {
      return switch (name.replaceAll("\\d", "")) {
        case "push" -> Kind.PUSH;
        case "pull" -> Kind.PULL;
        case "square" -> Kind.SQUARE;
        default -> Kind.ELEMENTWISE;
      };
    }

    String label() {
      return kind() == Kind.ELEMENTWISE ? name : name.replaceAll("\\D", "");
    }

    String title() {
      String number = name.replaceAll("\\D", "");
      return switch (kind()) {
        case PUSH -> "a push of " + number;
        case PULL -> "a pull of " + number;
        case SQUARE -> number + " × " + number + " × " + number;
        case ELEMENTWISE -> name;
      };
    }
  }

  private RooflineSection() {}

  static Optional<Section> of(Results results, Summary summary) {
    List<Picture> pictures = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    List<String> roofs = new ArrayList<>();
    List<Measurement> measured = results.of(Suite.ROOFLINE).stream()
        .sorted(Measurement.floatFirst()).toList();
    for (Measurement each : measured) {
      String precision = each.precision();
      double peak = Medians.of(each.all("peakGigaflops"));
      double bandwidth = Medians.of(each.all("copyGigabytes"));
      List<Kernel> kernels = kernels(each);
      String key = "roofline." + precision + ".";
      String arithmetic = summary.putRate(key + "peak_gflops", peak);
      String memory = summary.putRate(key + "copy_gbytes", bandwidth);
      roofs.add(precision + " " + arithmetic + " · 10⁹ operations and " + memory + " · 10⁹ bytes a second");
      for (Kernel kernel : kernels) {
        rows.add(List.of(precision + ", " + kernel.title(),
            summary.put(key + kernel.name + ".operations_per_byte", kernel.intensity),
            summary.putRate(key + kernel.name + ".gflops", kernel.gigaflops),
            summary.put(key + kernel.name + ".roof_share", kernel.share())));
      }
      pictures.add(picture(precision, peak, bandwidth, kernels));
    }
    return pictures.isEmpty() ? Optional.empty() : Optional.of(new Section("roofline", "Kernels under the roofline",
        "A kernel with few operations per byte waits for memory, one with many for the multiply-add units. The slope "
            + "is the bandwidth of a copy, the flat part the peak of fused multiply-adds in registers, both measured "
            + "in turn with each kernel: in " + String.join(", in ", roofs)
            + ". Each operand counts as read once; each result counts twice, because a cache reads a line before "
            + "writing it. Pushes and pulls take 1 to 64 directions through W of 4,096 × 4,096, more than caches hold; "
            + "squares fit a cache, which the slope does not model.",
        pictures, List.of(new Table("Rates by kernel",
            List.of("Kernel", "Operations per byte", "10⁹ operations/s", "Share of the roof"), rows))));
  }

  private static List<Kernel> kernels(Measurement measured) {
    String[] names = measured.param("kernels").split("-");
    double[][] kernel = measured.counters().get("kernel");
    List<Kernel> kernels = new ArrayList<>();
    for (int k = 0; k < names.length; k++) {
      int position = k;
      Measurement its = measured.where((fork, i) -> kernel[fork][i] == position);
      if (its.all("kernel").length > 0) {
        double operations = its.all("operations")[0];
        double intensity = operations / its.all("bytes")[0];
        double roof = Math.min(Medians.of(its.all("peakGigaflops")), intensity * Medians.of(its.all("copyGigabytes")));
        kernels.add(new Kernel(names[k], intensity, operations / Medians.of(its.all("nanos")), roof));
      }
    }
    return kernels;
  }

  private static Picture picture(String precision, double peak, double bandwidth, List<Kernel> kernels) {
    Csv csv = new Csv("kernel,operations_per_byte,gflops,roof_gflops");
    kernels.forEach(kernel -> csv.row("%s,%.5f,%.4f,%.4f", kernel.name, kernel.intensity, kernel.gigaflops,
        kernel.roof));
    csv.row("peak,,%.4f,%.4f", peak, peak);
    csv.row("copy_gbytes,,%.4f,", bandwidth);
    String name = "roofline-" + precision;
    String title = "Rate against operations per byte, " + precision;
    List<Point> points = kernels.stream()
        .map(kernel -> new Point(kernel.kind(), kernel.label(), kernel.intensity, kernel.gigaflops)).toList();
    return new Picture(name, title, sentence(peak, bandwidth, kernels),
        Roofline.svg(name, title, peak, bandwidth, points), csv.toString());
  }

  private static String sentence(double peak, double bandwidth, List<Kernel> kernels) {
    Kernel nearest = kernels.stream().max(Comparator.comparingDouble(Kernel::share)).orElseThrow();
    Kernel farthest = kernels.stream().min(Comparator.comparingDouble(Kernel::share)).orElseThrow();
    String roof = String.format(Locale.ROOT,
        "From %.1f operations per byte on, arithmetic is the limit. ", peak / bandwidth);
    String most = nearest.share() > 1 ? "Furthest above its roof is " : "Nearest to its roof is ";
    return roof + above(peak, bandwidth, kernels) + String.format(Locale.ROOT,
        "%s%s at %.0f %%, furthest below is %s at %.0f %%.",
        most, nearest.title(), 100 * nearest.share(), farthest.title(), 100 * farthest.share());
  }

  /// Why some points lie above the roof, if any do.
  private static String above(double peak, double bandwidth, List<Kernel> kernels) {
    double edge = peak / bandwidth;
    String slope = titles(kernels.stream()
        .filter(each -> each.intensity < edge && each.gigaflops > each.intensity * bandwidth).toList());
    String flat = titles(kernels.stream().filter(each -> each.intensity >= edge && each.gigaflops > peak).toList());
    return (slope.isEmpty() ? "" : "Above the slope: " + slope
            + ". The slope is what a copy reaches, which writes as much as it reads; a kernel that mostly reads, or "
            + "finds its operands in a cache, can be faster. ")
        + (flat.isEmpty() ? "" : "Above the flat part: " + flat
            + ". Kernel and peak run one after the other, and the clock changes in between. ");
  }

  private static String titles(List<Kernel> kernels) {
    return String.join(", ", kernels.stream().map(Kernel::title).toList());
  }
}
