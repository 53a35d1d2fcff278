package dev.lanewise.onnx.operator.recurrent;

import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// A file's weights in the order and under the names of our layers, for each direction.
final class Gates {

  /// The suffixes of the directions' parameters.
  static final String[] ENDINGS = {"_l0", "_l0_reverse"};

  private Gates() {}

  /// {@return the weights by their names}
  static Map<String, Tensor> of(Told told) {
    int gates = told.cell().gates();
    int rows = gates * told.hidden();
    Map<String, Tensor> all = new LinkedHashMap<>();
    for (int direction = 0; direction < told.directions(); direction++) {
      String end = ENDINGS[direction];
      all.put("weight_ih" + end, reordered(told, Told.W, direction, Shape.of(rows, told.in())));
      all.put("weight_hh" + end, reordered(told, Told.R, direction, Shape.of(rows, told.hidden())));
      if (told.hasBias()) {
        all.put("bias_ih" + end, reordered(told, Told.B, 2 * direction, Shape.of(rows)));
        all.put("bias_hh" + end, reordered(told, Told.B, 2 * direction + 1, Shape.of(rows)));
      }
    }
    return all;
  }

  /// A part of an input, with its blocks of rows in our order.
  private static Tensor reordered(Told told, int input, int part, Shape shape) {
    Tensor weight = told.call().numbers(input).tensor();
    int[] order = told.cell().order();
    String form = "gates " + part + " " + shape + " " + Arrays.toString(order);
    return told.call().trace().inForm(weight, form, all -> {
      Tensor reordered = Tensor.zeros(all.precision(), shape);
      int block = shape.size() / order.length;
      int from = part * shape.size();
      for (int at = 0; at < shape.size(); at++) {
        reordered.set(at, all.get(from + order[at / block] * block + at % block));
      }
      return reordered;
    });
  }

  /// {@return a direction's weights from the cell state to the gates i, o and f, in this order}
  static Tensor peepholes(Told told, int direction) {
    int size = 3 * told.hidden();
    Tensor weight = told.call().numbers(Told.P).tensor();
    return told.call().trace().inForm(weight, "peepholes " + direction, all -> {
      Tensor part = Tensor.zeros(all.precision(), size);
      for (int at = 0; at < size; at++) {
        part.set(at, all.get(direction * size + at));
      }
      return part;
    });
  }
}
