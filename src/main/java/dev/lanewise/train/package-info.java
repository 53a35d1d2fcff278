/// Training: the loop over a data set with a loss, an optimizer and penalties.
///
/// Stability: stable from 0.1.
///
/// In reading order:
/// - `Trainer`: trains a network's parameters in place, update by update
/// - `TrainerOptions`: optimizer, rate, batches, penalties, epochs, seed
/// - `TrainerState`: the state of a training between two updates
/// - `Batches`: which samples the gradient of an update is averaged over
/// - `Regularization`: penalties on large parameters
/// - `EarlyStopping`: when to stop because the validation loss no longer falls
/// - `StopHandle`: ends a training from outside
/// - `TrainingListener`: is told of each epoch
/// - `Progress`: how far a training is
/// - `DivergedException`: loss or parameters are no longer finite
/// - `Ending`: whether a training goes on, or why not
/// - `Descent`: what moves the parameters
/// - `LossPass`: the mean loss over samples, and its gradient
/// - `PenalisedLoss`: the mean loss over the whole set with its penalty, as a function of the parameters
/// - `PenalisedStep`: the step of an update under penalties
/// - `Stretch`: a part of the buffer of parameters that is penalised alike
/// - `Sampler`: which rows make up a batch
/// - `Draws`: random numbers that follow from a seed and a position
/// - `LiveState`: the state of a training while it runs
/// - `Position`: how far a training is, and its losses
/// - `GoodEpoch`: the last good epoch, to which a training that fails returns
/// - `BestEpoch`: the epoch of the least validation loss
/// - `EpochClock`: how long a training takes
/// - `Backpropagation`: the slides' algorithm step by step, for reading
package dev.lanewise.train;

