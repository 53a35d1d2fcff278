package dev.lanewise.docs;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import dev.lanewise.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// The packages that the module exports, and their sources, those that are written by hand.
final class PublicApi {

  /// What stands before a public member, and where.
  record Comment(String where, String text) {}

  private static final Path SOURCES = Path.of("src/main/java");

  private PublicApi() {}

  static Path classes() throws Exception {
    return Path.of(Tensor.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  static List<String> packages() throws Exception {
    return exportsAndOthers().get(true);
  }

  /// Packages that are exported, by true, and those that are not, by false.
  static SortedMap<Boolean, List<String>> exportsAndOthers() throws Exception {
    try (InputStream module = Files.newInputStream(classes()
        .resolve("module-info.class")); Stream<Path> files = Files.walk(SOURCES)) {
      List<String> exported = ModuleDescriptor.read(module).exports().stream().map(ModuleDescriptor.Exports::source)
          .sorted().toList();
      List<String> all = files.filter(file -> file.endsWith("package-info.java"))
          .map(file -> SOURCES.relativize(file.getParent()).toString().replaceAll("[/\\\\]", ".")).sorted().toList();
      return new TreeMap<>(java.util.Map.of(true, exported, false,
          all.stream().filter(name -> !exported.contains(name)).toList()));
    }
  }

  static Path folder(String name) {
    return SOURCES.resolve(name.replace('.', '/'));
  }

  static List<Path> sources() throws Exception {
    List<Path> sources = new ArrayList<>();
    for (String name : packages()) {
      try (Stream<Path> files = Files.list(folder(name))) {
        files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(sources::add);
      }
    }
    return sources;
  }

  /// Parsed only: what types mean, nobody needs to know here.
  static JavacTask parser(List<Path> sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
    return (JavacTask) compiler.getTask(null, files, null, List.of("-proc:none"), null,
        files.getJavaFileObjectsFromPaths(sources));
  }

  /// The comments of all that is public in what is exported.
  static List<Comment> comments() throws Exception {
    JavacTask task = parser(sources());
    List<Comment> found = new ArrayList<>();
    for (CompilationUnitTree unit : task.parse()) {
      new PublicMembers(task, unit) {
        @Override
        void member(CharSequence name, Tree member) {
          String text = comments.getDocComment(getCurrentPath());
          if (text != null) {
            found.add(new Comment(where(name), text));
          }
        }
      }.scan(unit, null);
    }
    return found;
  }
}
