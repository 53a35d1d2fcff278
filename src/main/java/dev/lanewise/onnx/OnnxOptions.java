package dev.lanewise.onnx;

import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.onnx.format.ElementType;
import dev.lanewise.onnx.trace.Integers;
import dev.lanewise.onnx.trace.Numbers;
import dev.lanewise.onnx.trace.Value;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// How an ONNX file is read. Immutable: each method returns other options.
///
/// ```java
/// OnnxOptions options = OnnxOptions.defaults()
///     .inputs("state", "control")                       // x is both, concatenated
///     .fixed("mass", Tensor.of(new float[] {2}, 1))     // an input that is constant here
///     .length("horizon", 20)                            // an axis that the file leaves open
///     .output("next_state");                            // an output, or an intermediate value
/// ```
public final class OnnxOptions {

  private static final OnnxOptions DEFAULTS =
      new OnnxOptions(Optional.empty(), List.of(), Map.of(), Map.of(), Optional.empty(), false, false);

  private final Optional<Precision> precision;
  private final List<String> inputs;
  private final Map<String, Value> fixed;
  private final Map<String, Integer> lengths;
  private final Optional<String> output;
  private final boolean wholeSamples;
  private final boolean batchNormApart;

  private OnnxOptions(Optional<Precision> precision, List<String> inputs, Map<String, Value> fixed,
      Map<String, Integer> lengths, Optional<String> output, boolean wholeSamples,
      boolean batchNormApart) {
    this.precision = precision;
    this.inputs = inputs;
    this.fixed = fixed;
    this.lengths = lengths;
    this.output = output;
    this.wholeSamples = wholeSamples;
    this.batchNormApart = batchNormApart;
  }

  /// {@return the default options: the file's precision, all of its inputs, its only output}
  public static OnnxOptions defaults() {
    return DEFAULTS;
  }

  /// {@return options for a network that computes in this precision, whatever the precision of the weights}
  public OnnxOptions precision(Precision other) {
    return new OnnxOptions(Optional.of(other), inputs, fixed, lengths, output, wholeSamples, batchNormApart);
  }

  /// {@return options under which x is these inputs of the file, flattened and concatenated in this order} A single one
  /// keeps its shape. All others have to be fixed.
  ///
  /// @throws IllegalArgumentException if there is none, or one is named twice
  public OnnxOptions inputs(String... names) {
    List<String> list = List.of(names);
    if (list.isEmpty() || new HashSet<>(list).size() < list.size()) {
      throw new IllegalArgumentException("OnnxOptions: inputs are " + list + ", expected at least one, each once");
    }
    return new OnnxOptions(precision, list, fixed, lengths, output, wholeSamples, batchNormApart);
  }

  /// {@return options under which an input of the file is these numbers} If it has a batch, the batch is 1 long.
  public OnnxOptions fixed(String input, Tensor values) {
    return fixed(input, Numbers.constant(values.copy(), values.shape().toArray()));
  }

  /// {@return options under which an input of the file is these integers, for example a shape}
  ///
  /// @throws IllegalArgumentException if their number is not that of `shape`
  public OnnxOptions fixed(String input, Shape shape, long... values) {
    if (shape.size() != values.length) {
      throw new IllegalArgumentException("OnnxOptions: " + values.length + " integers for input " + input
          + ", expected " + shape.size() + " for " + shape);
    }
    return fixed(input, Integers.of(ElementType.INT64, values.clone(), shape.toArray()));
  }

  OnnxOptions fixed(String input, Value value) {
    Map<String, Value> more = new LinkedHashMap<>(fixed);
    more.put(Objects.requireNonNull(input, "input"), value);
    return new OnnxOptions(precision, inputs, more, lengths, output, wholeSamples, batchNormApart);
  }

  /// {@return options under which an axis that the file leaves open is this long}
  ///
  /// @param symbol what the file calls it
  /// @throws IllegalArgumentException for a length below 1
  public OnnxOptions length(String symbol, int length) {
    if (length < 1) {
      throw new IllegalArgumentException("OnnxOptions: length of " + symbol + " is " + length
          + ", expected at least 1");
    }
    Map<String, Integer> more = new LinkedHashMap<>(lengths);
    more.put(Objects.requireNonNull(symbol, "symbol"), length);
    return new OnnxOptions(precision, inputs, fixed, more, output, wholeSamples, batchNormApart);
  }

  /// {@return options under which y is this value of the file: an output or an intermediate value}
  public OnnxOptions output(String name) {
    return new OnnxOptions(precision, inputs, fixed, lengths, Optional.of(name), wholeSamples, batchNormApart);
  }

  /// {@return options for a file without a batch: its inputs are one sample} By default the first axis is the batch
  /// where its length is open, or is 1 and not the only axis.
  public OnnxOptions wholeSamples() {
    return new OnnxOptions(precision, inputs, fixed, lengths, output, true, batchNormApart);
  }

  /// {@return options under which batch norm keeps its own parameters} By default it is folded into the weights of a
  /// convolution or affine map before it, unless this library wrote the file.
  public OnnxOptions batchNormApart() {
    return new OnnxOptions(precision, inputs, fixed, lengths, output, wholeSamples, true);
  }

  Optional<Precision> precision() {
    return precision;
  }

  List<String> inputs() {
    return inputs;
  }

  Map<String, Value> fixed() {
    return fixed;
  }

  Map<String, Integer> lengths() {
    return lengths;
  }

  Optional<String> output() {
    return output;
  }

  boolean hasBatchNormApart() {
    return batchNormApart;
  }

  boolean hasWholeSamples() {
    return wholeSamples;
  }
}
