/// The built-in layers, each a record of hyper-parameters whose Javadoc lists its formulas.
///
/// Stability: stable from 0.1.
///
/// In reading order:
/// - `Dense`: y = φ(x·Wᵀ + b)
/// - `Conv2d`: y = φ(w ∗ x + b) of images
/// - `Conv1d`: y = φ(w ∗ x + b) of sequences
/// - `ConvolutionLinearization`: their tangents and cotangents
/// - `Elementwise`: an activation as a layer
/// - `Softmax`: probabilities of logits
/// - `LogSoftmax`: their logarithms
/// - `Dropout`: units left out at random in training
/// - `Standardization`: columns shifted and scaled by fixed numbers
/// - `MaxPool2d`: the largest number of each window of an image
/// - `MaxPool1d`: of each window of a sequence
/// - `AvgPool2d`: the mean of each window of an image
/// - `AvgPool1d`: of each window of a sequence
/// - `GlobalAvgPool`: the mean of each channel
/// - `Flatten`: samples as rows of features
/// - `Reshape`: samples by other axes
/// - `BatchNorm`: channels brought to mean 0 and deviation 1, by their batch or by running statistics
/// - `BatchNormLinearization`: its tangents and cotangents at inference
/// - `BatchNormInTraining`: the same in training
/// - `Sequential`: layers one after the other
/// - `Parameterless`: layers without parameters
/// - `ParameterlessLinearization`: the checks that they share
/// - `KnownShape`: the output's shape, remembered from call to call
/// - `Folding`: a network for inference without its batch normalisations
package dev.lanewise.nn;

