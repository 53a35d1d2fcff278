package dev.lanewise.train;

/// How far a training is, and the losses and the rate on the way.
final class Position {

  private final int updatesPerEpoch;
  private long seed;
  private long epoch;
  private int batch;
  private long update;
  private double lossSum;
  private long lossSamples;
  private double loss = Double.NaN;
  private double validationLoss = Double.NaN;
  private double rate = Double.NaN;

  Position(long seed, int updatesPerEpoch) {
    this.seed = seed;
    this.updatesPerEpoch = updatesPerEpoch;
  }

  void set(TrainerState state) {
    seed = state.seed();
    epoch = state.epoch();
    batch = state.batch();
    update = state.update();
    lossSum = state.lossSum();
    lossSamples = state.lossSamples();
    loss = state.loss();
    validationLoss = state.validationLoss();
    rate = state.rate();
  }

  /// Counts an update before which the mean loss over `samples` samples was `meanLoss`.
  void advance(double meanLoss, int samples) {
    batch++;
    update++;
    lossSum += meanLoss * samples;
    lossSamples += samples;
  }

  boolean isEpochWhole() {
    return batch == updatesPerEpoch;
  }

  void endEpoch(double validationLoss, double rate) {
    this.validationLoss = validationLoss;
    this.rate = rate;
    loss = lossSoFar();
    epoch++;
    beginEpoch();
  }

  void goBack() {
    update -= batch;
    beginEpoch();
  }

  private void beginEpoch() {
    batch = 0;
    lossSum = 0;
    lossSamples = 0;
  }

  double lossSoFar() {
    return lossSum / lossSamples;
  }

  /// Epochs done, with a fraction for the current one.
  double epochs() {
    return epoch + (double) batch / updatesPerEpoch;
  }

  int updatesPerEpoch() {
    return updatesPerEpoch;
  }

  long seed() {
    return seed;
  }

  long epoch() {
    return epoch;
  }

  /// Updates done in the epoch begun.
  int batch() {
    return batch;
  }

  long update() {
    return update;
  }

  double lossSum() {
    return lossSum;
  }

  long lossSamples() {
    return lossSamples;
  }

  /// The mean loss of the last whole epoch. The next two methods are about that epoch too.
  double loss() {
    return loss;
  }

  double validationLoss() {
    return validationLoss;
  }

  double rate() {
    return rate;
  }

  /// Where the training is, for a message: at the next update or, after an epoch's last update, at its end.
  @Override
  public String toString() {
    return isEpochWhole() ? "at the end of epoch " + (epoch + 1)
        : "in epoch " + (epoch + 1) + ", update " + (batch + 1) + " of " + updatesPerEpoch;
  }
}
