package dev.lanewise.model.explanation;

import dev.lanewise.Tensor;
import dev.lanewise.model.table.TextTable;
import dev.lanewise.train.data.Moments;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// How much worse a model's predictions are once the values of a feature are shuffled between the rows, so that they
/// say nothing any more of the row that they are in: e_r − e, with e the loss on the rows as they are, e_r on those of
/// the r-th shuffle. Breiman, *Random forests*, 2001, section 10, for any model.
///
/// A feature that is shuffled alone makes rows that may never occur, where it goes along with others; and of two
/// features that say the same each is little missed. Take rows that were not trained on.
///
/// @param loss e
/// @param repeats how often each feature was shuffled
/// @param features what became of each
public record PermutationImportance(double loss, int repeats, List<Feature> features) {

  /// What shuffling a feature does.
  ///
  /// @param name of the feature; its number where it has none
  /// @param mean of the increases, the importance; negative where chance made predictions better
  /// @param spread their standard deviation, over the repeats
  /// @param increases e_r − e, one for each repeat
  public record Feature(String name, double mean, double spread, List<Double> increases) {

    /// @throws NullPointerException if there are no increases
    public Feature {
      increases = List.copyOf(increases);
    }
  }

  /// @throws NullPointerException if there are no features
  public PermutationImportance {
    features = List.copyOf(features);
  }

  /// Shuffles each feature `repeats` times. The same seed gives the same shuffles.
  ///
  /// @param x `[N, …]`, not changed
  /// @param layout which numbers are a feature's; all of a feature's go along together
  /// @param loss of the predictions for a data set with the rows of `x`, in their order: the less, the better
  /// @return what became of each feature
  /// @throws IllegalArgumentException if there is no repeat, or `x` has fewer than 2 rows or another layout
  public static PermutationImportance of(
      Tensor x, FeatureLayout layout, int repeats, long seed, ToDoubleFunction<Tensor> loss) {
    if (repeats < 1) {
      throw new IllegalArgumentException("PermutationImportance: " + repeats + " repeats, expected at least 1");
    }
    layout.require(x);
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    double before = loss.applyAsDouble(x);
    Tensor shuffled = x.copy();
    Collection<int[]> groups = groups(x, layout);
    List<Feature> features = new ArrayList<>();
    for (int feature = 0; feature < layout.count(); feature++) {
      double[] increases = new double[repeats];
      for (int repeat = 0; repeat < repeats; repeat++) {
        for (int[] rows : groups) {
          shuffle(x, layout, feature, rows, random, shuffled);
        }
        increases[repeat] = loss.applyAsDouble(shuffled) - before;
      }
      for (int row = 0; row < x.shape().dim(0); row++) {
        layout.copy(feature, x, row, shuffled, row);
      }
      features.add(new Feature(layout.names().get(feature), Moments.mean(increases),
          Moments.standardDeviation(increases), DoubleStream.of(increases).boxed().toList()));
    }
    return new PermutationImportance(before, repeats, features);
  }

  private static Collection<int[]> groups(Tensor x, FeatureLayout layout) {
    TreeMap<Double, IntStream.Builder> groups = new TreeMap<>();
    for (int row = 0; row < x.shape().dim(0); row++) {
      groups.computeIfAbsent(layout.group(x, row), _ -> IntStream.builder()).add(row);
    }
    return groups.values().stream().map(rows -> rows.build().toArray()).toList();
  }

  /// Fisher and Yates's shuffle of the rows that the values are taken from.
  private static void shuffle(
      Tensor x, FeatureLayout layout, int feature, int[] rows, RandomGenerator random, Tensor shuffled) {
    int[] sources = rows.clone();
    for (int at = sources.length - 1; at > 0; at--) {
      int other = random.nextInt(at + 1);
      int source = sources[at];
      sources[at] = sources[other];
      sources[other] = source;
    }
    for (int at = 0; at < rows.length; at++) {
      layout.copy(feature, x, sources[at], shuffled, rows[at]);
    }
  }

  /// {@return the features, by number, the most important first}
  public List<Integer> ranking() {
    return IntStream.range(0, features.size()).boxed()
        .sorted(Comparator.comparingDouble((Integer feature) -> -features.get(feature).mean)
            .thenComparing(feature -> feature)).toList();
  }

  /// {@return the features as a table for people, the most important first}
  public String report() {
    TextTable table = new TextTable(List.of("feature", "increase of the loss", "±"));
    ranking().stream().map(features::get).forEach(feature -> table.with(feature.name, feature.mean, feature.spread));
    return "loss " + TextTable.number(loss) + ", each feature shuffled " + repeats + " times\n\n" + table;
  }

  /// For example `PermutationImportance[4 features, loss 0.12, 10 repeats]`.
  @Override
  public String toString() {
    return "PermutationImportance[" + features.size() + " features, loss " + loss + ", " + repeats + " repeats]";
  }
}
