package dev.lanewise.report.section;

import dev.lanewise.report.chart.Picture;
import dev.lanewise.report.chart.Ratios;
import dev.lanewise.report.chart.Ratios.Ratio;
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
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Values, pushes and pulls of convolutions, of recurrent layers and of attention, against the gemm.
final class PassSection {

  private static final Pattern PASS = Pattern.compile("b(\\d+)\\.([a-z_]+)(\\d*)");
  private static final List<Ratios.Series> SERIES = List.of(new Ratios.Series("value", Ratios.Style.FIRST),
      new Ratios.Series("push", Ratios.Style.FORWARD), new Ratios.Series("pull", Ratios.Style.REVERSE),
      new Ratios.Series("θ̄", Ratios.Style.SECOND), new Ratios.Series("x̄ and θ̄", Ratios.Style.THIRD));
  private static final String HOW =
      " The ratios are a pass’s time over the time that the gemm X·Wᵀ at n = 512 takes for as many multiply-adds, in "
          + "turn on one core of the same virtual machine; below 1 the pass is faster. Shares are of the peak of fused "
          + "multiply-adds.";

  /// Small layers first, with those of one kind of cell together.
  private static final Comparator<Measurement> ORDER =
      Measurement.floatFirst()
      .thenComparing(each -> each.params().getOrDefault("cell", ""), Comparator.reverseOrder())
      .thenComparingDouble(each -> Medians.least(each.all("multiplyAdds")));

  /// One pass of one layer.
  ///
  /// @param key the layer's key in the summary
  /// @param layer for people
  /// @param name the pass's name in the parameter
  /// @param nanos the median over iterations, as the ratios are
  private record Pass(String key, String layer, String name, double nanos, double overGemm, double peakShare) {

    private String part(int group) {
      Matcher parts = PASS.matcher(name);
      return parts.matches() ? parts.group(group) : "";
    }

    String batch() {
      return part(1);
    }

    /// The pass's title, as in the pictures.
    String series() {
      return switch (part(2)) {
        case "theta" -> "θ̄";
        case "pull_all" -> "x̄ and θ̄";
        default -> part(2);
      };
    }

    String title() {
      String directions = part(3).isEmpty() ? "" : " of " + part(3);
      return switch (part(2)) {
        case "theta", "pull_all" -> "pull for " + series();
        default -> part(2) + directions;
      };
    }
  }

  private PassSection() {}

  static Optional<Section> ofConvolutions(Results results, Summary summary) {
    List<Pass> passes = passes(results, Suite.CONVOLUTIONS,
        each -> "conv." + each.param("shape") + ".", PassSection::convolution);
    return section("convolutions", "Convolutions",
        "Patches of the image are multiplied by the weights while they are packed; no matrix of patches is stored. "
            + "Pushes and pulls are such products too, and θ̄ is one over images and positions. Images are padded to "
            + "keep their size; there is a bias." + HOW, passes, summary);
  }

  static Optional<Section> ofRecurrence(Results results, Summary summary) {
    List<Pass> passes = passes(results, Suite.RECURRENCE, PassSection::recurrentKey, PassSection::recurrent);
    return section("recurrence", "Recurrent layers",
        "The inputs of all steps are multiplied by their weights in one product, then the states by theirs in one "
            + "product per step. A step waits for the one before, so its product has only as many rows as there are "
            + "samples and directions." + HOW, passes, summary);
  }

  static Optional<Section> ofAttention(Results results, Summary summary) {
    List<Pass> passes = passes(results, Suite.GRAPH_ATTENTION, _ -> "graph.attention.", _ -> "x + attention(norm(x))");
    return section("attention", "Attention",
        "Residual, LayerNorm and MultiHeadAttention, which are built from expressions, on 16 steps of 64 features: "
            + "causal, with 4 heads. The ratio includes the small products between steps, and softmax and norm, which "
            + "take no multiply-adds." + HOW, passes, summary);
  }

  /// The title of `32-64.28x28.3x3`: `32→64, 28×28, 3×3`.
  private static String convolution(Measurement measured) {
    String[] parts = measured.param("shape").split("\\.");
    String[] channels = parts[0].split("-");
    boolean depthwise = parts.length > 3 && parts[3].equals("g" + channels[0]);
    return (depthwise ? "depthwise " + channels[0] : channels[0] + "→" + channels[1]) + ", "
        + parts[1].replace('x', '×') + ", "
        + parts[2].replace('x', '×') + (parts.length > 3 && !depthwise ? ", " + parts[3].substring(1) + " groups" : "");
  }

