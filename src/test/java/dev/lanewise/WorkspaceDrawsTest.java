package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What layers that draw at random in training are told.
class WorkspaceDrawsTest {

  private final Workspace ws = new Workspace();

  @Test
  void inferenceDrawsNothing() {
    assertFalse(ws.isTraining());
    assertThrows(IllegalStateException.class, ws::nextDraw);
    ws.beginTraining(1);
    assertTrue(ws.isTraining());
    ws.nextDraw();
    ws.endTraining();
    assertFalse(ws.isTraining());
    assertThrows(IllegalStateException.class, ws::nextDraw);
  }

  /// The first outputs of SplitMix64 for seed 1234567, as its authors' C code gives them.
  @Test
  void drawsAreSplitMix64() {
    ws.beginTraining(1234567);
    assertEquals(6457827717110365317L, ws.nextDraw());
    assertEquals(3203168211198807973L, ws.nextDraw());
    assertEquals(Long.parseUnsignedLong("9817491932198370423"), ws.nextDraw());
  }

  @Test
  void aComputationRepeatedAfterResetDrawsTheSame() {
    ws.beginTraining(5);
    long first = ws.nextDraw();
    long second = ws.nextDraw();
    assertNotEquals(first, second);
    ws.reset();
    assertTrue(ws.isTraining());
    assertEquals(first, ws.nextDraw());
    assertEquals(second, ws.nextDraw());
  }

  @Test
  void seedsNextToEachOtherShareNoDraw() {
    Set<Long> seen = new HashSet<>();
    for (long seed = 0; seed < 100; seed++) {
      ws.beginTraining(seed);
      for (int draw = 0; draw < 100; draw++) {
        assertTrue(seen.add(ws.nextDraw()), "seed " + seed + ", draw " + draw);
      }
    }
  }
}
