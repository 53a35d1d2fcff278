package dev.lanewise.nn.block;

import dev.lanewise.JacobianStructure;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// A layer f applied to each block of the last axes: all axes before a block's form f's batch.
///
/// - **value**: Y_r = f(X_r, θ) for each r; X `[batch, …, …block]`, Y `[batch, …, …f's]`, r over the axes before the
///   block
/// - **the rest**: f's; as f's, with those axes before the block
///
/// One layer serves samples of any number of blocks. It is a chain or a sum where f is one.
public abstract sealed class Blockwise implements Layer
    permits LayerNorm, RmsNorm, MultiHeadAttention, Parallel, Blockwise.Part {

  /// A layer of a chain, or a term of a sum.
  static final class Part extends Blockwise {

    private Part(Layer inner, Shape block) {
      super(inner, block, inner);
    }

    @Override
    public String toString() {
      return inner().toString();
    }
  }

  private final Layer inner;
  private final Shape block;
  private final Shape result;
  private final Object hyperparameters;
  private final List<Layer> chain = new ArrayList<>();
  private final List<Layer> branches = new ArrayList<>();

  /// @param inner f
  /// @param block the shape of one block of the input
  /// @param hyperparameters what makes two such layers equal
  Blockwise(Layer inner, Shape block, Object hyperparameters) {
    this.inner = inner;
    this.block = block;
    this.result = inner.outputShape(block.prepend(1)).withoutFirst();
    this.hyperparameters = hyperparameters;
    Shape shape = block;
    for (Layer part : inner.chain()) {
      chain.add(new Part(part, shape));
      shape = part.outputShape(shape.prepend(1)).withoutFirst();
    }
    inner.branches().forEach(branch -> branches.add(new Part(branch, block)));
  }

  /// {@return f}
  public final Layer inner() {
    return inner;
  }

  /// {@return the shape of one block of the input}
  public final Shape block() {
    return block;
  }

  @Override
  public final Shape outputShape(Shape input) {
    requireInput(input);
    int before = input.rank() - block.rank();
    int[] dims = Arrays.copyOf(input.toArray(), before + result.rank());
    System.arraycopy(result.toArray(), 0, dims, before, result.rank());
    return Shape.of(dims);
  }

  final void requireInput(Shape input) {
    int before = input.rank() - block.rank();
    boolean fits = before >= 1;
    for (int axis = 0; fits && axis < block.rank(); axis++) {
      fits = input.dim(before + axis) == block.dim(axis);
    }
    if (!fits) {
      throw new IllegalArgumentException(
          this + ": input has shape " + input + ", expected [batch, …] and at last " + block);
    }
  }

  /// How many blocks an input has.
  final int blocks(Shape input) {
    int blocks = 1;
    for (int axis = 0; axis < input.rank() - block.rank(); axis++) {
      blocks *= input.dim(axis);
    }
    return blocks;
  }

  @Override
  public final ParameterSpec parameters() {
    return inner.parameters();
  }

  @Override
  public final List<Layer> chain() {
    return List.copyOf(chain);
  }

  @Override
  public final List<Layer> branches() {
    return List.copyOf(branches);
  }

  @Override
  public final JacobianStructure jacobianStructure(Shape input) {
    requireInput(input);
    return inner.jacobianStructure(block.prepend(blocks(input)));
  }

  @Override
  public final boolean mixesSamplesInTraining() {
    return inner.mixesSamplesInTraining();
  }

  @Override
  public final Tensor forward(Tensor x, Parameters theta, Workspace ws) {
    require(x, theta);
    if (x.shape().rank() == block.rank() + 1) {
      return inner.forward(x, theta, ws);
    }
    BlockwiseLinearization at = ws.object(BlockwiseLinearization.class, BlockwiseLinearization::new);
    return at.evaluate(this, x, theta, ws);
  }

  @Override
  public final Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
    require(x, theta);
    BlockwiseLinearization at = ws.object(BlockwiseLinearization.class, BlockwiseLinearization::new);
    at.begin(this, x, theta, ws);
    return at;
  }

  private void require(Tensor x, Parameters theta) {
    requireInput(x.shape());
    theta.require(parameters().entries().size(), x.precision(), 1, this, "theta");
    theta.requireOf(this, "theta");
  }

  @Override
  public final boolean equals(Object other) {
    return this == other || other instanceof Blockwise that && getClass() == that.getClass()
        && hyperparameters.equals(that.hyperparameters) && block.equals(that.block);
  }

  @Override
  public final int hashCode() {
    return Objects.hash(hyperparameters, block);
  }
}
