package dev.lanewise.onnx.operator.form;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Tensor;
import dev.lanewise.onnx.Network;
import dev.lanewise.onnx.OnnxModels;
import dev.lanewise.onnx.UnsupportedOnnxException;
import dev.lanewise.onnx.operator.form.PlainFile.Array;
import dev.lanewise.testkit.GradCheck;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Files of random operators that move elements, against the same computed as it stands: a network of three samples is
/// that of each, and what the file makes of all three is the same elements.
class RandomFormsTest {

  private static final int FILES = 15;
  private static final int MANY = 5_000;
  private static final int STEPS = 9;
  private static final int MOST = 400;
  private static final int SAMPLES = 3;

  private Random random;
  /// A file again, with as many steps as have been taken; tried steps are taken back by leaving them out.
  private Supplier<OnnxModels> taken;
  private String value;
  private Array one;
  private Array all;
  private int names;

  @Test
  void samplesStayApartOrTheFileIsRefused() throws IOException {
    check(0, FILES);
  }

  /// With `-Pexhaustive`.
  @Test
  @Tag("exhaustive")
  void samplesStayApartInManyFiles() throws IOException {
    check(FILES, MANY);
  }

  private void check(int from, int to) throws IOException {
    int steps = 0;
    for (int seed = from; seed < to; seed++) {
      steps += check(seed);
    }
    assertTrue(steps > (to - from) * STEPS / 2, steps + " steps were taken");
  }

  private int check(int seed) throws IOException {
    random = new Random(seed);
    int[] dims = random.ints(1 + random.nextInt(3), 2, 5).toArray();
    Object[] file = new Object[dims.length + 1];
    Arrays.setAll(file, axis -> axis == 0 ? "batch" : (Object) dims[axis - 1]);
    taken = () -> OnnxModels.opset(19).input("x", file);
    value = "x";
    int steps = 0;
    for (int step = 0; step < STEPS; step++) {
      compute(dims);
      steps += take(dims) ? 1 : 0;
    }
    if (steps > 0) {
      compare("seed " + seed, dims);
    }
    return steps;
  }

  private static Array input(int samples, int from, int[] dims) {
    int[] all = IntStream.concat(IntStream.of(samples), IntStream.of(dims)).toArray();
    int size = Arrays.stream(all).reduce(1, (a, b) -> a * b);
    return new Array(IntStream.range(0, size).mapToDouble(i -> i + 1 + from * (size / samples)).toArray(), all);
  }

  private void compute(int[] dims) {
    one = PlainFile.compute(taken.get().model(), input(1, 0, dims), value);
    all = PlainFile.compute(taken.get().model(), input(SAMPLES, 0, dims), value);
  }

  /// Tries an operator; whether it was taken.
  private boolean take(int[] dims) throws IOException {
    String next = "v" + names++;
    Supplier<OnnxModels> before = taken;
    long seed = random.nextLong();
    Array was = all;
    Array wasOne = one;
    String from = value;
    Supplier<OnnxModels> tried = () -> {
      OnnxModels model = before.get();
      new Step(new Random(seed), wasOne.dims(), was.dims(), from, next).addTo(model);
      return model.output(next);
    };
    Array of;
    Array ofAll;
    try {
      of = PlainFile.compute(tried.get().model(), input(1, 0, dims), next);
      ofAll = PlainFile.compute(tried.get().model(), input(SAMPLES, 0, dims), next);
    } catch (IllegalArgumentException _) { // of a shape that does not fit
      return false;
    }
    if (ofAll.values().length > MOST || of.values().length == 0) {
      return false;
    }
    try {
      tried.get().network();
    } catch (UnsupportedOnnxException e) {
      assertFalse(isReshape(tried.get()) && fits(was, of.dims(), ofAll.dims()), e.getMessage());
      return false;
    }
    taken = () -> {
      OnnxModels model = before.get();
      new Step(new Random(seed), wasOne.dims(), was.dims(), from, next).addTo(model);
      return model;
    };
    value = next;
    return true;
  }

  private static boolean isReshape(OnnxModels model) {
    return model.model().graph().nodes().getLast().operator().equals("Reshape");
  }

  /// Whether one axis holds the batch when elements keep their order.
  private boolean fits(Array was, int[] ofOne, int[] ofAll) {
    boolean found = false;
    for (int before = 1; before <= was.values().length / SAMPLES; before++) {
      found |= was.values().length / SAMPLES % before == 0 && isInterleaved(was, one, before)
          && holds(ofOne, ofAll, before);
    }
    return found;
  }

  private static boolean holds(int[] ofOne, int[] ofAll, int before) {
    int outside = 1;
    for (int axis = 0; axis < ofOne.length; axis++) {
      if (ofAll[axis] != ofOne[axis]) {
        int[] same = ofAll.clone();
        same[axis] = ofOne[axis];
        return Arrays.equals(same, ofOne) && before % outside == 0 && ofOne[axis] % (before / outside) == 0;
      }
      outside *= ofOne[axis];
    }
    return false;
  }

  /// Whether the first sample's elements are where they are if so many lie before the batch.
  private static boolean isInterleaved(Array all, Array one, int before) {
    int after = one.values().length / before;
    return IntStream.range(0, one.values().length)
        .allMatch(i -> all.values()[i / after * SAMPLES * after + i % after] == one.values()[i]);
  }

  private void compare(String what, int[] dims) throws IOException {
    Network net = taken.get().output(value).network();
    Array x = input(SAMPLES, 0, dims);
    double[] y = net.forward(Tensor.of(x.values(), x.dims())).toDoubles();
    double[] each = IntStream.range(0, SAMPLES).boxed().flatMapToDouble(sample -> Arrays.stream(PlainFile.compute(
        taken.get().model(), input(1, sample, dims), value).values())).toArray();
    assertArrayEquals(each, y, what + " by samples");
    compute(dims);
    int size = one.values().length;
    boolean together = IntStream.rangeClosed(1, size).filter(before -> size % before == 0)
        .anyMatch(before -> isAllInterleaved(y, before, size / before));
    assertTrue(together, what + ": the file makes other elements of all samples together, "
        + Arrays.toString(all.values()) + ", expected those of each, " + Arrays.toString(y));
    assertEquals(size, net.outputShape().size(), what);
    if (random.nextInt(10) == 0) {
      GradCheck.of(net.layer(), net.parameters(), Tensor.of(x.values(), x.dims())).check();
    }
  }

  private boolean isAllInterleaved(double[] y, int before, int after) {
    return IntStream.range(0, y.length).allMatch(i -> {
      int sample = i / (before * after);
      int outside = i / after % before;
      return y[i] == all.values()[(outside * SAMPLES + sample) * after + i % after];
    });
  }
}