  private static String recurrentKey(Measurement measured) {
    return "recurrent." + measured.param("cell").toLowerCase(Locale.ROOT) + ".t" + measured.param("steps") + "."
        + measured.param("widths") + ".";
  }

  private static String recurrent(Measurement measured) {
    boolean sequence = !measured.param("steps").equals("1");
    String cell = measured.param("cell");
    return (cell.equals("LSTM") ? "Lstm" : cell.equals("GRU") ? "Gru" : "Rnn") + " "
        + measured.param("widths").replace('-', '→') + (sequence ? ", T = " + measured.param("steps") : ", one step");
  }

  private static List<Pass> passes(Results results, Suite suite, Function<Measurement, String> key,
      Function<Measurement, String> title) {
    List<Pass> passes = new ArrayList<>();
    results.of(suite).stream().sorted(ORDER).forEach(each -> {
      boolean single = each.isFloat();
      String[] names = each.param("passes").split("-");
      double[][] pass = each.counters().get("pass");
      for (int i = 0; i < names.length; i++) {
        int index = i;
        Measurement its = each.where((fork, at) -> pass[fork][at] == index);
        double[] nanos = its.all("nanos");
        if (nanos.length > 0) {
          double[] counted = its.all("multiplyAdds");
          double[] peak = its.all("peakGigaflops");
          passes.add(new Pass(key.apply(each) + names[i] + (single ? "." : ".double."),
              title.apply(each) + (single ? "" : ", double"), names[i], Medians.of(nanos),
              its.medianRatio("nanos", "gemm"),
              Medians.of(IntStream.range(0, nanos.length)
                  .mapToDouble(at -> 2 * counted[at] / nanos[at] / peak[at]).toArray())));
        }
      }
    });
    return passes;
  }

  private static Optional<Section> section(String id, String title, String lead, List<Pass> passes, Summary summary) {
    if (passes.isEmpty()) {
      return Optional.empty();
    }
    List<List<String>> rows = passes.stream().map(pass -> {
      summary.put(pass.key + "us", pass.nanos / 1e3);
      return List.of(pass.layer, pass.batch(), pass.title(), summary.time(pass.nanos),
          summary.put(pass.key + "over_gemm", pass.overGemm), summary.put(pass.key + "peak_share", pass.peakShare));
    }).toList();
    List<Picture> pictures = passes.stream().map(Pass::batch).distinct()
        .map(batch ->
            picture(id, title, batch, passes.stream().filter(pass -> pass.batch().equals(batch)).toList(), summary))
        .toList();
    return Optional.of(new Section(id, title, lead, pictures, List.of(
        new Table("All passes measured",
            List.of("Layer", "Batch", "Pass", "Time", "Gemm = 1", "Share of peak"), rows))));
  }

  private static Picture picture(String id, String section, String batch, List<Pass> passes, Summary summary) {
    String name = id + "-b" + batch;
    String title = section + ", batch " + batch + ": time over the gemm’s for as many multiply-adds";
    Csv csv = new Csv("layer,batch,pass,us,over_gemm,peak_share");
    passes.forEach(pass -> csv.row("\"%s\",%s,%s,%.3f,%.4f,%.4f", pass.layer, batch,
        pass.name.substring(pass.name.indexOf('.') + 1), pass.nanos / 1e3, pass.overGemm, pass.peakShare));
    List<Ratio> ratios = passes.stream().map(pass -> new Ratio(pass.layer, pass.series(), pass.overGemm)).toList();
    return new Picture(name, title, sentence(passes, summary),
        Ratios.svg(name, title, "time / gemm’s time", SERIES, ratios), csv.toString());
  }

  private static String sentence(List<Pass> passes, Summary summary) {
    Pass best = passes.stream().min(Comparator.comparingDouble(Pass::overGemm)).orElseThrow();
    Pass worst = passes.stream().max(Comparator.comparingDouble(Pass::overGemm)).orElseThrow();
    if (best == worst) {
      return best.layer + ", " + best.title() + ": " + summary.text(best.key + "over_gemm") + ".";
    }
    return "The least ratio is " + summary.text(best.key + "over_gemm") + " (" + best.layer + ", " + best.title()
        + "), the largest " + summary.text(worst.key + "over_gemm") + " (" + worst.layer + ", " + worst.title() + ").";
  }
}
