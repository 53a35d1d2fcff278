package dev.lanewise.ops.expression;

import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.kernel.DoubleKernels;
import dev.lanewise.kernel.gemm.DoubleScratch;
import dev.lanewise.kernel.gemm.ScratchKey;

/// Products of many matrices of doubles: what [ProductOps] does once it has checked.
final class DoubleProductKernels {

  private DoubleProductKernels() {}

  /// C = or += A·B, of `count` products for each direction.
  static void multiply(int directions, int count, int m, int n, int k,
      Tensor a, int aDirections, int aEach, boolean transposeA,
      Tensor b, int bDirections, int bEach, boolean transposeB, Tensor c, int cEach, boolean add, Workspace ws) {
    int as = a.size() / (m * k) / aDirections;
    int bs = b.size() / (k * n) / bDirections;
    int cs = c.size() / (m * n) / directions;
    boolean aInOrder = as == count && aEach == 1;
    boolean cInOrder = cs == count && cEach == 1;
    if (aInOrder && cInOrder && !transposeA && bs == 1 && bDirections == 1 && (aDirections == directions)) {
      // One tall matrix, of all directions.
      gemm(directions * count * m, n, k, a, 0, false, b, 0, transposeB, c, 0, add, ws);
      return;
    }
    for (int direction = 0; direction < directions; direction++) {
      int at = aDirections == 1 ? 0 : direction * as;
      int bt = bDirections == 1 ? 0 : direction * bs;
      int ct = direction * cs;
      if (aInOrder && cInOrder && !transposeA && bs == 1) {
        gemm(count * m, n, k, a, at * m * k, false, b, bt * k * n, transposeB, c, ct * m * n, add, ws);
      } else if (cs == 1 && aInOrder && transposeA && bs == count && bEach == 1 && !transposeB) {
        // One long sum.
        gemm(m, n, count * k, a, at * m * k, true, b, bt * k * n, false, c, ct * m * n, add, ws);
      } else {
        for (int i = 0; i < count; i++) {
          boolean isFirst = i % cEach == 0 && i / cEach < cs;
          gemm(m, n, k, a, (at + i / aEach % as) * m * k, transposeA, b, (bt + i / bEach % bs) * k * n, transposeB,
              c, (ct + i / cEach % cs) * m * n, add || !isFirst, ws);
        }
      }
    }
  }

  private static void gemm(int m, int n, int k, Tensor a, int at, boolean transposeA,
      Tensor b, int bt, boolean transposeB, Tensor c, int ct, boolean add, Workspace ws) {
    DoubleScratch scratch = ScratchKey.doubles(ws);
    DoubleKernels.BEST.gemm(m, n, k, a.doubles(), a.offset() + at, transposeA ? 1 : k, transposeA ? m : 1,
        b.doubles(), b.offset() + bt, transposeB ? 1 : n, transposeB ? k : 1, c.doubles(), c.offset() + ct, n, add,
        scratch.fusion.none(), scratch);
  }
}
