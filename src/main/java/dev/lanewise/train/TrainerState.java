package dev.lanewise.train;

import dev.lanewise.Tensor;

/// All that a training is at one point between two updates, as tensors and numbers: who goes on from it with the same network, loss,
/// sets and options takes the same steps, to the bit.
///
/// @param parameters θ, `[1, P]`
/// @param optimizerVectors what the optimizer remembers, `[stateVectors, P]`
/// @param optimizerNumbers what the optimizer remembers, `[stateNumbers]` in double
/// @param goodParameters θ after the last whole epoch, `[1, P]`: what a diverging training goes back to
/// @param bestParameters θ after the epoch of the least validation loss, `[1, P]`
/// @param seed what all random choices follow from
/// @param epoch whole epochs done
/// @param batch updates done in the epoch begun
/// @param update updates done in all
/// @param lossSum the loss of the epoch begun, summed over its samples until now
/// @param lossSamples the samples in that sum
/// @param loss the mean loss of the last whole epoch, NaN before
/// @param bestLoss the least validation loss, ∞ before
/// @param bestEpoch its epoch, 0 before
public record TrainerState(
    Tensor parameters, Tensor optimizerVectors, Tensor optimizerNumbers, Tensor goodParameters, Tensor bestParameters,
    long seed, long epoch, int batch, long update, double lossSum, long lossSamples, double loss, double bestLoss, long bestEpoch) {}
