package dev.lanewise.train.validation;

import dev.lanewise.train.DivergedException;
import dev.lanewise.train.data.Moments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/// k-fold cross-validation: the rows are dealt at random into k parts, and each part is held out once while the others
/// are trained on. So each row is judged by a model that has not seen it. The same seed gives the same folds.
///
/// A hyper-parameter such as the λ of weight decay (slides, equation [46]) is chosen by the resulting loss:
///
/// ```java
/// List<Fold> folds = new CrossValidation(5, 1).folds(x.shape().dim(0));
/// double lambda = CrossValidation.select(List.of(0.0, 0.01, 0.1), folds, (candidate, fold) -> loss(candidate, fold))
///     .best();
/// ```
///
/// The chosen candidate's loss underestimates its loss on new data slightly, since it was chosen by it. Where that
/// matters, choose within the training rows of outer folds. Stone, *Cross-validatory choice and assessment of
/// statistical predictions*, 1974.
///
/// [46]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-46
///
/// @param k the number of folds, at least 2
/// @param seed of the dealing
public record CrossValidation(int k, long seed) {

  /// The loss of a candidate on one fold.
  ///
  /// @param <T> what candidates differ in
  @FunctionalInterface
  public interface HeldOutLoss<T> {

    /// Trains on the fold's training rows with `candidate`, and computes the loss on the rows held out: less is better.
    ///
    /// @return the loss on the rows held out
    /// @throws DivergedException if the training diverges, which rules the candidate out
    double of(T candidate, Fold fold);
  }

  /// How one candidate did.
  ///
  /// @param candidate the candidate
  /// @param mean its mean loss over the folds; ∞ if a training diverged
  /// @param standardError of that mean, from the spread over the folds; NaN if a training diverged
  /// @param divergence how a training diverged, if one did: the folds after it were not tried
  /// @param <T> what candidates differ in
  public record Score<T>(T candidate, double mean, double standardError, Optional<DivergedException> divergence) {}

  /// How all candidates did.
  ///
  /// @param best the candidate of the least mean loss; ties go to the first
  /// @param scores of all, in their order
  /// @param <T> what candidates differ in
  public record Selection<T>(T best, List<Score<T>> scores) {}

  /// @throws IllegalArgumentException for fewer than 2 folds
  public CrossValidation {
    if (k < 2) {
      throw new IllegalArgumentException("CrossValidation: " + k + " folds, expected at least 2");
    }
  }

  /// {@return the folds of a data set of `rows` rows: sizes differ by 1 at most}
  ///
  /// @throws IllegalArgumentException for fewer rows than folds
  public List<Fold> folds(int rows) {
    requireRows(rows);
    Deck deck = new Deck(seed);
    return deal(deck.shuffle(IntStream.range(0, rows).toArray()), deck);
  }

  /// {@return the folds of a data set whose rows belong to classes: of each class, too, the numbers of rows differ by 1
  /// at most} A class of fewer than k rows is held out in as many folds as it has rows.
  ///
  /// @param labels the class of each row, 0 or more
  /// @throws IllegalArgumentException for fewer rows than folds, or a negative label
  public List<Fold> stratified(int[] labels) {
    requireRows(labels.length);
    Deck deck = new Deck(seed);
    return deal(Deck.classes(labels, this).stream().map(deck::shuffle).flatMapToInt(Arrays::stream).toArray(), deck);
  }

  /// Tries all candidates on all folds. One whose training diverges is not chosen; its score says so.
  ///
  /// @return the candidate of the least mean loss, with the scores of all
  /// @throws IllegalArgumentException if there is no candidate or no fold
  /// @throws IllegalStateException if no candidate has a finite mean loss; divergences are its suppressed exceptions
  public static <T> Selection<T> select(List<T> candidates, List<Fold> folds, HeldOutLoss<? super T> loss) {
    if (candidates.isEmpty() || folds.isEmpty()) {
      throw new IllegalArgumentException("CrossValidation: " + candidates.size() + " candidates and " + folds.size()
          + " folds, expected at least 1 of each");
    }
    List<Score<T>> scores = new ArrayList<>();
    Score<T> best = null;
    for (T candidate : candidates) {
      Score<T> score = score(Objects.requireNonNull(candidate, "candidate"), folds, loss);
      scores.add(score);
      if (Double.isFinite(score.mean) && (best == null || score.mean < best.mean)) {
        best = score;
      }
    }
    if (best == null) {
      IllegalStateException none = new IllegalStateException("CrossValidation: no candidate of " + candidates
          + " has a finite loss");
      scores.forEach(score -> score.divergence.ifPresent(none::addSuppressed));
      throw none;
    }
    return new Selection<>(best.candidate, List.copyOf(scores));
  }

  private static <T> Score<T> score(T candidate, List<Fold> folds, HeldOutLoss<? super T> loss) {
    double[] losses;
    try {
      losses = folds.stream().mapToDouble(fold -> loss.of(candidate, fold)).toArray();
    } catch (DivergedException divergence) {
      return new Score<>(candidate, Double.POSITIVE_INFINITY, Double.NaN, Optional.of(divergence));
    }
    double standardError = Moments.standardDeviation(losses) / Math.sqrt(losses.length - 1); // 0/0 of a single fold
    return new Score<>(candidate, Moments.mean(losses), standardError, Optional.empty());
  }

  /// Deals rows like cards, so that neighbours go to different folds. The first fold is drawn, so that no class is held
  /// out in the same fold under every seed.
  private List<Fold> deal(int[] rows, Deck deck) {
    int[] order = deck.shuffle(IntStream.range(0, k).toArray());
    int[] foldOf = new int[rows.length];
    for (int at = 0; at < rows.length; at++) {
      foldOf[rows[at]] = order[at % k];
    }
    return IntStream.range(0, k).mapToObj(fold -> new Fold(foldOf, fold)).toList();
  }

  private void requireRows(int rows) {
    if (rows < k) {
      throw new IllegalArgumentException(this + ": data has " + rows + " rows, expected at least " + k);
    }
  }
}
