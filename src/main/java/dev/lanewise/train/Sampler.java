package dev.lanewise.train;

/// Chooses the samples of each update, from the seed and the number of the epoch or update alone.
final class Sampler {

  private final Batches.Kind kind;
  private final int size;
  private final int samples;
  private final Draws draws = new Draws();
  private final int[] order;
  /// What each place of a drawn batch was swapped with, to undo it.
  private final int[] swaps;
  private long shuffledFor = -1;
  private int from;
  private int count;

  Sampler(Batches batches, int samples) {
    this.kind = batches.kind();
    this.size = batches.sizeOf(samples);
    this.samples = samples;
    this.order = new int[kind == Batches.Kind.WHOLE ? 0 : samples];
    this.swaps = new int[kind == Batches.Kind.DRAWN ? size : 0];
    reset();
  }

  private void reset() {
    for (int sample = 0; sample < order.length; sample++) {
      order[sample] = sample;
    }
  }

  /// Forgets the order of an epoch: another seed draws another one.
  void forget() {
    shuffledFor = -1;
  }

  /// Chooses the samples of batch `batch` of epoch `epoch`, which is update `update` of all; all count from 0.
  void choose(long seed, long epoch, int batch, long update) {
    switch (kind) {
      case WHOLE -> count = samples;
      case SHUFFLED -> {
        if (shuffledFor != epoch) {
          shuffle(seed, epoch);
        }
        from = batch * size;
        count = Math.min(size, samples - from);
      }
      case DRAWN -> draw(seed, update);
    }
  }

  /// Fisher–Yates; Durstenfeld 1964.
  private void shuffle(long seed, long epoch) {
    reset();
    draws.begin(seed, Draws.ORDER, epoch);
    for (int place = samples - 1; place > 0; place--) {
      swap(place, draws.below(place + 1));
    }
    shuffledFor = epoch;
  }

  /// Draws the first places of a shuffle. The swaps of the last draw are undone first, so that a batch does not depend
  /// on earlier ones.
  private void draw(long seed, long update) {
    for (int place = count - 1; place >= 0; place--) {
      swap(place, swaps[place]);
    }
    count = swaps.length;
    draws.begin(seed, Draws.BATCH, update);
    for (int place = 0; place < count; place++) {
      swaps[place] = place + draws.below(samples - place);
      swap(place, swaps[place]);
    }
  }

  private void swap(int place, int other) {
    int sample = order[place];
    order[place] = order[other];
    order[other] = sample;
  }

  /// Whether all samples were chosen, in order, so that they need not be gathered.
  boolean isWhole() {
    return kind == Batches.Kind.WHOLE;
  }

  /// Holds the chosen samples from [#from()] on. Not to be changed.
  int[] order() {
    return order;
  }

  int from() {
    return from;
  }

  int count() {
    return count;
  }
}
