package dev.lanewise.train.validation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.train.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// Each row is held out exactly once, folds and the classes in them are even, and the least held-out loss wins.
class CrossValidationTest {

  @Property(tries = 200)
  void eachRowIsHeldOutOnceAndFoldsAreEven(@ForAll long seed, @ForAll @IntRange(min = 2, max = 9) int k,
      @ForAll @IntRange(max = 40) int more) {
    int rows = k + more;
    List<Fold> folds = new CrossValidation(k, seed).folds(rows);
    assertEquals(k, folds.size());
    int[] heldOut = new int[rows];
    for (Fold fold : folds) {
      Arrays.stream(fold.heldOutRows()).forEach(row -> heldOut[row]++);
      int[] all = IntStream.concat(Arrays.stream(fold.trainingRows()), Arrays.stream(fold.heldOutRows())).sorted()
          .toArray();
      assertArrayEquals(IntStream.range(0, rows).toArray(), all);
      assertTrue(fold.heldOutRows().length == rows / k || fold.heldOutRows().length == Math.ceilDiv(rows, k),
          folds.toString());
    }
    assertTrue(Arrays.stream(heldOut).allMatch(times -> times == 1), Arrays.toString(heldOut));
  }

  @Property(tries = 200)
  void classesAreEvenInStratifiedFolds(@ForAll long seed, @ForAll @IntRange(min = 2, max = 6) int k) {
    Random random = new Random(seed);
    int[] labels = random.ints(k + random.nextInt(60), 0, 4).toArray();
    List<Fold> folds = new CrossValidation(k, seed).stratified(labels);
    int[] all = folds.stream().flatMapToInt(fold -> Arrays.stream(fold.heldOutRows())).sorted().toArray();
    assertArrayEquals(IntStream.range(0, labels.length).toArray(), all);
    for (int label = 0; label < 4; label++) {
      int of = label;
      int[] counts = folds.stream()
          .mapToInt(fold -> (int) Arrays.stream(fold.heldOut(labels)).filter(l -> l == of).count()).toArray();
      int[] sizes = folds.stream().mapToInt(fold -> fold.heldOutRows().length).toArray();
      assertTrue(Arrays.stream(counts).max().orElseThrow() - Arrays.stream(counts).min().orElseThrow() <= 1,
          Arrays.toString(counts));
      assertTrue(Arrays.stream(sizes).max().orElseThrow() - Arrays.stream(sizes).min().orElseThrow() <= 1,
          Arrays.toString(sizes));
    }
  }

  @Test
  void theSeedDecides() {
    assertArrayEquals(new CrossValidation(3, 5).folds(30).get(1).heldOutRows(),
        new CrossValidation(3, 5).folds(30).get(1).heldOutRows());
    assertFalse(Arrays.equals(new CrossValidation(3, 5).folds(30).get(1).heldOutRows(),
        new CrossValidation(3, 6).folds(30).get(1).heldOutRows()));
    int[] sorted = IntStream.range(0, 30).map(row -> row / 10).toArray();
    assertFalse(Arrays.equals(new CrossValidation(3, 5).stratified(sorted).get(0).heldOutRows(),
        new CrossValidation(3, 6).stratified(sorted).get(0).heldOutRows()));
  }

  /// A class of a single row is held out in any of the folds, and so are the rows that are left over.
  @Test
  void noFoldIsFavoured() {
    int[] labels = IntStream.range(0, 23).map(row -> row == 11 ? 0 : 1 + row % 2).toArray();
    int[] single = new int[5];
    int[] larger = new int[5];
    for (int seed = 0; seed < 500; seed++) {
      CrossValidation division = new CrossValidation(5, seed);
      List<Fold> stratified = division.stratified(labels);
      List<Fold> plain = division.folds(21);
      for (int fold = 0; fold < 5; fold++) {
        single[fold] += Arrays.stream(stratified.get(fold).heldOutRows()).anyMatch(row -> row == 11) ? 1 : 0;
        larger[fold] += plain.get(fold).heldOutRows().length - 4;
      }
    }
    // Each is binomial with mean 100 and deviation 8.9; the seeds are fixed.
    assertTrue(Arrays.stream(single).allMatch(times -> times > 60 && times < 140), Arrays.toString(single));
    assertTrue(Arrays.stream(larger).allMatch(times -> times > 60 && times < 140), Arrays.toString(larger));
  }

  @Test
  void aCandidateThatDivergesIsReportedAndNotChosen() {
    List<Fold> folds = new CrossValidation(3, 1).folds(9);
    int[] tried = new int[1];
    var selection = CrossValidation.select(List.of(1e300, 0.5, 0.25), folds, (rate, fold) -> {
      tried[0]++;
      if (rate > 1 && fold == folds.get(1)) {
        throw Problem.diverged();
      }
      return rate;
    });
    assertEquals(0.25, selection.best());
    assertEquals(2 + 3 + 3, tried[0], "a candidate that is out is not tried on");
    assertEquals(List.of(1e300, 0.5, 0.25), selection.scores().stream().map(CrossValidation.Score::candidate).toList());
    assertEquals(Double.POSITIVE_INFINITY, selection.scores().get(0).mean());
    assertTrue(Double.isNaN(selection.scores().get(0).standardError()));
    assertEquals(3, selection.scores().get(0).divergence().orElseThrow().epoch());
    assertTrue(selection.scores().get(1).divergence().isEmpty());
    IllegalStateException none = assertThrows(IllegalStateException.class,
        () -> CrossValidation.select(List.of(1, 2), folds, (_, _) -> {
      throw Problem.diverged();
    }));
    assertEquals("CrossValidation: no candidate of [1, 2] has a finite loss", none.getMessage());
    assertEquals(2, none.getSuppressed().length);
    assertThrows(IllegalArgumentException.class, () -> CrossValidation.select(List.of(1), folds, (_, _) -> {
      throw new IllegalArgumentException("of another kind");
    }));
  }

