package dev.lanewise.report.result;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A JMH result file of this project's suites.
///
/// @param measurements in the file's order
/// @param jvm the virtual machine that the forks ran on, and its arguments; if there are several, the one of [#main]
public record Results(List<Measurement> measurements, String jvm) {

  static final String PACKAGE = "dev.lanewise.";

  public static Results of(RawResult raw) throws Refusal {
    return parse(raw.file().toString(), raw.json());
  }

  /// @param name the file's name, for messages
  public static Results parse(String name, byte[] json) throws Refusal {
    JsonNode root;
    try {
      root = JsonMapper.builder().build().readTree(json);
    } catch (JacksonException e) {
      var at = e.getLocation();
      throw new Refusal(name,
          "truncated or not JSON at line " + (at == null ? "?" : at.getLineNr()) + ", expected a JMH result");
    }
    if (!root.isArray() || root.isEmpty()) {
      throw new Refusal(name, "not a JMH result: expected a list of benchmarks");
    }
    List<Measurement> measurements = new ArrayList<>();
    Set<String> subjects = new HashSet<>();
    for (JsonNode entry : root) {
      Measurement whole = measurement(name, entry);
      Suite suite = Suite.of(whole.benchmark())
          .orElseThrow(() -> new Refusal(name,
          "a result of " + PACKAGE + whole.benchmark() + ", which is no suite of the report"));
      var lacking = suite.lacking(whole);
      if (lacking.isPresent()) {
        throw new Refusal(name,
            whole.benchmark() + " has no " + lacking.get() + ", expected a result of this suite as it is now");
      }
      for (Measurement measured : whole.byProduct()) {
        requireRounds(name, suite, measured);
        String subject = measured.benchmark()
            + suite.subject.stream().map(param -> ", " + param + " = " + measured.param(param)).collect(joining())
            + ", " + measured.jvm().title;
        if (!subjects.add(subject)) {
          throw new Refusal(name, "has two results of " + subject + ", expected one");
        }
        measurements.add(measured);
      }
    }
    Results results = new Results(List.copyOf(measurements), "");
    for (Measurement measured : measurements) {
      if (results.other(measured.jvm()).isPresent()
          && !Suite.of(measured.benchmark()).orElseThrow().isOnSeveralJvms()) {
        throw new Refusal(name,
            measured.benchmark() + " ran with " + measured.jvm().title + " in a run of " + results.main().title
            + ", expected only " + Suite.JACOBIANS.benchmark + " on several virtual machines");
      }
    }
    JsonNode first = root.valueStream().filter(entry -> Jvm.of(arguments(entry)) == results.main()).findFirst()
        .orElseThrow();
    String jvm = text(first, "vmName") + " " + text(first, "vmVersion");
    String arguments = String.join(" ", arguments(first));
    return new Results(results.measurements, arguments.isEmpty() ? jvm : jvm + ", " + arguments);
  }

  private static List<String> arguments(JsonNode entry) {
    return entry.path("jvmArgs").valueStream().map(JsonNode::asString).toList();
  }

  /// The virtual machine that most was measured on: [Jvm#MAIN] if it took part.
  public Jvm main() {
    List<Jvm> all = measurements.stream().map(Measurement::jvm).distinct().toList();
    return all.isEmpty() || all.contains(Jvm.MAIN) ? Jvm.MAIN : all.getFirst();
  }

  /// `jvm`, unless it is the main one.
  public Optional<Jvm> other(Jvm jvm) {
    return Optional.of(jvm).filter(each -> each != main());
  }

  /// Checks the rounds of each contestant, if contestants take turns.
  private static void requireRounds(String name, Suite suite, Measurement measured) throws Refusal {
    String subject = suite.subject.stream().map(measured::param).collect(joining(", "));
    var roundless = suite.roundless(measured);
    if (roundless.isPresent()) {
      throw new Refusal(name, measured.benchmark() + " has no round in which " + roundless.get()
          + " was measured beside Lanewise: " + subject);
    }
    long lacking = suite.roundsLacking(measured);
    if (lacking > 0) {
      throw new Refusal(name, measured.benchmark() + " lacks " + lacking + " of " + measured.param("rounds")
          + " rounds of Lanewise, MKL and OpenBLAS: " + subject);
    }
  }

  private static Measurement measurement(String name, JsonNode entry) throws Refusal {
    String benchmark = text(entry, "benchmark");
    JsonNode metric = entry.path("primaryMetric");
    if (benchmark.isEmpty() || !metric.isObject()) {
      throw new Refusal(name, "not a JMH result: an entry without benchmark and primaryMetric");
    }
    if (!benchmark.startsWith(PACKAGE)) {
      throw new Refusal(name, "a result of " + benchmark + ", expected benchmarks of " + PACKAGE + "*");
    }
    String unit = text(metric, "scoreUnit");
    if (!unit.equals("ns/op")) {
      throw new Refusal(name, benchmark + " is in " + unit + ", expected ns/op");
    }
    Map<String, String> params = new LinkedHashMap<>();
    entry.path("params").propertyStream().forEach(param -> params.put(param.getKey(), param.getValue().asString()));
    double[][] nanos = nanos(name, benchmark, metric.path("rawData"));
    Map<String, double[][]> counters = new LinkedHashMap<>();
    for (var counter : entry.path("secondaryMetrics").properties()) {
      counters.put(counter.getKey(),
          counts(name, benchmark + ":" + counter.getKey(), counter.getValue().path("rawData"), nanos));
    }
    return new Measurement(benchmark.substring(PACKAGE.length()), params, nanos, counters, Jvm.of(arguments(entry)));
  }

  private static double[][] nanos(String name, String benchmark, JsonNode forks) throws Refusal {
    double[][] nanos = new double[forks.size()][];
    for (int fork = 0; fork < nanos.length; fork++) {
      nanos[fork] = forks.get(fork).valueStream().mapToDouble(time -> time.asDouble(Double.NaN)).toArray();
      for (double time : nanos[fork]) {
        if (!(time > 0 && time < Double.POSITIVE_INFINITY)) {
          throw new Refusal(name, benchmark + " has a time of " + time + " ns, expected a positive number");
        }
      }
      if (nanos[fork].length == 0) {
        throw new Refusal(name, benchmark + " has a fork without iterations");
      }
    }
    if (nanos.length == 0) {
      throw new Refusal(name, benchmark + " has no rawData");
    }
    return nanos;
  }

  /// A counter's values, as many as the times.
  private static double[][] counts(String name, String counter, JsonNode forks, double[][] nanos) throws Refusal {
    double[][] counts = new double[forks.size()][];
    boolean complete = counts.length == nanos.length;
    for (int fork = 0; complete && fork < counts.length; fork++) {
      counts[fork] = forks.get(fork).valueStream().mapToDouble(count -> count.asDouble(Double.NaN)).toArray();
      complete = counts[fork].length == nanos[fork].length;
    }
    if (!complete) {
      throw new Refusal(name, counter + " has not as many values as there are times");
    }
    return counts;
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }

  public List<Measurement> of(Suite suite) {
    return measurements.stream().filter(measured -> measured.benchmark().equals(suite.benchmark)).toList();
  }
}
