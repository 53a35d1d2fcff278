package dev.lanewise.kernel.gemm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.kernel.lanes.VirtualMachine;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SharedGemmTest {

  @Test
  void partsBeginOnWholeVectorsAreAboutEquallyLargeAndAllOfIt() {
    assumeTrue(VirtualMachine.hasVectors(), "the portable kernels work alone");
    Random random = new Random(12);
    for (int draw = 0; draw < 500; draw++) {
      int parts = 1 + random.nextInt(40);
      int unit = 1 << random.nextInt(5);
      int whole = parts * unit + random.nextInt(1 << 22);
      int least = whole / unit / parts * unit;
      assertEquals(0, DoubleSharedGemm.begin(0, parts, whole, unit));
      assertEquals(whole, DoubleSharedGemm.begin(parts, parts, whole, unit));
      for (int part = 0; part < parts; part++) {
        int from = DoubleSharedGemm.begin(part, parts, whole, unit);
        int length = DoubleSharedGemm.begin(part + 1, parts, whole, unit) - from;
        assertEquals(0, from % unit);
        assertTrue(length >= least && length < least + 2 * unit,
            () -> "part of " + length + " of " + whole + " in " + parts);
      }
    }
  }
}
