package dev.lanewise.report.section;

import dev.lanewise.report.chart.Bars;
import dev.lanewise.report.chart.Bars.Bar;
import dev.lanewise.report.chart.Picture;
import dev.lanewise.report.chart.Ratios;
import dev.lanewise.report.chart.Ratios.Ratio;
import dev.lanewise.report.chart.Theme;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Layers from expressions: a perceptron beside the built-in one, networks by each mode, the cost of a primitive.
final class GraphSection {

  private static final String OVER = "graph-over-sequential";
  private static final String MODES = "graph-modes";
  private static final List<String> ALL_MODES = List.of("forward", "reverse", "mixed", "auto");
  private static final String RESIDUAL = "residual.";
  private static final String HEADLINE = RESIDUAL + "256-16-256";
  /// The work that a perceptron is timed for, by counter.
  private static final Map<String, String> WORKS = new LinkedHashMap<>();
  private static final Map<String, String> PASSES = new LinkedHashMap<>();

  static {
    WORKS.put("value", "Value");
    WORKS.put("jacobian", "Value and Jacobian");
    WORKS.put("step", "Training step, batch 32");
    PASSES.put("value", "Value");
    PASSES.put("push", "Push");
    PASSES.put("pull", "Pull");
  }

  private GraphSection() {}

  static Optional<Section> of(Results results, Summary summary) {
    List<Picture> pictures = new ArrayList<>();
    List<Table> tables = new ArrayList<>();
    List<Measurement> perceptrons = sorted(results, Suite.GRAPH_PERCEPTRONS);
    if (!perceptrons.isEmpty()) {
      tables.add(perceptrons(perceptrons, summary));
      pictures.add(overSequential(perceptrons, summary));
    }
    List<Measurement> networks = sorted(results, Suite.GRAPH_MODES);
    if (!networks.isEmpty()) {
      tables.add(modes(networks, summary));
      pictures.add(byMode(networks));
    }
    results.of(Suite.GRAPH_PRIMITIVES).stream().findFirst()
        .ifPresent(tiny -> tables.add(primitives(tiny, summary)));
    return tables.isEmpty() ? Optional.empty() : Optional.of(new Section("graph", "Layers from expressions",
        "A network written as an expression instead of a chain of layers: what that costs where both are possible, "
            + "what the planner gains with skip connections, and what an operation costs when its arithmetic is "
            + "negligible. A residual network adds a block’s output to its input, eight times; the attention block "
            + "adds causal attention with 4 heads of its layer norm. The times in a row are measured in turns of about "
            + "a millisecond; they are medians over the rounds.", pictures, tables));
  }

  /// Float first, then as in the parameter.
  private static List<Measurement> sorted(Results results, Suite suite) {
    return results.of(suite).stream().sorted(
        Measurement.floatFirst()
        .thenComparing(each -> each.params().getOrDefault("network", ""), Comparator.reverseOrder())).toList();
  }

  private static String sequential(String work) {
    return "sequential" + work.substring(0, 1).toUpperCase(Locale.ROOT) + work.substring(1);
  }

  private static double over(Measurement measured, String work) {
    return measured.medianRatio(work, sequential(work));
  }

  private static Table perceptrons(List<Measurement> perceptrons, Summary summary) {
    List<List<String>> rows = new ArrayList<>();
    for (Measurement each : perceptrons) {
      String key = "graph.mlp" + each.suffix() + ".";
      summary.put(key + "over_sequential",
          WORKS.keySet().stream().mapToDouble(work -> over(each, work)).max().orElseThrow());
      String bytes = summary.put(key + "bytes", Math.round(each.largest("bytes")));
      for (var work : WORKS.entrySet()) {
        double nanos = each.median(work.getKey());
        double beside = each.median(sequential(work.getKey()));
        summary.put(key + work.getKey() + ".us", nanos / 1e3);
        summary.put(key + work.getKey() + ".sequential_us", beside / 1e3);
        rows.add(List.of(work.getValue() + ", " + each.precision(), summary.time(nanos), summary.time(beside),
            summary.put(key + work.getKey() + ".over_sequential", over(each, work.getKey())), bytes));
      }
    }
    return new Table("64-64-64-64-64 with tanh, as an expression and as Sequential of Dense",
        List.of("", "T expression", "T Sequential", "Ratio", "Bytes allocated"), rows);
  }

  private static Picture overSequential(List<Measurement> perceptrons, Summary summary) {
    List<Ratio> ratios = new ArrayList<>();
    Csv csv = new Csv("precision,work,expression_us,sequential_us,ratio");
    for (Measurement each : perceptrons) {
      for (var work : WORKS.entrySet()) {
        double ratio = over(each, work.getKey());
        ratios.add(new Ratio(work.getValue(), each.precision(), ratio));
        csv.row("%s,%s,%.4f,%.4f,%.4f", each.precision(), work.getKey(), each.median(work.getKey()) / 1e3,
            each.median(sequential(work.getKey())) / 1e3, ratio);
      }
    }
    String title = "64-64-64-64-64 as an expression: time over that of Sequential";
    String most = summary.text("graph.mlp" + perceptrons.getFirst().suffix() + ".over_sequential");
    String sentence = "In " + perceptrons.getFirst().precision() + " the expression takes at most " + most
        + " times as long.";
    return new Picture(OVER, title, sentence,
        Ratios.svg(OVER, title, "time / time of Sequential", List.of(new Ratios.Series("float", Ratios.Style.FIRST),
            new Ratios.Series("double", Ratios.Style.SECOND)), ratios), csv.toString());
  }

