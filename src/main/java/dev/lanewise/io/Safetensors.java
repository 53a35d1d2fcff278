package dev.lanewise.io;

import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.file.Excerpt;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Named tensors of a safetensors file, with its free text.
///
/// | bytes         | content                                                                                  |
/// |---------------|------------------------------------------------------------------------------------------|
/// | 0 to 8        | N, the header's length, little-endian, at most 100,000,000                               |
/// | 8 to 8 + N    | the header, JSON: name → `dtype`, `shape`, `data_offsets`; `__metadata__` → texts        |
/// | 8 + N to end  | the elements, little-endian, row-major, each byte belonging to exactly one tensor        |
///
/// | `dtype`                | read as                                                              |
/// |------------------------|----------------------------------------------------------------------|
/// | `F64`                  | double                                                               |
/// | `F32`                  | float                                                                |
/// | `F16`, `BF16`          | float, which holds all of their values                               |
/// | integers, `BOOL`       | [Integers], if [#read(Path, Predicate, Predicate)] asks for them     |
/// | `F8_…`, `C64`, others  | not                                                                  |
///
/// Tensors that are not read, including those of more elements than an array holds, are named by [#skipped()]. Memory
/// is bounded by the real size of what is read, whatever the header says. Source: the format's description and
/// reference implementation, `huggingface/safetensors`.
///
/// [#parameters(ParameterSpec, Precision)] gives a network's parameters:
///
/// ```java
/// Safetensors file = Safetensors.read(Path.of("digits-mlp.safetensors"));
/// Parameters theta = file.parameters(network.parameters(), Precision.FLOAT);
/// Tensor mean = file.get("standardize.mean");
/// ```
///
/// Immutable as a collection; the tensors are shared with the caller, not copied.
public final class Safetensors {

  private final Content content;

  Safetensors(Content content) {
    this.content = content;
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
    return read(path, wanted, _ -> false);
  }

  /// {@return those tensors of a file whose names are `wanted`, those of integers or booleans whose names `integers`
  /// accepts, and all its texts} The others take neither time nor memory. An integer takes 8 bytes, whatever it takes
  /// in the file.
  ///
  /// ```java
  /// Safetensors file = Safetensors.read(path, _ -> true, "embeddings.position_ids"::equals);
  /// long[] positions = file.integers("embeddings.position_ids").values();
  /// ```
  ///
  /// @throws MalformedSafetensorsException as [#read(Path)] does
  /// @throws IOException if it cannot be read
  public static Safetensors read(Path path, Predicate<String> wanted, Predicate<String> integers) throws IOException {
    return SafetensorsReader.read(path, wanted, integers);
  }

  /// {@return the tensors and texts that a stream holds to its end} It stays open. Messages call it `InputStream`.
  ///
  /// @throws MalformedSafetensorsException as [#read(Path)] does
  /// @throws IOException if it cannot be read
  public static Safetensors read(InputStream in) throws IOException {
    return read(in, _ -> true, _ -> false);
  }

  /// {@return what a stream holds to its end, as [#read(Path, Predicate, Predicate)] does of a file}
  ///
  /// @throws MalformedSafetensorsException as [#read(Path)] does
  /// @throws IOException if it cannot be read
  public static Safetensors read(InputStream in, Predicate<String> wanted, Predicate<String> integers)
      throws IOException {
    return new SafetensorsReader("InputStream", Channels.newChannel(in), SafetensorsReader.UNKNOWN)
        .read(wanted, integers);
  }

  /// {@return the tensors and texts in the buffer, from its position to its limit, neither of which changes} Messages
  /// call it `ByteBuffer`.
  ///
  /// @throws MalformedSafetensorsException as [#read(Path)] does
  public static Safetensors read(ByteBuffer bytes) throws MalformedSafetensorsException {
    return read(bytes, _ -> true, _ -> false);
  }

  /// {@return what a buffer holds, as [#read(Path, Predicate, Predicate)] does of a file}
  ///
  /// @throws MalformedSafetensorsException as [#read(Path)] does
  public static Safetensors read(ByteBuffer bytes, Predicate<String> wanted, Predicate<String> integers)
      throws MalformedSafetensorsException {
    return SafetensorsReader.read(bytes, wanted, integers);
  }

  /// {@return these tensors and texts, in the maps' order}
  ///
  /// @throws IllegalArgumentException if a tensor is [Tensor#none()] or named `__metadata__`, or a text is not valid
  ///     Unicode
  public static Safetensors of(Map<String, Tensor> tensors, Map<String, String> metadata) {
    return new Safetensors(Content.of(tensors, metadata));
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
    return new Safetensors(Content.of(theta, fileName, metadata));
  }

  /// {@return the tensors by name, in the header's order; unmodifiable}
  public Map<String, Tensor> tensors() {
    return content.tensors();
  }

  /// {@return the tensors of the file that no [Tensor] holds, by name: what they are, and what could be read} For
  /// example `num_batches_tracked` → `I64 [], expected F64, F32, F16 or BF16`; unmodifiable.
  public Map<String, String> skipped() {
    return content.inWords();
  }

  /// {@return the tensor of this name}
  ///
  /// @throws IllegalArgumentException if there is none, where the message names those that exist, or it is one of
  ///     [#skipped()]
  public Tensor get(String name) {
    return content.get(name);
  }

