package dev.lanewise.onnx.operator.form;

import dev.lanewise.onnx.OnnxModels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// A random operator that moves elements, on a value of this shape of one sample and of several.
///
/// @param from the value
/// @param to the result
record Step(Random random, int[] one, int[] all, String from, String to) {

  /// Longer than any axis.
  private static final int MOST = 1_000;

  void addTo(OnnxModels model) {
    switch (random.nextInt(12)) {
      case 0 -> {
        List<Integer> order = new ArrayList<>(IntStream.range(0, one.length).boxed().toList());
        Collections.shuffle(order, random);
        model.node("Transpose", from + " -> " + to, "perm", order.stream().mapToInt(axis -> axis).toArray());
      }
      case 1, 2 -> merge(model);
      case 3, 4, 5 -> split(model);
      case 6 -> model.node("Flatten", from + " -> " + to, "axis", random.nextInt(one.length + 1));
      case 7 -> {
        int axis = random.nextInt(one.length + 1);
        boolean away = axis < one.length && all[axis] == 1;
        model.integers(to + "axis", axis).node(away ? "Squeeze" : "Unsqueeze", from + ", " + to + "axis -> " + to);
      }
      case 8 -> cut(model);
      case 9 -> look(model);
      case 10 -> more(model);
      default -> join(model);
    }
  }

  private int axis() {
    return random.nextInt(one.length);
  }

  /// Two axes become one.
  private void merge(OnnxModels model) {
    if (one.length < 2) {
      model.node("Flatten", from + " -> " + to);
      return;
    }
    int axis = random.nextInt(one.length - 1);
    boolean open = random.nextBoolean();
    String[] parts = new String[one.length - 1];
    model.node("Shape", from + " -> " + to + "s");
    for (int at = 0; at < parts.length; at++) {
      int old = at <= axis ? at : at + 1;
      if (at == axis && open) {
        parts[at] = number(model, "open", -1);
      } else if (at == axis) {
        parts[at] = to + "product";
        model.node("Mul", length(model, axis) + ", " + length(model, axis + 1) + " -> " + parts[at]);
      } else {
        parts[at] = same(model, at, old, open);
      }
    }
    reshape(model, parts);
  }

  /// One axis becomes two: by a factor, or the batch apart, on either side.
  private void split(OnnxModels model) {
    int axis = axis();
    boolean batch = all[axis] != one[axis];
    int factor = IntStream.rangeClosed(2, Math.max(2, one[axis])).filter(each -> one[axis] % each == 0).findFirst()
        .orElse(1);
    boolean first = random.nextBoolean();
    model.node("Shape", from + " -> " + to + "s").node("Shape", "x -> " + to + "x")
        .integers(to + "zero", 0).node("Gather", to + "x, " + to + "zero -> " + to + "b");
    String known = batch && random.nextInt(4) > 0 ? to + "b" : number(model, "factor", factor);
    String left = number(model, "left", -1);
    String[] parts = new String[one.length + 1];
    for (int at = 0; at < parts.length; at++) {
      int old = at <= axis ? at : at - 1;
      parts[at] = at == axis ? first ? known : left : at == axis + 1 ? first ? left : known
          : same(model, at, old, true);
    }
    reshape(model, parts);
  }

  /// An axis that stays: 0, its length, or what `Shape` says.
  private String same(OnnxModels model, int at, int old, boolean open) {
    int how = random.nextInt(3);
    return how == 0 && at == old ? number(model, "same" + at, 0)
        : how < 2 && one[old] == all[old] ? number(model, "length" + at, one[old]) : length(model, old);
  }

  private String number(OnnxModels model, String name, long number) {
    model.integers(to + name, number);
    return to + name;
  }

  private String length(OnnxModels model, int axis) {
    String name = to + "axis" + axis;
    model.integers(name + "at", axis).node("Gather", to + "s, " + name + "at -> " + name);
    return name;
  }

  private void reshape(OnnxModels model, String[] parts) {
    model.node("Concat", String.join(", ", parts) + " -> " + to + "target", "axis", 0)
        .node("Reshape", from + ", " + to + "target -> " + to);
  }

  private void cut(OnnxModels model) {
    int axis = axis();
    boolean back = random.nextBoolean();
    int start = random.nextInt(one[axis]);
    model.integers(to + "start", start).integers(to + "end", back ? -MOST : start + 1 + random.nextInt(4))
        .integers(to + "axes", axis).integers(to + "step", back ? -1 : 1 + random.nextInt(2))
        .node("Slice", from + ", " + to + "start, " + to + "end, " + to + "axes, " + to + "step -> " + to);
  }

  private void look(OnnxModels model) {
    int axis = axis();
    int place = random.nextInt(one[axis]);
    if (random.nextBoolean()) {
      model.integer(to + "place", place);
    } else {
      model.integers(to + "place", place, random.nextInt(one[axis]));
    }
    model.node("Gather", from + ", " + to + "place -> " + to, "axis", axis);
  }

  private void more(OnnxModels model) {
    int axis = axis();
    if (random.nextBoolean()) {
      long[] times = new long[one.length];
      Arrays.fill(times, 1);
      times[axis] = 2;
      model.integers(to + "times", times).node("Tile", from + ", " + to + "times -> " + to);
      return;
    }
    long[] pads = new long[2 * one.length];
    pads[axis] = random.nextInt(2);
    pads[one.length + axis] = random.nextInt(2);
    model.integers(to + "pads", pads).node("Pad", from + ", " + to + "pads -> " + to, "mode",
        List.of("constant", "edge", "wrap").get(random.nextInt(3)));
  }

  private void join(OnnxModels model) {
    int axis = axis();
    if (random.nextBoolean()) {
      model.node("Concat", from + ", " + from + " -> " + to, "axis", axis);
    } else {
      int first = random.nextInt(one[axis]);
      model.integers(to + "lengths", first, one[axis] - first)
          .node("Split", from + ", " + to + "lengths -> " + to + "first, " + to, "axis", axis);
    }
  }
}
