package dev.lanewise.kernel;

/// Register tile and cache blocks of the gemm.
///
/// | letter | what                              | lives in      | 512 bit | 256 bit | 128 bit |
/// |--------|-----------------------------------|---------------|---------|---------|---------|
/// | MR     | rows of the register tile         | registers     | 12      | 6       | 6       |
/// | NR     | columns: two vectors              | registers     | 2 lanes | 2 lanes | 2 lanes |
/// | KC     | depth of a block                  | A panel in L1 | 256     | 256     | 256     |
/// | NC     | columns of B's block, 512 KiB     | L2            | by size | by size | by size |
/// | MC     | rows of A's block, 1 MiB          | L3            | by size | by size | by size |
///
/// The vectors run along n, so B's block is the one that is streamed from L2 (2 vectors for every MR × 2 FMAs) while A's
/// panel of MR·KC numbers stays in L1: the mirror image of BLIS's column-major order. 12 × 2 vectors run at 98 to 100 % of
/// the FMA peak on AVX-512 (8 × 2 and 10 × 2 as well, 4 × 2 at 96 %, 1 × 2 at 40 %); 6 × 2 is what 16 registers hold.
final class DoubleTiling {

  static final int NR = 2 * DoubleLanes.LENGTH;
  static final int MR = DoubleLanes.LENGTH * Double.SIZE >= 512 ? 12 : 6;
  static final int KC = 256;
  static final int NC = (512 << 10) / (KC * Double.BYTES) / NR * NR;
  static final int MC = (1 << 20) / (KC * Double.BYTES) / MR * MR;

  private DoubleTiling() {}
}
