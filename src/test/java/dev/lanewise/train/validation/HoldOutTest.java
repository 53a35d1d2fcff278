package dev.lanewise.train.validation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// The share that is asked for is held out, of all rows and of each class, and no class is left without a row to train
/// on.
class HoldOutTest {

  @Property(tries = 300)
  void theShareIsHeldOutToHalfARow(
      @ForAll @DoubleRange(min = 0.01, max = 0.99) double share, @ForAll @IntRange(min = 2, max = 500) int rows,
      @ForAll long seed) {
    Fold fold = new HoldOut(share, seed).fold(rows);
    int heldOut = fold.heldOutRows().length;
    double off = Math.abs(heldOut - share * rows);
    assertTrue(off <= 0.5 + 1e-9 || heldOut == 1 && off < 1 || heldOut == rows - 1 && off < 1, fold.toString());
    assertArrayEquals(IntStream.range(0, rows).toArray(),
        IntStream.concat(Arrays.stream(fold.trainingRows()), Arrays.stream(fold.heldOutRows())).sorted().toArray());
  }

  @Property(tries = 300)
  void ofEachClassToo(@ForAll @DoubleRange(min = 0.01, max = 0.9) double share, @ForAll long seed) {
    Random random = new Random(seed);
    int classes = 1 + random.nextInt(6);
    int[] labels = IntStream.concat(random.ints(random.nextInt(80), 0, classes), IntStream.of(9, 9, 7)).toArray();
    Fold fold = new HoldOut(share, seed).stratified(labels);
    double asked = 0;
    int mostly = 0;
    for (int label : Arrays.stream(labels).distinct().toArray()) {
      int of = (int) Arrays.stream(labels).filter(l -> l == label).count();
      int heldOut = (int) Arrays.stream(fold.heldOut(labels)).filter(l -> l == label).count();
      assertTrue(Math.abs(heldOut - share * of) < 1, "class " + label + ": " + heldOut + " of " + of + " for " + share);
      assertTrue(heldOut < of, "class " + label + " has no row to train on");
      asked += share * of;
      mostly += heldOut == Math.ceil(share * of) || of == 1 || heldOut == of - 1 ? 1 : 0;
    }
    int all = fold.heldOutRows().length;
    // As near as half a row, unless every class gives what it can.
    assertTrue(all >= 1 && (Math.abs(all - asked) <= 0.5 + 1e-9 || all == 1 && asked < 1
        || all < asked && mostly == Arrays.stream(labels).distinct().count()), all + " for " + asked);
  }

  /// 1/round(1/share) made a third of 0.4, and a half of 0.41.
  @Test
  void sharesAreWhatTheySay() {
    int[] labels = IntStream.range(0, 1000).map(row -> row % 2).toArray();
    for (double share : new double[] {0.1, 0.2, 0.25, 0.3, 1.0 / 3, 0.334, 0.4, 0.41, 0.45, 0.5}) {
      assertEquals(Math.round(share * 1000), new HoldOut(share, 1).fold(1000).heldOutRows().length);
      assertEquals(Math.round(share * 1000), new HoldOut(share, 1).stratified(labels).heldOutRows().length);
    }
    int[] uneven = {0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1};
    for (int seed = 0; seed < 10; seed++) {
      assertArrayEquals(new int[] {0, 1, 1}, new HoldOut(0.25, seed).stratified(uneven).heldOut(uneven),
          "of 1.25 and 1.75 rows");
    }
    assertEquals(1, new HoldOut(0.5, 1).fold(3).heldOutRows().length, "half a row is trained on");
    assertEquals(1, new HoldOut(0.01, 1).fold(20).heldOutRows().length, "at least one");
  }

  /// Of five classes of two rows one is rounded up for every tenth: each in its turn.
  @Test
  void theSeedDecidesAndNoClassIsFavoured() {
    int[] labels = IntStream.range(0, 10).map(row -> row / 2).toArray();
    int[] times = new int[5];
    for (int seed = 0; seed < 500; seed++) {
      int[] heldOut = new HoldOut(0.1, seed).stratified(labels).heldOut(labels);
      assertEquals(1, heldOut.length);
      times[heldOut[0]]++;
    }
    // Each is binomial with mean 100 and deviation 8.9; the seeds are fixed.
    assertTrue(Arrays.stream(times).allMatch(t -> t > 60 && t < 140), Arrays.toString(times));
    assertArrayEquals(new HoldOut(0.3, 5).stratified(labels).heldOutRows(),
        new HoldOut(0.3, 5).stratified(labels).heldOutRows());
  }

  @Test
  void whatCannotBeDividedIsRefused() {
    for (double share : new double[] {0, 1, -0.1, Double.NaN}) {
      assertRefused("HoldOut: share is " + share + ", expected more than 0 and less than 1",
          () -> new HoldOut(share, 0));
    }
    HoldOut fifth = new HoldOut(0.2, 0);
    assertRefused("HoldOut[share=0.2, seed=0]: data has 1 rows, expected at least 2", () -> fifth.fold(1));
    assertRefused("HoldOut[share=0.2, seed=0]: data has 0 rows, expected at least 2",
        () -> fifth.stratified(new int[0]));
    assertRefused("HoldOut[share=0.2, seed=0]: label is -1 at row 1, expected 0 or more",
        () -> fifth.stratified(new int[] {0, -1}));
    assertRefused("HoldOut[share=0.2, seed=0]: each of the 3 classes has 1 row, expected one of at least 2",
        () -> fifth.stratified(new int[] {4, 0, 2}));
  }

  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
