package dev.lanewise.model.explanation;

import dev.lanewise.Tensor;
import java.util.List;
import java.util.Objects;

/// Which numbers of a sample belong to a feature: a channel of an image, a feature of each step, a column of a row.
///
/// Number e of a sample, from 0, belongs to feature (e / run) mod F if e is below `numbers`. Later numbers, such as the
/// length of a sequence, belong to none.
///
/// @param names the names of the F features
/// @param run how many numbers of a feature are contiguous: 1, or the pixels of a channel
/// @param numbers the numbers of a sample that belong to features
/// @param hasLengths whether the sequence's length follows them; values then swap only between sequences of one length
public record FeatureLayout(List<String> names, int run, int numbers, boolean hasLengths) {

  /// @throws IllegalArgumentException if there is no feature, or a sample is not made of whole ones
  public FeatureLayout {
    names = List.copyOf(names);
    if (names.isEmpty() || run < 1 || numbers < 1 || numbers % Math.multiplyExact(run, names.size()) != 0) {
      throw new IllegalArgumentException("FeatureLayout: " + numbers + " numbers of " + names.size()
          + " features in runs of " + run + ", expected whole features");
    }
  }

  /// {@return F}
  public int count() {
    return names.size();
  }

  /// Checks that `x` has samples of this layout.
  void require(Tensor x) {
    int found = Objects.requireNonNull(x, "x").shape().rank() == 0 ? 0 : x.shape().withoutFirst().size();
    int expected = numbers + (hasLengths ? 1 : 0);
    if (found != expected || x.shape().dim(0) < 2) {
      throw new IllegalArgumentException("FeatureLayout: x has shape " + x.shape() + ", expected at least 2 rows of "
          + expected + " numbers");
    }
  }

  /// Overwrites feature `feature` of row `row` of `to` with that of row `source` of `from`.
  void copy(int feature, Tensor from, int source, Tensor to, int row) {
    int sample = from.size() / from.shape().dim(0);
    for (int first = feature * run; first < numbers; first += run * count()) {
      for (int at = first; at < first + run; at++) {
        to.set(row * sample + at, from.get(source * sample + at));
      }
    }
  }

  /// Rows swap values only with rows of the same group.
  double group(Tensor x, int row) {
    int sample = x.size() / x.shape().dim(0);
    return hasLengths ? x.get(row * sample + numbers) : 0;
  }
}
