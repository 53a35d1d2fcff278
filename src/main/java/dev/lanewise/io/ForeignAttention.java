package dev.lanewise.io;

import dev.lanewise.Tensor;
import dev.lanewise.file.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// Converts self-attention of Flax or Keras to PyTorch's.
///
/// | in the file                                                  | here                                    |
/// |--------------------------------------------------------------|-----------------------------------------|
/// | `query`, `key`, `value`: `kernel [features, heads, d]`       | `in_proj_weight [3·features, features]` |
/// | their `bias [heads, d]`                                      | `in_proj_bias`                          |
/// | `out`, Keras `attention_output`: `kernel [heads, d, features]` | `out_proj.weight [features, features]` |
/// | its `bias`                                                   | `out_proj.bias`                         |
final class ForeignAttention {

  private static final List<String> PROJECTIONS = List.of("query", "key", "value");

  private ForeignAttention() {}

  static void take(String source, Map<String, Map<String, Tensor>> layers, BiConsumer<String, Tensor> out) {
    for (String query : List.copyOf(layers.keySet())) {
      if (!ForeignLayers.lastPart(query).equals("query")) {
        continue;
      }
      String layer = query.substring(0, Math.max(query.length() - "query".length() - 1, 0));
      String outer = layers.containsKey(ForeignLayers.name(layer, "attention_output")) ? "attention_output" : "out";
      if (isAttention(layers, layer, outer)) {
        put(source, layers, layer, outer, out);
      }
    }
  }

  private static boolean isAttention(Map<String, Map<String, Tensor>> layers, String layer, String outer) {
    List<String> parts = new ArrayList<>(PROJECTIONS);
    parts.add(outer);
    for (String part : parts) {
      Map<String, Tensor> own = layers.get(ForeignLayers.name(layer, part));
      if (own == null || !own.containsKey("kernel") || own.get("kernel").shape().rank() != 3
          || own.get("kernel").size() == 0) {
        return false;
      }
    }
    return true;
  }

  private static void put(String source, Map<String, Map<String, Tensor>> layers, String layer, String outer,
      BiConsumer<String, Tensor> out) {
    List<Tensor> weights = new ArrayList<>();
    List<Tensor> biases = new ArrayList<>();
    for (String projection : PROJECTIONS) {
      Map<String, Tensor> own = layers.get(ForeignLayers.name(layer, projection));
      Tensor kernel = own.get("kernel");
      int features = kernel.shape().dim(0);
      weights.add(Layouts.transposed(kernel.reshape(features, kernel.size() / features)));
      if (own.containsKey("bias")) {
        biases.add(own.get("bias").reshape(own.get("bias").size()));
      }
      ForeignLayers.take(layers, ForeignLayers.name(layer, projection), "kernel", "bias");
    }
    if (biases.size() % PROJECTIONS.size() != 0) {
      throw new IllegalArgumentException(source + ": attention " + Excerpt.of(layer) + " has " + biases.size()
          + " biases of query, key and value, expected none or 3");
    }
    Map<String, Tensor> own = layers.get(ForeignLayers.name(layer, outer));
    out.accept(ForeignLayers.name(layer, "in_proj_weight"), Layouts.stacked(source, layer, weights));
    if (!biases.isEmpty()) {
      out.accept(ForeignLayers.name(layer, "in_proj_bias"), Layouts.stacked(source, layer, biases));
    }
    out.accept(ForeignLayers.name(layer, "out_proj.weight"), Layouts.transposed(own.get("kernel")));
    if (own.containsKey("bias")) {
      out.accept(ForeignLayers.name(layer, "out_proj.bias"), own.get("bias"));
    }
    ForeignLayers.take(layers, ForeignLayers.name(layer, outer), "kernel", "bias");
  }
}
