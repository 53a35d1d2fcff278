package dev.lanewise.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/// A native library from a jar on the class path. All libraries of the jar are unpacked into one folder below `target`,
/// where they look for each other.
final class NativeLibrary {

  private static final Path UNPACKED = Path.of("target", "peers-native");
  private static final Linker LINKER = Linker.nativeLinker();

  private final String name;
  private final SymbolLookup symbols;

  private NativeLibrary(String name, SymbolLookup symbols) {
    this.name = name;
    this.symbols = symbols;
  }

  /// @param first resource of the first library to load, then the names of others beside it, separated by commas: those
  ///     that the wanted one needs and may not find itself
  /// @param name how the wanted one's file name begins
  /// @param environment name, value, name, value, …: environment variables to set before it is loaded; an empty value
  ///     unsets the variable
  static NativeLibrary open(String first, String name, String... environment) {
    if (!System.getProperty("os.name").equals("Linux") || !System.getProperty("os.arch").equals("amd64")) {
      throw new IllegalStateException("The native rivals only run on Linux on x86-64, this is "
          + System.getProperty("os.name") + " on " + System.getProperty("os.arch"));
    }
    int slash = first.lastIndexOf('/');
    List<String> needed = List.of(first.substring(slash + 1).split(","));
    for (int variable = 0; variable < environment.length; variable += 2) {
      setVariable(environment[variable], environment[variable + 1]);
    }
    try {
      Path folder = unpack(first.substring(0, slash + 1) + needed.getFirst());
      needed.forEach(each -> load(folder.resolve(each)));
      try (Stream<Path> files = Files.list(folder)) {
        Path wanted = files.filter(file -> file.getFileName().toString().startsWith(name)).findFirst()
            .orElseThrow(() -> new IllegalStateException(folder + " has no " + name));
        return new NativeLibrary(name, load(wanted));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// In the process itself: the libraries read them when they are loaded, however the process was started.
  private static void setVariable(String variable, String value) {
    MethodHandle unsetenv = standard("unsetenv", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    MethodHandle setenv = standard("setenv", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(variable);
      int failed = value.isEmpty() ? (int) unsetenv.invokeExact(name)
          : (int) setenv.invokeExact(name, arena.allocateFrom(value), 1);
      if (failed != 0) {
        throw new IllegalStateException("setting " + variable + " failed");
      }
    } catch (Throwable e) {
      throw new IllegalStateException("setting " + variable + " failed", e);
    }
  }

  @SuppressWarnings("restricted")
  private static MethodHandle standard(String function, FunctionDescriptor type) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(function), type);
  }

  private static Path unpack(String resource) throws IOException {
    URL url = NativeLibrary.class.getResource(resource);
    if (url == null) {
      throw new IllegalStateException("The class path has no " + resource + ": build with -Ppeers");
    }
    try (JarFile jar = ((JarURLConnection) url.openConnection()).getJarFile()) {
      Path file = Path.of(jar.getName()).getFileName();
      Path folder = Files.createDirectories(UNPACKED.resolve(file.toString().replace(".jar", "")));
      String prefix = resource.substring(1, resource.lastIndexOf('/') + 1);
      List<JarEntry> libraries = jar.stream().filter(entry -> isLibrary(entry.getName(), prefix)).toList();
      for (JarEntry library : libraries) {
        unpack(jar, library, folder.resolve(library.getName().substring(prefix.length())));
      }
      return folder.toAbsolutePath();
    }
  }

  /// Whether an entry is a library, except those that only JavaCPP calls.
  private static boolean isLibrary(String entry, String prefix) {
    return entry.startsWith(prefix) && entry.contains(".so") && !entry.contains("libjni");
  }

  private static void unpack(JarFile jar, JarEntry library, Path target) throws IOException {
    if (!Files.exists(target) || Files.size(target) != library.getSize()) {
      try (InputStream in = jar.getInputStream(library)) {
        Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  @SuppressWarnings("restricted")
  private static SymbolLookup load(Path file) {
    try {
      return SymbolLookup.libraryLookup(file, Arena.global());
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(file + " cannot be loaded, a library that it needs may be missing (see ldd): "
          + e.getMessage(), e);
    }
  }

  /// A handle for critical calls, the cheapest there are: the thread does not change its state.
  @SuppressWarnings("restricted")
  MethodHandle function(String function, FunctionDescriptor type) {
    return LINKER.downcallHandle(symbols.find(function)
        .orElseThrow(() -> new IllegalStateException(name + " has no " + function)),
        type, Linker.Option.critical(false));
  }

  /// For a handle's call, which the compiler only knows to throw a Throwable.
  static IllegalStateException failed(Throwable cause) {
    return new IllegalStateException("a native call failed", cause);
  }
}
