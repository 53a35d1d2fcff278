package dev.lanewise.kernel.warmup;

/// Operands for exercises of kernels of doubles, and room for results. Not for several threads at once.
///
/// A kernel's path may depend on its numbers: near 0, far from it, infinite or NaN. So there are blocks of each kind,
/// one after another, and exercises take them in turn.
@SuppressWarnings("cast")
public final class DoubleOperands {

  /// How many numbers of one kind are contiguous.
  public static final int BLOCK = 64;
  /// The number of kinds.
  public static final int KINDS = 4;

  private static final int MOST_ARRAYS = 8;
  private static final double[][] ARRAYS = new double[MOST_ARRAYS][0];

  private DoubleOperands() {}

  /// The operand's array, of `size` numbers or more.
  ///
  /// @param operand from 0 to 7
  public static double[] array(int operand, int size) {
    if (ARRAYS[operand].length == 0 || ARRAYS[operand].length < size) {
      double[] array = new double[Math.max(2 * KINDS * BLOCK, size)];
      refill(operand, array);
      ARRAYS[operand] = array;
    }
    return ARRAYS[operand];
  }

  /// The offset of the numbers of a kind.
  public static int at(int step) {
    return step % KINDS * BLOCK;
  }

  /// Restores the numbers where results were written.
  public static void refill(int operand, double[] array) {
    for (int i = 0; i < array.length; i++) {
      array[i] = number(operand + 1, i);
    }
  }

  private static double number(int operand, int i) {
    double wave = (double) Math.sin(operand + i);
    return switch (i / BLOCK % KINDS) {
      case 0 -> wave;
      case 1 -> wave * 4;
      case 2 -> i % 3 == 0 ? wave * 40 : wave / 1000;
      default -> i % BLOCK == 5 ? Double.NaN : i % BLOCK == 17 ? Double.POSITIVE_INFINITY : wave;
    };
  }
}
