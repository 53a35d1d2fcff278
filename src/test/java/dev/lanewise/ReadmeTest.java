package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The README's example compiles and runs as it stands there.
class ReadmeTest {

  private static final String FRAME = """
      import dev.lanewise.*;
      import dev.lanewise.autodiff.*;
      import dev.lanewise.nn.*;
      public class Example {
        public static void main(String[] arguments) {
          %s
        }
      }
      """;

  @Test
  void theExampleRuns(@TempDir Path folder) throws Exception {
    String readme = Files.readString(Path.of("README.md"));
    int begin = readme.indexOf("```java\n") + "```java\n".length();
    String example = readme.substring(begin, readme.indexOf("```", begin));
    assertTrue(example.lines().count() <= 10, "more than ten lines");
    Path source = Files.writeString(folder.resolve("Example.java"), FRAME.formatted(example));
    String classes = Path.of(Tensor.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, "-cp", classes, "-d", folder.toString(), source.toString()));
    assertEquals("FLOAT [1, 2]", run(folder).substring(0, 12));
  }

  private static String run(Path folder) throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, Tensor.class.getClassLoader())) {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      loader.loadClass("Example").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }
}
