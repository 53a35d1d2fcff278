package dev.lanewise.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/// A convolution by oneDNN, with images in and out in the order of their axes or in the layout that oneDNN prefers.
/// Weights, which are packed once, always have the layout that it prefers, and so has W̄.
final class OneDnnConvolution {

  private static final int SRC = 129;
  private static final int DIFF_SRC = 130;
  private static final int WEIGHTS = 131;
  private static final int DIFF_WEIGHTS = 132;
  private static final int DST = 133;
  private static final int DIFF_DST = 134;
  private static final int AUTO = 3;

  private final ImageProduct product;
  private final MemorySegment primitive;
  private final MemorySegment arguments;
  private final int count;
  private final MemorySegment resultDescription;
  private final MemorySegment plainDescription;
  private final MemorySegment result;

  OneDnnConvolution(ImageProduct product, boolean plain) {
    this.product = product;
    long size = product.size();
    MemorySegment x = OneDnn.floats(plain, product.batch(), product.in(), size, size);
    MemorySegment y = OneDnn.floats(plain, product.batch(), product.out(), size, size);
    MemorySegment w = weights(false);
    boolean value = product.pass().equals("VALUE");
    MemorySegment b = value ? OneDnn.floats(true, product.out()) : MemorySegment.NULL;
    MemorySegment one = OneDnn.dims(1, 1);
    MemorySegment none = OneDnn.dims(0, 0);
    MemorySegment around = OneDnn.dims(product.window() / 2, product.window() / 2);
    MemorySegment forward = OneDnn.made("dnnl_convolution_forward_primitive_desc_create", OneDnn.engine(),
        value ? OneDnn.INFERENCE : 64, AUTO, x, w, b, y, one, none, around, around, OneDnn.attributes(value));
    MemorySegment description = switch (product.pass()) {
      case "VALUE" -> forward;
      case "PULL" -> OneDnn.made("dnnl_convolution_backward_data_primitive_desc_create", OneDnn.engine(),
          AUTO, x, w, y, one, none, around, around, forward, MemorySegment.NULL);
      case "THETA" -> OneDnn.made("dnnl_convolution_backward_weights_primitive_desc_create", OneDnn.engine(),
          AUTO, x, w, MemorySegment.NULL, y, one, none, around, around, forward, MemorySegment.NULL);
      default -> throw new IllegalArgumentException(product.pass());
    };
    primitive = OneDnn.made("dnnl_primitive_create", description);
    MemorySegment plainX = OneDnn.floats(true, product.batch(), product.in(), size, size);
    MemorySegment plainY = OneDnn.floats(true, product.batch(), product.out(), size, size);
    switch (product.pass()) {
      case "VALUE" -> {
        resultDescription = OneDnn.query(description, DST);
        plainDescription = plainY;
        result = room(resultDescription);
        arguments = OneDnn.arguments(1, laid(description, SRC, plainX, product.x()),
            33, laid(description, WEIGHTS, weights(true), product.w()), 41, OneDnn.memory(b, numbers(product.bias())),
            17, OneDnn.memory(resultDescription, result));
        count = 4;
      }
      case "PULL" -> {
        resultDescription = OneDnn.query(description, DIFF_SRC);
        plainDescription = plainX;
        result = room(resultDescription);
        arguments = OneDnn.arguments(145, laid(description, DIFF_DST, plainY, product.y()),
            33, laid(description, WEIGHTS, weights(true), product.w()), 129, OneDnn.memory(resultDescription, result));
        count = 3;
      }
      default -> {
        resultDescription = OneDnn.query(description, DIFF_WEIGHTS);
        plainDescription = weights(true);
        result = room(resultDescription);
        arguments = OneDnn.arguments(145, laid(description, DIFF_DST, plainY, product.y()),
            1, laid(description, SRC, plainX, product.x()), 161, OneDnn.memory(resultDescription, result));
        count = 3;
      }
    }
  }

  private MemorySegment weights(boolean plain) {
    int groups = product.groups();
    return groups == 1
        ? OneDnn.floats(plain, product.out(), product.in(), product.window(), product.window())
        : OneDnn.floats(plain, groups, product.out() / groups, product.in() / groups, product.window(),
        product.window());
  }

  private static MemorySegment numbers(float[] values) {
    MemorySegment numbers = OneDnn.room((long) Float.BYTES * values.length);
    MemorySegment.copy(values, 0, numbers, JAVA_FLOAT, 0, values.length);
    return numbers;
  }

  private static MemorySegment room(MemorySegment description) {
    return OneDnn.room(OneDnn.size(description));
  }

  /// Values in the layout that the primitive expects.
  private static MemorySegment laid(MemorySegment primitive, int query, MemorySegment plain, float[] values) {
    MemorySegment wanted = OneDnn.query(primitive, query);
    MemorySegment place = room(wanted);
    OneDnn.reorder(plain, numbers(values), wanted, place);
    return OneDnn.memory(wanted, place);
  }

  void run() {
    OneDnn.execute(primitive, arguments, count);
  }

  float[] result() {
    MemorySegment plain = room(plainDescription);
    OneDnn.reorder(resultDescription, result, plainDescription, plain);
    return plain.toArray(JAVA_FLOAT);
  }
}
