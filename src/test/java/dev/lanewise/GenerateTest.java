package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `src/build/Generate.java` promises about the folder that it writes to.
class GenerateTest {

  private static final String ROW = """
      package dev.lanewise.kernel;

      /// The mean of a row of `double`, 0.5 of two; see [DoubleSums].
      final class DoubleRow {

        private static final double SCALE = 2.5e-1; // DOUBLE_SCALE, not 1e-3
        private static final long[] STEPS = {1, 20};

        static double mean(double[] row) {
          return DoubleSums.sum(row) * 1.0 / row.length;
        }

        static double scaled(Tensor row, double factor) { // both precisions
          return (double) factor * mean(row.doubles()); // In doubles.
        }
      }
      """;

  private static final String TWIN = """
      // Derived from DoubleRow.java by src/build/Specialise.java: edit that file, not this one.
      package dev.lanewise.kernel;

      /// The mean of a row of `float`, 0.5 of two; see [FloatSums].
      final class FloatRow {

        private static final float SCALE = 2.5e-1f; // FLOAT_SCALE, not 1e-3
        private static final long[] STEPS = {1, 20};

        static float mean(float[] row) {
          return FloatSums.sum(row) * 1.0f / row.length;
        }

        static double scaled(Tensor row, double factor) { // both precisions
          return (float) factor * mean(row.floats()); // In floats.
        }
      }
      """;

  private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

  /// A file's content and when it was written.
  private record Written(FileTime time, String content) {}

  /// What a run printed, and its exit code.
  private record Run(int exit, String errors) {}

  @TempDir
  static Path program;

  @TempDir
  Path house;

  private Path kernel;
  private Path templates;
  private Path target;

