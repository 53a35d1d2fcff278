package dev.lanewise.train;

/// Which samples the gradient of an update is averaged over: gradient descent in three ways, slides, equations [42] to
/// [45].
///
/// | batches          | samples of an update                                               | updates of an epoch |
/// |------------------|--------------------------------------------------------------------|---------------------|
/// | [#whole()]       | all N: batch learning, equation 42                                 | 1                   |
/// | [#one()]         | one drawn at random: stochastic or online learning, equation 43    | N                   |
/// | [#drawn(int)]    | B different ones drawn at random: mini-batch learning, equation 45 | ⌈N/B⌉               |
/// | [#shuffled(int)] | the next B of an order drawn for each epoch; the last may be fewer | ⌈N/B⌉               |
///
/// A batch larger than the set has all of its samples.
///
/// [42]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-42
/// [45]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-45
///
/// @param kind how samples are chosen
/// @param size B; 0 for all
public record Batches(Kind kind, int size) {

  /// How samples are chosen.
  public enum Kind {
    /// All of them, in order.
    WHOLE,
    /// At random for each update, all of them different.
    DRAWN,
    /// Each once an epoch, in random order.
    SHUFFLED
  }

  /// @throws IllegalArgumentException if the size is not positive, or not 0 for all
  public Batches {
    if (kind == Kind.WHOLE ? size != 0 : size < 1) {
      throw new IllegalArgumentException("Batches: " + kind + " of " + size + " samples, expected "
          + (kind == Kind.WHOLE ? "0, which stands for all" : "at least 1"));
    }
  }

  /// {@return batches of all samples}
  public static Batches whole() {
    return new Batches(Kind.WHOLE, 0);
  }

  /// {@return batches of one random sample}
  public static Batches one() {
    return new Batches(Kind.DRAWN, 1);
  }

  /// {@return batches of `size` random samples each}
  ///
  /// @throws IllegalArgumentException if the size is not positive
  public static Batches drawn(int size) {
    return new Batches(Kind.DRAWN, size);
  }

  /// {@return batches of the next `size` samples of a random order of all}
  ///
  /// @throws IllegalArgumentException if the size is not positive
  public static Batches shuffled(int size) {
    return new Batches(Kind.SHUFFLED, size);
  }

  /// The samples of an update from a set of `samples` samples, except an epoch's last.
  int sizeOf(int samples) {
    return kind == Kind.WHOLE ? samples : Math.min(size, samples);
  }

  /// {@return the updates of an epoch over `samples` samples}
  ///
  /// @throws IllegalArgumentException if there is no sample
  public int updates(int samples) {
    if (samples < 1) {
      throw new IllegalArgumentException("Batches: a set of " + samples + " samples, expected at least 1");
    }
    return Math.ceilDiv(samples, sizeOf(samples));
  }
}
