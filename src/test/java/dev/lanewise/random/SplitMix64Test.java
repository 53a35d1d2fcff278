package dev.lanewise.random;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Numbers by their place are those that the JDK's SplitMix64 draws one after the other.
class SplitMix64Test {

  @Property(tries = 50)
  void numbersAreTheJdks(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int index = 1; index <= 20; index++) {
      assertEquals(random.nextLong(), SplitMix64.number(seed, index), "number " + index);
    }
  }
}
