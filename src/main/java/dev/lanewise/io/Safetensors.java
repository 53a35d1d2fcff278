package dev.lanewise.io;

import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.RowOps;
import dev.lanewise.Tensor;
import dev.lanewise.file.Excerpt;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Named tensors as a safetensors file holds them, with free text beside them.
///
/// | bytes        | content                                                                                    |
/// |--------------|--------------------------------------------------------------------------------------------|
/// | 0 to 8       | N, the header's length, little-endian, at most 100,000,000                                  |
/// | 8 to 8 + N   | the header, JSON in UTF-8: name → `dtype`, `shape`, `data_offsets`; `__metadata__` → texts   |
/// | 8 + N to end | the elements, little-endian, row-major, each byte belonging to exactly one tensor            |
///
/// | `dtype`                        | read as                                                                     |
/// |--------------------------------|-----------------------------------------------------------------------------|
/// | `F64`                          | double                                                                      |
/// | `F32`                          | float                                                                       |
/// | `F16`, `BF16`                  | float, which holds each of their values                                     |
/// | integers, `BOOL`, `F8_…`, others | not: passed over, and named by [#skipped()] and wherever one is asked for  |
///
/// A tensor of more elements than an array holds is passed over as well. Memory is bounded by the real size of what is
/// read, whatever its header says: nothing is allocated before it is known to be there. Source: the format's
/// description and reference implementation, `huggingface/safetensors`.
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
  private final Map<String, String> skipped;

  /// The maps must not change any more: a file's are too large to copy.
  Safetensors(String source, Map<String, Tensor> tensors, Map<String, String> metadata, Map<String, String> skipped) {
    this.source = source;
    this.tensors = Collections.unmodifiableMap(tensors);
    this.metadata = Collections.unmodifiableMap(metadata);
    this.skipped = Collections.unmodifiableMap(skipped);
  }

  /// {@return the tensors and texts of a file}
  ///
  /// @throws MalformedSafetensorsException if it is not such a file; the message says what it is where that can be
  ///     told, such as a Git LFS pointer or an HTML page
  /// @throws IOException if it cannot be read
  public static Safetensors read(Path path) throws IOException {
    return read(path, _ -> true);
  }

  /// {@return those tensors of a file whose names are `wanted`, and all its texts} The others take neither time nor
  /// memory.
  ///
  /// @throws MalformedSafetensorsException as [#read(Path)] does
  /// @throws IOException if it cannot be read
  public static Safetensors read(Path path, Predicate<String> wanted) throws IOException {
    boolean isFile = Files.readAttributes(path, BasicFileAttributes.class).isRegularFile();
    try (SeekableByteChannel channel = Files.newByteChannel(path)) {
      long size = isFile ? channel.size() : SafetensorsReader.UNKNOWN; // A pipe says that it has 0 bytes.
      return new SafetensorsReader(path.toString(), channel, size).read(wanted);
    }
  }

  /// {@return the tensors and texts that a stream holds to its end} It stays open. Messages call it `InputStream`.
  ///
  /// @throws MalformedSafetensorsException as [#read(Path)] does
  /// @throws IOException if it cannot be read
  public static Safetensors read(InputStream in) throws IOException {
    return new SafetensorsReader("InputStream", Channels.newChannel(in), SafetensorsReader.UNKNOWN).read(_ -> true);
  }

  /// {@return the tensors and texts in the buffer, from its position to its limit, neither of which changes} Messages
  /// call it `ByteBuffer`.
  ///
  /// @throws MalformedSafetensorsException as [#read(Path)] does
  public static Safetensors read(ByteBuffer bytes) throws MalformedSafetensorsException {
    try {
      BufferChannel channel = new BufferChannel(bytes.duplicate());
      return new SafetensorsReader("ByteBuffer", channel, bytes.remaining()).read(_ -> true);
    } catch (MalformedSafetensorsException malformed) {
      throw malformed;
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /// {@return these tensors and texts, in the maps' order}
  ///
  /// @throws IllegalArgumentException if a tensor is [Tensor#none()] or named `__metadata__`, or a text is not valid
  ///     Unicode
  public static Safetensors of(Map<String, Tensor> tensors, Map<String, String> metadata) {
    tensors.forEach((name, tensor) -> {
      requireUnicode(name);
      if (name.equals(SafetensorsHeader.METADATA) || tensor.isNone()) {
        throw new IllegalArgumentException("Safetensors: " + Excerpt.of(name) + " is " + tensor
            + ", expected a tensor under a name of its own");
      }
    });
    metadata.forEach((key, text) -> {
      requireUnicode(key);
      requireUnicode(text);
    });
    return new Safetensors("Safetensors", new LinkedHashMap<>(tensors), new LinkedHashMap<>(metadata), Map.of());
  }

  /// {@return a network's parameters under their own names, with texts}
  ///
  /// @throws IllegalArgumentException if a text is not valid Unicode
  public static Safetensors of(Parameters theta, Map<String, String> metadata) {
    return of(theta, UnaryOperator.identity(), metadata);
  }

  /// {@return a network's parameters under the names that `fileName` gives them, with texts}
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

  /// {@return the tensors by name, in the header's order; unmodifiable}
  public Map<String, Tensor> tensors() {
    return tensors;
  }

  /// {@return the tensors of the file that no [Tensor] holds, by name: what they are, and what could be read} For
  /// example `num_batches_tracked` → `I64 [], expected F64, F32, F16 or BF16`; unmodifiable.
  public Map<String, String> skipped() {
    return skipped;
  }

  /// {@return the tensor of this name}
  ///
  /// @throws IllegalArgumentException if there is none, the message names those that exist; or it is one of
  ///     [#skipped()]
  public Tensor get(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor != null) {
      return tensor;
    }
    throw new IllegalArgumentException(skipped.containsKey(name)
        ? source + ": tensor " + Excerpt.of(name) + " is " + skipped.get(name)
        : source + ": no tensor " + Excerpt.of(name) + ", expected one of " + Excerpt.of(tensors.keySet()));
  }

  /// {@return the free texts by key, in the header's order; unmodifiable}
  public Map<String, String> metadata() {
    return metadata;
  }

  /// {@return the tensors whose names begin with `prefix`, under the rest of their names, with all texts:
  /// `under("encoder.")` makes `encoder.0.weight` into `0.weight`} [#read(Path, Predicate)] reads no others at all.
  public Safetensors under(String prefix) {
    return new Safetensors(source, under(prefix, tensors), metadata, under(prefix, skipped));
  }

  private static <T> Map<String, T> under(String prefix, Map<String, T> all) {
    Map<String, T> part = new LinkedHashMap<>();
    all.forEach((name, value) -> {
      if (name.startsWith(prefix)) {
        part.put(name.substring(prefix.length()), value);
      }
    });
    return part;
  }

  /// {@return these tensors, matrices of the given names transposed; tensors of one axis or none are what they were}
  ///
  /// Keras, JAX and Flax keep the kernel of a dense layer as `[in, out]`, where a layer here has a weight of `[out,
  /// in]`. A file does not say which; where `in` = `out` nothing else tells them apart.
  ///
  /// ```java
  /// file.transposed(name -> name.endsWith("kernel"))
  ///     .parameters(spec, Precision.FLOAT, name -> name.replace("weight", "kernel"));
  /// ```
  ///
  /// @throws IllegalArgumentException if one of these names has more than two axes
  public Safetensors transposed(Predicate<String> names) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> all.put(name, names.test(name) ? Transposed.of(source, name, tensor) : tensor));
    return new Safetensors(source, all, metadata, skipped);
  }

  /// {@return a network's parameters, each layer's from the layer of the same rank here}
  ///
  /// Numbers in names count only by their order among those that occur, on both sides: PyTorch's `Sequential` numbers
  /// activations too, so its `0.weight`, `2.weight`, `4.weight` are the `0.weight`, `1.weight`, `2.weight` of layers
  /// that take their activation along.
  ///
  /// No tensor that may belong to the network is left out silently: neither one whose name begins with a number, nor
  /// one beside a parameter's, such as `norm.running_mean` beside `norm.weight`, be it of [#skipped()] or not. PyTorch's
  /// `num_batches_tracked` beside running statistics that are taken, from which nothing is computed, and other
  /// names, such as `standardize.mean`, are not looked at.
  ///
  /// @param precision of the result; where it is the narrower, values are rounded
  /// @throws IllegalArgumentException if a parameter has no tensor here, a tensor that may belong to the network has no
  ///     parameter, or shapes differ
  public Parameters parameters(ParameterSpec spec, Precision precision) {
    List<String> names = new ArrayList<>(tensors.keySet());
    names.addAll(skipped.keySet());
    return parameters(spec, precision, ParameterNames.inFile(source, names, spec)::get);
  }

  /// {@return a network's parameters, each from the tensor that `fileName` names for it} Which tensors are left out is
  /// the caller's choice.
  ///
  /// @param precision of the result; where it is the narrower, values are rounded
  /// @param fileName from a parameter's name to a tensor's
  /// @throws IllegalArgumentException if a tensor is missing, is one of [#skipped()], or has another shape, or a number
  ///     is beyond the range of `precision`
  public Parameters parameters(ParameterSpec spec, Precision precision, UnaryOperator<String> fileName) {
    List<Tensor> values = new ArrayList<>();
    for (ParameterSpec.Entry entry : spec.entries()) {
      String name = fileName.apply(entry.name());
      Tensor tensor = get(name);
      if (!tensor.shape().equals(entry.shape())) {
        boolean turned = tensor.shape().rank() == 2 && entry.shape().is(tensor.shape().dim(1), tensor.shape().dim(0));
        throw new IllegalArgumentException(source + ": tensor " + Excerpt.of(name) + " is " + tensor.shape()
            + ", expected " + entry.shape() + " for parameter " + entry.name()
            + (turned ? "; of a file with [in, out] kernels take transposed" : ""));
      }
      values.add(tensor);
    }
    Parameters theta = Parameters.zeros(spec, precision);
    for (int index = 0; index < values.size(); index++) {
      String name = "the tensor for " + spec.entries().get(index).name();
      theta.get(index).copyFrom(RowOps.rounded(values.get(index), precision, source, name));
    }
    return theta;
  }

  /// Writes a file, or replaces one: at `path` there is at any time either the whole of what was there before, or the
  /// whole of this, also if the machine stops. The data begin at a multiple of 8 bytes, and each element at one of its
  /// size.
  ///
  /// A file that is there keeps its permissions, and its owner where this user may give files away; a link stays a
  /// link, and what it leads to is replaced or made. Folders, devices, pipes and files that nobody may write are
  /// refused.
  ///
  /// @throws IOException if it cannot be written; `path` is as it was then
  /// @throws IllegalStateException if tensors were [#skipped()] when this was read: a file without them is
  ///     `Safetensors.of(tensors(), metadata())`
  public void write(Path path) throws IOException {
    if (!skipped.isEmpty()) {
      throw new IllegalStateException(source + ": tensors " + Excerpt.of(skipped.keySet())
          + " were skipped and would be lost, expected none; Safetensors.of(tensors(), metadata()) leaves them out");
    }
    SafetensorsWriter.write(this, path);
  }

  /// Where it is from, names and shapes.
  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(", ", source + " [", "]");
    tensors.forEach((name, tensor) -> text.add(name + " " + tensor.shape()));
    skipped.forEach((name, what) -> text.add(name + " skipped: " + what));
    return text.toString();
  }
}
