package dev.lanewise.kernel.arithmetic;

import dev.lanewise.kernel.warmup.DoubleOperands;
import dev.lanewise.kernel.warmup.Exercise;
import dev.lanewise.kernel.warmup.Ready;
import dev.lanewise.kernel.warmup.Warmup;
import java.util.Locale;

/// Gets the vector code of one operation compiled.
final class DoubleArithmeticExercise extends Exercise {

  private static final int ODD = 0x3C6E_F372 + 1;
  /// The offset from one kind of numbers to another.
  private static final int SHIFT = 7;
  /// The numbers of a remainder after whole vectors.
  private static final int FEW = 3;

  private final Arithmetic operation;

  DoubleArithmeticExercise(int key, Arithmetic operation) {
    super(key);
    this.operation = operation;
  }

  /// Whether to compute an operation by vectors; if not, asks for their code from now on.
  static boolean isReady(Arithmetic operation) {
    int key = Ready.key((operation.ordinal() << 4 | Double.BYTES) * ODD);
    if (Ready.is(key)) {
      return true;
    }
    if (Warmup.isNew(key)) {
      Warmup.want(new DoubleArithmeticExercise(key, operation));
    }
    return false;
  }

  @Override
  protected String name() {
    return operation.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " of doubles";
  }

  @Override
  protected void light(int step) {
    run(true, DoubleArithmetic.LEAST + (step % 2 == 0 ? 0 : FEW), DoubleOperands.at(step / 2));
  }

  @Override
  protected int variants() {
    return 2 * DoubleOperands.KINDS;
  }

  @Override
  protected void full(int variant) {
    run(true, size(variant), DoubleOperands.at(variant));
  }

  @Override
  protected void plain(int variant) {
    run(false, size(variant), DoubleOperands.at(variant));
  }

  private static int size(int variant) {
    return variant < DoubleOperands.KINDS ? DoubleArithmetic.LEAST + FEW : 2 * DoubleArithmetic.LEAST;
  }

  private void run(boolean byVectors, int n, int kind) {
    double[] x = DoubleOperands.array(0, 0);
    double[] u = DoubleOperands.array(1, 0);
    double[] z = DoubleOperands.array(5, 0);
    // What is added to comes from numbers that stay.
    System.arraycopy(x, SHIFT, z, 0, n);
    if (byVectors) {
      DoubleVectorArithmetic.apply(operation, n, x, kind, u, SHIFT, z, 0);
    } else {
      DoublePortableArithmetic.apply(operation, n, x, kind, u, SHIFT, z, 0);
    }
  }
}
