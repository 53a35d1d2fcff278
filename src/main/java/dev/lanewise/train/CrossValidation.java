package dev.lanewise.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/// k-fold cross-validation: the rows are dealt at random into k parts, and each part is held out once while the others are
/// trained on. So every row is judged by a model that has not seen it. The same seed gives the same folds.
///
/// A hyper-parameter such as the λ of weight decay (slides, equation 46) is chosen by the loss that this gives:
///
/// ```java
/// List<Fold> folds = new CrossValidation(5, 1).folds(x.shape().dim(0));
/// double lambda = CrossValidation.select(List.of(0.0, 0.01, 0.1), folds, (candidate, fold) -> lossOfOne(candidate, fold)).best();
/// ```
///
/// The loss of the candidate that is chosen is a little too good an estimate of what new data will give, as it was chosen
/// for it. Where that matters, choose by folds of the training rows of each of some outer folds. Stone, *Cross-validatory
/// choice and assessment of statistical predictions*, 1974.
///
/// @param k the number of folds, at least 2
/// @param seed what the dealing follows from
public record CrossValidation(int k, long seed) {

  /// The loss of one way to train on one fold.
  ///
  /// @param <T> what the ways differ in
  @FunctionalInterface
  public interface HeldOutLoss<T> {

    /// Trains on the fold's training rows with `candidate`, and gives the loss on those held out: the less, the better.
    double of(T candidate, Fold fold);
  }

  /// How one candidate did.
  ///
  /// @param candidate the candidate
  /// @param mean its mean loss over the folds
  /// @param standardError of that mean, from the spread over the folds
  /// @param <T> what candidates differ in
  public record Score<T>(T candidate, double mean, double standardError) {}

  /// How all candidates did.
  ///
  /// @param best the one of the least mean loss; of equals the first
  /// @param scores of all, in their order
  /// @param <T> what candidates differ in
  public record Selection<T>(T best, List<Score<T>> scores) {}

  /// @throws IllegalArgumentException for fewer than 2 folds
  public CrossValidation {
    if (k < 2) {
      throw new IllegalArgumentException("CrossValidation: " + k + " folds, expected at least 2");
    }
  }

  /// The folds of a data set of `rows` rows: sizes differ by 1 at most.
  ///
  /// @throws IllegalArgumentException for fewer rows than folds
  public List<Fold> folds(int rows) {
    requireRows(rows);
    return deal(shuffled(IntStream.range(0, rows).toArray(), random()));
  }

  /// The folds of a data set whose rows belong to classes: of each class, too, the numbers of rows differ by 1 at most. A
  /// class of fewer than k rows is held out in as many folds as it has rows.
  ///
  /// @param labels the class of each row, 0 or more
  /// @throws IllegalArgumentException for fewer rows than folds, or a negative label
  public List<Fold> stratified(int[] labels) {
    requireRows(labels.length);
    for (int row = 0; row < labels.length; row++) {
      if (labels[row] < 0) {
        throw new IllegalArgumentException(this + ": label is " + labels[row] + " at row " + row + ", expected 0 or more");
      }
    }
    RandomGenerator random = random();
    int[] byClass = new int[labels.length];
    int filled = 0;
    for (int label : Arrays.stream(labels).sorted().distinct().toArray()) {
      int[] members = shuffled(IntStream.range(0, labels.length).filter(row -> labels[row] == label).toArray(), random);
      System.arraycopy(members, 0, byClass, filled, members.length);
      filled += members.length;
    }
    return deal(byClass);
  }

  /// Tries all candidates on all folds, one after the other.
  ///
  /// @throws IllegalArgumentException if there is no candidate or no fold
  /// @throws IllegalStateException if no candidate has a finite mean loss
  public static <T> Selection<T> select(List<T> candidates, List<Fold> folds, HeldOutLoss<? super T> loss) {
    if (candidates.isEmpty() || folds.isEmpty()) {
      throw new IllegalArgumentException("CrossValidation: " + candidates.size() + " candidates and " + folds.size()
          + " folds, expected at least 1 of each");
    }
    List<Score<T>> scores = new ArrayList<>();
    Score<T> best = null;
    for (T candidate : candidates) {
      double[] losses = folds.stream().mapToDouble(fold -> loss.of(candidate, fold)).toArray();
      Score<T> score = score(Objects.requireNonNull(candidate, "candidate"), losses);
      scores.add(score);
      if (Double.isFinite(score.mean) && (best == null || score.mean < best.mean)) {
        best = score;
      }
    }
    if (best == null) {
      throw new IllegalStateException("CrossValidation: no candidate of " + candidates + " has a finite loss");
    }
    return new Selection<>(best.candidate, List.copyOf(scores));
  }

  private static <T> Score<T> score(T candidate, double[] losses) {
    double mean = Arrays.stream(losses).sum() / losses.length;
    double squares = Arrays.stream(losses).map(loss -> (loss - mean) * (loss - mean)).sum();
    return new Score<>(candidate, mean, losses.length == 1 ? Double.NaN : Math.sqrt(squares / (losses.length - 1) / losses.length));
  }

  /// Deals rows out like cards: neighbours go to different folds.
  private List<Fold> deal(int[] rows) {
    int[] foldOf = new int[rows.length];
    for (int at = 0; at < rows.length; at++) {
      foldOf[rows[at]] = at % k;
    }
    return IntStream.range(0, k).mapToObj(fold -> new Fold(foldOf, fold)).toList();
  }

  /// Fisher and Yates's shuffle, in place.
  private static int[] shuffled(int[] rows, RandomGenerator random) {
    for (int at = rows.length - 1; at > 0; at--) {
      int other = random.nextInt(at + 1);
      int row = rows[at];
      rows[at] = rows[other];
      rows[other] = row;
    }
    return rows;
  }

  private RandomGenerator random() {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  private void requireRows(int rows) {
    if (rows < k) {
      throw new IllegalArgumentException(this + ": data has " + rows + " rows, expected at least " + k);
    }
  }
}