  /// {@return the integers of this name, which were asked for when this was read}
  ///
  /// @throws IllegalArgumentException if there are none; the message says what else the file has under this name, or
  ///     which were asked for
  public Integers integers(String name) {
    return content.getIntegers(name);
  }

  /// {@return the free texts by key, in the header's order; unmodifiable}
  public Map<String, String> metadata() {
    return content.metadata();
  }

  /// {@return the tensors whose names begin with `prefix`, under the rest of their names, with all texts:
  /// `under("encoder.")` makes `encoder.0.weight` into `0.weight`} [#read(Path, Predicate)] reads no others at all.
  public Safetensors under(String prefix) {
    return new Safetensors(content.under(prefix));
  }

  /// {@return these tensors, with the matrices of the given names transposed} Tensors of one axis or none stay as they
  /// are.
  ///
  /// A file does not say whether a kernel is `[out, in]` or `[in, out]`; if `in` = `out`, shapes do not either. For
  /// Flax and Keras, [#from(Framework)] converts names as well.
  ///
  /// @throws IllegalArgumentException if one of these names has more than two axes
  public Safetensors transposed(Predicate<String> names) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    content.tensors().forEach((name, tensor) ->
        all.put(name, names.test(name) ? Layouts.transposed(content.source(), name, tensor) : tensor));
    return new Safetensors(content.withTensors(all));
  }

  /// {@return these tensors, converted from the names and axes of a framework to those of layers here}
  ///
  /// ```java
  /// Parameters theta = file.from(Framework.FLAX).parameters(network.parameters(), Precision.FLOAT);
  /// ```
  ///
  /// Flax and Keras flatten images places by channels, layers here channels by places: a dense layer after a
  /// convolution needs [#channelsFirst].
  ///
  /// @throws IllegalArgumentException if two tensors get one name, or a layer is of a kind that [Framework] refuses
  public Safetensors from(Framework framework) {
    return new Safetensors(content.from(framework));
  }

  /// {@return these tensors, with the columns of a dense layer's weight reordered from places by channels to channels
  /// by places} The layer takes flattened images or sequences; Flax and Keras flatten these with channels last.
  ///
  /// @param name of the weight here, `Dense_0.weight`, its columns a multiple of `channels`
  /// @throws IllegalArgumentException if there is none of this name, or it is no matrix of so many columns
  public Safetensors channelsFirst(String name, int channels) {
    return new Safetensors(content.channelsFirst(name, channels));
  }

  /// {@return a network's parameters, each layer's from the layer of the same rank here}
  ///
  /// Numbers in names count only by their order, on both sides: PyTorch's `Sequential` numbers activations too, so its
  /// `0.weight`, `2.weight`, `4.weight` are the `0.weight`, `1.weight`, `2.weight` of layers that include their
  /// activation.
  ///
  /// Parts that PyTorch's wrappers insert, such as `module.` and `_orig_mod.`, are ignored unless the network has them
  /// ([Framework#PYTORCH]). [Framework#FLAX] and [Framework#KERAS] count layers by class; there the n-th layer of a
  /// kind is the network's n-th of that kind.
  ///
  /// No tensor that may belong to the network is left out silently: neither one whose name begins with a number, nor
  /// one beside a parameter's, such as `norm.running_mean` beside `norm.weight`. Integers beside parameters, such as
  /// `num_batches_tracked`, and other names, such as `standardize.mean`, are ignored.
  ///
  /// @param precision of the result; values are rounded if it is the narrower one
  /// @throws IllegalArgumentException if a parameter has no tensor here, a tensor that may belong to the network has no
  ///     parameter, two have one name without wrappers, or shapes differ; the message tabulates both sides
  public Parameters parameters(ParameterSpec spec, Precision precision) {
    return parameters(spec, precision, ParameterNames.inFile(content, spec)::get);
  }

  /// {@return a network's parameters, each from the tensor that `fileName` names for it} Which tensors are left out is
  /// the caller's choice.
  ///
  /// @param precision of the result; where it is the narrower, values are rounded
  /// @param fileName from a parameter's name to a tensor's
  /// @throws IllegalArgumentException if a tensor is missing, is one of [#skipped()], or has another shape, or a number
  ///     is beyond the range of `precision`
  public Parameters parameters(ParameterSpec spec, Precision precision, UnaryOperator<String> fileName) {
    return ParameterNames.values(content, spec, precision, fileName);
  }

  /// Writes a file, or replaces one: at any time `path` holds either the whole old file or the whole new one, even if
  /// the machine stops. The data begin at a multiple of 8 bytes, and each element at one of its size.
  ///
  /// An existing file keeps its permissions, and its owner if this user may give files away. A link stays a link; its
  /// target is replaced or made. Folders, devices, pipes and read-only files are refused.
  ///
  /// @throws IOException if it cannot be written; `path` is unchanged then
  /// @throws IllegalStateException if tensors were [#skipped()] when this was read; `Safetensors.of(tensors(),
  ///     metadata())` leaves them out
  public void write(Path path) throws IOException {
    if (!content.skipped().isEmpty()) {
      throw new IllegalStateException(content.source() + ": tensors " + Excerpt.of(content.skipped().keySet())
          + " were skipped and would be lost, expected none; Safetensors.of(tensors(), metadata()) leaves them out");
    }
    SafetensorsWriter.write(this, path);
  }

  @Override
  public String toString() {
    return content.toString();
  }
}
