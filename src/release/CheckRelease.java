import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.module.ModuleDescriptor;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Looks at what is to be released: each class has its source, the bill of materials names nothing, and a second build,
/// in another folder and time zone, has the same bytes.
public final class CheckRelease {

  /// What is attached to the jar, as it lies in the build's folder. The bill of materials has two forms.
  private static final List<String> BILLS = List.of("bom.json", "bom.xml");
  private static final Set<String> LEFT_BEHIND = Set.of("target", ".git", ".idea", ".vscode");

  private CheckRelease() {}

  public static void main(String[] arguments) throws Exception {
    Path root = Path.of(arguments[0]);
    Path built = Path.of(arguments[1]);
    String name = arguments[2];
    everyClassHasItsSource(built.resolve(name + ".jar"), built.resolve(name + "-sources.jar"));
    pagesOfWhatIsExported(built.resolve(name + ".jar"), built.resolve(name + "-javadoc.jar"));
    nothingComesAlong(built.resolve("bom.json"));
    Path copy = copy(root, built.resolve("again").resolve("in-another-folder"));
    build(copy, Path.of(arguments[3]), arguments[4]);
    List<String> files = new ArrayList<>(BILLS);
    for (String kind : List.of("", "-sources", "-javadoc")) {
      files.add(name + kind + ".jar");
    }
    for (String file : files) {
      sameBytes(built.resolve(file), copy.resolve("target").resolve(file));
    }
    System.out.println("built twice, the same bytes: " + String.join(", ", files));
  }

  /// A debugger looks for the file that a class names, in the folder of its package. So Float….java, which are written
  /// by the build, must be there.
  private static void everyClassHasItsSource(Path jar, Path sources) throws IOException {
    Set<String> missing = new TreeSet<>();
    int classes = 0;
    try (ZipFile compiled = new ZipFile(jar.toFile()); ZipFile written = new ZipFile(sources.toFile())) {
      for (ZipEntry entry : compiled.stream().filter(file -> file.getName().endsWith(".class")).toList()) {
        try (InputStream bytes = compiled.getInputStream(entry)) {
          String source = source(entry.getName(), ClassFile.of().parse(bytes.readAllBytes()));
          if (written.getEntry(source) == null) {
            missing.add(source);
          }
        }
        classes++;
      }
    }
    require(classes > 0 && missing.isEmpty(), sources + " lacks " + missing);
    System.out.println(classes + " classes have their sources");
  }

  private static String source(String file, ClassModel model) {
    String name = model.findAttribute(Attributes.sourceFile())
        .orElseThrow(() -> new IllegalStateException(file + " was compiled without debug information")).sourceFile()
        .stringValue();
    return file.substring(0, file.lastIndexOf('/') + 1) + name;
  }

  private static void pagesOfWhatIsExported(Path jar, Path javadoc) throws IOException {
    Set<String> exported = new TreeSet<>();
    try (ZipFile compiled = new ZipFile(jar.toFile()); InputStream module = compiled.getInputStream(
        compiled.getEntry("module-info.class"))) {
      ModuleDescriptor.read(module).exports().forEach(export -> exported.add(export.source()));
    }
    Set<String> described = new TreeSet<>();
    try (ZipFile pages = new ZipFile(javadoc.toFile()); InputStream list = pages.getInputStream(
        pages.getEntry("element-list"))) {
      new String(list.readAllBytes()).lines().filter(line -> !line.startsWith("module:")).forEach(described::add);
    }
    require(exported.equals(described), javadoc + " describes " + described + ", the module exports " + exported);
  }

  /// The jar depends on nothing outside the JDK: the bill has itself as its only node, and libraries of the tests are
  /// none of its matter.
  private static void nothingComesAlong(Path file) throws IOException {
    require(Files.exists(file), "there is no " + file + ": its plugin writes none where Maven is offline (-o)");
    String bill = Files.readString(file);
    String[] packages = bill.split("\"purl\"", -1);
    require(packages.length == 2 && packages[1].stripLeading().startsWith(": \"pkg:maven/dev.lanewise/lanewise@"),
        "the bill of materials names other packages than the library");
    require(bill.replaceAll("\\s", "").contains("\"dependsOn\":[]}]}"),
        "the bill of materials does not say that nothing is depended on");
  }

  private static Path copy(Path root, Path copy) throws IOException {
    if (Files.exists(copy)) {
      delete(copy);
    }
    Files.walkFileTree(root, new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
        if (!folder.equals(root) && LEFT_BEHIND.contains(folder.getFileName().toString())) {
          return FileVisitResult.SKIP_SUBTREE;
        }
        Files.createDirectories(copy.resolve(root.relativize(folder)));
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (!LEFT_BEHIND.contains(file.getFileName().toString())) {
          Files.copy(file, copy.resolve(root.relativize(file)));
        }
        return FileVisitResult.CONTINUE;
      }
    });
    return copy;
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /// Up to the phase package, which is before this check and its like.
  private static void build(Path folder, Path maven, String repository) throws IOException, InterruptedException {
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    List<String> command = List.of(maven.resolve("bin").resolve(windows ? "mvn.cmd" : "mvn").toString(),
        "-B", "-q", "-Prelease", "-Dmaven.test.skip=true", "-Dmaven.repo.local=" + repository, "package");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).inheritIO();
    builder.environment().put("TZ", "Asia/Kathmandu");
    builder.environment().put("LC_ALL", "fr_FR.UTF-8");
    builder.environment().put("MAVEN_OPTS", "-Duser.language=fr -Duser.country=FR -Duser.timezone=Asia/Kathmandu");
    require(builder.start().waitFor() == 0, "the second build failed");
  }

  private static void sameBytes(Path first, Path second) throws IOException {
    long differs = Files.mismatch(first, second);
    require(differs < 0,
        () -> first + " and " + second + " differ from byte " + differs + " on" + firstEntryThatDiffers(first, second));
  }

  private static String firstEntryThatDiffers(Path first, Path second) {
    if (!first.toString().endsWith(".jar")) {
      return "";
    }
    try (ZipFile one = new ZipFile(first.toFile()); ZipFile other = new ZipFile(second.toFile())) {
      for (ZipEntry entry : one.stream().toList()) {
        ZipEntry twin = other.getEntry(entry.getName());
        if (twin == null || twin.getCrc() != entry.getCrc() || twin.getTime() != entry.getTime()) {
          return ", first in " + entry.getName();
        }
      }
      return ", in the order of their entries";
    } catch (IOException unreadable) {
      return ", and cannot be read: " + unreadable.getMessage();
    }
  }

  private static void require(boolean holds, String otherwise) {
    require(holds, () -> otherwise);
  }

  private static void require(boolean holds, java.util.function.Supplier<String> otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise.get());
    }
  }
}
