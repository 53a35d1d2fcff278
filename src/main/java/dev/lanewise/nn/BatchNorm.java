package dev.lanewise.nn;

import dev.lanewise.Initializer;
import dev.lanewise.JacobianStructure;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.ops.ChannelOps;

/// Brings each channel to mean 0 and deviation 1, then to a trained deviation γ and mean β. It uses the batch's
/// statistics in training, and running statistics at inference.
///
/// With X̂ = (X − μ)·r and r = 1/√(σ² + ε) for each channel, n its numbers in the batch, and m(·) their mean,
///
/// - **value**: Y = γ·X̂ + β
/// - **parameters**: `weight` γ, `bias` β, `running_mean` μ, `running_var` σ², all `[channels]`;
///   training uses no μ and σ²
/// - **residuals**: X̂; in training X̂ and r
/// - **tangent**: Ẏ = γ·X̂̇ + γ̇·X̂ + β̇, X̂̇ = r·(Ẋ − μ̇) − ½r²·σ̇²·X̂;
///   in training X̂̇ = r·(Ẋ − m(Ẋ) − X̂·m(X̂Ẋ))
/// - **cotangent**: X̄ = γr·Ȳ, γ̄ += ΣX̂Ȳ, β̄ += ΣȲ, μ̄ += −γr·ΣȲ, σ̄² += −½γr²·ΣX̂Ȳ;
///   in training X̄ = γr·(Ȳ − m(Ȳ) − X̂·m(X̂Ȳ))
/// - **its tangent**: the products' derivatives, X̄̇ = γr·Ȳ̇ + (γr)˙·Ȳ; in training r and X̂ move too
///
/// X is `[batch, channels, …]`, and so is Y; a tangent or cotangent has a leading chunk axis. In training the layer
/// mixes the samples of a batch, and declares it. μ and σ² then do not affect Y; after a trainer's step,
/// [Workspace#takeOverObserved()] updates them: running ← (1 − momentum)·running + momentum·batch's, with σ² of n − 1
/// degrees of freedom. Optimizers and penalties leave them alone. All this is as in PyTorch. Ioffe & Szegedy 2015,
/// *Batch normalization*, algorithms 1 and 2.
///
/// @param channels the length of axis 1, at least 1
/// @param epsilon ε, above 0
/// @param momentum the weight of a batch in the running statistics, from 0 to 1
public record BatchNorm(int channels, double epsilon, double momentum) implements Layer {

  private static final double EPSILON = 1e-5;
  private static final double MOMENTUM = 0.1;

  static final int WEIGHT = 0;
  static final int BIAS = 1;
  static final int MEAN = 2;
  static final int VARIANCE = 3;
  static final int PARAMETERS = 4;

  /// @throws IllegalArgumentException if a number is out of its range
  public BatchNorm {
    if (channels < 1) {
      throw new IllegalArgumentException("BatchNorm: channels is " + channels + ", expected at least 1");
    }
    if (!(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("BatchNorm: epsilon is " + epsilon + ", expected a number above 0");
    }
    if (!(momentum >= 0 && momentum <= 1)) {
      throw new IllegalArgumentException("BatchNorm: momentum is " + momentum + ", expected 0 to 1");
    }
  }

  /// With ε = 1e-5 and momentum 0.1.
  ///
  /// @throws IllegalArgumentException for less than one channel
  public BatchNorm(int channels) {
    this(channels, EPSILON, MOMENTUM);
  }

  @Override
  public Shape outputShape(Shape input) {
    Conv2d.requireInput(input, input.rank() >= 2, channels, "…", this);
    return input;
  }

  /// `weight` 1, `bias` 0, `running_mean` 0, `running_var` 1; the last two are not trained.
  @Override
  public ParameterSpec parameters() {
    Shape shape = Shape.of(channels);
    Initializer ones = (parameter, _) -> parameter.fill(1);
    return ParameterSpec.of(
        new ParameterSpec.Entry("weight", shape, ones),
        new ParameterSpec.Entry("bias", shape, Initializer.zeros()),
        new ParameterSpec.Entry("running_mean", shape, Initializer.zeros(), false),
        new ParameterSpec.Entry("running_var", shape, ones, false));
  }

  /// Implicit, because a layer cannot know here whether it will be trained: two multiply-adds for each number. Of the
  /// residuals, r is in double in either precision.
  @Override
  public JacobianStructure jacobianStructure(Shape input) {
    long numbers = 2L * outputShape(input).size();
    return JacobianStructure.implicit(numbers).keeping(numbers + channels);
  }

  @Override
  public boolean mixesSamplesInTraining() {
    return true;
  }

  @Override
  public Tensor forward(Tensor x, Parameters theta, Workspace ws) {
    if (ws.isTraining()) {
      return linearize(x, theta, ws).output();
    }
    require(x, theta);
    Tensor y = ws.tensor(x.precision(), x.shape());
    int mark = ws.mark();
    BatchNormLinearization.evaluate(this, x, theta, y, inverseDeviations(theta, ws), ws);
    ws.release(mark);
    return y;
  }

  /// @throws IllegalArgumentException if shapes or precisions do not fit, in training also for fewer than two numbers
  ///     per channel
  @Override
  public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
    require(x, theta);
    if (!ws.isTraining()) {
      return ws.object(BatchNormLinearization.class, BatchNormLinearization::new).at(this, x, theta, ws);
    }
    int n = x.size() / channels;
    if (n < 2) {
      throw new IllegalArgumentException(
          this + ": input has " + n + " numbers a channel in training, expected at least 2");
    }
    return ws.object(BatchNormInTraining.class, BatchNormInTraining::new).at(this, x, theta, n, ws);
  }

