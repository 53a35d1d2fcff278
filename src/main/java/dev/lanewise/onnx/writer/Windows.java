package dev.lanewise.onnx.writer;

import dev.lanewise.Activation;
import dev.lanewise.Shape;
import dev.lanewise.onnx.format.AttributeProto;
import dev.lanewise.ops.Window;
import java.util.ArrayList;
import java.util.List;

/// Convolutions and pooling.
record Windows(FileGraph file, String scope) {

  /// @param axes along which the window slides: 1 or 2
  Written convolution(
      Window window, int axes, int groups, Activation phi, Written x, Weights own, Shape result) {
    List<AttributeProto> attributes = attributes(window, axes);
    attributes.add(dilations(window, axes));
    attributes.add(Attribute.of("group", (long) groups));
    String z = file.node(scope, "Conv", file.inputs(x, own), attributes.toArray(AttributeProto[]::new));
    return Activations.write(file, phi, x.named(z, result), scope);
  }

  Written maximum(Window window, int axes, Written x, Shape result) {
    List<AttributeProto> attributes = attributes(window, axes);
    attributes.add(dilations(window, axes));
    return pool("MaxPool", axes, attributes, x, result);
  }

  Written mean(Window window, int axes, boolean countPadding, Written x, Shape result) {
    List<AttributeProto> attributes = attributes(window, axes);
    attributes.add(Attribute.of("count_include_pad", countPadding ? 1L : 0L));
    return pool("AveragePool", axes, attributes, x, result);
  }

  /// ONNX has one axis of channels between the batch and those that a window slides along, where we have any number.
  private Written pool(String operator, int axes, List<AttributeProto> attributes, Written x, Shape result) {
    boolean fits = x.shape().rank() == axes + 1;
    String planes = fits ? x.name() : file.reshape(scope, x.name(), planes(x.shape(), axes));
    String pooled = file.node(scope, operator, List.of(planes), attributes.toArray(AttributeProto[]::new));
    return x.named(fits ? pooled : file.reshape(scope, pooled, Written.dims(result, true)), result);
  }

  private static int[] planes(Shape sample, int axes) {
    int[] dims = new int[axes + 2];
    dims[1] = 1;
    for (int axis = 0; axis < sample.rank() - axes; axis++) {
      dims[1] *= sample.dim(axis);
    }
    for (int axis = 0; axis < axes; axis++) {
      dims[2 + axis] = sample.dim(sample.rank() - axes + axis);
    }
    return dims;
  }

  private static List<AttributeProto> attributes(Window window, int axes) {
    int h = window.paddingHeight();
    int w = window.paddingWidth();
    return new ArrayList<>(List.of(
        ofAxes("kernel_shape", axes, window.height(), window.width()),
        ofAxes("strides", axes, window.strideHeight(), window.strideWidth()),
        axes == 1 ? Attribute.list("pads", w, w) : Attribute.list("pads", h, w, h, w)));
  }

  private static AttributeProto dilations(Window window, int axes) {
    return ofAxes("dilations", axes, window.dilationHeight(), window.dilationWidth());
  }

  private static AttributeProto ofAxes(String name, int axes, int alongHeight, int alongWidth) {
    return axes == 1 ? Attribute.list(name, alongWidth) : Attribute.list(name, alongHeight, alongWidth);
  }
}
