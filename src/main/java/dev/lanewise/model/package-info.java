/// Whole models: a recipe, data in, predictions out.
///
/// A [Recipe][dev.lanewise.model.Recipe], [Mlp][dev.lanewise.model.Mlp], [Cnn][dev.lanewise.model.Cnn] or
/// [Sequence][dev.lanewise.model.Sequence], combines layers, initial values, standardization, loss and training with
/// the field's defaults. It fits a [Regressor][dev.lanewise.model.Regressor] or a
/// [Classifier][dev.lanewise.model.Classifier], which predicts, is judged by an
/// [Evaluation][dev.lanewise.model.evaluation.Evaluation], differentiates in the units of its data, and is one file.
///
/// Stability: stable from 0.1.
///
/// In reading order:
/// - `Recipe`: how to make a model from data; what all recipes share
/// - `Mlp`: a multilayer perceptron of rows of numbers
/// - `Cnn`: a convolutional network of images
/// - `Sequence`: a recurrent network of sequences
/// - `Architecture`: what a network looks like
/// - `MlpArchitecture`: dense layers
/// - `CnnArchitecture`: blocks of convolutions, then dense layers
/// - `SequenceArchitecture`: recurrent layers, and a dense one on their last state
/// - `FitOptions`: optional settings of a fit
/// - `Weights`: how much rows and classes count
/// - `Names`: what features, outputs and classes are called
/// - `FittedModel`: what a trained model of either task has
/// - `Regressor`: a trained model that predicts numbers
/// - `Classifier`: a trained model that predicts classes
/// - `TrainingRows`: the rows of a data set, divided and standardized, and the training on them
/// - `FittedNetwork`: a trained network with what precedes and follows it
/// - `Explaining`: what a model's predictions depend on
/// - `ModelFile`: a whole model as a file
/// - `Metadata`: a file's texts about its model, checked
/// - `Checkpoint`: a training between two epochs as a file
/// - `Doors`: what recipes and models refuse
/// - `DivergedFitException`: a fit that is no longer finite, with the model made until then
/// - `InterruptedFitException`: a fit whose thread was interrupted, with the model made until then
/// - `MalformedModelException`: a file that is not the model or checkpoint asked for
package dev.lanewise.model;