  private static String fastest(Measurement network) {
    return ALL_MODES.subList(0, 3).stream().min(Comparator.comparingDouble(network::median)).orElseThrow();
  }

  private static double regret(Measurement network) {
    return network.medianRatio("auto", fastest(network));
  }

  /// By multiply-adds, the value's included.
  private static double counted(Measurement network) {
    double value = network.median("valueMultiplyAdds");
    return (value + Math.min(network.median("forwardMultiplyAdds"), network.median("reverseMultiplyAdds")))
        / (value + network.median("mixedMultiplyAdds"));
  }

  private static String title(Measurement network) {
    String name = network.param("network");
    boolean residual = name.startsWith(RESIDUAL);
    return (residual ? "8 × (x + " + name.substring(RESIDUAL.length()) + ")" : name + ", 16 × 64")
        + network.suffix().replace(".", ", ");
  }

  private static Table modes(List<Measurement> networks, Summary summary) {
    List<List<String>> rows = new ArrayList<>();
    for (Measurement each : networks) {
      String key = "graph." + each.param("network") + each.suffix() + ".";
      List<String> row = new ArrayList<>(List.of(title(each)));
      for (String mode : ALL_MODES) {
        summary.put(key + mode + "_us", each.median(mode) / 1e3);
        row.add(summary.time(each.median(mode)));
      }
      row.add(summary.put(key + "mixed_speedup", each.speedup("mixed")));
      row.add(summary.put(key + "counted_speedup", counted(each)));
      row.add(summary.put(key + "auto_regret", regret(each)));
      rows.add(row);
      if (key.equals("graph." + HEADLINE + ".")) {
        summary.put("graph.residual.mixed_speedup", each.speedup("mixed"));
        summary.put("graph.residual.auto_regret", regret(each));
      }
    }
    return new Table("Value and Jacobian by each mode; the speed-up of MIXED is over the faster of FORWARD and REVERSE",
        List.of("Network", "T forward", "T reverse", "T mixed", "T auto", "Speed-up, MIXED", "By multiply-adds",
            "AUTO over the fastest"), rows);
  }

  private static Picture byMode(List<Measurement> networks) {
    List<Bar> bars = new ArrayList<>();
    Csv csv = new Csv(
        "network,precision,forward_us,reverse_us,mixed_us,auto_us,mixed_speedup,counted_speedup,auto_regret");
    for (Measurement each : networks) {
      if (each.param("precision").equals(networks.getFirst().param("precision"))) {
        ALL_MODES.forEach(mode ->
            bars.add(new Bar(title(each), mode.toUpperCase(Locale.ROOT), each.medianRatio(mode, fastest(each)))));
      }
      csv.row("%s,%s,%.4f,%.4f,%.4f,%.4f,%.4f,%.4f,%.4f", each.param("network"), each.param("precision"),
          each.median("forward") / 1e3, each.median("reverse") / 1e3, each.median("mixed") / 1e3,
          each.median("auto") / 1e3, each.speedup("mixed"), counted(each), regret(each));
    }
    String title = "Time over that of the fastest mode, " + networks.getFirst().precision();
    Measurement most = networks.stream().max(Comparator.comparingDouble(each -> each.speedup("mixed"))).orElseThrow();
    String sentence = String.format(Locale.ROOT, "MIXED gains most on %s: it is %.2f times as fast as the faster "
        + "pure mode, with 1/%.2f of the multiply-adds.", title(most), most.speedup("mixed"), counted(most));
    return new Picture(MODES, title, sentence, Bars.svg(MODES, title, "times the fastest mode", bars,
        List.of(Theme.FORWARD, Theme.REVERSE, Theme.NEUTRAL, Theme.INK), "0.00"), csv.toString());
  }

  private static Table primitives(Measurement tiny, Summary summary) {
    List<List<String>> rows = new ArrayList<>();
    for (var pass : PASSES.entrySet()) {
      boolean value = pass.getKey().equals("value");
      String key = value ? "graph.tiny_primitive_ns" : "graph.tiny_primitive." + pass.getKey() + "_ns";
      double[] all = tiny.all(pass.getKey());
      double[] one = tiny.all(pass.getKey() + "OfOne");
      double[] count = tiny.all("primitives");
      double price = Medians.of(IntStream.range(0, all.length)
          .mapToDouble(at -> (all[at] - one[at]) / (count[at] - 1)).toArray());
      rows.add(List.of(pass.getValue(), summary.time(Medians.of(all)), summary.time(Medians.of(one)),
          summary.putRate(key, price) + " ns"));
    }
    return new Table(String.format(Locale.ROOT,
        "The cost of a primitive: %.0f sums and products of 4 features in a row, less one alone",
        tiny.median("primitives")), List.of("Pass", "T of all", "T of one", "For each"), rows);
  }
}
