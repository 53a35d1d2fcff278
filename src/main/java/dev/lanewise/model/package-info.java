/// Whole models: a recipe, data in, predictions out.
///
/// A [Recipe][dev.lanewise.model.Recipe], [Mlp][dev.lanewise.model.Mlp], [Cnn][dev.lanewise.model.Cnn] or
/// [Sequence][dev.lanewise.model.Sequence], puts layers, initial values, standardization, loss and training together as
/// the field does by default; what it fits is a [Regressor][dev.lanewise.model.Regressor] or a
/// [Classifier][dev.lanewise.model.Classifier], which predicts, is judged by an
/// [Evaluation][dev.lanewise.model.evaluation.Evaluation], gives its derivatives in the units of its data, and is saved
/// and loaded as one file.
///
/// Stability: stable from 0.1.
///
/// In reading order:
/// - `Recipe`: how to make a model of data; what all recipes share
/// - `Mlp`: a multilayer perceptron of rows of numbers
/// - `Cnn`: a convolutional network of images
/// - `Sequence`: a recurrent network of sequences
/// - `Architecture`: what a network looks like
/// - `MlpArchitecture`: dense layers
/// - `CnnArchitecture`: blocks of convolutions, then dense layers
/// - `SequenceArchitecture`: recurrent layers, and a dense one on their last state
/// - `FitOptions`: what else is known of the data, and is to happen while a model is fitted
/// - `Weights`: how much rows and classes count
/// - `Names`: what features, outputs and classes are called
/// - `FittedModel`: what a trained model of either task has
/// - `Regressor`: a trained model that predicts numbers
/// - `Classifier`: a trained model that predicts classes
/// - `TrainingRows`: the rows of a data set, divided and standardized, and the training on them
/// - `FittedNetwork`: a trained network with what belongs before and behind it
/// - `Explaining`: what a model's predictions depend on
/// - `ModelFile`: a whole model as a file
/// - `Metadata`: what a file says of its model, read with distrust
/// - `Checkpoint`: a training between two epochs as a file
/// - `Doors`: what recipes and models refuse
/// - `DivergedFitException`: a fit that is no longer finite, with the model made until then
/// - `InterruptedFitException`: a fit whose thread was interrupted, with the model made until then
/// - `MalformedModelException`: a file that is not the model or checkpoint asked for
package dev.lanewise.model;

