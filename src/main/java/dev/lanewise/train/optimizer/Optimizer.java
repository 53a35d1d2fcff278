package dev.lanewise.train.optimizer;

import dev.lanewise.Precision;

/// How parameters are moved: by an [UpdateRule], which needs only the gradient of a batch or of the whole set, or by a
/// [BatchMethod], which tries steps on the whole set.
///
/// | optimizer              | step, with ĝ = g + 2λ·w, ρ the rate, t the update from 1     | source                 |
/// |------------------------|--------------------------------------------------------------|------------------------|
/// | [#sgd()]               | w ← w − ρ·ĝ                                                  | equations [42], [45]   |
/// | [#momentum(double)]    | v ← μ·v + ĝ, w ← w − ρ·v                                     | Polyak 1964            |
/// | [#nesterov(double)]    | v ← μ·v + ĝ, w ← w − ρ·(ĝ + μ·v)                             | Sutskever et al. 2013  |
/// | [#adam()]              | m ← β₁m + (1−β₁)ĝ, v ← β₂v + (1−β₂)ĝ², w ← w − ρ·m̂/(√v̂ + ε) | Kingma & Ba 2015       |
/// | [#adamW(double)]       | w ← (1 − ρ·decay)·w, then as Adam                            | Loshchilov et al. 2019 |
/// | [#conjugateGradient()] | d ← −g + β·d, w ← w + α·d                                    | Polak & Ribière 1969   |
/// | [#lbfgs(int)]          | d ← −H·g, H from the last steps and changes of g, w ← w + α·d | Liu & Nocedal 1989     |
///
/// In Adam m̂ = m/(1 − β₁ᵗ) and v̂ = v/(1 − β₂ᵗ). The equations are those of the slides.
///
/// An optimizer is a record of numbers, stateless and safe to share: its memory is an [OptimizerState], passed in,
/// which can be saved. Its numbers are doubles, but must be valid in the parameters' precision too: in float, μ and β
/// round to 1 from 1 − 2⁻²⁵ (3e-8) on, and ε rounds to 0 below 7e-46.
///
/// [42]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-42
/// [45]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-45
public sealed interface Optimizer permits UpdateRule, BatchMethod {

  /// {@return how many vectors of P numbers the state has}
  int stateVectors();

  /// {@return how many single numbers the state has}
  default int stateNumbers() {
    return 0;
  }

  /// Checks that the optimizer's numbers are still valid when rounded to this precision.
  ///
  /// @throws IllegalArgumentException if one is not, naming it and its rounded value
  default void requirePrecision(Precision precision) {}

  /// {@return gradient descent}
  static UpdateRule sgd() {
    return new Sgd();
  }

  /// {@return gradient descent with momentum, the heavy-ball method}
  ///
  /// @param friction μ, the share of the velocity that a step keeps
  /// @throws IllegalArgumentException if μ is not in 0 ≤ μ < 1
  static UpdateRule momentum(double friction) {
    return new Momentum(friction, false);
  }

  /// {@return Nesterov momentum, which looks ahead}
  ///
  /// @param friction μ, the share of the velocity that a step keeps
  /// @throws IllegalArgumentException if μ is not in 0 ≤ μ < 1
  static UpdateRule nesterov(double friction) {
    return new Momentum(friction, true);
  }

  /// {@return Adam with β₁ = 0.9, β₂ = 0.999, ε = 1e-8}
  static UpdateRule adam() {
    return adam(0.9, 0.999, 1e-8);
  }

  /// {@return Adam with other constants}
  ///
  /// @throws IllegalArgumentException if β₁ or β₂ is not in 0 ≤ β < 1, or ε is not positive
  static UpdateRule adam(double beta1, double beta2, double epsilon) {
    return new Adam(beta1, beta2, epsilon, 0);
  }

  /// {@return Adam with β₁ = 0.9, β₂ = 0.999, ε = 1e-8 and decoupled weight decay, which exempts what
  /// [dev.lanewise.train.Regularization] exempts}
  ///
  /// @throws IllegalArgumentException if `decay` is negative
  static UpdateRule adamW(double decay) {
    return adamW(0.9, 0.999, 1e-8, decay);
  }

  /// {@return Adam with decoupled weight decay, which exempts what [dev.lanewise.train.Regularization] exempts} In
  /// float, a decay ρ·decay below 2⁻²⁵ (3e-8) leaves w unchanged, like any step below half of its last place.
  ///
  /// @throws IllegalArgumentException if β₁ or β₂ is not in 0 ≤ β < 1, ε is not positive, or `decay` negative
  static UpdateRule adamW(double beta1, double beta2, double epsilon, double decay) {
    return new Adam(beta1, beta2, epsilon, decay);
  }

  /// {@return nonlinear conjugate gradients with a line search, for the whole set}
  static BatchMethod conjugateGradient() {
    return new ConjugateGradient();
  }

  /// {@return limited-memory BFGS with a line search, for the whole set}
  ///
  /// @param memory how many pairs of steps and changes of the gradient are kept; 10 is common
  /// @throws IllegalArgumentException if that is less than 1
  static BatchMethod lbfgs(int memory) {
    return new Lbfgs(memory);
  }
}
