package dev.lanewise.train.loss;

import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;

/// How wrong outputs are: a number for each row of outputs and its target, summed over rows.
///
/// Let ℓ_n be the loss of row n of `[…rows, C]` outputs and w_n its weight, 1 if there are none. Each operation
/// computes scale·Σ_n w_n·ℓ_n:
///
/// | scale | result                                                                                |
/// |-------|---------------------------------------------------------------------------------------|
/// | 1/B   | the **mean** over the B rows, as in the slides' equations [42] and [45]: the default  |
/// | 1     | the **sum**                                                                           |
///
/// Weights do not enter 1/B. So weights of mean 1 keep the scale, a row of weight 0 counts as one without loss, and the
/// mean over a random batch has the mean over the whole set as its expectation. The built-in losses:
///
/// | loss                     | ℓ_n                     | over the row's C outputs |
/// |--------------------------|-------------------------|--------------------------|
/// | [#halfSquaredError()]    | ½‖y − o‖²               | summed                   |
/// | [#meanSquaredError()]    | (1/C) Σ_c (o_c − y_c)²  | averaged                 |
/// | [#meanAbsoluteError()]   | (1/C) Σ_c \|o_c − y_c\| | averaged                 |
/// | [#huber(double)]         | (1/C) Σ_c h(o_c − y_c)  | averaged                 |
/// | [#softmaxCrossEntropy()] | −Σ_c y_c·log softmax(o)_c | summed                 |
///
/// A loss is stateless and safe to share between threads. Anyone may implement one.
///
/// [42]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-42
/// [45]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-45
public interface Loss {

  /// Checks that these are targets and weights for outputs of this precision and shape.
  ///
  /// @param outputs `[…rows, C]`
  /// @param weights one for each row, or [Tensor#none()]
  /// @throws IllegalArgumentException if shape or precision do not fit, or a target or weight is invalid, naming row
  ///     and column
  void requireTargets(Precision precision, Shape outputs, Tensor targets, Tensor weights);

  /// Returns scale·Σ w_n·ℓ_n and overwrites `gradient` with its derivative with respect to the outputs.
  ///
  /// @param outputs `[…rows, C]`; not changed
  /// @param targets as [#requireTargets] asks; not changed
  /// @param weights one for each row, or [Tensor#none()]
  /// @param gradient the result, of the outputs' shape, in memory that nothing else uses
  /// @param ws for scratch; unchanged afterwards
  /// @return scale·Σ w_n·ℓ_n
  /// @throws IllegalArgumentException as [#requireTargets] does
  double valueAndGradient(Tensor outputs, Tensor targets, Tensor weights, double scale, Tensor gradient, Workspace ws);

  /// Overwrites `product` with the Hessian of scale·Σ w_n·ℓ_n with respect to the outputs times each of `chunk`
  /// directions.
  ///
  /// @param directions `[chunk, …rows, C]`; not changed
  /// @param product the result, of the directions' shape
  /// @param ws for scratch; unchanged afterwards
  /// @throws IllegalArgumentException as [#requireTargets] does
  void hessianProduct(
      Tensor outputs, Tensor targets, Tensor weights, double scale, Tensor directions, Tensor product, Workspace ws);

  /// {@return scale·Σ w_n·ℓ_n}
  ///
  /// @throws IllegalArgumentException as [#requireTargets] does
  default double value(Tensor outputs, Tensor targets, Tensor weights, double scale, Workspace ws) {
    int mark = ws.mark();
    double value = valueAndGradient(outputs, targets, weights, scale, ws.tensor(outputs.precision(), outputs.shape()),
        ws);
    ws.release(mark);
    return value;
  }

  /// {@return the mean over the rows, all of weight 1}
  ///
  /// @throws IllegalArgumentException as [#requireTargets] does, and if there is no row
  default double value(Tensor outputs, Tensor targets) {
    return value(outputs, targets, Tensor.none(), mean(outputs), new Workspace());
  }

  /// {@return the mean over the rows, all of weight 1; overwrites `gradient` with its gradient}
  ///
  /// @throws IllegalArgumentException as [#requireTargets] does, and if there is no row
  default double valueAndGradient(Tensor outputs, Tensor targets, Tensor gradient) {
    return valueAndGradient(outputs, targets, Tensor.none(), mean(outputs), gradient, new Workspace());
  }

  /// 1/B for the mean over the rows.
  private double mean(Tensor outputs) {
    if (outputs.shape().rows() == 0) {
      throw new IllegalArgumentException(
          this + ": outputs have shape " + outputs.shape() + ", expected at least 1 row to take a mean of");
    }
    return 1.0 / outputs.shape().rows();
  }

  /// {@return the loss ℓ = ½‖y − o‖²} Slides, equation [15]. Gradient o − y, Hessian I.
  ///
  /// [15]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-15
  static Loss halfSquaredError() {
    return SquaredError.HALF_SUM;
  }

  /// {@return the loss ℓ = (1/C) Σ (o − y)²} Gradient 2(o − y)/C, Hessian 2I/C.
  static Loss meanSquaredError() {
    return SquaredError.MEAN;
  }

  /// {@return the loss ℓ = (1/C) Σ |o − y|} Gradient sgn(o − y)/C, 0 at 0; Hessian 0.
  static Loss meanAbsoluteError() {
    return new AbsoluteError();
  }

  /// {@return the loss ℓ = (1/C) Σ h(o − y), h(r) = r²/2 where |r| ≤ δ, else δ·(|r| − δ/2)} Gradient clamp(o − y, −δ,
  /// δ)/C. Huber 1964.
  ///
  /// @throws IllegalArgumentException if δ is not a positive number; later, where it is used, if it is 0 or ∞ in float
  static Loss huber(double delta) {
    return new HuberLoss(delta);
  }

  /// {@return the loss ℓ = −Σ y_c·log softmax(o)_c of logits o, by log-sum-exp} Slides, equations
  /// [47] and [48]. Gradient p − y with p = softmax(o), Hessian diag(p) − p·pᵀ.
  ///
  /// Targets are probabilities, of the outputs' shape, or class numbers 0 … C − 1, of a shape without the axis of C.
  ///
  /// [47]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-47
  /// [48]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-48
  static Loss softmaxCrossEntropy() {
    return new SoftmaxCrossEntropy();
  }
}
