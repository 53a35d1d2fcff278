package dev.lanewise.onnx;

import dev.lanewise.Shape;
import dev.lanewise.file.Excerpt;
import dev.lanewise.onnx.format.ElementType;
import dev.lanewise.onnx.format.ValueInfo;
import dev.lanewise.onnx.format.ValueInfo.Dimension;
import dev.lanewise.onnx.trace.Refusal;
import dev.lanewise.onnx.trace.Traced;
import java.util.ArrayList;
import java.util.List;

/// An input of the file that is x, or a part of x.
///
/// @param name its name in the file
/// @param type the type of its elements
/// @param dims its shape in the file, with the batch at length 1
/// @param batch the axis of the batch, −1 if there is none
/// @param open whether the file leaves the batch's length open; otherwise the length is 1
record GraphInput(String name, ElementType type, int[] dims, int batch, boolean open) {

  /// {@return whether its batch is 1 long in the file}
  boolean isOfOneSample() {
    return batch >= 0 && !open;
  }

  /// {@return the shape of a sample: without the batch}
  Shape sample() {
    return Shape.of(Traced.inner(dims, batch));
  }

  /// {@return these inputs; all of them have a batch, or none}
  ///
  /// @throws Refusal if a shape is missing, or only some inputs have a batch
  static List<GraphInput> of(List<ValueInfo> infos, OnnxOptions options) {
    List<GraphInput> inputs = new ArrayList<>();
    String symbol = "";
    for (ValueInfo info : infos) {
      List<Dimension> shape = info.shape().orElseThrow(() -> new Refusal("input " + Excerpt.of(info.name())
          + " has no shape, expected the lengths of its axes"));
      int batch = options.hasWholeSamples() ? -1 : batch(shape, symbol, options);
      if (!inputs.isEmpty() && batch < 0 != inputs.getFirst().batch < 0) {
        throw new Refusal("inputs " + Excerpt.of(infos.stream().map(ValueInfo::name).toList()) + ": "
            + Excerpt.of(info.name()) + " " + text(shape) + (batch < 0 ? " has no batch" : " has a batch")
            + ", expected a batch in all or in none: fix the others, or ask for OnnxOptions.wholeSamples()");
      }
      if (inputs.isEmpty() && batch >= 0) {
        symbol = shape.get(batch).symbol();
      }
      boolean open = batch >= 0 && shape.get(batch).length() < 0;
      inputs.add(new GraphInput(info.name(), info.type(), dims(info, shape, batch, options), batch, open));
    }
    return inputs;
  }

  private static int batch(List<Dimension> shape, String symbol, OnnxOptions options) {
    for (int axis = 0; axis < shape.size() && !symbol.isEmpty(); axis++) {
      if (shape.get(axis).symbol().equals(symbol)) {
        return axis;
      }
    }
    if (shape.isEmpty()) {
      return -1;
    }
    Dimension first = shape.getFirst();
    boolean open = first.length() < 0 && !options.lengths().containsKey(first.symbol());
    return open || first.length() == 1 && shape.size() > 1 ? 0 : -1;
  }

  private static int[] dims(ValueInfo info, List<Dimension> shape, int batch, OnnxOptions options) {
    int[] dims = new int[shape.size()];
    for (int axis = 0; axis < dims.length; axis++) {
      Dimension dimension = shape.get(axis);
      Integer told = options.lengths().get(dimension.symbol());
      long length = axis == batch ? 1 : dimension.length() < 0 && told != null ? told : dimension.length();
      if (length < 0) {
        throw new Refusal("input " + Excerpt.of(info.name()) + " " + text(shape) + " leaves axis " + axis
            + " open, expected its length by OnnxOptions.length(\"" + Excerpt.of(dimension.symbol()) + "\", …)");
      }
      if (length == 0 || length > Shape.LARGEST_ARRAY) {
        throw new Refusal("input " + Excerpt.of(info.name()) + " " + text(shape) + " has an axis of length " + length
            + ", expected 1 to " + Shape.LARGEST_ARRAY);
      }
      dims[axis] = (int) length;
    }
    requireSize(info, shape, dims);
    return dims;
  }

  private static void requireSize(ValueInfo info, List<Dimension> shape, int[] dims) {
    long size = 1;
    for (int length : dims) {
      size *= length;
      if (size > Shape.LARGEST_ARRAY) {
        throw new Refusal("input " + Excerpt.of(info.name()) + " " + text(shape) + " has more than "
            + Shape.LARGEST_ARRAY + " elements, expected what an array holds");
      }
    }
  }

  private static String text(List<Dimension> shape) {
    return Excerpt.of(shape.stream().map(each -> each.length() < 0 ? each.symbol() : "" + each.length()).toList());
  }
}