  @Test
  void rowsOfDataFollowTheFold() {
    int[] labels = {7, 5, 3, 1, 0};
    for (Precision precision : Precision.values()) {
      Tensor x = Tensor.of(new double[] {9, 9, 0, 0, 1, 10, 2, 20, 3, 30, 4, 40}, 6, 2).to(precision).slice(1, 5);
      for (Fold fold : new CrossValidation(2, 1).folds(5)) {
        requireRows(x, labels, fold.training(x), fold.training(labels), fold.trainingRows());
        requireRows(x, labels, fold.heldOut(x), fold.heldOut(labels), fold.heldOutRows());
        double[] weights = {0, 1, 2, 3, 4};
        assertArrayEquals(Arrays.stream(fold.trainingRows()).asDoubleStream().toArray(), fold.training(weights));
        assertArrayEquals(Arrays.stream(fold.heldOutRows()).asDoubleStream().toArray(), fold.heldOut(weights));
        assertThrows(IllegalArgumentException.class, () -> fold.training(new double[4]));
      }
    }
  }

  private static void requireRows(Tensor x, int[] labels, Tensor taken, int[] takenLabels, int[] rows) {
    assertEquals(x.precision(), taken.precision());
    assertEquals(rows.length, taken.shape().dim(0));
    for (int row = 0; row < rows.length; row++) {
      assertEquals(x.get(rows[row], 0), taken.get(row, 0));
      assertEquals(10.0 * rows[row], taken.get(row, 1));
      assertEquals(labels[rows[row]], takenLabels[row]);
    }
  }

  @Test
  void theLeastMeanLossWins() {
    List<Fold> folds = new CrossValidation(4, 1).folds(8);
    double[] spread = {-1, 1, -3, 3};
    var selection = CrossValidation.select(List.of(2.0, Double.NaN, 0.5, -0.5), folds,
        (candidate, fold) -> candidate * candidate + (candidate > 1 ? spread[folds.indexOf(fold)] : 0));
    assertEquals(0.5, selection.best(), "of equals the first");
    assertEquals(4, selection.scores().size());
    assertEquals(4, selection.scores().get(0).mean());
    assertEquals(Math.sqrt(20.0 / 3 / 4), selection.scores().get(0).standardError(), 1e-15);
    assertTrue(Double.isNaN(selection.scores().get(1).mean()));
  }

  /// Squares beyond the largest number, and beside an offset; the spread of one fold is none.
  @Test
  void lossesOfAnySizeHaveAMeanAndAnError() {
    List<Fold> two = new CrossValidation(2, 1).folds(4);
    for (double size : new double[] {1e200, 1e-200}) {
      var score = CrossValidation.select(List.of(size), two,
          (unit, fold) -> unit * (1 + 2 * two.indexOf(fold))).scores().getFirst();
      assertEquals(2 * size, score.mean(), 1e-15 * size);
      assertEquals(size, score.standardError(), 1e-15 * size);
    }
    double far = 0x1p53; // the mean of far and far + 2 is no double
    assertEquals(1, CrossValidation.select(List.of(far), two, (unit, fold) -> unit
        + 2 * two.indexOf(fold)).scores().getFirst().standardError());
    assertTrue(Double.isNaN(CrossValidation.select(List.of(1.0), two.subList(0, 1),
        (unit, _) -> unit).scores().getFirst().standardError()));
  }

  @Test
  void whatCannotBeDividedIsRefused() {
    assertRefused("CrossValidation: 1 folds, expected at least 2", () -> new CrossValidation(1, 0));
    assertRefused("CrossValidation[k=5, seed=0]: data has 4 rows, expected at least 5",
        () -> new CrossValidation(5, 0).folds(4));
    assertRefused("CrossValidation[k=2, seed=0]: label is -1 at row 2, expected 0 or more",
        () -> new CrossValidation(2, 0).stratified(new int[] {0, 1, -1}));
    Fold fold = new CrossValidation(2, 0).folds(4).getFirst();
    assertRefused("Fold[training=2, heldOut=2]: data has 3 rows, expected 4", () -> fold.training(new int[3]));
    assertRefused("Fold[training=2, heldOut=2]: data has 5 rows, expected 4",
        () -> fold.heldOut(Tensor.zeros(Precision.FLOAT, 5, 1)));
    assertRefused("CrossValidation: 0 candidates and 1 folds, expected at least 1 of each",
        () -> CrossValidation.select(List.of(), List.of(fold), (_, _) -> 0));
    String message = assertThrows(IllegalStateException.class,
        () -> CrossValidation.select(List.of("a"), List.of(fold), (_, _) -> Double.NaN)).getMessage();
    assertEquals("CrossValidation: no candidate of [a] has a finite loss", message);
  }

  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