  /// r of the running statistics.
  Tensor inverseDeviations(Parameters theta, Workspace ws) {
    Tensor r = channels(1, ws);
    for (int channel = 0; channel < channels; channel++) {
      r.set(channel, 1 / Math.sqrt(theta.get(VARIANCE).get(channel) + epsilon));
    }
    return r;
  }

  /// Room for a number of each channel and direction, `[k, channels]`.
  Tensor channels(int k, Workspace ws) {
    return ws.matrix(Precision.DOUBLE, k, channels);
  }

  /// Σ u of each channel.
  Tensor sums(int k, int batch, Tensor u, Workspace ws) {
    Tensor sums = channels(k, ws);
    ChannelOps.sums(k, batch, u, sums);
    return sums;
  }

  /// Σ x·u of each channel.
  Tensor dots(int k, int batch, Tensor x, Tensor u, Workspace ws) {
    Tensor sums = channels(k, ws);
    ChannelOps.dots(k, batch, x, u, sums);
    return sums;
  }

  /// A parameter's tangent; 0 if there is none.
  static double tangent(Parameters thetaDot, int index, int direction, int channel) {
    return thetaDot.isNone() ? 0 : thetaDot.get(index, direction).get(channel);
  }

  static void add(Parameters thetaBar, int index, int direction, int channel, double value) {
    Tensor sum = thetaBar.get(index, direction);
    sum.set(channel, sum.get(channel) + value);
  }

  private void require(Tensor x, Parameters theta) {
    outputShape(x.shape());
    theta.require(PARAMETERS, x.precision(), 1, this, "theta");
    for (int index = 0; index < PARAMETERS; index++) {
      if (!theta.get(index).shape().is(channels)) {
        throw new IllegalArgumentException(this + ": theta has " + parameters().entries().get(index).name() + " "
            + theta.get(index).shape() + ", expected [" + channels + "]");
      }
    }
  }

  /// The state of the layer at a point, shared by inference and training.
  abstract static class At implements Linearization {

    BatchNorm layer;
    Shape input;
    int batch;
    Parameters theta;
    Tensor y;
    Tensor r;
    Tensor xHat;
    Workspace ws;

    /// Points it at new data, with room for the output and X̂.
    final void set(BatchNorm layer, Tensor x, Parameters theta, Workspace ws) {
      this.layer = layer;
      this.input = x.shape();
      this.batch = input.dim(0);
      this.theta = theta;
      this.ws = ws;
      y = ws.tensor(x.precision(), input);
      xHat = ws.tensor(x.precision(), input);
    }

    @Override
    public final Tensor output() {
      return y;
    }

    /// γr.
    final double scale(int c) {
      return theta.get(WEIGHT).get(c) * r.get(c);
    }
  }

  /// For example `BatchNorm[channels=16]`, and what is not the default.
  @Override
  public String toString() {
    return "BatchNorm[channels=" + channels + (epsilon == EPSILON ? "" : ", epsilon " + epsilon)
        + (momentum == MOMENTUM ? "" : ", momentum " + momentum) + "]";
  }
}
