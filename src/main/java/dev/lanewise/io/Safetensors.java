package dev.lanewise.io;

import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Named tensors as a safetensors file holds them, with free text beside them.
///
/// | bytes        | content                                                                                    |
/// |--------------|--------------------------------------------------------------------------------------------|
/// | 0 to 8       | N, the header's length, little-endian, at most 100,000,000                                  |
/// | 8 to 8 + N   | the header, JSON in UTF-8: name → `dtype`, `shape`, `data_offsets`; `__metadata__` → texts   |
/// | 8 + N to end | the elements, little-endian, row-major, each byte belonging to exactly one tensor            |
///
/// `F32` and `F64` are supported, in one file also both; any other `dtype` is refused, not skipped. Reading never allocates
/// more than the file is large, whatever its header says. Source: the format's description and reference implementation,
/// `huggingface/safetensors`.
///
/// A network's parameters by [#parameters(ParameterSpec, Precision)]:
///
/// ```java
/// Safetensors file = Safetensors.read(Path.of("digits-mlp.safetensors"));
/// Parameters theta = file.parameters(network.parameters(), Precision.FLOAT);
/// Tensor mean = file.get("standardize.mean");
/// ```
///
/// Immutable as a collection; the tensors are shared with the caller, not copied.
public final class Safetensors {

  private final String source;
  private final Map<String, Tensor> tensors;
  private final Map<String, String> metadata;

  Safetensors(String source, Map<String, Tensor> tensors, Map<String, String> metadata) {
    this.source = source;
    this.tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    this.metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /// Reads a file.
  ///
  /// @throws MalformedSafetensorsException if it is not such a file, or holds another `dtype` than F32 and F64
  /// @throws IOException if it cannot be read
  public static Safetensors read(Path path) throws IOException {
    return SafetensorsFile.read(path);
  }

  /// These tensors and texts, in the maps' order.
  ///
  /// @throws IllegalArgumentException if a tensor is [Tensor#none()] or named `__metadata__`, or a text is not valid Unicode
  public static Safetensors of(Map<String, Tensor> tensors, Map<String, String> metadata) {
    tensors.forEach((name, tensor) -> {
      requireUnicode(name);
      if (name.equals(SafetensorsHeader.METADATA) || tensor.isNone()) {
        throw new IllegalArgumentException("Safetensors: " + name + " is " + tensor + ", expected a tensor under a name of its own");
      }
    });
    metadata.forEach((key, text) -> {
      requireUnicode(key);
      requireUnicode(text);
    });
    return new Safetensors("Safetensors", tensors, metadata);
  }

  /// A network's parameters under their own names, with texts.
  ///
  /// @throws IllegalArgumentException if a text is not valid Unicode
  public static Safetensors of(Parameters theta, Map<String, String> metadata) {
    return of(theta, UnaryOperator.identity(), metadata);
  }

  /// A network's parameters under the names that `fileName` gives them, with texts.
  ///
  /// @throws IllegalArgumentException if two get the same name, or a text is not valid Unicode
  public static Safetensors of(Parameters theta, UnaryOperator<String> fileName, Map<String, String> metadata) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (int index = 0; index < theta.count(); index++) {
      String name = fileName.apply(theta.spec().entries().get(index).name());
      if (tensors.put(name, theta.get(index)) != null) {
        throw new IllegalArgumentException("Safetensors: two parameters become " + name + ", expected a name for each");
      }
    }
    return of(tensors, metadata);
  }

  private static void requireUnicode(String text) {
    if (!JsonReader.isWellFormed(text)) {
      throw new IllegalArgumentException("Safetensors: lone surrogate in a name or text, expected Unicode text");
    }
  }

  /// The tensors by name, in the header's order; unmodifiable.
  public Map<String, Tensor> tensors() {
    return tensors;
  }

