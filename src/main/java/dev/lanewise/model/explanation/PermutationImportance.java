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

/// How much worse a model predicts once the values of a feature are shuffled between rows: e_r − e, with e the loss on
/// the rows as they are and e_r on those of the r-th shuffle. Breiman, *Random forests*, 2001, section 10, for any
/// model.
///
/// Shuffling one feature makes rows that may never occur if features are correlated, and of two features with the same
/// information neither is missed much. Use rows that were not trained on.
///
/// @param loss e
/// @param repeats how often each feature was shuffled
/// @param features the result for each
public record PermutationImportance(double loss, int repeats, List<Feature> features) {

  /// The effect of shuffling a feature.
  ///
  /// @param name of the feature; its number if it has none
  /// @param mean of the increases, the importance; negative if chance made predictions better
  /// @param spread their standard deviation over the repeats
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
  /// @param layout which numbers belong to a feature; they move together
  /// @param loss of the predictions for a data set with the rows of `x`, in order: less is better
  /// @return the effect of each feature
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
