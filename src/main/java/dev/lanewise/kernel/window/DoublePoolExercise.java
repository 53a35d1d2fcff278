package dev.lanewise.kernel.window;

import dev.lanewise.kernel.warmup.DoubleOperands;
import dev.lanewise.kernel.warmup.Exercise;
import dev.lanewise.kernel.warmup.Ready;
import dev.lanewise.kernel.warmup.Warmup;
import java.util.Locale;

/// Compiles the vector code that pools planes of one geometry.
final class DoublePoolExercise extends Exercise {

  /// The passes, each with separate code.
  enum Pass { MAX, MAX_KEEPING, MAX_PUSH, MAX_PULL, AVERAGE, AVERAGE_PULL }

  private static final int ODD = 0x5851_F42D;
  /// The most rows of an exercise; planes of more are exercised with fewer.
  private static final int MOST_ROWS = 4;

  private final Pass pass;
  private final PoolGeometry geometry = new PoolGeometry();

  DoublePoolExercise(int key, Pass pass, PoolGeometry of) {
    super(key);
    this.pass = pass;
    int rows = Math.min(of.rows, MOST_ROWS);
    int height = of.height - (of.rows - rows) * of.strideHeight;
    geometry.planes(height, of.width, rows, of.columns)
        .alongHeight(of.windowHeight, of.strideHeight, of.paddingHeight, of.dilationHeight)
        .alongWidth(of.windowWidth, of.strideWidth, of.paddingWidth, of.dilationWidth);
  }

  /// Whether vectors compute a pass; if not, they are wanted from now on.
  static boolean isReady(Pass pass, PoolGeometry geometry) {
    int key = Ready.key((geometry.hash() * ODD + pass.ordinal() << 4 | Double.BYTES) * ODD);
    if (Ready.is(key)) {
      return true;
    }
    if (Warmup.isNew(key)) {
      Warmup.want(new DoublePoolExercise(key, pass, geometry));
    }
    return false;
  }

  @Override
  protected String name() {
    return pass.name().toLowerCase(Locale.ROOT).replace('_', ' ')
        + " pooling of doubles " + geometry.rows + "×" + geometry.columns;
  }

  @Override
  protected void light(int step) {
    full(step % variants());
  }

  @Override
  protected int variants() {
    return 2;
  }

  /// The first numbers of all kinds, or of one without ties.
  @Override
  protected void full(int variant) {
    double[] x = DoubleOperands.array(0, geometry.plane() + DoubleOperands.BLOCK);
    double[] y = DoubleOperands.array(5, geometry.outputs());
    double[] won = won();
    double[] v = DoubleOperands.array(6, geometry.plane());
    int at = variant * DoubleOperands.BLOCK;
    switch (pass) {
      case MAX -> DoubleVectorPool.max(geometry, 1, x, at, y, 0, won, 0, false);
      case MAX_KEEPING -> DoubleVectorPool.max(geometry, 1, x, at, y, 0, won, 0, true);
      case MAX_PUSH -> DoubleVectorPool.maxPush(geometry, 1, 1, won, 0, x, at, y, 0);
      case MAX_PULL -> DoubleVectorPool.maxPull(geometry, 1, 1, won, 0, y, 0, v, 0);
      case AVERAGE -> DoubleVectorPool.average(geometry, 1, variant == 0, x, at, y, 0);
      case AVERAGE_PULL -> DoubleVectorPool.averagePull(geometry, 1, variant == 0, y, 0, v, 0);
    }
  }

  /// Which taps won: any that lie in the plane.
  private double[] won() {
    double[] won = DoubleOperands.array(7, geometry.outputs());
    double[] x = DoubleOperands.array(0, geometry.plane());
    DoublePortablePool.max(geometry, 1, x, 0, DoubleOperands.array(5, geometry.outputs()), 0, won, 0, true);
    return won;
  }

  @Override
  protected void plain(int variant) {
    double[] x = DoubleOperands.array(0, geometry.plane() + DoubleOperands.BLOCK);
    double[] y = DoubleOperands.array(5, geometry.outputs());
    double[] won = won();
    double[] v = DoubleOperands.array(6, geometry.plane());
    switch (pass) {
      case MAX -> DoublePortablePool.max(geometry, 1, x, 0, y, 0, won, 0, false);
      case MAX_KEEPING -> DoublePortablePool.max(geometry, 1, x, 0, y, 0, won, 0, true);
      case MAX_PUSH -> DoublePortablePool.maxPush(geometry, 1, 1, won, 0, x, 0, y, 0);
      case MAX_PULL -> DoublePortablePool.maxPull(geometry, 1, 1, won, 0, y, 0, v, 0);
      case AVERAGE -> DoublePortablePool.average(geometry, 1, true, x, 0, y, 0);
      case AVERAGE_PULL -> DoublePortablePool.averagePull(geometry, 1, true, y, 0, v, 0);
    }
  }
}
