package dev.lanewise.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Initializer;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/// Whatever a file calls its tensors and whatever shapes they have: they are turned with every number kept, or refused
/// by a message for people.
class HostileFrameworksTest {

  private static final int MOST_OF_A_MESSAGE = 4_200;

  @Provide
  Arbitrary<Map<String, Shape>> tensors() {
    Arbitrary<String> part = Arbitraries.of("params", "batch_stats", "Dense_0", "Dense_1", "dense", "cell", "lstm_cell",
        "forward_a", "backward_a", "MHA_0", "", "0", "Conv_0", "depthwise_conv2d");
    Arbitrary<String> last = Arbitraries.of("kernel", "bias", "scale", "mean", "var", "gamma", "moving_mean",
        "moving_variance", "recurrent_kernel", "depthwise_kernel", "kernel:0", "weight",
            "ii.alpha", "query.alpha", "alpha", "ii.kernel", "if.kernel",
        "ig.kernel", "io.kernel", "hi.kernel", "hf.kernel", "hg.kernel", "ho.kernel", "i.kernel", "h.kernel",
        "dense_i.kernel", "dense_h.kernel", "dense_i.bias", "query.kernel", "key.kernel", "value.kernel", "out.kernel",
        "out.bias", "query.bias");
    Arbitrary<String> name = Combinators.combine(part.list().ofMaxSize(2), last, Arbitraries.of(".", "/"))
        .as((parts, own, separator) -> {
          List<String> all = new ArrayList<>(parts);
          all.add(own);
          return String.join(separator, all);
        });
    Arbitrary<Shape> shape = Arbitraries.integers().between(0, 8).list().ofMaxSize(4)
        .map(dims -> Shape.of(dims.stream().mapToInt(Integer::intValue).toArray()));
    Arbitrary<Shape> square = Arbitraries.of(Shape.of(2, 2), Shape.of(2, 8), Shape.of(2, 6),
        Shape.of(2, 2, 2), Shape.of(2));
    return Arbitraries.maps(name, Arbitraries.oneOf(shape, square)).ofMaxSize(24);
  }

  /// Each tensor is full of a number of its own, from 2 on; zeros and ones may come.
  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void everyNumberIsKept(@ForAll("tensors") Map<String, Shape> shapes, @ForAll Framework framework,
      @ForAll boolean isDouble) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    Map<Double, Integer> before = new TreeMap<>();
    shapes.forEach((name, shape) -> {
      Tensor tensor = Tensor.zeros(isDouble && tensors.size() % 2 == 0 ? Precision.DOUBLE : Precision.FLOAT, shape);
      tensor.fill(tensors.size() + 2);
      tensors.put(name, tensor);
      count(tensor, before);
    });
    Safetensors file = Safetensors.of(tensors, Map.of());
    Safetensors turned;
    try {
      turned = file.from(framework);
    } catch (IllegalArgumentException refused) {
      assertTrue(refused.getMessage().startsWith("Safetensors: "), refused.getMessage());
      return;
    }
    Map<Double, Integer> after = new TreeMap<>();
    turned.tensors().values().forEach(tensor -> count(tensor, after));
    after.keySet().removeIf(value -> value < 2);
    assertEquals(before, after);
    List<ParameterSpec.Entry> entries = new ArrayList<>();
    turned.tensors().forEach((name, tensor) ->
        entries.add(new ParameterSpec.Entry(name, tensor.shape(), Initializer.zeros())));
    assertEquals(entries.size(), turned.parameters(ParameterSpec.of(entries.toArray(ParameterSpec.Entry[]::new)),
        Precision.DOUBLE, name -> name).count());
  }

  private static void count(Tensor tensor, Map<Double, Integer> values) {
    for (double value : tensor.toDoubles()) {
      values.merge(value, 1, Integer::sum);
    }
  }

  /// Six thousand layers are told apart at once, and a refusal names a few.
  @Test
  void manyLayers() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    List<ParameterSpec> layers = new ArrayList<>();
    for (int i = 2_999; i >= 0; i--) {
      tensors.put("Dense_" + i + "/kernel", Tensor.of(new float[] {i}, 1, 1));
      tensors.put("RNN_" + i + "/cell/i/kernel", Tensor.of(new float[] {i}, 1, 1));
      tensors.put("RNN_" + i + "/cell/h/kernel", Tensor.of(new float[] {i}, 1, 1));
      layers.add(ParameterSpec.of(new ParameterSpec.Entry("weight", Shape.of(1, 1), Initializer.zeros())));
    }
    for (int i = 0; i < 3_000; i++) {
      layers.add(ParameterSpec.of(new ParameterSpec.Entry("weight_ih_l0", Shape.of(1, 1), Initializer.zeros()),
          new ParameterSpec.Entry("weight_hh_l0", Shape.of(1, 1), Initializer.zeros())));
    }
    Safetensors file = Safetensors.of(tensors, Map.of()).from(Framework.FLAX);
    double[] theta = file.parameters(ParameterSpec.join(layers), Precision.FLOAT).flat().toDoubles();
    assertEquals(2_999, theta[2_999]);
    assertEquals(2_999, theta[8_999]);
    assertRefused(file, ParameterSpec.join(layers.subList(0, 3)));
  }

  @Test
  void longNames() {
    String name = "n".repeat(10_000);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (int i = 0; i < 30; i++) {
      tensors.put(name + i + "/kernel", Tensor.of(new float[] {i}, 1, 1));
    }
    tensors.put("Dense_0/kernel", Tensor.of(new float[] {1}, 1, 1));
    ParameterSpec spec = ParameterSpec.of(new ParameterSpec.Entry("weight", Shape.of(1, 1), Initializer.zeros()));
    for (Framework framework : Framework.values()) {
      assertRefused(Safetensors.of(tensors, Map.of()).from(framework), spec);
    }
    Map<String, Tensor> deep = Map.of("Dense_0.".repeat(5_000) + "kernel", Tensor.of(new float[] {3}, 1, 1));
    assertEquals(3,
        Safetensors.of(deep, Map.of()).from(Framework.FLAX).parameters(spec, Precision.FLOAT).get(0).get(0));
  }

  private static void assertRefused(Safetensors file, ParameterSpec spec) {
    String message = assertThrows(IllegalArgumentException.class, () -> file.parameters(spec, Precision.FLOAT))
        .getMessage();
    assertTrue(message.length() < MOST_OF_A_MESSAGE, () -> "message of " + message.length());
  }
}
