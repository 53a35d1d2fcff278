package dev.lanewise.nn;

import dev.lanewise.JacobianStructure;
import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.PointwiseOps;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.random.SplitMix64;

/// Drops units at random in training, and scales those that are kept so that the expectation stays; the identity at
/// inference.
///
/// | what        | formula, in training                                   | at inference | shapes              |
/// |-------------|--------------------------------------------------------|--------------|---------------------|
/// | value       | Y = S ⊙ X, each s = 1/(1 − p) with probability 1 − p, else 0 | Y = X    | `[batch, …]`        |
/// | residuals   | S                                                      | none         | `[batch, …]`        |
/// | tangent     | Ẏ = S ⊙ Ẋ                                              | Ẏ = Ẋ        | `[chunk, batch, …]` |
/// | cotangent   | X̄ = S ⊙ Ȳ                                              | X̄ = Ȳ        | `[chunk, batch, …]` |
/// | its tangent | X̄̇ = S ⊙ Ȳ̇                                              | X̄̇ = Ȳ̇        | `[chunk, batch, …]` |
///
/// It drops units, not connections, independently in each sample. [Workspace#isTraining()] tells training from
/// inference. The draw of each element follows from [Workspace#nextDraw()] and its position in the batch, so it is the
/// same on any number of threads. Slides, "Regularization", as corrected; Srivastava, Hinton, Krizhevsky, Sutskever and
/// Salakhutdinov, *Dropout*, 2014, section 10 ("inverted").
///
/// @param rate p, the probability that a unit is dropped, at least 0 and below 1
public record Dropout(double rate) implements Parameterless {

  /// @throws IllegalArgumentException for a rate below 0, or of 1 or more
  public Dropout {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("Dropout: rate is " + rate + ", expected at least 0 and below 1");
    }
  }

  @Override
  public Shape outputShape(Shape input) {
    return Elementwise.requireBatch(input, this);
  }

  /// Diagonal. It keeps the output and, in training, S of the same size.
  @Override
  public JacobianStructure jacobianStructure(Shape input) {
    int n = outputShape(input).size();
    return JacobianStructure.diagonal(n).keeping(n);
  }

  @Override
  public Tensor forward(Tensor x, Parameters theta, Workspace ws) {
    Tensor y = ParameterlessLinearization.outputLike(this, x, theta, ws);
    if (ws.isTraining()) {
      draw(ws.nextDraw(), y);
      PointwiseOps.multiply(x, y);
    } else {
      y.copyFrom(x);
    }
    return y;
  }

  @Override
  public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
    Tensor y = ParameterlessLinearization.outputLike(this, x, theta, ws);
    var at = ws.object(ParameterlessLinearization.Diagonal.class, ParameterlessLinearization.Diagonal::new);
    y.copyFrom(x);
    Tensor scale = Tensor.none();
    if (ws.isTraining()) {
      scale = ws.tensor(x.precision(), x.shape());
      draw(ws.nextDraw(), scale);
      PointwiseOps.multiply(scale, y);
    }
    return at.set(this, scale, y, ws);
  }

  /// S: element i is dropped if the top 53 bits of SplitMix64's number i after `seed`, read as a fraction, are below p.
  private void draw(long seed, Tensor scale) {
    long threshold = (long) (rate * 0x1p53);
    double kept = 1 / (1 - rate);
    int n = scale.size();
    if (scale.precision() == Precision.FLOAT) {
      float[] values = scale.floats();
      int offset = scale.offset();
      for (int i = 0; i < n; i++) {
        values[offset + i] = bits(seed, i) < threshold ? 0 : (float) kept;
      }
    } else {
      double[] values = scale.doubles();
      int offset = scale.offset();
      for (int i = 0; i < n; i++) {
        values[offset + i] = bits(seed, i) < threshold ? 0 : kept;
      }
    }
  }

  private static long bits(long seed, int index) {
    return SplitMix64.number(seed, index + 1L) >>> 11;
  }
}
