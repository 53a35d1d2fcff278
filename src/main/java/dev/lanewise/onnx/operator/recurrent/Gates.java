package dev.lanewise.onnx.operator.recurrent;

import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// A file's weights in the order and under the names of our layers, those of each direction.
final class Gates {

  /// What a direction's parameters end with.
  static final String[] ENDINGS = {"_l0", "_l0_reverse"};

  private Gates() {}

  /// {@return the weights by their names}
  static Map<String, Tensor> of(Told told) {
    int gates = told.cell().gates();
    int rows = gates * told.hidden();
    Map<String, Tensor> all = new LinkedHashMap<>();
    for (int direction = 0; direction < told.directions(); direction++) {
      String end = ENDINGS[direction];
      all.put("weight_ih" + end, turned(told, Told.W, direction, Shape.of(rows, told.in())));
      all.put("weight_hh" + end, turned(told, Told.R, direction, Shape.of(rows, told.hidden())));
      if (told.hasBias()) {
        all.put("bias_ih" + end, turned(told, Told.B, 2 * direction, Shape.of(rows)));
        all.put("bias_hh" + end, turned(told, Told.B, 2 * direction + 1, Shape.of(rows)));
      }
    }
    return all;
  }

  /// A part of an input, its blocks of rows in our order.
  private static Tensor turned(Told told, int input, int part, Shape shape) {
    Tensor weight = told.call().numbers(input).tensor();
    int[] order = told.cell().order();
    String form = "gates " + part + " " + shape + " " + Arrays.toString(order);
    return told.call().trace().inForm(weight, form, all -> {
      Tensor turned = Tensor.zeros(all.precision(), shape);
      int block = shape.size() / order.length;
      int from = part * shape.size();
      for (int at = 0; at < shape.size(); at++) {
        turned.set(at, all.get(from + order[at / block] * block + at % block));
      }
      return turned;
    });
  }

  /// {@return the weights from the memory to the gates i, o and f of a direction, in this order}
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
