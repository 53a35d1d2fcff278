import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Derives from loops that work on one vector a turn such that work on two: each statement once for either, side by side.
///
/// Run by Maven at `generate-sources`: `java Interleave.java SOURCES TARGET`. For a method of `kernel/DoubleVectorMath.java` or
/// `kernel/FloatVectorMath.java`, any name after `Vector`, whose loop begins
///
/// ```
/// for (int i = DoubleInterleavedMath.elu(n, z, zo, y, yo); i < n; i += LENGTH) {
/// ```
///
/// it writes the class and method that are called there. What comes out does the turns that fit into whole pairs and returns
/// where they end: without the masks and the places moved left that the last turn needs. A call of `DoubleWholeMath` gets the same
/// with one vector a turn: for steps so long that C2 boxes the vectors of two. Why in the source: what waits for an
/// earlier result takes up a place in the processor's queues, and with one vector after the other these are full of the ends
/// of three or four chains. When this was tried, in turns with the loops they were derived from, float: elu in 0.86 of the time, tanh
/// 0.69, silu 0.72, sigmoid 0.58, softplus 0.79. Four vectors side by side were 0.75 (elu) to 1.17 times as fast as two.
///
/// In such a loop each statement is an assignment, an `intoArray`, or an `if` about what no turn changes. A call of the file's own
/// is the whole right side of a declaration, with one argument; its statements are written in its place, as C2 would not inline it.
final class Interleave {

