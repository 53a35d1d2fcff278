package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A user on the module path: needs no flag, sees the exported packages and not the kernels.
class ModulePathTest {

  private static final String USE = """
      package user;
      import dev.lanewise.*;
      import dev.lanewise.autodiff.*;
      import dev.lanewise.nn.*;
      public class Main {
        public static void main(String[] arguments) {
          Sequential net = Sequential.of(new Dense(4, 8, Activation.TANH), new Dense(8, 2));
          Parameters theta = Parameters.initialize(net.parameters(), Precision.FLOAT, 1);
          Tensor x = Tensor.row(1f, 2f, 3f, 4f);
          System.out.println(Jacobians.jacobian(net, theta, x, Mode.FORWARD).shape());
          System.out.println(ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
          System.out.println(Tensor.class.getModule().isExported("dev.lanewise.kernel"));
        }
      }
      """;

  @Test
  void theModuleBringsTheVectorModuleAlong(@TempDir Path folder) throws Exception {
    Path sources = Files.createDirectories(folder.resolve("source/user"));
    Files.writeString(sources.resolve("Main.java"), USE);
    Path moduleInfo = Files.writeString(folder.resolve("source/module-info.java"),
        "module user { requires dev.lanewise; }");
    String classes = Path.of(Tensor.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    String user = folder.resolve("classes").toString();
    run(List.of("javac", "-p", classes, "-d", user, moduleInfo.toString(), sources.resolve("Main.java").toString()));
    String printed = run(List.of("java", "-p", classes + java.io.File.pathSeparator + user, "-m", "user/user.Main"));
    assertEquals(List.of("[2, 4]", "true", "false"), printed.lines().toList());
  }

  /// Runs a tool of this JDK and returns what it prints to its standard output.
  private static String run(List<String> command) throws IOException, InterruptedException {
    List<String> full = new java.util.ArrayList<>(command);
    full.set(0, Path.of(System.getProperty("java.home"), "bin", command.getFirst()).toString());
    Process process = new ProcessBuilder(full).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), () -> command + " printed " + printed);
    return printed;
  }
}
