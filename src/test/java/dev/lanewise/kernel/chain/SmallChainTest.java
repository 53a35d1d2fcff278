package dev.lanewise.kernel.chain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernel.elementwise.Nonlinearity;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// A chain of small layers has the same bits written out as by loops, in both directions and precisions, and no more is
/// written than its results.
class SmallChainTest {

  private static final int[][] WIDTHS = {{1, 1}, {3, 2}, {4, 8, 6, 4, 2}, {5, 7, 3}, {1, 9, 1}, {6, 1, 5},
      {2, 13, 9, 1}, {3, 60, 1}, {1, 60, 2}};

  @ParameterizedTest
  @EnumSource
  void sameBitsWrittenOutAndByLoops(Nonlinearity phi) {
    Random random = new Random(5);
    for (int[] widths : WIDTHS) {
      for (boolean forward : new boolean[] {false, true}) {
        int layers = widths.length - 1;
        boolean[] biased = new boolean[layers];
        Nonlinearity[] phis = new Nonlinearity[layers];
        for (int layer = 0; layer < layers; layer++) {
          biased[layer] = random.nextBoolean();
          phis[layer] = layer == layers - 1 && random.nextBoolean() ? Nonlinearity.IDENTITY : phi;
        }
        assertTrue(isWrittenOut(DoubleSmallChain.code(widths, biased, forward, StraightLine.HIDDEN)));
        assertTrue(isWrittenOut(FloatSmallChain.code(widths, biased, forward, StraightLine.HIDDEN)));
        String what = Arrays.toString(widths) + (forward ? " forward " : " reverse ") + phi;
        long seed = random.nextLong();
        assertArrayEquals(
            doubles(new DoubleSmallChain(widths, phis, forward, new DoubleChainLoops(widths, biased, forward)), widths,
            biased, seed),
            doubles(new DoubleSmallChain(widths, phis, biased, forward), widths, biased, seed), what);
        assertArrayEquals(
            floats(new FloatSmallChain(widths, phis, forward, new FloatChainLoops(widths, biased, forward)), widths,
            biased, seed),
            floats(new FloatSmallChain(widths, phis, biased, forward), widths, biased, seed), what);
      }
    }
  }

  private static double[] doubles(DoubleSmallChain chain, int[] widths, boolean[] biased, long seed) {
    Random random = new Random(seed);
    int layers = widths.length - 1;
    double[][] w = new double[layers][];
    double[][] b = new double[layers][];
    int[] at = new int[layers];
    for (int layer = 0; layer < layers; layer++) {
      at[layer] = 3;
      w[layer] = random.doubles(3 + widths[layer] * widths[layer + 1], -1, 1).toArray();
      b[layer] = biased[layer] ? random.doubles(3 + widths[layer + 1], -1, 1).toArray() : null;
    }
    int m = widths[layers];
    double[] results = new double[m + 2 + m * widths[0]];
    Arrays.fill(results, 7);
    chain.run(w, at, b, at, random.doubles(widths[0] + 1, -1, 1).toArray(), 1, results, 0, results, m + 1);
    assertEquals(7, results[m]);
    assertEquals(7, results[results.length - 1]);
    return results;
  }

  private static float[] floats(FloatSmallChain chain, int[] widths, boolean[] biased, long seed) {
    Random random = new Random(seed);
    int layers = widths.length - 1;
    float[][] w = new float[layers][];
    float[][] b = new float[layers][];
    int[] at = new int[layers];
    for (int layer = 0; layer < layers; layer++) {
      at[layer] = 3;
      w[layer] = random(random, 3 + widths[layer] * widths[layer + 1]);
      b[layer] = biased[layer] ? random(random, 3 + widths[layer + 1]) : null;
    }
    int m = widths[layers];
    float[] results = new float[m + 2 + m * widths[0]];
    Arrays.fill(results, 7);
    chain.run(w, at, b, at, random(random, widths[0] + 1), 1, results, 0, results, m + 1);
    assertEquals(7, results[m]);
    assertEquals(7, results[results.length - 1]);
    return results;
  }

  private static float[] random(Random random, int length) {
    float[] numbers = new float[length];
    for (int at = 0; at < length; at++) {
      numbers[at] = random.nextFloat() * 2 - 1;
    }
    return numbers;
  }

  @Test
  void longStepsAreNotWrittenOut() {
    assertTrue(StraightLine.isFor(new int[] {16, 16, 1}, false));
    assertFalse(StraightLine.isFor(new int[] {24, 24, 1}, false), "a layer's value");
    assertFalse(StraightLine.isFor(new int[] {12, 12, 12, 4}, false), "a step of the Jacobian");
    assertTrue(StraightLine.isFor(new int[] {3, 60, 1}, false));
    assertFalse(StraightLine.isFor(new int[] {3, 61, 1}, false), "locals");
  }

  private static boolean isWrittenOut(Object code) {
    return code.getClass().isHidden();
  }

  /// An `Error` of no known kind is how a native image refuses.
  @ParameterizedTest
  @MethodSource
  void loopsWhereNoClassCanBeDefined(Throwable refusal) {
    StraightLine.Definer definer = refusing(refusal);
    assertInstanceOf(DoubleChainLoops.class, DoubleSmallChain.code(new int[] {3, 2}, new boolean[1], true, definer));
    assertInstanceOf(FloatChainLoops.class, FloatSmallChain.code(new int[] {3, 2}, new boolean[1], false, definer));
  }

  static Stream<Throwable> loopsWhereNoClassCanBeDefined() {
    return Stream.of(new Error("Defining hidden classes at runtime is not supported"),
        new UnsupportedOperationException("defining"),
        new VerifyError("verifying"), new NoClassDefFoundError("loading"), new IllegalAccessException("accessing"),
        new SecurityException("permitting"));
  }

  /// An interface can be defined, and not made an object of.
  @Test
  void loopsWhereWhatWasDefinedCannotBeUsed() {
    assertInstanceOf(DoubleChainLoops.class,
        DoubleSmallChain.code(new int[] {3, 2}, new boolean[1], true, bytes -> DoubleChainCode.class));
    assertInstanceOf(DoubleChainLoops.class,
        DoubleSmallChain.code(new int[] {3, 2}, new boolean[1], true, bytes -> Object.class));
  }

  @Test
  void aMachineThatFailsIsNotHidden() {
    StraightLine.Definer definer = refusing(new OutOfMemoryError("metaspace"));
    assertThrows(OutOfMemoryError.class, () -> DoubleSmallChain.code(new int[] {3, 2}, new boolean[1], true, definer));
  }

  private static StraightLine.Definer refusing(Throwable refusal) {
    return bytes -> {
      switch (refusal) {
        case Error error -> throw error;
        case RuntimeException exception -> throw exception;
        case ReflectiveOperationException exception -> throw exception;
        default -> throw new AssertionError(refusal);
      }
    };
  }
}
