package dev.lanewise.model.explanation;

import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.JacobianOptions;
import dev.lanewise.autodiff.PreparedSampleJacobians;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// y and J = ∂y/∂x of a model for batches of one shape, in the units of its data, planned once: for loops.
///
/// ```java
/// PreparedModelJacobian prepared = model.prepareJacobian(x.shape());
/// for (…) {
///   prepared.at(x, y, jacobian);          // no allocation, no planning
/// }
/// ```
///
/// | result   | formula, m an output, d a number of the sample                          | shapes        |
/// |----------|-------------------------------------------------------------------------|---------------|
/// | inputs   | z_d = (x_d − m_d)/s_d, 0 where s_d = 0; a missing x_d is imputed first  | x `[B, …]`    |
/// | value    | y_m = m_m + s_m·f(z)_m                                                  | y `[B, M]`    |
/// | Jacobian | J_md = s_m·(∂f_m/∂z_d)/s_d, 0 where s_d = 0                             | J `[B, M, D]` |
///
/// D counts the numbers of a sample: pixels of all channels, features of all steps. All but f is computed in double,
/// whatever the model's precision, as in the model's predictions. By a missing number J is the derivative at the number
/// that replaces it.
///
/// One thread at a time: other threads prepare their own, and share the model. Nothing is allocated once the vector
/// code is compiled, if `jacobian` has the model's precision or had another one before.
public final class PreparedModelJacobian {

  private final PreparedSampleJacobians prepared;
  private final Precision precision;
  private final Shape input;
  private final int batch;
  private final int d;
  private final Units inputs;
  private final Units outputs;
  private final Optional<double[]> fill;
  private final Tensor z;
  private final Tensor value;
  private final Shape place;
  private Tensor scratch = Tensor.none();
  private final AtomicBoolean busy = new AtomicBoolean();

  private PreparedModelJacobian(
      Layer f, Parameters theta, Shape input, Units inputs, Units outputs, Optional<double[]> fill) {
    this.prepared = PreparedSampleJacobians.of(f, theta, input, JacobianOptions.defaults());
    this.precision = theta.precision();
    this.input = input;
    this.batch = input.dim(0);
    this.d = input.size() / batch;
    this.inputs = inputs;
    this.outputs = outputs;
    this.fill = fill;
    this.z = Tensor.zeros(precision, input);
    Shape output = f.outputShape(input);
    this.value = Tensor.zeros(precision, output);
    this.place = Shape.of(batch, output.size() / batch, d);
    if (inputs.count() != d || outputs.count() != place.dim(1) || fill.isPresent() && fill.get().length != d) {
      throw new IllegalArgumentException(f + ": units of " + inputs.count() + " inputs and " + outputs.count()
          + " outputs, expected " + d + " and " + place.dim(1) + ", and as many numbers to fill in as inputs");
    }
  }

  /// {@return the values and Jacobians of a network between standardized numbers} Models offer this as
  /// `prepareJacobian`.
  ///
  /// @param f from z to standardized outputs, logits or probabilities, sample by sample
  /// @param theta f's parameters
  /// @param input the shape of x, `[B, …]`
  /// @param inputs the units of a sample's numbers
  /// @param outputs the units of the outputs
  /// @param fill the numbers that replace NaN, if it is allowed
  /// @throws IllegalArgumentException if the network does not take such a batch, mixes samples, B·M·D exceeds an
  ///     array's limit, or units are not those of a sample's numbers and outputs
  public static PreparedModelJacobian of(
      Layer f, Parameters theta, Shape input, Units inputs, Units outputs, Optional<double[]> fill) {
    Objects.requireNonNull(inputs, "inputs");
    Objects.requireNonNull(outputs, "outputs");
    return new PreparedModelJacobian(f, theta, input, inputs, outputs, fill.map(double[]::clone));
  }

  /// {@return the shape of J, `[B, M, D]`}
  public Shape shape() {
    return place;
  }

  /// {@return a readable explanation of the order in which the network's Jacobians are multiplied}
  public String explain() {
    return prepared.explain();
  }

  /// Overwrites `y` with the predictions for `x`, and `jacobian` with their derivatives.
  ///
  /// @param x of the shape prepared for, of either precision
  /// @param y `[B, M]`, of either precision
  /// @param jacobian `[B, M, D]`, of either precision
  /// @throws IllegalArgumentException if shapes do not fit, or a number of x is infinite, also once standardized, or
  ///     NaN in a model without imputation; named by row and column
  /// @throws IllegalStateException if another thread is using this
  public void at(Tensor x, Tensor y, Tensor jacobian) {
    x.require(x.precision(), input, this, "x");
    y.require(y.precision(), value.shape(), this, "y");
    jacobian.require(jacobian.precision(), place, this, "jacobian");
    if (!busy.compareAndSet(false, true)) {
      throw new IllegalStateException(this + " is at work in another thread, expected one prepared for each");
    }
    try {
      standardize(x);
      prepared.at(z, value, unscaled(jacobian));
      restore(y);
      scale(unscaled(jacobian), jacobian);
    } finally {
      busy.setRelease(false);
    }
  }

  private Tensor unscaled(Tensor jacobian) {
    if (jacobian.precision() == precision) {
      return jacobian;
    }
    if (scratch.isNone()) {
      scratch = Tensor.zeros(precision, place);
    }
    return scratch;
  }

  private void standardize(Tensor x) {
    int at = 0;
    for (int row = 0; row < batch; row++) {
      for (int column = 0; column < d; column++, at++) {
        double given = x.get(at);
        double number = given != given && fill.isPresent() ? fill.get()[column] : given;
        z.set(at, inputs.standardized(number, column));
        if (!Double.isFinite(number) || !Double.isFinite(z.get(at))) {
          throw new IllegalArgumentException(this + ": x has " + given + " at row " + row + ", column " + column + ", "
              + z.get(at) + " when standardized, expected a finite number of " + precision + "'s range");
        }
      }
    }
  }

  private void restore(Tensor y) {
    for (int at = 0; at < y.size(); at++) {
      y.set(at, outputs.restored(value.get(at), at % outputs.count()));
    }
  }

  private void scale(Tensor from, Tensor to) {
    double[] sd = inputs.sd();
    int at = 0;
    for (int row = 0; row < batch; row++) {
      for (int output = 0; output < outputs.count(); output++) {
        double unit = outputs.sd()[output];
        for (int column = 0; column < d; column++, at++) {
          to.set(at, sd[column] == 0 ? 0 : from.get(at) * unit / sd[column]);
        }
      }
    }
  }

  /// For example `PreparedModelJacobian[[32, 10] → [32, 1, 10]]`.
  @Override
  public String toString() {
    return "PreparedModelJacobian[" + input + " → " + place + "]";
  }
}