  /// The tensor of this name.
  ///
  /// @throws IllegalArgumentException if there is none; the message names those that exist
  public Tensor get(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(source + ": no tensor " + name + ", expected one of " + tensors.keySet());
    }
    return tensor;
  }

  /// The free texts by key, in the header's order; unmodifiable.
  public Map<String, String> metadata() {
    return metadata;
  }

  /// The tensors whose names begin with `prefix`, under the rest of their names, with all texts: `under("encoder.")` makes
  /// `encoder.0.weight` into `0.weight`.
  public Safetensors under(String prefix) {
    Map<String, Tensor> part = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> {
      if (name.startsWith(prefix)) {
        part.put(name.substring(prefix.length()), tensor);
      }
    });
    return new Safetensors(source, part, metadata);
  }

  /// A network's parameters, each layer's from the layer of the same rank here.
  ///
  /// Numbers in names count only by their order among those that occur, on both sides: PyTorch's `Sequential` numbers
  /// activations too, so its `0.weight`, `2.weight`, `4.weight` are the `0.weight`, `1.weight`, `2.weight` of layers that
  /// take their activation along. Names that begin without a number are only looked at if `spec` has them.
  ///
  /// @param precision of the result; where it is the narrower, values are rounded
  /// @throws IllegalArgumentException if a parameter has no tensor here, a numbered tensor here has no parameter, or shapes
  ///     differ
  public Parameters parameters(ParameterSpec spec, Precision precision) {
    Map<String, String> here = PositionalNames.byRank(tensors.keySet());
    Map<String, String> fileNames = new LinkedHashMap<>();
    PositionalNames.byRank(spec.entries().stream().map(ParameterSpec.Entry::name).toList()).forEach((ranked, name) -> {
      if (!here.containsKey(ranked)) {
        throw new IllegalArgumentException(source + ": no tensor for parameter " + name + ", expected one among "
            + tensors.keySet());
      }
      fileNames.put(name, here.get(ranked));
    });
    Set<String> left = new HashSet<>(tensors.keySet());
    left.removeAll(fileNames.values());
    left.removeIf(name -> !PositionalNames.isNumbered(name));
    if (!left.isEmpty()) {
      throw new IllegalArgumentException(source + ": tensors " + left.stream().sorted().toList()
          + " belong to no parameter, expected those of " + spec);
    }
    return parameters(spec, precision, fileNames::get);
  }

  /// A network's parameters, each from the tensor that `fileName` names for it.
  ///
  /// @param precision of the result; where it is the narrower, values are rounded
  /// @param fileName from a parameter's name to a tensor's
  /// @throws IllegalArgumentException if a tensor is missing or has another shape
  public Parameters parameters(ParameterSpec spec, Precision precision, UnaryOperator<String> fileName) {
    Parameters theta = Parameters.zeros(spec, precision);
    for (int index = 0; index < spec.entries().size(); index++) {
      ParameterSpec.Entry entry = spec.entries().get(index);
      String name = fileName.apply(entry.name());
      Tensor tensor = get(name);
      if (!tensor.shape().equals(entry.shape())) {
        throw new IllegalArgumentException(source + ": tensor " + name + " is " + tensor.shape() + ", expected " + entry.shape()
            + " for parameter " + entry.name());
      }
      theta.get(index).copyFrom(tensor.precision() == precision ? tensor : tensor.to(precision));
    }
    return theta;
  }

  /// Writes a file, or replaces one: at `path` there is at any time either the whole of what was there before, or the whole
  /// of this, also if the machine stops. The data begin at a multiple of 8 bytes, and each element at one of its size.
  ///
  /// @throws IOException if it cannot be written; `path` is as it was then
  public void write(Path path) throws IOException {
    SafetensorsFile.write(this, path);
  }

  /// Where it is from, names and shapes.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(source).append(" [");
    tensors.forEach((name, tensor) ->
        text.append(text.charAt(text.length() - 1) == '[' ? "" : ", ").append(name).append(' ').append(tensor.shape()));
    return text.append(']').toString();
  }
}
