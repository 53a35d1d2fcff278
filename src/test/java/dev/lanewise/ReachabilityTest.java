package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a native image is told that the library reaches by name: all that it does reach so, and nothing that is not
/// there.
///
/// No native image is built here. What can be checked without is read off the library's own bytecode: each call of the
/// JDK's that finds a class, a member, a resource or a service by name, with the last text loaded before it.
class ReachabilityTest {

  private static final String FILE = "/META-INF/native-image/dev.lanewise/lanewise/reachability-metadata.json";
  private static final Set<String> OF_CLASSES = Set.of("forName");
  private static final Set<String> OF_MEMBERS = Set.of(
      "getMethod", "getDeclaredMethod", "getMethods", "getDeclaredMethods", "getField", "getDeclaredField",
      "getFields", "getDeclaredFields",
      "getConstructor", "getDeclaredConstructor", "getConstructors", "getDeclaredConstructors", "getRecordComponents",
      "findVirtual", "findStatic", "findSpecial", "findConstructor", "findVarHandle", "findStaticVarHandle",
      "findGetter", "findSetter",
      "findStaticGetter", "findStaticSetter", "findClass", "loadClass");
  private static final Set<String> OF_RESOURCES = Set.of("getResource", "getResources", "getResourceAsStream",
      "getBundle");
  private static final Set<String> OF_OTHERS = Set.of("defineHiddenClass", "defineHiddenClassWithClassData",
      "defineClass", "newProxyInstance",
      "readObject", "writeObject", "nativeLinker", "libraryLookup", "loadLibrary", "getSystemResource",
      "getSystemResourceAsStream");
  private static final Set<String> OWNERS = Set.of("java/lang/Class", "java/lang/ClassLoader", "java/lang/Module",
      "java/lang/invoke/MethodHandles$Lookup", "java/util/ServiceLoader", "java/util/ResourceBundle",
      "java/lang/reflect/Proxy",
      "java/io/ObjectInputStream", "java/io/ObjectOutputStream", "java/lang/foreign/Linker",
      "java/lang/foreign/SymbolLookup",
      "java/lang/System", "java/lang/Runtime");

  /// One call, and the last text that was loaded before it, empty where none was.
  private record Call(String caller, String method, String text) implements Comparable<Call> {

    @Override
    public int compareTo(Call other) {
      return toString().compareTo(other.toString());
    }
  }

  private final JsonNode metadata = read();
  private final SortedSet<Call> calls = calls();

