/// Losses: measures of how wrong outputs are, with their derivatives.
///
/// Stability: stable from 0.1.
///
/// In reading order:
/// - `Loss`: a number for each row of outputs and its target, and the built-in ones
/// - `SquaredError`: half the sum of squared differences, or their mean
/// - `AbsoluteError`: the mean of absolute differences
/// - `HuberLoss`: squared near 0, absolute beyond
/// - `SoftmaxCrossEntropy`: cross-entropy of logits
/// - `LossLayer`: a mean loss as the last layer of a network
package dev.lanewise.train.loss;
