package dev.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// Which samples updates are made from.
class SamplerTest {

  private static int[] chosen(Sampler sampler) {
    return Arrays.copyOfRange(sampler.order(), sampler.from(), sampler.from() + sampler.count());
  }

  @Property(tries = 200)
  void anEpochOfShuffledBatchesHasEverySampleOnce(
      @ForAll @IntRange(min = 1, max = 50) int samples, @ForAll @IntRange(min = 1, max = 50) int size,
      @ForAll long seed) {
    int batch = Math.min(size, samples);
    Batches batches = Batches.shuffled(size);
    Sampler sampler = new Sampler(batches, samples);
    for (int epoch = 0; epoch < 3; epoch++) {
      int[] seen = new int[samples];
      for (int at = 0; at < batches.updates(samples); at++) {
        sampler.choose(seed, epoch, at, 0);
        assertTrue(sampler.count() == batch || at == batches.updates(samples) - 1);
        Arrays.stream(chosen(sampler)).forEach(sample -> seen[sample]++);
      }
      assertArrayEquals(IntStream.generate(() -> 1).limit(samples).toArray(), seen);
    }
  }

  @Property(tries = 200)
  void aDrawnBatchHasDifferentSamplesAndFollowsFromItsUpdateAlone(
      @ForAll @IntRange(min = 1, max = 50) int samples, @ForAll @IntRange(min = 1, max = 50) int size,
      @ForAll long seed) {
    Batches batches = Batches.drawn(size);
    assertEquals(Math.ceilDiv(samples, size), batches.updates(samples));
    Sampler sampler = new Sampler(batches, samples);
    for (int update = 0; update < 5; update++) {
      sampler.choose(seed, 0, 0, update);
      int[] batch = chosen(sampler);
      assertEquals(Math.min(size, samples), batch.length);
      assertEquals(batch.length, Arrays.stream(batch).distinct().count());
      Sampler other = new Sampler(batches, samples);
      other.choose(seed, 7, 3, update);
      assertArrayEquals(batch, chosen(other));
    }
  }

  @Test
  void theOrderChangesWithEpochAndSeed() {
    Sampler sampler = new Sampler(Batches.shuffled(100), 100);
    sampler.choose(1, 0, 0, 0);
    int[] first = chosen(sampler);
    sampler.choose(1, 1, 0, 1);
    assertFalse(Arrays.equals(first, chosen(sampler)));
    sampler.forget();
    sampler.choose(2, 0, 0, 0);
    assertFalse(Arrays.equals(first, chosen(sampler)));
    sampler.choose(1, 1, 0, 1);
    sampler.choose(1, 0, 0, 0);
    assertArrayEquals(first, chosen(sampler));
  }

  /// χ² of 12 degrees of freedom is above 40 once in 14,000 fair draws; the seed is fixed.
  @Test
  void eachSampleIsAsLikelyAtEachPlace() {
    int samples = 13;
    int trials = 13_000;
    for (Batches batches : new Batches[] {Batches.one(), Batches.drawn(4), Batches.shuffled(13)}) {
      Sampler sampler = new Sampler(batches, samples);
      int[][] counts = new int[batches.size()][samples];
      for (int trial = 0; trial < trials; trial++) {
        sampler.choose(5, trial, 0, trial);
        for (int place = 0; place < batches.size(); place++) {
          counts[place][chosen(sampler)[place]]++;
        }
      }
      double expected = (double) trials / samples;
      for (int[] count : counts) {
        double chiSquared = Arrays.stream(count).mapToDouble(c -> (c - expected) * (c - expected) / expected).sum();
        assertTrue(chiSquared < 40, batches + ": " + Arrays.toString(count));
      }
    }
  }

  @Test
  void refusals() {
    assertEquals("Batches: a set of 0 samples, expected at least 1",
        assertThrows(IllegalArgumentException.class, () -> Batches.shuffled(11).updates(0)).getMessage());
    assertThrows(IllegalArgumentException.class, () -> Batches.drawn(0));
    assertThrows(IllegalArgumentException.class, () -> Batches.shuffled(-3));
  }
}
