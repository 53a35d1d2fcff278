package dev.lanewise.kernel.warmup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// A set of keys other than 0 by open addressing, whatever their low bits.
class ReadyTest {

  @Property(tries = 200)
  void hasWhatWasPutIn(@ForAll @Size(max = 300) List<@IntRange(min = 1, max = 5_000) Integer> keys,
  @ForAll @IntRange(max = 12) int shift) {
    int[] set = new int[64];
    Set<Integer> expected = new HashSet<>();
    for (int key : keys) {
      int shifted = key << shift; // keys that meet in one place
      if (!Ready.contains(set, shifted)) {
        expected.add(shifted);
        set = Ready.with(set, expected.size(), shifted);
      }
    }
    for (int key = 1; key <= 5_000; key++) {
      assertEquals(expected.contains(key << shift), Ready.contains(set, key << shift));
    }
    assertTrue(set.length > 2 * expected.size(), "so full that a search takes long");
  }

  @Property(tries = 100)
  void losesWhatIsTakenOut(@ForAll @Size(min = 1, max = 100) Set<@IntRange(min = 1, max = 1_000) Integer> keys) {
    int[] set = new int[64];
    int count = 0;
    for (int key : keys) {
      set = Ready.with(set, ++count, key);
    }
    int gone = keys.iterator().next();
    int[] left = Ready.without(set, gone);
    for (int key : keys) {
      assertEquals(key != gone, Ready.contains(left, key));
    }
    assertFalse(Ready.contains(left, 1_001));
  }

  @Property
  void noKeyIsZero(@ForAll int sum) {
    assertTrue(Ready.key(sum) != 0);
  }
}
