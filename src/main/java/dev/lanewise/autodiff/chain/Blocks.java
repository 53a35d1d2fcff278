package dev.lanewise.autodiff.chain;

import java.util.function.IntToDoubleFunction;

/// How a Jacobian is cut: into blocks of `chunk` columns, into blocks of `chunk` rows, or not at all.
///
/// @param side which side is cut
/// @param chunk the width of a block; the last one may be narrower
public record Blocks(Side side, int chunk) {

  /// Which side is cut.
  public enum Side { WHOLE, COLUMNS, ROWS }

  /// Not at all.
  public static final Blocks WHOLE = new Blocks(Side.WHOLE, Integer.MAX_VALUE);

  /// The cost of all blocks of `width` columns or rows.
  ///
  /// @param cost the cost of one block by its width
  public double sum(int width, IntToDoubleFunction cost) {
    int full = width / chunk;
    int rest = width % chunk;
    return (full == 0 ? 0 : full * cost.applyAsDouble(chunk)) + (rest == 0 ? 0 : cost.applyAsDouble(rest));
  }
}
