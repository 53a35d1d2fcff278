package dev.lanewise.autodiff.chain;

import dev.lanewise.Matrix;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.chain.Blocks.Side;
import java.util.ArrayList;
import java.util.List;

/// A bracketing as steps on fixed memory, to be run at any number of points. Where the Jacobian is cut into blocks, the
/// steps that do not depend on the block run once. [ProgramWriter] writes the steps.
public final class JacobianProgram {

  /// A matrix whose place depends on the block: it begins at `position`, and `stride` elements further for each
  /// direction.
  record Moving(Matrix matrix, int position, int stride) {}

  final List<Step> once = new ArrayList<>();
  /// The steps of a block of the chunk's width, and of the narrower last one.
  final List<Step> full = new ArrayList<>();
  final List<Step> rest = new ArrayList<>();
  final List<Moving> moving = new ArrayList<>();
  /// The views of each factor's matrix, by the factor's number.
  final List<List<Matrix>> weights = new ArrayList<>();
  /// The views of the caller's result.
  final List<Matrix> jacobians = new ArrayList<>();
  private final Blocks blocks;
  private final int directions;
  private long bytes;

  private JacobianProgram(Blocks blocks, int directions) {
    this.blocks = blocks;
    this.directions = directions;
  }

  /// @param sloped for each factor, by its number, whether it has a slope that is not all 1
  /// @param dry whether only to count the bytes
  public static JacobianProgram of(Chain chain, Bracket root, Wanted wanted, Blocks blocks, boolean[] sloped,
      Precision precision, boolean dry) {
    int directions = blocks.side() == Side.ROWS ? wanted.rows() : wanted.columns();
    JacobianProgram program = new JacobianProgram(blocks, directions);
    ProgramWriter writer = new ProgramWriter(program, chain, blocks, sloped, precision, dry);
    program.bytes = writer.write(chain, root, wanted, directions);
    return program;
  }

  /// The memory of all intermediate matrices.
  public long bytes() {
    return bytes;
  }

  /// Points the views of the matrix of the factor of this number at `weight`.
  public void point(int factor, Tensor weight) {
    List<Matrix> views = weights.get(factor);
    for (int at = 0; at < views.size(); at++) {
      if (views.get(at).tensor() != weight) {
        views.get(at).over(weight);
      }
    }
  }

  /// Computes the Jacobian from the weights and slopes at hand.
  public void run(Step.Scene scene, Tensor jacobian) {
    for (int at = 0; at < jacobians.size(); at++) {
      if (jacobians.get(at).tensor() != jacobian) {
        jacobians.get(at).moveTo(0).over(jacobian);
      }
    }
    run(once, scene);
    if (blocks.side() == Side.WHOLE) {
      return;
    }
    for (int first = 0; first < directions; first += blocks.chunk()) {
      scene.first = first;
      boolean isFull = directions - first >= blocks.chunk();
      for (int at = 0; at < moving.size(); at++) {
        Moving one = moving.get(at);
        if (isOf(one, isFull ? blocks.chunk() : directions - first)) {
          one.matrix().moveTo(one.position() + first * one.stride());
        }
      }
      run(isFull ? full : rest, scene);
    }
  }

  private boolean isOf(Moving one, int width) {
    return (blocks.side() == Side.ROWS ? one.matrix().rows() : one.matrix().columns()) == width;
  }

  private static void run(List<Step> steps, Step.Scene scene) {
    for (int at = 0; at < steps.size(); at++) {
      steps.get(at).run(scene);
    }
  }
}
