package dev.lanewise.kernel.window;

import dev.lanewise.kernel.lanes.DoubleLanes;
import dev.lanewise.kernel.warmup.DoubleOperands;
import dev.lanewise.kernel.warmup.Exercise;
import dev.lanewise.kernel.warmup.Ready;
import dev.lanewise.kernel.warmup.Warmup;

/// Compiles the vector code that copies planes.
final class DoublePlanesExercise extends Exercise {

  private static final int KEY = Ready.key(0x1B87_3593 + Double.BYTES);
  private static final int ROWS = 3;
  private static final int PITCH = 80;

  DoublePlanesExercise() {
    super(KEY);
  }

  /// Whether vectors copy planes; if not, they are wanted from now on.
  static boolean isReady() {
    if (Ready.is(KEY)) {
      return true;
    }
    if (Warmup.isNew(KEY)) {
      Warmup.want(new DoublePlanesExercise());
    }
    return false;
  }

  @Override
  protected String name() {
    return "copies of planes of doubles";
  }

  @Override
  protected void light(int step) {
    copy(1, size(step % variants()));
  }

  @Override
  protected int variants() {
    return 3;
  }

  @Override
  protected void full(int variant) {
    copy(ROWS, size(variant));
  }

  /// The length of a row: a vector, more, or half of one.
  private static int size(int variant) {
    return variant == 0 ? DoubleLanes.LENGTH : variant == 1 ? 2 * DoubleLanes.LENGTH + 1 : DoubleLanes.LENGTH - 1;
  }

  private static void copy(int rows, int n) {
    DoublePlanes.byVectors(rows, n, DoubleOperands.array(0, 0), 0, PITCH, DoubleOperands.array(5, 0), 0, PITCH);
  }

  @Override
  protected void plain(int variant) {
    DoublePlanes.plain(ROWS, size(variant), DoubleOperands.array(0, 0), 0, PITCH, DoubleOperands.array(5, 0), 0, PITCH);
  }
}
