package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Imports are a star on a stem: {nn, graph, autodiff, train, io, testkit} → dev.lanewise → kernel, and the points of
/// the star do not import each other; model stands on them, and takes operators for the derivatives that it hands out;
/// onnx stands on model and graph. Who reads or writes files may use file. Inside the kernel, and inside a point with
/// rooms of its own, imports go one way.
///
/// Read off the class files by the JDK's own jdeps.
class ImportsTest {

  private static final String ROOT = "dev.lanewise";
  private static final String VECTORS = "jdk.incubator.vector";
  private static final Pattern EDGE = Pattern.compile("\\s+(dev\\.lanewise\\S*)\\s+->\\s+(\\S+)\\s+.*");

  /// Each package that imports another, and which. ROOT is written as "", and left out of what is below it.
  private static final Map<String, Set<String>> ARROWS = packages(Map.ofEntries(
      Map.entry("kernel.math", Set.of("kernel.lanes")),
      Map.entry("kernel.elementwise", Set.of("kernel.math", "kernel.lanes")),
      Map.entry("kernel.elementary", Set.of("kernel.math", "kernel.lanes")),
      Map.entry("kernel.warmup", Set.of("kernel.lanes", "flight")),
      Map.entry("kernel.memory", Set.of("kernel.lanes")),
      Map.entry("kernel.gemm",
          Set.of("kernel.elementwise", "kernel.math", "kernel.memory", "kernel.lanes", "kernel.warmup")),
      Map.entry("kernel.passes", Set.of("kernel.math", "kernel.lanes")),
      Map.entry("kernel", Set.of("kernel.elementary", "kernel.gemm", "kernel.passes", "kernel.elementwise",
      "kernel.math", "kernel.lanes", "kernel.warmup")),
      Map.entry("kernel.chain", Set.of("kernel", "kernel.elementwise", "kernel.lanes")),
      Map.entry("", Set.of("kernel", "kernel.gemm", "kernel.elementwise", "kernel.chain", "kernel.lanes",
          "kernel.memory", "kernel.warmup", "random")),
      Map.entry("kernel.arithmetic", Set.of("kernel.lanes", "kernel.warmup")),
      Map.entry("kernel.recurrent", Set.of("kernel", "kernel.elementwise", "kernel.lanes", "kernel.warmup")),
      Map.entry("kernel.window",
      Set.of("kernel", "kernel.gemm", "kernel.elementwise", "kernel.math", "kernel.lanes", "kernel.warmup")),
      Map.entry("ops.affine", Set.of("")),
      Map.entry("ops", Set.of("", "ops.affine", "kernel", "kernel.arithmetic", "kernel.elementary", "kernel.gemm",
      "kernel.elementwise", "kernel.recurrent", "kernel.window")),
      Map.entry("ops.expression", Set.of("", "kernel", "kernel.arithmetic", "kernel.elementary", "kernel.gemm")),
      Map.entry("graph.primitive", Set.of("", "ops", "ops.expression")),
      Map.entry("graph.primitive.function", Set.of("", "ops", "ops.expression", "graph.primitive")),
      Map.entry("graph.primitive.reduction", Set.of("", "ops.expression", "graph.primitive")),
      Map.entry("graph.primitive.product",
      Set.of("", "ops.expression", "graph.primitive", "graph.primitive.reduction")),
      Map.entry("graph.primitive.form", Set.of("", "ops", "graph.primitive")),
      Map.entry("graph", Set.of("", "ops", "ops.expression", "graph.primitive",
          "graph.primitive.form", "graph.primitive.function",
          "graph.primitive.product", "graph.primitive.reduction")),
      Map.entry("nn.block", Set.of("", "ops", "graph")),
      Map.entry("nn.recurrent", Set.of("", "ops")),
      Map.entry("nn", Set.of("", "ops", "ops.affine", "random")),
      Map.entry("autodiff.chain", Set.of("")),
      Map.entry("autodiff.cost", Set.of("", "file")),
      Map.entry("autodiff.plan", Set.of("", "autodiff.chain", "autodiff.cost")),
      Map.entry("autodiff", Set.of("", "autodiff.chain", "autodiff.cost", "autodiff.plan", "flight")),
      Map.entry("train.data", Set.of("")),
      Map.entry("train.loss", Set.of("")),
      Map.entry("train.optimizer", Set.of("")),
      Map.entry("train", Set.of("", "random", "train.data", "train.loss", "train.optimizer")),
      Map.entry("train.validation", Set.of("", "train", "train.data")),
      Map.entry("testkit", Set.of("")),
      Map.entry("io", Set.of("", "file")),
      Map.entry("onnx.format", Set.of("", "file")),
      Map.entry("onnx", Set.of("", "file", "graph", "model", "nn", "onnx.format", "onnx.operator", "onnx.pattern",
          "onnx.trace", "onnx.writer")),
      Map.entry("onnx.writer", Set.of("", "graph", "graph.primitive", "graph.primitive.form",
          "graph.primitive.function", "graph.primitive.product", "graph.primitive.reduction", "nn", "nn.block",
          "nn.recurrent", "onnx.format", "onnx.trace", "ops", "ops.expression")),
      Map.entry("onnx.pattern", Set.of("", "onnx.format", "onnx.operator", "onnx.trace")),
      Map.entry("onnx.trace", Set.of("", "graph", "onnx.format")),
      Map.entry("onnx.operator", Set.of("", "graph", "nn", "nn.block", "ops", "onnx.format", "onnx.operator.form",
          "onnx.operator.numeric", "onnx.operator.recurrent", "onnx.trace")),
      Map.entry("onnx.operator.recurrent", Set.of("", "graph", "nn.recurrent", "onnx.trace")),
      Map.entry("onnx.operator.numeric", Set.of("", "graph", "onnx.format", "onnx.trace")),
      Map.entry("onnx.operator.form", Set.of("", "graph", "nn.block", "onnx.format", "onnx.trace")),
      Map.entry("model.table", Set.of("", "train.data")),
      Map.entry("model.evaluation", Set.of("", "model.table", "train.data")),
      Map.entry("model.explanation", Set.of("", "autodiff", "model.table", "train.data")),
      Map.entry("model", Set.of("", "file", "nn", "nn.recurrent", "ops", "io", "model.evaluation",
          "model.explanation", "model.table",
          "train", "train.data", "train.loss", "train.optimizer", "train.validation"))));

