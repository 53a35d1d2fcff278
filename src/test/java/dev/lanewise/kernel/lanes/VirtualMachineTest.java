package dev.lanewise.kernel.lanes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.kernel.DoubleKernels;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which kernels are chosen in virtual machines of all kinds, why, and that they compute.
class VirtualMachineTest {

  private static final String MODULE = "--add-modules jdk.incubator.vector ";

  /// Prints what is chosen, and a sum that has a rest beside the whole vectors of any width: Σ i² to 42.
  static final class Chosen {

    private Chosen() {}

    public static void main(String[] arguments) {
      double[] x = new double[43];
      Arrays.setAll(x, i -> i);
      System.out.println((VirtualMachine.hasVectors() ? "vectors " : "portable ")
          + (MultiplyAdd.FUSED ? "fused " : "apart ")
          + (int) DoubleKernels.BEST.dot(43, x, 0, x, 0));
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "-XX:MaxVectorSize=8          | portable | vectors of 64 bit are too narrow",
      "-XX:-UseFMA                  | portable | no fused multiply-add",
      "-Xint                        | portable | nothing is compiled by C2 (interpreted",
      "-XX:TieredStopAtLevel=1      | portable | nothing is compiled by C2 (mixed mode, emulated-client",
      "-XX:TieredStopAtLevel=3      | portable | nothing is compiled by C2 (-XX:TieredStopAtLevel=3)",
      "-XX:-UseCompiler             | portable | nothing is compiled by C2",
      "-XX:MaxVectorSize=16 -Dlanewise.lanes=8 | portable | vectors of 256 bit (-Dlanewise.lanes) are wider",
      "-XX:+UnlockExperimentalVMOptions -XX:-EnableVectorSupport | portable | -XX:-EnableVectorSupport",
      "-XX:MaxVectorSize=16         | vectors  | ''",
      "--limit-modules java.base,java.logging,jdk.incubator.vector | vectors | ''"})
  void choosesByWhatTheMachineCompiles(String options, String chosen, String reason) throws Exception {
    assumeTrue(VirtualMachine.hasVectors(), "the options take away what must be there");
    String printed = run(MODULE + options);
    assertTrue(printed.contains(chosen), printed);
    assertTrue(printed.contains(options.equals("-XX:-UseFMA") ? "apart 25585" : "fused 25585"), printed);
    assertTrue(printed.contains(reason), printed);
    assertEquals(reason.isEmpty() ? 1 : 2, printed.split("Lanewise runs on its portable kernels", -1).length, printed);
  }

  @ParameterizedTest
  @CsvSource({"-XX:+UseSerialGC, fused", "-XX:-UseFMA, apart", "-Xint -XX:-UseFMA, apart"})
  void knowsWithoutTheModuleWhetherMultiplyAddsFuse(String options, String fused) throws Exception {
    assumeTrue(MultiplyAdd.FUSED, "the options take away what must be there");
    assertTrue(run(options).contains("portable " + fused + " 25585"));
  }

  private static String run(String options) throws Exception {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(Arrays.asList(options.trim().split(" +")));
    command.addAll(List.of("-cp", place(VirtualMachine.class) + File.pathSeparator + place(Chosen.class),
        Chosen.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), printed);
    return printed;
  }

  private static Path place(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
