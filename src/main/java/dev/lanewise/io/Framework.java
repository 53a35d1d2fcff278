package dev.lanewise.io;

import java.util.Map;
import java.util.Set;

/// Whose names and axes a file has. [Safetensors#from(Framework)] converts them to those of layers here, which are
/// PyTorch's.
///
/// | Flax                                      | Keras                            | here                        |
/// |-------------------------------------------|----------------------------------|-----------------------------|
/// | `params/Dense_0/kernel`                   | `dense/kernel:0`                 | `Dense_0.weight`, `dense.weight` |
/// | `layers.0.kernel`                       | `s/dense/kernel`                | `layers.0.weight`, `s.dense.weight` |
/// | dense, `kernel [in, out]`                 | `kernel [in, out]`               | `weight [out, in]`          |
/// | convolution, `kernel […window, in, out]`  | `kernel […window, in, out]`      | `weight [out, in, …window]` |
/// |                                           | depthwise, `[…window, in, m]`    | `weight [in·m, 1, …window]` |
/// | `scale`, `bias`                           | `gamma`, `beta`                  | `weight`, `bias`            |
/// | `mean`, `var`                             | `moving_mean`, `moving_variance` | `running_mean`, `running_var` |
/// | `embedding`                               | `embeddings`                     | `weight`                    |
/// | cells: `ii/kernel`, …, `ho/bias`          | `kernel`, `recurrent_kernel`, `bias` | ¹                       |
/// | cells of NNX: `dense_i`, `dense_h`        |                                  | ¹                           |
/// | attention: `query`, `key`, `value`, `out` | the same, `attention_output`     | ²                           |
///
/// ¹ `weight_ih_l0`, `weight_hh_l0`, `bias_ih_l0`, `bias_hh_l0`; backward `…_reverse`. ² `in_proj_weight`,
/// `in_proj_bias`, `out_proj.weight`, `out_proj.bias`.
///
/// A batch normalisation without a scale or an offset gets 1 and 0. Transposed and separable convolutions are refused,
/// and so is a Keras GRU that resets before its product, or has no bias that tells. A file does not say everything. The
/// user must know activations, ε (1e-3 in Keras, 1e-6 in Flax's layer norm), and the layout of inputs (images are
/// `[height, width, channels]` there, `[channels, height, width]` here).
public enum Framework {
  /// PyTorch. Its wrappers' parts of names are removed wherever they occur: `module` of `DataParallel`, `_orig_mod` of
  /// `torch.compile`, `_fsdp_wrapped_module`, `_checkpoint_wrapped_module`.
  PYTORCH("PyTorch", Map.of()),
  /// Flax, Linen or NNX.
  FLAX("Flax", Map.of("kernel", "weight", "scale", "weight", "embedding", "weight", "mean", "running_mean",
      "var", "running_var")),
  /// Keras, 2 or 3.
  KERAS("Keras", Map.of("kernel", "weight", "gamma", "weight", "beta", "bias", "embeddings", "weight",
      "moving_mean", "running_mean", "moving_variance", "running_var", "depthwise_kernel", "weight"));

  private static final Set<String> COLLECTIONS = Set.of("params", "batch_stats");

  private final String text;
  private final Map<String, String> names;

  Framework(String text, Map<String, String> names) {
    this.text = text;
    this.names = names;
  }

  /// Whether the name's last part is one that no PyTorch layer has.
  static boolean hasKernelName(String name) {
    String path = KERAS.path(name);
    return path.substring(path.lastIndexOf('.') + 1).equals("kernel");
  }

  /// A name with dots between its parts, without Flax's collection at the beginning or Keras's `:0` at the end.
  String path(String name) {
    String path = name.replace('/', '.');
    if (this == KERAS) {
      return path.endsWith(":0") ? path.substring(0, path.length() - 2) : path;
    }
    int dot = path.indexOf('.');
    return dot >= 0 && COLLECTIONS.contains(path.substring(0, dot)) ? path.substring(dot + 1) : path;
  }

  /// PyTorch's name for a layer's own parameter.
  String parameter(String own) {
    return names.getOrDefault(own, own);
  }

  @Override
  public String toString() {
    return text;
  }
}