  /// Compiled once: started from its source, as in the build, each run would compile it anew.
  @BeforeAll
  static void compile() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-d", program.toString()));
    try (Stream<Path> sources = Files.list(Path.of("src/build"))) {
      sources.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
    }
    assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)));
  }

  @BeforeEach
  void furnish() throws IOException {
    kernel = Files.createDirectories(house.resolve("sources/dev/lanewise/kernel"));
    Files.writeString(kernel.resolve("DoubleRow.java"), ROW);
    templates = Files.createDirectories(house.resolve("functions"));
    for (String name : List.of("both.txt", "double.txt", "float.txt")) {
      Files.copy(Path.of("src/build/functions", name), templates.resolve(name));
    }
    target = house.resolve("target");
  }

  private Run generate() throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process = new ProcessBuilder(java, "-XX:TieredStopAtLevel=1", "-cp", program.toString(), "Generate",
        house.resolve("sources").toString(), templates.toString(), target.toString())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    process.getOutputStream().close();
    String errors = new String(process.getErrorStream().readAllBytes());
    return new Run(process.waitFor(), errors);
  }

  /// A run that must end well; its files then look as if written long ago.
  private SortedMap<String, Written> generated() throws IOException, InterruptedException {
    assertEquals(new Run(0, ""), generate());
    for (String file : files().keySet()) {
      Files.setLastModifiedTime(target.resolve(file), LONG_AGO);
    }
    return files();
  }

  private SortedMap<String, Written> files() throws IOException {
    SortedMap<String, Written> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(target)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        files.put(target.relativize(file).toString(), written(file));
      }
    }
    return files;
  }

  private static SortedMap<String, Written> without(SortedMap<String, Written> files, String... names) {
    SortedMap<String, Written> rest = new TreeMap<>(files);
    for (String name : names) {
      rest.keySet().removeIf(file -> file.endsWith(name));
    }
    return rest;
  }

  private static Written written(Path file) throws IOException {
    return new Written(Files.getLastModifiedTime(file), Files.readString(file));
  }

  private Written twin() throws IOException {
    return written(target.resolve("dev/lanewise/kernel/FloatRow.java"));
  }

  @Test
  void aSecondRunWritesNothing() throws Exception {
    SortedMap<String, Written> first = generated();
    assertEquals(TWIN, twin().content);
    assertNotEquals(first, without(first, "FloatMicroKernel512x32.java"));
    assertEquals(new Run(0, ""), generate());
    assertEquals(first, files());
  }

  @Test
  void whatChangedIsWrittenAlone() throws Exception {
    SortedMap<String, Written> first = generated();
    Files.writeString(kernel.resolve("DoubleRow.java"), ROW.replace("2.5", "7.5"));
    assertEquals(new Run(0, ""), generate());
    assertEquals(TWIN.replace("2.5", "7.5"), twin().content);
    assertNotEquals(LONG_AGO, twin().time);
    assertEquals(without(first, "FloatRow.java"), without(files(), "FloatRow.java"));
  }

  @Test
  void besideTensorsTheirPrecisionDecides() throws Exception {
    Files.writeString(kernel.resolveSibling("DoubleThings.java"), """
        package dev.lanewise;

        final class DoubleThings {

          private DoubleThings() {}

          static int lanes() {
            return hidden();
          }

          /// y = factor·x.
          static void scale(int n, double factor, // both precisions
              Tensor x, Tensor y) {
            y.doubles()[0] = (double) factor * x.doubles()[n];
          }

          private static int hidden() {
            return 1;
          }
        }
        """);
    generated();
    assertEquals("""
        // Generated by src/build/ByPrecision.java from DoubleThings.java: edit that file, not this one.

        package dev.lanewise;

        /// [DoubleThings] or `FloatThings`: the precision of the tensors decides which of the two computes.
        final class Things {

          private Things() {}

          static int lanes(Precision precision) {
            if (precision == Precision.FLOAT) {
              return FloatThings.lanes();
            } else {
              return DoubleThings.lanes();
            }
          }

          /// y = factor·x.
          static void scale(int n, double factor, Tensor x, Tensor y) {
            if (x.precision() == Precision.FLOAT) {
              FloatThings.scale(n, factor, x, y);
            } else {
              DoubleThings.scale(n, factor, x, y);
            }
          }
        }
        """, written(target.resolve("dev/lanewise/Things.java")).content);
    assertTrue(Files.exists(target.resolve("dev/lanewise/FloatThings.java")));
  }

  @Test
  void orphansGoWithTheirFolders() throws Exception {
    Path room = Files.createDirectories(kernel.resolve("room"));
    Path door = Files.writeString(room.resolve("DoubleDoor.java"), "package dev.lanewise.kernel.room;\n");
    SortedMap<String, Written> first = generated();
    assertTrue(Files.exists(target.resolve("dev/lanewise/kernel/room/FloatDoor.java")));
    Files.delete(door);
    // By hand now: no twin is derived.
    Files.writeString(kernel.resolve("FloatRow.java"), TWIN);
    // What a run that was killed leaves.
    Files.writeString(target.resolve("dev/lanewise/kernel/FloatRow.java.unfinished"), "// Deri");
    assertEquals(new Run(0, ""), generate());
    assertEquals(without(first, "FloatDoor.java", "FloatRow.java"), files());
    assertFalse(Files.exists(target.resolve("dev/lanewise/kernel/room")));
  }

  @Test
  void aFailedRunChangesNothing() throws Exception {
    SortedMap<String, Written> first = generated();
    Files.delete(kernel.resolve("DoubleRow.java"));
    Files.writeString(kernel.resolve("DoubleColumn.java"), ROW.replace("Row", "Column"));
    Path template = templates.resolve("float.txt");
    String heads = Files.readString(template);
    Files.writeString(template, heads.replace("== FloatNormal.gelu, 1 vector,", "== FloatNormal.gelu, 1,"));
    Run run = generate();
    assertNotEquals(0, run.exit);
    assertTrue(run.errors.contains(template + ": not a head: == FloatNormal.gelu, 1,"), run.errors);
    assertEquals(first, files());
  }

  @Test
  void linesWithoutTheirHeadAreRefused() throws Exception {
    Path template = templates.resolve("both.txt");
    Files.writeString(template, Files.readString(template).replace("+ split(x, k, f)", "+ split(x, k)"));
    Run run = generate();
    assertNotEquals(0, run.exit);
    assertTrue(run.errors.contains("Math.log: no head with so many names: + split(x, k)"), run.errors);
  }

  @Test
  void aFileByHandIsRefused() throws Exception {
    Path foreign = Files.createDirectories(target.resolve("dev/lanewise")).resolve("Tensor.java");
    Files.writeString(foreign, "package dev.lanewise;\n");
    SortedMap<String, Written> before = files();
    Run run = generate();
    assertNotEquals(0, run.exit);
    assertTrue(run.errors.contains(foreign + ": not written by a generator"), run.errors);
    assertEquals(before, files());
  }
}
