package dev.lanewise.kernel.gemm;

import java.util.function.Function;

/// Gives operations outside the contract's package access to the scratch of a workspace, which users do not see. The
/// workspace's class hands in the keys as it is initialised.
public final class ScratchKey {

  private static Function<Object, DoubleScratch> doubles;
  private static Function<Object, FloatScratch> floats;

  private ScratchKey() {}

  /// Takes the functions that open any workspace.
  public static void handIn(Function<Object, DoubleScratch> toDoubles, Function<Object, FloatScratch> toFloats) {
    doubles = toDoubles;
    floats = toFloats;
  }

  /// The scratch of a workspace for products of doubles.
  public static DoubleScratch doubles(Object workspace) {
    return doubles.apply(workspace);
  }

  /// The scratch of a workspace for products of floats.
  public static FloatScratch floats(Object workspace) {
    return floats.apply(workspace);
  }
}