  private static final Set<String> ON_VECTORS =
      Set.of("kernel.lanes", "kernel.arithmetic", "kernel.math", "kernel.elementary", "kernel.elementwise",
      "kernel.gemm", "kernel.passes", "kernel.recurrent", "kernel.window");

  private static Map<String, Set<String>> imports;

  private static Map<String, Set<String>> packages(Map<String, Set<String>> arrows) {
    return arrows.entrySet().stream().collect(Collectors.toMap(
        arrow -> name(arrow.getKey()),
        arrow -> arrow.getValue().stream().map(ImportsTest::name).collect(Collectors.toSet())));
  }

  private static String name(String room) {
    return room.isEmpty() ? ROOT : ROOT + "." + room;
  }

  @BeforeAll
  static void read() {
    StringWriter out = new StringWriter();
    Path classes = Path.of(Tensor.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    int exit = ToolProvider.findFirst("jdeps").orElseThrow()
        .run(new PrintWriter(out), new PrintWriter(out), "--multi-release", "base", "-verbose:package",
        "--ignore-missing-deps",
            "--add-modules", VECTORS, classes.toString());
    assertEquals(0, exit, out.toString());
    imports = new TreeMap<>();
    out.toString().lines().map(EDGE::matcher).filter(Matcher::matches)
        .filter(edge -> !edge.group(1).equals(edge.group(2)))
        .forEach(edge -> imports.computeIfAbsent(edge.group(1), _ -> new TreeSet<>()).add(edge.group(2)));
  }

  @Test
  void packagesImportEachOtherAlongTheArrowsAndEachArrowIsUsed() {
    Map<String, Set<String>> ours = new TreeMap<>();
    imports.forEach((from, targets) -> {
      Set<String> inside = targets.stream().filter(to -> to.startsWith(ROOT))
          .collect(Collectors.toCollection(TreeSet::new));
      if (!inside.isEmpty()) {
        ours.put(from, inside);
      }
    });
    assertEquals(strays(ARROWS, ours), strays(ours, ARROWS),
        "what is permitted and not used, against what is imported and not permitted");
  }

  /// The arrows of the second that the first does not have.
  private static Set<String> strays(Map<String, Set<String>> these, Map<String, Set<String>> those) {
    return those.entrySet().stream()
        .flatMap(arrow -> arrow.getValue().stream()
            .filter(to -> !these.getOrDefault(arrow.getKey(), Set.of()).contains(to))
            .map(to -> arrow.getKey() + " imports " + to))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void noCycleGoesThroughPackages() {
    Map<String, Set<String>> left = new TreeMap<>(ARROWS);
    boolean gone = true;
    while (gone) {
      gone = left.values().removeIf(targets -> targets.stream().noneMatch(left::containsKey));
    }
    assertEquals(Map.of(), left);
  }

  @Test
  void vectorsAreTheKernelsAndTheRestIsTheJdks() {
    Set<String> onVectors = imports.keySet().stream().filter(from -> imports.get(from).contains(VECTORS))
        .collect(Collectors.toSet());
    assertEquals(ON_VECTORS.stream().map(ImportsTest::name).collect(Collectors.toSet()), onVectors);
    imports.forEach((from, targets) -> targets.stream()
        .filter(to -> Stream.of(ROOT, "java.", VECTORS, "jdk.jfr", "com.sun.management").noneMatch(to::startsWith))
        .forEach(to -> assertEquals("nothing that is not the JDK's", to, from)));
  }
}
