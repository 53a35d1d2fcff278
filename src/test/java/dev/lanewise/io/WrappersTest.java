package dev.lanewise.io;

import static dev.lanewise.io.PyTorchNetworksTest.dense;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Initializer;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What PyTorch's wrappers put into names is in nobody's way, and never merges two tensors.
class WrappersTest {

  private static final Set<String> PARTS =
      Set.of("module", "_orig_mod", "_fsdp_wrapped_module", "_checkpoint_wrapped_module");

  @ParameterizedTest
  @CsvSource({
      "module.0.weight, 0.weight",
      "_orig_mod.0.weight, 0.weight",
      "_orig_mod.module.0.weight, 0.weight",
      "module._orig_mod.module.0.weight, 0.weight",
      "encoder._orig_mod.0.weight, encoder.0.weight",
      "encoder.module.0._checkpoint_wrapped_module.weight, encoder.0.weight",
      "_fsdp_wrapped_module.a._fsdp_wrapped_module.b, a.b",
      // Not wrappers: a parameter of that name, parts that only contain it, none at all.
      "module, module",
      "0.module, 0.module",
      "modules.0.my_module.module_.weight, modules.0.my_module.module_.weight",
      ".module..weight, ..weight",
      "0.weight, 0.weight",
  })
  void partsAreTakenOut(String name, String bare) {
    assertEquals(Map.of(bare, name), Wrappers.removed("file", List.of(name), List.of()));
  }

  @Test
  void whatTheNetworkHasIsNoWrapper() {
    assertEquals(Set.of("module.a", "b"),
        Wrappers.removed("file", List.of("_orig_mod.module.a", "b"), List.of("module.a", "b")).keySet());
  }

  @Test
  void parametersOfWrappedNetworks() {
    for (String prefix : new String[] {"", "module.", "_orig_mod.", "module._orig_mod.", "_orig_mod.module."}) {
      assertLoads(prefix + "0.weight", prefix + "0.bias", prefix + "2.weight", prefix + "2.bias");
      assertLoads("0." + prefix + "weight", "0." + prefix + "bias", "3.weight", "3.bias");
    }
    assertLoads("0.weight", "0.bias", "module.2.weight", "_orig_mod.2.bias");
  }

  private static void assertLoads(String... names) {
    Parameters theta = file(names).parameters(dense(2, 2, 2), Precision.DOUBLE);
    assertArrayEquals(new double[] {0, 0, 0, 0, 1, 1, 2, 2, 2, 2, 3, 3}, theta.flat().toDoubles(), names[0]);
  }

  /// Tensor i is full of i, a matrix for a weight and a vector else.
  private static Safetensors file(String... names) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String name : names) {
      Tensor tensor = name.endsWith("weight") ? Tensor.zeros(Precision.FLOAT, 2, 2) : Tensor.zeros(Precision.FLOAT, 2);
      tensor.fill(tensors.size());
      tensors.put(name, tensor);
    }
    return Safetensors.of(tensors, Map.of());
  }

  @Test
  void aNetworkWithAModuleOfItsOwn() {
    ParameterSpec spec = ParameterSpec.of(new ParameterSpec.Entry("module.bias", Shape.of(2), Initializer.zeros()),
        new ParameterSpec.Entry("bias", Shape.of(2), Initializer.zeros()));
    assertArrayEquals(new double[] {1, 1, 0, 0},
        file("bias", "module.bias").parameters(spec, Precision.DOUBLE).flat().toDoubles());
    assertArrayEquals(new double[] {1, 1, 0, 0},
        file("_orig_mod.bias", "_orig_mod.module.bias").parameters(spec, Precision.DOUBLE).flat().toDoubles());
  }

  @Test
  void twoTensorsAreNeverOne() {
    Safetensors file = file("0.weight", "0.bias", "module.0.weight");
    assertRefused("Safetensors: tensors 0.weight and module.0.weight are both 0.weight without PyTorch's wrappers, "
        + "expected one", () -> file.parameters(dense(2, 2), Precision.FLOAT));
    assertRefused("are both 0.weight", () -> file.from(Framework.PYTORCH));
  }

  @Test
  void whatIsLeftIsNamedAsInTheFile() {
    assertRefused("tensors [module.2.bias, module.2.weight] belong to no parameter",
        () -> file("module.0.weight", "module.0.bias", "module.2.weight", "module.2.bias")
            .parameters(dense(2, 2), Precision.FLOAT));
    assertRefused("tensors [module.running_mean] belong to no parameter",
        () -> file("module.weight", "module.running_mean").parameters(
            ParameterSpec.of(new ParameterSpec.Entry("weight", Shape.of(2, 2), Initializer.zeros())),
            Precision.FLOAT));
  }

  @Test
  void namesWithoutThem() throws IOException {
    Safetensors file = file("module.encoder._orig_mod.0.weight", "module.encoder._orig_mod.0.bias", "other");
    assertEquals(List.of("encoder.0.weight", "encoder.0.bias", "other"),
        List.copyOf(file.from(Framework.PYTORCH).tensors().keySet()));
    assertEquals(2, file.from(Framework.PYTORCH).under("encoder.").parameters(dense(2, 2), Precision.FLOAT).count());
  }

  @Provide
  Arbitrary<Set<String>> names() {
    return Arbitraries.of("module", "_orig_mod", "0", "1", "a", "", "_checkpoint_wrapped_module")
        .list().ofMinSize(1).ofMaxSize(5).map(parts -> String.join(".", parts)).set().ofMaxSize(12);
  }

  /// The definition: either no two names become one, and each is its parts without wrappers, or all is refused.
  @Property(tries = 300)
  void asDefined(@ForAll("names") Set<String> names, @ForAll("names") Set<String> inUse) {
    Set<String> removed = new HashSet<>(PARTS);
    inUse.forEach(name -> containers(name).forEach(removed::remove));
    Map<String, String> expected = new LinkedHashMap<>();
    for (String name : names) {
      List<String> parts = new ArrayList<>(containers(name));
      parts.removeIf(removed::contains);
      parts.add(name.substring(name.lastIndexOf('.') + 1));
      expected.put(String.join(".", parts), name);
    }
    if (expected.size() < names.size()) {
      assertRefused("without PyTorch's wrappers", () -> Wrappers.removed("file", names, inUse));
    } else {
      assertEquals(List.copyOf(expected.entrySet()),
          List.copyOf(Wrappers.removed("file", names, inUse).entrySet()));
    }
  }

  private static Collection<String> containers(String name) {
    String[] parts = name.split("\\.", -1);
    return Arrays.asList(parts).subList(0, parts.length - 1);
  }

  private static void assertRefused(String part, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }
}
