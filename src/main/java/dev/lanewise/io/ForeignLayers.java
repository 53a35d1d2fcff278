package dev.lanewise.io;

import dev.lanewise.Tensor;
import dev.lanewise.file.Excerpt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Converts layers of Flax or Keras to PyTorch's, by the table in [Framework]: cells by [ForeignCells], attention by
/// [ForeignAttention].
final class ForeignLayers {

  private final Framework framework;
  private final String source;
  private final Map<String, Tensor> converted = new LinkedHashMap<>();

  private ForeignLayers(Framework framework, String source) {
    this.framework = framework;
    this.source = source;
  }

  /// The tensors of a file under PyTorch's names.
  static Map<String, Tensor> converted(Framework framework, String source, Map<String, Tensor> tensors) {
    if (framework == Framework.PYTORCH) {
      return renamed(framework, source, tensors);
    }
    ForeignLayers layers = new ForeignLayers(framework, source);
    Map<String, Map<String, Tensor>> byLayer = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> {
      String path = framework.path(name);
      int dot = path.lastIndexOf('.');
      Map<String, Tensor> layer =
          byLayer.computeIfAbsent(path.substring(0, Math.max(dot, 0)), _ -> new LinkedHashMap<>());
      if (layer.put(path.substring(dot + 1), tensor) != null) {
        throw layers.refusal(name, "two tensors become " + Excerpt.of(path) + ", expected one");
      }
    });
    ForeignCells.take(framework, source, byLayer, layers::put);
    ForeignAttention.take(source, byLayer, layers::put);
    byLayer.forEach(layers::convert);
    return layers.converted;
  }

  static <T> Map<String, T> renamed(Framework framework, String source, Map<String, T> all) {
    Map<String, T> renamed = new LinkedHashMap<>();
    if (framework == Framework.PYTORCH) {
      Wrappers.removed(source, all.keySet(), List.of()).forEach((bare, name) -> renamed.put(bare, all.get(name)));
      return renamed;
    }
    all.forEach((name, value) -> {
      if (renamed.put(framework.path(name), value) != null) {
        throw new IllegalArgumentException(source + ": two tensors become " + Excerpt.of(framework.path(name))
            + ", expected one");
      }
    });
    return renamed;
  }

  private void convert(String layer, Map<String, Tensor> parameters) {
    requireKnown(layer, parameters.keySet());
    boolean isDepthwise = parameters.containsKey("depthwise_kernel") || lastPart(layer).startsWith("depthwise_conv");
    boolean hasStatistics = parameters.keySet().containsAll(framework == Framework.FLAX ? List.of("mean", "var")
        : List.of("moving_mean", "moving_variance"));
    parameters.forEach((own, tensor) -> {
      boolean isStatistic = own.equals("mean") || own.equals("var");
      String name = isStatistic && !hasStatistics ? own : framework.parameter(own);
      boolean isKernel = own.equals("kernel") || own.equals("depthwise_kernel");
      put(name(layer, name), !isKernel ? tensor : isDepthwise ? Layouts.depthwise(tensor) : Layouts.weight(tensor));
    });
    if (hasStatistics) {
      Tensor mean = converted.get(name(layer, "running_mean"));
      putIfAbsent(name(layer, "weight"), mean, 1);
      putIfAbsent(name(layer, "bias"), mean, 0);
    }
  }

  private void requireKnown(String layer, Set<String> parameters) {
    String last = lastPart(layer).toLowerCase(Locale.ROOT).replace("_", "");
    if (last.matches("(conv[123]d|conv)transpose[0-9]*")) {
      throw refusal(layer, "is a transposed convolution, which no layer here is");
    }
    if (parameters.contains("pointwise_kernel")) {
      throw refusal(layer, "is a separable convolution, expected a depthwise and a dense one as layers of their own");
    }
  }

  private void putIfAbsent(String name, Tensor like, double value) {
    if (!converted.containsKey(name)) {
      Tensor constant = Tensor.zeros(like.precision(), like.shape());
      constant.fill(value);
      put(name, constant);
    }
  }

  private void put(String name, Tensor tensor) {
    if (converted.put(name, tensor) != null) {
      throw refusal(name, "is what two tensors become, expected one");
    }
  }

  /// Removes a layer's own parameters of these names from `layers`, and keeps its others.
  static void take(Map<String, Map<String, Tensor>> layers, String layer, String... own) {
    Map<String, Tensor> parameters = layers.get(layer);
    parameters.keySet().removeAll(Set.of(own));
    if (parameters.isEmpty()) {
      layers.remove(layer);
    }
  }

  static String lastPart(String layer) {
    return layer.substring(layer.lastIndexOf('.') + 1);
  }

  static String name(String layer, String own) {
    return layer.isEmpty() ? own : layer + "." + own;
  }

  private IllegalArgumentException refusal(String name, String what) {
    return new IllegalArgumentException(source + ": " + Excerpt.of(name) + " " + what);
  }
}
