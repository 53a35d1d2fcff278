package dev.lanewise.train;

import dev.lanewise.Tensor;
import dev.lanewise.train.optimizer.OptimizerState;

/// The state of a training between two updates. With the same network, loss, sets and options, training continues from
/// it with the same bits.
///
/// @param parameters θ, `[1, P]`: what the next update begins with, even while the trainer shows the best parameters
/// @param optimizerVectors the optimizer's memory, `[stateVectors, P]`
/// @param optimizerNumbers the optimizer's memory, `[stateNumbers]` in double
/// @param goodParameters θ after the last whole epoch, `[1, P]`, to which a diverging training returns; between two
///     epochs the same as `parameters`
/// @param goodOptimizerVectors the optimizer's vectors after that epoch, `[stateVectors, P]`; between two epochs the
///     same as `optimizerVectors`
/// @param goodOptimizerNumbers the optimizer's numbers after that epoch, `[stateNumbers]`; between two epochs the same
///     as `optimizerNumbers`
/// @param bestParameters θ after the epoch of the least validation loss, `[1, P]`
/// @param seed what all random choices follow from
/// @param epoch whole epochs done
/// @param batch updates done in the current epoch
/// @param update updates done in all
/// @param lossSum the loss of the current epoch, summed over its samples so far
/// @param lossSamples the samples in that sum
/// @param loss the mean loss of the last whole epoch, NaN before the first
/// @param validationLoss the validation loss of the last whole epoch, NaN if there is none
/// @param rate the rate of the last whole epoch's last update; NaN before the first such epoch, and for a
///     [dev.lanewise.train.optimizer.BatchMethod]
/// @param bestLoss the least validation loss, ∞ if there is none
/// @param bestEpoch its epoch, 0 if there is none
public record TrainerState(Tensor parameters, Tensor optimizerVectors, Tensor optimizerNumbers,
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
