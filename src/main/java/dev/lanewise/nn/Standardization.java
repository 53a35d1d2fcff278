package dev.lanewise.nn;

import dev.lanewise.JacobianStructure;
import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import java.util.Arrays;

/// Brings each feature to mean 0 and standard deviation 1, or back, by a given mean m and deviation s that are not
/// trained. A feature is a place of the last axis, or of axis 1 for channels: `[batch, channels, …]`.
///
/// | what        | formula, for feature j                | inverse          | shapes              |
/// |-------------|---------------------------------------|------------------|---------------------|
/// | value       | y_j = (x_j − m_j)/s_j, 0 where s_j = 0 | y_j = m_j + s_j·x_j | `[batch, …, features]` |
/// | residuals   | S: 1/s_j, 0 where s_j = 0             | S: s_j           | as the value's      |
/// | tangent     | Ẏ = S ⊙ Ẋ                             | the same         | `[chunk, batch, …]` |
/// | cotangent   | X̄ = S ⊙ Ȳ                             | the same         | `[chunk, batch, …]` |
/// | its tangent | X̄̇ = S ⊙ Ȳ̇                             | the same         | `[chunk, batch, …]` |
///
/// Values are computed in double and rounded once, in either precision. Float cannot hold an x, or a y of the inverse,
/// that is far from 0 compared with its deviation: floats near 1.7e9 lie 128 apart. Slopes do not depend on m, and lose
/// nothing. Slides, "Considerations".
///
/// @param mean m, finite; copied
/// @param sd s, finite and at least 0; copied
/// @param inverse whether the layer converts standardized values back
/// @param ofChannels whether features are places of axis 1, not of the last axis
public record Standardization(double[] mean, double[] sd, boolean inverse, boolean ofChannels)
    implements Parameterless {

  /// @throws IllegalArgumentException if there is no feature, the arrays' lengths differ, or a number is NaN, infinite
  ///     or a negative deviation
  public Standardization {
    mean = mean.clone();
    sd = sd.clone();
    if (mean.length == 0 || sd.length != mean.length) {
      throw new IllegalArgumentException(
          "Standardization: " + mean.length + " means and " + sd.length + " deviations, expected as many, at least 1");
    }
    for (int feature = 0; feature < mean.length; feature++) {
      if (!Double.isFinite(mean[feature]) || !Double.isFinite(sd[feature]) || sd[feature] < 0) {
        throw new IllegalArgumentException("Standardization: feature " + feature + " has mean " + mean[feature]
            + " and sd " + sd[feature] + ", expected finite ones, the sd at least 0");
      }
    }
  }

  /// Features along the last axis.
  ///
  /// @throws IllegalArgumentException as the constructor with all does
  public Standardization(double[] mean, double[] sd, boolean inverse) {
    this(mean, sd, inverse, false);
  }

  /// To standardized values of features along the last axis.
  ///
  /// @throws IllegalArgumentException as the constructor with all does
  public Standardization(double[] mean, double[] sd) {
    this(mean, sd, false);
  }

  /// A copy of m.
  @Override
  public double[] mean() {
    return mean.clone();
  }

  /// A copy of s.
  @Override
  public double[] sd() {
    return sd.clone();
  }

  @Override
  public Shape outputShape(Shape input) {
    if (input.rank() < 2 || (ofChannels ? input.dim(1) : input.last()) != mean.length) {
      throw new IllegalArgumentException(this + ": input has shape " + input + ", expected "
          + (ofChannels ? "[batch, " + mean.length + ", …]" : "[batch, …, " + mean.length + "]"));
    }
    return input;
  }

  /// The number of consecutive numbers of a feature.
  private int run(Shape shape) {
    return ofChannels ? shape.withoutFirst().withoutFirst().size() : 1;
  }

  @Override
  public JacobianStructure jacobianStructure(Shape input) {
    int n = outputShape(input).size();
    return JacobianStructure.diagonal(n).keeping(2L * n);
  }

  @Override
  public Tensor forward(Tensor x, Parameters theta, Workspace ws) {
    Tensor y = ParameterlessLinearization.outputLike(this, x, theta, ws);
    evaluate(x, y);
    return y;
  }

  /// @throws IllegalArgumentException if shape or precision do not fit, or a slope is beyond the precision's largest
  ///     number
  @Override
  public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
    Tensor y = ParameterlessLinearization.outputLike(this, x, theta, ws);
    var at = ws.object(ParameterlessLinearization.Diagonal.class, ParameterlessLinearization.Diagonal::new);
    Tensor slope = ws.tensor(x.precision(), x.shape());
    fillSlope(slope);
    evaluate(x, y);
    return at.set(this, slope, y, ws);
  }

  private void evaluate(Tensor x, Tensor y) {
    boolean floats = x.precision() == Precision.FLOAT;
    int run = run(x.shape());
    int at = 0;
    while (at < x.size()) {
      for (int feature = 0; feature < mean.length; feature++, at += run) {
        if (floats) {
          evaluate(x.floats(), x.offset() + at, y.floats(), y.offset() + at, run, feature);
        } else {
          evaluate(x.doubles(), x.offset() + at, y.doubles(), y.offset() + at, run, feature);
        }
      }
    }
  }

  private void evaluate(float[] from, int x, float[] to, int y, int run, int feature) {
    for (int i = 0; i < run; i++) {
      to[y + i] = (float) value(from[x + i], feature);
    }
  }

  private void evaluate(double[] from, int x, double[] to, int y, int run, int feature) {
    for (int i = 0; i < run; i++) {
      to[y + i] = value(from[x + i], feature);
    }
  }

  /// Computes by halves if the difference overflows, because the result may not.
  private double value(double x, int feature) {
    double m = mean[feature];
    double s = sd[feature];
    if (inverse) {
      double distance = s * x;
      return Double.isFinite(distance) ? m + distance : (m / 2 + s / 2 * x) * 2;
    }
    double distance = x - m;
    // x − x is 0 for numbers, and NaN otherwise.
    return s == 0 ? x - x : Double.isFinite(distance) ? distance / s : (x / 2 - m / 2) / s * 2;
  }

  private double slope(int feature) {
    return inverse ? sd[feature] : sd[feature] == 0 ? 0 : 1 / sd[feature];
  }

  /// The first sample, then copies of it.
  private void fillSlope(Tensor slope) {
    int run = run(slope.shape());
    int sample = run * mean.length;
    for (int at = 0; at < sample && slope.size() > 0; at++) {
      int feature = at / run;
      slope.set(at, slope(feature));
      if (!Double.isFinite(slope.get(at))) {
        throw new IllegalArgumentException(this + ": feature " + feature + " has sd " + sd[feature] + " and slope "
            + slope(feature) + ", expected a slope that is finite in " + slope.precision());
      }
    }
    Object values = slope.precision() == Precision.FLOAT ? slope.floats() : slope.doubles();
    for (int row = sample; row < slope.size(); row += sample) {
      System.arraycopy(values, slope.offset(), values, slope.offset() + row, sample);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Standardization that && inverse == that.inverse && ofChannels == that.ofChannels
        && Arrays.equals(mean, that.mean) && Arrays.equals(sd, that.sd);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Arrays.hashCode(mean) + Arrays.hashCode(sd)) + (inverse ? 2 : 0) + (ofChannels ? 1 : 0);
  }

  /// For example `Standardization[features=64]` or `Standardization[channels=3]`.
  @Override
  public String toString() {
    String features = ofChannels ? "channels=" : "features=";
    return "Standardization[" + features + mean.length + (inverse ? ", inverse" : "") + "]";
  }
}
