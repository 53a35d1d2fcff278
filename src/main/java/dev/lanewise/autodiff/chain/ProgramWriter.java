package dev.lanewise.autodiff.chain;

import dev.lanewise.Matrix;
import dev.lanewise.Precision;
import dev.lanewise.autodiff.chain.Blocks.Side;
import dev.lanewise.autodiff.chain.JacobianProgram.Moving;
import dev.lanewise.autodiff.chain.Panels.Panel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// Turns a bracketing into the steps of a [JacobianProgram]: the part that the [ChainWriter]s of the network and of
/// each branch share. Steps that do not depend on the block are written once.
final class ProgramWriter {

  /// A matrix that steps have computed, except that its rows may still have to be scaled by a factor's slope.
  ///
  /// @param unscaledBy the number of that factor, -1 for none
  /// @param panel its memory; null for a view of a weight
  /// @param lent whether it is used again: nothing is written there, and its memory is not given back
  record Value(Matrix matrix, int unscaledBy, Panel panel, boolean lent) {

    static Value own(Matrix matrix, int unscaledBy, Panel panel) {
      return new Value(matrix, unscaledBy, panel, false);
    }

    static Value scaled(Matrix matrix, Panel panel) {
      return own(matrix, -1, panel);
    }

    Value lend() {
      return new Value(matrix, unscaledBy, panel, true);
    }

    boolean isScaled() {
      return unscaledBy < 0;
    }

    /// Whether steps may write there.
    boolean isOwn() {
      return panel != null && !lent;
    }

    void giveBack() {
      if (isOwn()) {
        Panels.giveBack(panel);
      }
    }
  }

  final JacobianProgram program;
  final Blocks blocks;
  /// Seeds that no step overwrites.
  final Panels constantPanels;
  /// Results of the steps done once, which no block overwrites.
  private final Panels oncePanels;
  private final Panels blockPanels;
  private final boolean[] sloped;
  /// The results that all blocks share, by the chain and the bracket.
  private final Map<Chain, Map<Bracket, Value>> unblocked = new HashMap<>();
  /// Whether steps that are done once are being written: nobody asks for their parts again.
  private boolean withinOnce;
  private int width;

  ProgramWriter(JacobianProgram program, Chain chain, Blocks blocks, boolean[] sloped, Precision precision,
      boolean dry) {
    this.program = program;
    this.sloped = sloped;
    this.blocks = blocks;
    this.constantPanels = new Panels(precision, dry);
    this.oncePanels = new Panels(precision, dry);
    this.blockPanels = new Panels(precision, dry);
    chain.all().forEach(_ -> program.weights.add(new ArrayList<>()));
  }

  /// @return the bytes of all intermediate matrices
  long write(Chain chain, Bracket root, Wanted wanted, int directions) {
    if (isWhole()) {
      finish(chain, root, wanted, directions, program.once);
    } else {
      if (directions >= blocks.chunk()) {
        finish(chain, root, wanted, blocks.chunk(), program.full);
      }
      if (directions % blocks.chunk() != 0) {
        finish(chain, root, wanted, directions % blocks.chunk(), program.rest);
      }
    }
    long bytes = 0;
    for (Panels panels : List.of(constantPanels, oncePanels, blockPanels)) {
      bytes = panels.bytes() > Long.MAX_VALUE - bytes ? Long.MAX_VALUE : bytes + panels.bytes();
    }
    return bytes;
  }

  /// The steps of one width of blocks, the last of which writes into the caller's Jacobian.
  private void finish(Chain chain, Bracket root, Wanted wanted, int width, List<Step> into) {
    this.width = width;
    ChainWriter writer = ChainWriter.ofNetwork(this, chain, wanted);
    int d = wanted.columns();
    boolean byRows = blocks.side() == Side.ROWS;
    Matrix jacobian = new Matrix(byRows ? width : wanted.rows(), blocks.side() == Side.COLUMNS ? width : d, 0, d, 1);
    if (!isWhole()) {
      move(jacobian, 0, byRows ? d : 1);
    }
    program.jacobians.add(jacobian);
    Value value = switch (root) {
      case Bracket.Product product -> writer.product(product, jacobian);
      case Bracket.Transposed transposed -> {
        Value of = writer.value(transposed.of());
        into.add(new Step.Transpose(of.matrix(), jacobian));
        yield of;
      }
      default -> {
        Value of = writer.value(root);
        into.add(new Step.ScaleRows(-1, of.matrix(), jacobian));
        yield of;
      }
    };
    value.giveBack();
  }

  /// The directions of the blocks that are being written.
  int width() {
    return width;
  }

  boolean isWhole() {
    return blocks.side() == Side.WHOLE;
  }

  /// The number of a factor whose slope the program multiplies by, else -1.
  int slopeOf(Factor factor) {
    return sloped[factor.number()] ? factor.number() : -1;
  }

  Panels panels(boolean isCut) {
    return isCut ? blockPanels : oncePanels;
  }

  void add(boolean isCut, Step step) {
    List<Step> block = width == blocks.chunk() ? program.full : program.rest;
    (isCut ? block : program.once).add(step);
  }

  /// Makes a matrix move with the block: it begins at `position`, and `stride` elements further for each direction.
  void move(Matrix matrix, int position, int stride) {
    program.moving.add(new Moving(matrix, position, stride));
  }

  /// The shared result of `bracket`, or null where there is none yet.
  Value known(Chain chain, Bracket bracket) {
    Map<Bracket, Value> ofChain = unblocked.get(chain);
    return ofChain == null ? null : ofChain.get(bracket);
  }

  void remember(Chain chain, Bracket bracket, Value value) {
    unblocked.computeIfAbsent(chain, _ -> new IdentityHashMap<>()).put(bracket, value);
  }

  /// A part that does not depend on the block, of a whole that does: computed once and lent to every block.
  Value once(ChainWriter writer, Chain chain, Bracket bracket) {
    if (isWhole() || withinOnce) {
      return writer.make(bracket);
    }
    Value known = known(chain, bracket);
    if (known == null) {
      withinOnce = true;
      known = writer.make(bracket).lend();
      withinOnce = false;
      remember(chain, bracket, known);
    }
    return known;
  }
}