  /// Vectors a turn, by what stands in a class's name for `Vector`.
  private static final Map<String, Integer> VECTORS = Map.of("Interleaved", 2, "Whole", 1);
  private static final String NOTICE = "// Interleaved from %s.java by src/build/Interleave.java: edit that file, not this one.%n";
  private static final Pattern LOOP = Pattern.compile(
      "    for \\(int i = (\\w+)\\.(\\w+)\\((n, [^)]*)\\); i < n; i \\+= (\\w+)\\) \\{\n(.*?)\n    }\n", Pattern.DOTALL);
  private static final Pattern HEAD = Pattern.compile("\n  (?:private )?static \\w+ \\w+\\(([^)]*)\\) \\{\n", Pattern.DOTALL);
  private static final Pattern CALL = Pattern.compile("(\\w+ (\\w+) = )(\\w+)\\((\\w+)\\);");
  private static final Pattern DECLARATION = Pattern.compile("[\\w<>]+ (\\w+) = .*", Pattern.DOTALL);

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      throw new IllegalArgumentException("usage: java Interleave.java SOURCES TARGET");
    }
    Path sources = Path.of(arguments[0]).resolve("dev/lanewise/kernel");
    Path target = Path.of(arguments[1]).resolve("dev/lanewise/kernel");
    Set<Path> twins = new HashSet<>();
    try (Stream<Path> files = Files.list(sources)) {
      for (Path file : files.filter(file -> file.getFileName().toString().matches("(Double|Float)Vector\\w+\\.java")).sorted().toList()) {
        for (String kind : VECTORS.keySet()) {
          twins.add(write(file, target, kind));
        }
      }
    }
    deleteOrphans(target, twins);
  }

  /// Deletes the twins of earlier builds whose templates are gone.
  private static void deleteOrphans(Path target, Set<Path> twins) throws IOException {
    try (Stream<Path> files = Files.list(target)) {
      for (Path file : files.filter(file -> !twins.contains(file)).toList()) {
        if (Files.readString(file).startsWith("// Interleaved from")) {
          Files.delete(file);
        }
      }
    }
  }

  /// @return where the twin stands, or would
  private static Path write(Path file, Path target, String kind) throws IOException {
    String source = Files.readString(file);
    String template = file.getFileName().toString().replace(".java", "");
    String name = template.replace("Vector", kind);
    StringBuilder methods = new StringBuilder();
    Matcher loops = LOOP.matcher(source);
    while (loops.find()) {
      if (VECTORS.keySet().stream().noneMatch(known -> loops.group(1).equals(template.replace("Vector", known)))) {
        throw new IllegalStateException(file + ": " + loops.group(1) + "." + loops.group(2) + " is called, expected " + name);
      }
      if (loops.group(1).equals(name)) {
        methods.append(method(source, loops, VECTORS.get(kind)));
      }
    }
    Path derived = target.resolve(name + ".java");
    if (methods.isEmpty()) {
      Files.deleteIfExists(derived);
      return derived;
    }
    StringBuilder content = new StringBuilder(NOTICE.formatted(template));
    content.append("package dev.lanewise.kernel;\n\n");
    source.lines().filter(line -> line.startsWith("import ")).forEach(line -> content.append(line).append('\n'));
    content.append("\n/// The loops of [%s] over whole vectors, %d a turn. Each returns how many elements it has done.%n".formatted(
        template, VECTORS.get(kind)));
    content.append("final class %s {%n%n  private %s() {}%n".formatted(name, name)).append(methods).append("}\n");
    if (Files.notExists(derived) || !Files.readString(derived).contentEquals(content)) {
      Files.createDirectories(target);
      Files.writeString(derived, content);
    }
    return derived;
  }

  private static String method(String source, Matcher loop, int vectors) {
    Matcher heads = HEAD.matcher(source);
    String prelude = "";
    String parameters = "";
    while (heads.find() && heads.end() <= loop.start()) {
      parameters = heads.group(1).strip().replaceAll("\\s+", " ");
      prelude = source.substring(heads.end(), loop.start());
    }
    String stride = loop.group(4);
    StringBuilder method = new StringBuilder("%n  static int %s(%s) {%n%s".formatted(
        loop.group(2), declared(parameters, loop.group(3)), prelude.replaceAll("(?m)^ *//.*\n", "")));
    method.append("    int whole = n & -%d * %s;%n".formatted(vectors, stride));
    method.append("    for (int i = 0; i < whole; i += %d * %s) {%n".formatted(vectors, stride));
    List<String> statements = expanded(statements(loop.group(5)), source);
    Set<String> locals = locals(statements);
    for (String statement : statements) {
      if (statement.startsWith("if ") || statement.equals("}")) {
        method.append("      ").append(statement).append('\n');
      } else {
        for (int vector = 0; vector < vectors; vector++) {
          method.append("      ").append(forVector(vector, statement, locals, stride)).append('\n');
        }
      }
    }
    return method.append("    }\n    return whole;\n  }\n").toString();
  }

  /// The parameters that are arguments of the call.
  private static String declared(String parameters, String arguments) {
    List<String> declared = new ArrayList<>();
    for (String argument : arguments.split(", ")) {
      for (String parameter : parameters.split(", ")) {
        if (parameter.endsWith(" " + argument)) {
          declared.add(parameter);
        }
      }
    }
    return String.join(", ", declared);
  }

  /// The loop's statements on a line each, less those about the last turn.
  private static List<String> statements(String body) {
    List<String> statements = new ArrayList<>();
    StringBuilder statement = new StringBuilder();
    for (String line : body.lines().map(String::strip).filter(line -> !line.startsWith("//")).toList()) {
      statement.append(statement.isEmpty() || line.startsWith(".") ? "" : " ").append(line);
      if (line.endsWith(";") || line.endsWith("{") || line.equals("}")) {
        String whole = statement.toString();
        statement.setLength(0);
        if (!whole.startsWith("int at = ") && !whole.contains(" lanes = ")) {
          statements.add(whole.replace(", lanes)", ")"));
        }
      }
    }
    return statements;
  }

  /// With the statements of called methods in place of calls; their locals are named after what the call declares.
  private static List<String> expanded(List<String> statements, String source) {
    List<String> expanded = new ArrayList<>();
    for (String statement : statements) {
      Matcher call = CALL.matcher(statement);
      if (!call.matches()) {
        expanded.add(statement);
        continue;
      }
      Matcher callee = Pattern.compile(
          "\n  private static \\w+ %s\\(\\w+ (\\w+)\\) \\{\n(.*?)\n  }\n".formatted(call.group(3)), Pattern.DOTALL).matcher(source);
      if (!callee.find()) {
        throw new IllegalStateException("no method " + call.group(3) + " of one argument for: " + statement);
      }
      List<String> body = statements(callee.group(2).replaceAll("\\breturn ", call.group(1)));
      for (String line : body) {
        String renamed = line.replaceAll("(?<![.\\w])" + callee.group(1) + "\\b", call.group(4));
        for (String local : locals(body)) {
          if (!local.equals(call.group(2))) {
            renamed = renamed.replaceAll("(?<![.\\w])" + local + "\\b(?!\\()", call.group(2) + "_" + local);
          }
        }
        expanded.add(renamed);
      }
    }
    return expanded;
  }

  private static Set<String> locals(List<String> statements) {
    Set<String> locals = new LinkedHashSet<>();
    for (String statement : statements) {
      Matcher declaration = DECLARATION.matcher(statement);
      if (declaration.matches()) {
        locals.add(declaration.group(1));
      }
    }
    return locals;
  }

  private static String forVector(int vector, String statement, Set<String> locals, String stride) {
    String renamed = statement.replaceAll("\\bat\\b", vector == 0 ? "i" : "i + " + stride);
    for (String local : locals) {
      renamed = renamed.replaceAll("(?<![.\\w])" + local + "\\b(?!\\()", local + "_" + vector);
    }
    return renamed;
  }
}
