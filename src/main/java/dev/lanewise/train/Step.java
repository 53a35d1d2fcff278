package dev.lanewise.train;

/// What an [UpdateRule] is told about a step. Used anew for each one.
public final class Step {

  private long number;
  private double rate;
  private boolean decaying;
  private double pull;
  private double threshold;

  Step() {}

  /// Begins update `number` with this rate.
  void begin(long number, double rate) {
    this.number = number;
    this.rate = rate;
  }

  /// Says how the next stretch of parameters is penalised: not at all if `exempt`.
  void penalise(Regularization regularization, boolean exempt) {
    decaying = !exempt;
    pull = exempt ? 0 : 2 * regularization.l2();
    threshold = exempt ? 0 : rate * regularization.l1();
  }

  /// t, the number of the update, from 1.
  public long number() {
    return number;
  }

  /// ρ, the rate of this update.
  public double rate() {
    return rate;
  }

  /// Whether these parameters decay, where the rule lets weights decay.
  public boolean decaying() {
    return decaying;
  }

  /// 2λ of an ℓ₂ penalty λ·Σw², whose gradient 2λ·w is to be added; 0 without.
  public double pull() {
    return pull;
  }

  /// ρ·λ of an ℓ₁ penalty λ·Σ|w|: by how much the moved parameters are to be drawn to 0, where they stop; 0 without.
  public double threshold() {
    return threshold;
  }
}
