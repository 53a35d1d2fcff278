package dev.lanewise.report.result;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Where and when the times were measured. JMH's result does not contain these facts. They are stored in a file beside
/// it, and both files are read when pages are drawn again.
///
/// @param facts by name, in the order in which they are shown
public record Machine(Map<String, String> facts) {

  public static final String FILE = "machine.json";
  private static final String UNKNOWN = "unknown";

  private static final Pattern PRINTED = Pattern.compile("\\[machine] ([\\w.]+): (.+)");

  /// Whether the fact of this name is one of the report's figures, not one about where and when it was measured.
  public static boolean isFigure(String fact) {
    return fact.contains(".");
  }

  /// This machine, now.
  ///
  /// @param profile the profile that is measured
  public static Machine here(String profile) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("cpu", cpu());
    facts.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
    facts.put("vectors", vectors());
    facts.put("os",
        System.getProperty("os.name") + " " + System.getProperty("os.version") + ", " + System.getProperty("os.arch"));
    facts.put("jdk",
        System.getProperty("java.vendor.version", System.getProperty("java.vendor")) + ", " + Runtime.version());
    facts.put("commit", commit());
    facts.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    facts.put("profile", profile);
    return new Machine(facts);
  }

  /// The facts that were written beside `result`; no facts if there is no such file.
  ///
  /// @throws Refusal if the file contains anything else
  public static Machine beside(Path result) throws Refusal {
    Path file = result.resolveSibling(FILE);
    if (!Files.isRegularFile(file)) {
      return new Machine(Map.of());
    }
    try {
      return new Machine(JsonMapper.builder().build()
          .readValue(file, new TypeReference<LinkedHashMap<String, String>>() {}));
    } catch (JacksonException _) {
      throw new Refusal(file.toString(), "truncated or not a report's, expected names and facts in JSON");
    }
  }

  /// The virtual machine that forks ran on: the JDK, and the garbage collector if it is known.
  ///
  /// @param fact the fact that names the collector, see [Setting#collectorFact]
  public String jvm(String fact) {
    String collector = facts.getOrDefault(fact, "");
    return facts.getOrDefault("jdk", UNKNOWN) + (collector.isEmpty() ? "" : "; " + collector);
  }

  public String processor() {
    return facts.getOrDefault("cpu", UNKNOWN);
  }

  public String vectorSpecies() {
    return facts.getOrDefault("vectors", UNKNOWN);
  }

  /// With more facts.
  public Machine with(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(facts);
    all.putAll(more);
    return new Machine(all);
  }

  /// With the facts that forks printed as lines `[machine] name: fact`, possibly after other output of JMH.
  public Machine with(String log) {
    Map<String, String> all = new LinkedHashMap<>(facts);
    PRINTED.matcher(log).results().forEach(fact -> all.put(fact.group(1), fact.group(2)));
    return new Machine(all);
  }

  public String json() {
    return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(facts) + "\n";
  }

  private static String cpu() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream().filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip()).findFirst().orElse("unknown");
    } catch (IOException _) {
      return "unknown";
    }
  }

  /// The preferred species of vectors, read by reflection: without the module, naming the class would be an error.
  private static String vectors() {
    try {
      Field species = Class.forName("jdk.incubator.vector.FloatVector").getField("SPECIES_PREFERRED");
      return species.get(null).toString();
    } catch (ReflectiveOperationException _) {
      return "none: jdk.incubator.vector is not there";
    }
  }

  /// The width in bits of the vectors that this machine prefers; 0 if it has none.
  static int vectorBits() {
    return Pattern.compile("S_(\\d+)_BIT").matcher(vectors()).results()
        .mapToInt(found -> Integer.parseInt(found.group(1))).findFirst().orElse(0);
  }

  private static String commit() {
    try {
      Process git = new ProcessBuilder("git", "describe", "--always", "--dirty")
          .redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String line = new String(git.getInputStream().readAllBytes()).strip();
      return git.waitFor(5, TimeUnit.SECONDS) && git.exitValue() == 0 ? line : "unknown";
    } catch (IOException _) {
      return "unknown";
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }
}
