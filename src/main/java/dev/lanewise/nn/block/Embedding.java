package dev.lanewise.nn.block;

import dev.lanewise.Initializer;
import dev.lanewise.JacobianStructure;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import java.util.Arrays;
import java.util.Objects;

/// Rows of a table, by number: a vector for each word, station or kind.
///
/// | what | formula | shapes |
/// |---|---|---|
/// | value | Y_i = W_x(i) of each element i of X | X `[batch, …]` of whole numbers, Y `[batch, …, dim]` |
/// | parameters | `weight` W | `[count, dim]` |
/// | residuals | the numbers | |
/// | tangent | Ẏ_i = Ẇ_x(i) | Ẏ `[chunk, batch, …, dim]` |
/// | cotangent | X̄ = 0, W̄_n += Σ Ȳ_i over all i with x(i) = n, in their order | as the tangents |
/// | its tangent | X̄̇ = 0, W̄̇_n += Σ Ȳ̇_i, likewise | as the tangents |
///
/// Numbers are whole, from 0 to count − 1, in the input's precision; others are refused. A step of one is no small one,
/// so the derivative with respect to the input is 0, as for any function that is constant between integers. W starts
/// normally distributed with deviation 1, as PyTorch's.
///
/// @param count the number of rows, PyTorch's `num_embeddings`
/// @param dim the length of each, PyTorch's `embedding_dim`
/// @param initializer what W starts from
public record Embedding(int count, int dim, Initializer initializer) implements Layer {

  private static final Initializer DEFAULT = Initializer.normal(1);

  /// Floats are whole numbers without gaps up to here.
  private static final int MOST = 1 << 24;

  /// @throws IllegalArgumentException for a size below 1, or more rows than a float can number, 2²⁴
  public Embedding {
    Objects.requireNonNull(initializer, "initializer");
    if (count < 1 || dim < 1) {
      throw new IllegalArgumentException("Embedding: count=" + count + ", dim=" + dim + ", expected both at least 1");
    }
    if (count > MOST) {
      throw new IllegalArgumentException(
          "Embedding: count=" + count + ", expected at most " + MOST + ", as floats number no more");
    }
  }

  /// With W normally distributed.
  ///
  /// @throws IllegalArgumentException as the constructor with all
  public Embedding(int count, int dim) {
    this(count, dim, DEFAULT);
  }

  @Override
  public Shape outputShape(Shape input) {
    if (input.rank() == 0) {
      throw new IllegalArgumentException(this + ": input has shape " + input + ", expected [batch, …]");
    }
    int[] dims = Arrays.copyOf(input.toArray(), input.rank() + 1);
    dims[input.rank()] = dim;
    return Shape.of(dims);
  }

  @Override
  public ParameterSpec parameters() {
    return ParameterSpec.of(new ParameterSpec.Entry("weight", Shape.of(count, dim), initializer));
  }

  /// Nothing by the input: a push or a pull writes zeros.
  @Override
  public JacobianStructure jacobianStructure(Shape input) {
    int n = outputShape(input).size();
    return JacobianStructure.implicit(n).keeping(n);
  }

  /// @throws IllegalArgumentException if shape or precision do not fit, or a number is not whole or out of range
  @Override
  public Tensor forward(Tensor x, Parameters theta, Workspace ws) {
    require(x, theta);
    EmbeddingLinearization at = ws.object(EmbeddingLinearization.class, EmbeddingLinearization::new);
    return at.evaluate(this, x, theta, ws);
  }

  /// @throws IllegalArgumentException if shape or precision do not fit, or a number is not whole or out of range
  @Override
  public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
    require(x, theta);
    EmbeddingLinearization at = ws.object(EmbeddingLinearization.class, EmbeddingLinearization::new);
    at.evaluate(this, x, theta, ws);
    return at;
  }

  private void require(Tensor x, Parameters theta) {
    theta.require(1, x.precision(), 1, this, "theta");
    if (!theta.get(0).shape().is(count, dim)) {
      throw new IllegalArgumentException(
          this + ": theta has weight " + theta.get(0).shape() + ", expected [" + count + ", " + dim + "]");
    }
    if (x.shape().rank() == 0) {
      outputShape(x.shape());
    }
  }

  /// {@return the row that an element of the input names}
  int row(Tensor x, int position) {
    double number = x.get(position);
    int row = (int) number;
    if (row != number || row < 0 || row >= count) {
      throw new IllegalArgumentException(
          this + ": input " + position + " is " + number + ", expected a whole number from 0 to " + (count - 1));
    }
    return row;
  }

  /// For example `Embedding[count=1000, dim=32]`, and what is not the default.
  @Override
  public String toString() {
    return "Embedding[count=" + count + ", dim=" + dim + (initializer.equals(DEFAULT) ? "" : ", " + initializer) + "]";
  }
}
