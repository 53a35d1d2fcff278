package dev.lanewise.train;

import dev.lanewise.Tensor;
import dev.lanewise.train.optimizer.OptimizerState;

/// All that a training is at one point between two updates, as tensors and numbers: who goes on from it with the same
/// network, loss, sets and options takes the same steps, to the bit.
///
/// @param parameters θ, `[1, P]`: what the next update begins with, also while the trainer shows the best parameters
/// @param optimizerVectors what the optimizer remembers, `[stateVectors, P]`
/// @param optimizerNumbers what the optimizer remembers, `[stateNumbers]` in double
/// @param goodParameters θ after the last whole epoch, `[1, P]`: what a diverging training goes back to; between two
///     epochs `parameters`
/// @param goodOptimizerVectors what the optimizer remembered then, `[stateVectors, P]`; between two epochs
///     `optimizerVectors`
/// @param goodOptimizerNumbers what the optimizer remembered then, `[stateNumbers]`; between two epochs
///     `optimizerNumbers`
/// @param bestParameters θ after the epoch of the least validation loss, `[1, P]`
/// @param seed what all random choices follow from
/// @param epoch whole epochs done
/// @param batch updates done in the epoch begun
/// @param update updates done in all
/// @param lossSum the loss of the epoch begun, summed over its samples until now
/// @param lossSamples the samples in that sum
/// @param loss the mean loss of the last whole epoch, NaN before
/// @param validationLoss the validation loss of the last whole epoch, NaN where there is none
/// @param rate the rate of the last whole epoch's last update, NaN before and for a
///     [dev.lanewise.train.optimizer.BatchMethod]
/// @param bestLoss the least validation loss, ∞ before
/// @param bestEpoch its epoch, 0 before
public record TrainerState(
    Tensor parameters, Tensor optimizerVectors, Tensor optimizerNumbers,
    Tensor goodParameters, Tensor goodOptimizerVectors, Tensor goodOptimizerNumbers, Tensor bestParameters,
    long seed, long epoch, int batch, long update, double lossSum, long lossSamples,
    double loss, double validationLoss, double rate, double bestLoss, long bestEpoch) {

  /// Checks that a training of these parameters and this optimizer can go on from here.
  void require(Tensor theta, OptimizerState optimizer, int updatesPerEpoch) {
    if (epoch < 0 || batch < 0 || batch >= updatesPerEpoch) {
      throw new IllegalArgumentException("Trainer: state of epoch " + epoch + ", batch " + batch + ", update " + update
          + ", expected a batch of 0 to " + (updatesPerEpoch - 1));
    }
    if ((update - batch) / updatesPerEpoch != epoch || (update - batch) % updatesPerEpoch != 0) {
      throw new IllegalArgumentException("Trainer: state of epoch " + epoch + ", batch " + batch + ", update " + update
          + ", expected " + updatesPerEpoch + " updates an epoch");
    }
    requireLike(theta, parameters, "parameters");
    requireLike(theta, goodParameters, "good parameters");
    requireLike(theta, bestParameters, "best parameters");
    requireLike(optimizer.vectors(), optimizerVectors, "optimizer vectors");
    requireLike(optimizer.numbers(), optimizerNumbers, "optimizer numbers");
    requireLike(optimizer.vectors(), goodOptimizerVectors, "good optimizer vectors");
    requireLike(optimizer.numbers(), goodOptimizerNumbers, "good optimizer numbers");
  }

  private static void requireLike(Tensor expected, Tensor given, String name) {
    given.require(expected.precision(), expected.shape(), "Trainer", "state's " + name);
  }
}
