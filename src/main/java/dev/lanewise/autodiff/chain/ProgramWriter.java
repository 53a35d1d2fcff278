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

/// Makes a bracketing into the steps of a [JacobianProgram]: what [ChainWriter], one for the network and one for each
/// branch of a sum, share. Steps that no block depends on are taken once.
final class ProgramWriter {

  /// A matrix as the steps so far leave it, but for the slope of factor `pending` on its rows.
  ///
  /// @param pending the factor's number, -1 for none
  /// @param panel its memory; null for a view of a weight
  /// @param lent whether it is used again: nothing is written there, and its memory is not given back
  record Value(Matrix matrix, int pending, Panel panel, boolean lent) {

    static Value own(Matrix matrix, int pending, Panel panel) {
      return new Value(matrix, pending, panel, false);
    }

    Value lend() {
      return new Value(matrix, pending, panel, true);
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
  /// What is done once must not lie where blocks write, and what is filled once and for all not where anything does.
  final Panels constantPanels;
  private final Panels oncePanels;
  private final Panels blockPanels;
  private final boolean[] sloped;
  /// What is computed once for all blocks, by the chain and the place in its tree.
  private final Map<Chain, Map<Bracket, Value>> unblocked = new HashMap<>();
  /// Whether what is being written is done once, so that nobody asks for its parts again.
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
    if (blocks.side() == Side.WHOLE) {
      finish(chain, root, wanted, directions, program.once);
    }
    if (blocks.side() != Side.WHOLE && directions >= blocks.chunk()) {
      finish(chain, root, wanted, blocks.chunk(), program.full);
    }
    if (blocks.side() != Side.WHOLE && directions % blocks.chunk() != 0) {
      finish(chain, root, wanted, directions % blocks.chunk(), program.rest);
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
    if (blocks.side() != Side.WHOLE) {
      move(jacobian, 0, byRows ? d : 1);
    }
    program.jacobians.add(jacobian);
    Value value = switch (root) {
      case Bracket.Product product -> writer.product(product, jacobian);
      case Bracket.Turn turn -> {
        Value of = writer.value(turn.of());
        into.add(new Step.Turn(of.matrix(), jacobian));
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

  /// Whether the program multiplies by this factor's slope.
  boolean isSloped(Factor factor) {
    return sloped[factor.number()];
  }

  Panels panels(boolean isCut) {
    return isCut ? blockPanels : oncePanels;
  }

  void add(boolean isCut, Step step) {
    List<Step> block = width == blocks.chunk() ? program.full : program.rest;
    (isCut ? block : program.once).add(step);
  }

  /// Lets a matrix move by `stride` elements a direction, from `position` on.
  void move(Matrix matrix, int position, int stride) {
    program.moving.add(new Moving(matrix, position, stride));
  }

  /// What is computed once of `bracket`, or null.
  Value known(Chain chain, Bracket bracket) {
    Map<Bracket, Value> ofChain = unblocked.get(chain);
    return ofChain == null ? null : ofChain.get(bracket);
  }

  void remember(Chain chain, Bracket bracket, Value value) {
    unblocked.computeIfAbsent(chain, _ -> new IdentityHashMap<>()).put(bracket, value);
  }

  /// What no block depends on, though what it is a part of does: computed once, and lent to every block.
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
