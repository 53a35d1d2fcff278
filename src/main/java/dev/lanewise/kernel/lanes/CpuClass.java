package dev.lanewise.kernel.lanes;

import java.util.Arrays;

/// The classes of processors: for each its vector registers, and the gemm's block sizes, which depend on them and on
/// the caches, like the contexts of BLIS.
///
/// | class     | registers | processors                                          | sizes measured on                |
/// |-----------|-----------|-----------------------------------------------------|----------------------------------|
/// | `AVX_512` | 32 × 512  | Zen 4 and later, Intel's Xeons from Ice Lake; A64FX | such x86                         |
/// | `AVX2`    | 16 × 256  | other x86 since Haswell and Zen                     | Zen 3                            |
/// | `AVX`     | 16 × 128  | x86 under `-XX:MaxVectorSize=16`                    | none: those of `AVX2`            |
/// | `SVE_256` | 32 × 256  | Neoverse V1                                         | none: those of `AVX_512`         |
/// | `NEON`    | 32 × 128  | other AArch64                                       | none: `AVX_512`'s, a smaller L2  |
///
/// A processor of class `AVX_512` has 32 registers of any width. With narrower vectors it still counts as one of 16,
/// since no larger tiles have been measured there.
///
/// The class is the machine's, or the one that the system properties `lanewise.lanes` (16, 8 or 4 lanes of `float`) and
/// `lanewise.registers` (32 or 16) ask for. So a machine can test each row that is no wider than its own. All classes
/// give the same bits.
///
/// To add a class, add a row, here and above, and an execution with its properties to the tests in `pom.xml`. If it is
/// the first of its bits and registers, `src/build/Registers.java` and `MicroKernelChoice.java` need the pair.
public enum CpuClass {
  //      bits registers  vectors  KC        SWEEP  NC       copied  streamed
  AVX_512(512, 32,        2, 4,    256, 256, 12,    1 << 20, 96,     1 << 21, 1 << 20),
  AVX2(   256, 16,        3, 3,    192, 192, 120,   1 << 19, 48,     1 << 17, 1 << 19),
  AVX(    128, 16,        3, 3,    192, 192, 120,   1 << 19, 48,     1 << 17, 1 << 19),
  SVE_256(256, 32,        2, 4,    256, 256, 12,    1 << 20, 96,     1 << 21, 1 << 20),
  NEON(   128, 32,        2, 4,    256, 256, 12,    1 << 19, 96,     1 << 17, 1 << 19);

  public static final String LANES = "lanewise.lanes";
  public static final String REGISTERS = "lanewise.registers";

  /// The width of a vector register.
  public final int bits;
  public final int registers;
  /// Vectors in a row of a tile, and in a strip of a packed B, where A is copied or in columns.
  public final int tileVectors;
  /// Vectors in the widest strip of a packed B.
  public final int stripVectors;
  private final int floatDepth;
  private final int doubleDepth;
  /// Rows of A's block that are multiplied by all strips of B in turn.
  public final int sweep;
  /// Bytes of a block of B.
  public final int blockBytes;
  /// The most columns of B for which rows of A are read in place.
  public final int columnsInPlace;
  /// The bytes of B from which on it is streamed for one row of A, and for several.
  public final int streamedByOneRow;
  public final int streamed;

  CpuClass(
      int bits, int registers, int tileVectors, int stripVectors, int floatDepth, int doubleDepth, int sweep,
      int blockBytes, int columnsInPlace, int streamedByOneRow, int streamed) {
    this.bits = bits;
    this.registers = registers;
    this.tileVectors = tileVectors;
    this.stripVectors = stripVectors;
    this.floatDepth = floatDepth;
    this.doubleDepth = doubleDepth;
    this.sweep = sweep;
    this.blockBytes = blockBytes;
    this.columnsInPlace = columnsInPlace;
    this.streamedByOneRow = streamedByOneRow;
    this.streamed = streamed;
  }

  /// KC, the depth of a block, for numbers of `bytes` bytes.
  public int depth(int bytes) {
    return bytes == Float.BYTES ? floatDepth : doubleDepth;
  }

  /// The class of a machine that prefers vectors of so many bits, or the one that is asked for.
  ///
  /// @param lanes of `float`, or `null` for the machine's preferred width
  /// @param registers or `null` for as many as there are of that width
  /// @param architecture the system property `os.arch`
  /// @throws IllegalArgumentException if no class has such lanes and registers
  static CpuClass of(Integer lanes, Integer registers, int preferredBits, String architecture) {
    int bits = lanes == null ? Math.clamp(Integer.highestOneBit(preferredBits), 128, 512) : lanes * Float.SIZE;
    int count = registers == null ? registers(bits, architecture) : registers;
    return Arrays.stream(values()).filter(row -> row.bits == bits && row.registers == count).findFirst()
        .orElseThrow(() -> new IllegalArgumentException(refused(lanes, registers)));
  }

  private static int registers(int bits, String architecture) {
    boolean x86 = architecture.equals("amd64") || architecture.equals("x86_64");
    return x86 && bits < 512 ? 16 : 32;
  }

  private static String refused(Integer lanes, Integer registers) {
    String rows = String.join(", ",
        Arrays.stream(values()).map(row -> row.bits / Float.SIZE + " × " + row.registers).toList());
    return "-D" + LANES + "=" + lanes + ", -D" + REGISTERS + "=" + registers
        + ": lanes of float × registers must be among " + rows;
  }
}