  private static JsonNode read() {
    try (InputStream in = ReachabilityTest.class.getResourceAsStream(FILE)) {
      assertNotNull(in, FILE);
      return JsonMapper.builder().build().readTree(in);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theFileHasOnlyWhatItsSchemaHas() {
    assertEquals(Set.of("comment", "reflection", "resources"), Set.copyOf(metadata.propertyNames()));
    for (JsonNode entry : metadata.get("reflection")) {
      assertEquals(Set.of("reason", "condition", "type", "methods"), Set.copyOf(entry.propertyNames()),
          entry::toString);
      for (JsonNode method : entry.get("methods")) {
        assertEquals(Set.of("name", "parameterTypes"), Set.copyOf(method.propertyNames()), entry::toString);
      }
    }
    for (JsonNode entry : metadata.get("resources")) {
      assertEquals(Set.of("reason", "condition", "glob"), Set.copyOf(entry.propertyNames()), entry::toString);
    }
  }

  @Test
  void whatItNamesIsThere() throws Exception {
    for (JsonNode entry : metadata.get("reflection")) {
      assertNotNull(type(entry.get("condition").get("typeReached").asString()));
      Class<?> type = type(entry.get("type").asString());
      for (JsonNode method : entry.get("methods")) {
        Class<?>[] parameters = method.get("parameterTypes").valueStream().map(JsonNode::asString)
            .map(ReachabilityTest::type)
            .toArray(Class<?>[]::new);
        assertNotNull(type.getMethod(method.get("name").asString(), parameters));
      }
    }
    for (JsonNode entry : metadata.get("resources")) {
      assertNotNull(type(entry.get("condition").get("typeReached").asString()));
      PathMatcher glob = glob(entry);
      assertTrue(resources().stream().anyMatch(glob::matches), () -> "no resource is " + entry.get("glob"));
    }
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName(name, false, ReachabilityTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError("the metadata name " + name + ", which is not there", e);
    }
  }

  @Test
  void eachClassThatIsFoundByNameIsNamed() {
    Set<String> named = new HashSet<>();
    metadata.get("reflection").forEach(entry -> named.add(entry.get("type").asString()));
    List<Call> found = calls.stream().filter(call -> OF_CLASSES.contains(call.method())).toList();
    assertFalse(found.isEmpty(), "no call is found: the search is blind");
    assertEquals(List.of(), found.stream().filter(call -> !named.contains(call.text())).toList(),
        "name them in " + FILE);
  }

  @Test
  void eachMethodThatIsFoundByNameIsNamed() {
    Set<String> named = new HashSet<>();
    metadata.get("reflection")
        .forEach(entry -> entry.get("methods").forEach(method -> named.add(method.get("name").asString())));
    List<Call> found = calls.stream().filter(call -> OF_MEMBERS.contains(call.method())).toList();
    assertFalse(found.isEmpty(), "no call is found: the search is blind");
    // The constructor of a class that is defined at run time, so never in a native image.
    assertEquals(List.of("dev/lanewise/kernel/chain/StraightLine getDeclaredConstructor"),
        found.stream().filter(call -> !named.contains(call.text())).map(call -> call.caller() + " " + call.method())
        .distinct().toList(),
        "name them in " + FILE);
  }

  @Test
  void eachResourceIsNamed() throws IOException {
    assertEquals(List.of("dev/lanewise/autodiff/cost/CostModel$BuiltIn"),
        calls.stream().filter(call -> OF_RESOURCES.contains(call.method())).map(Call::caller).distinct().toList());
    List<PathMatcher> globs = metadata.get("resources").valueStream().map(ReachabilityTest::glob).toList();
    assertEquals(List.of(),
        resources().stream().filter(path -> globs.stream().noneMatch(glob -> glob.matches(path))).toList());
  }

  /// Serialization, proxies, native functions and services would each be another chapter of the file.
  @Test
  void nothingElseIsFoundByName() {
    assertEquals(List.of("dev/lanewise/kernel/chain/StraightLine defineHiddenClass"), calls.stream()
        .filter(call -> OF_OTHERS.contains(call.method()) || call.method().startsWith("load"))
        .map(call -> call.caller() + " " + call.method())
        .distinct().toList());
  }

  private static PathMatcher glob(JsonNode entry) {
    return FileSystems.getDefault().getPathMatcher("glob:" + entry.get("glob").asString());
  }

  /// What the jar has besides classes, but for what it says of itself.
  private static List<Path> resources() throws IOException {
    Path root = classes();
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).map(root::relativize)
          .filter(path -> !path.toString().endsWith(".class") && !path.startsWith("META-INF")).toList();
    }
  }

  private static SortedSet<Call> calls() {
    SortedSet<Call> calls = new TreeSet<>();
    try (Stream<Path> files = Files.walk(classes())) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        addCalls(ClassFile.of().parse(file), calls);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return calls;
  }

  private static void addCalls(ClassModel type, Set<Call> calls) {
    for (MethodModel method : type.methods()) {
      String text = "";
      for (CodeElement element : method.code().map(code -> code.elementList()).orElse(List.of())) {
        if (element instanceof ConstantInstruction constant && constant.constantValue() instanceof String loaded) {
          text = loaded;
        } else if (element instanceof InvokeInstruction call && OWNERS.contains(call.owner().asInternalName())
            && isByName(call.name().stringValue())) {
          calls.add(new Call(type.thisClass().asInternalName(), call.name().stringValue(), text));
        }
      }
    }
  }

  private static boolean isByName(String name) {
    return Stream.of(OF_CLASSES, OF_MEMBERS, OF_RESOURCES,
        OF_OTHERS).anyMatch(names -> names.contains(name)) || name.startsWith("load");
  }

  private static Path classes() {
    return Path.of(Tensor.class.getProtectionDomain().getCodeSource().getLocation().getPath());
  }
}
