package dev.lanewise.train.optimizer;

/// One update of parameters that are penalised alike, as an [UpdateRule] sees it.
public interface Step {

  /// {@return t, the number of the update, from 1}
  long number();

  /// {@return ρ, the rate of this update}
  double rate();

  /// {@return whether these parameters decay, where the rule lets weights decay}
  boolean decaying();

  /// {@return 2λ of an ℓ₂ penalty λ·Σw², whose gradient 2λ·w is to be added; 0 without one}
  double pull();

  /// {@return ρ·λ of an ℓ₁ penalty λ·Σ|w|: by how much the moved parameters are to shrink towards 0, where they stop; 0
  /// without one}
  double threshold();
}
