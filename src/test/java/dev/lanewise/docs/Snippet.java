package dev.lanewise.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;

/// A piece of code from the documentation, to be compiled and run as it stands there.
///
/// @param statements what stands there
/// @param packages what it imports, all of each
public record Snippet(String statements, List<String> packages) {

  private static final String FENCE = "```java\n";

  /// The first block of Java in `text`.
  public static Snippet first(String text, String... packages) {
    int begin = text.indexOf(FENCE) + FENCE.length();
    return new Snippet(text.substring(begin, text.indexOf("```", begin)), List.of(packages));
  }

  /// All blocks of Java in `text`, each by itself.
  public static List<Snippet> all(String text, String... packages) {
    List<Snippet> all = new ArrayList<>();
    for (int at = text.indexOf(FENCE); at >= 0; at = text.indexOf(FENCE, at + 1)) {
      all.add(first(text.substring(at), packages));
    }
    return all;
  }

  /// The same behind other statements.
  public Snippet after(String before) {
    return new Snippet(before + statements, packages);
  }

  /// Compiles it, runs it with `last` behind it, and returns what both print.
  public String run(Path folder, String last) throws Exception {
    String imports = packages.stream().map(name -> "import " + name + ".*;\n").collect(Collectors.joining());
    Path source = Files.writeString(folder.resolve("Example.java"),
        imports + "public class Example {\n  public static void main(String[] arguments) throws Exception {\n"
        + statements + last + "\n  }\n}\n");
    String classes = place(Tensor.class) + File.pathSeparator + place(Snippet.class);
    assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, "-cp", classes, "-d", folder.toString(),
        source.toString()));
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()},
        Tensor.class.getClassLoader())) {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      loader.loadClass("Example").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  private static Path place(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
