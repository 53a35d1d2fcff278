/// Whole models: a recipe, data in, predictions out.
///
/// A [Recipe][dev.lanewise.model.Recipe], [Mlp][dev.lanewise.model.Mlp], [Cnn][dev.lanewise.model.Cnn] or
/// [Sequence][dev.lanewise.model.Sequence], combines layers, initial values, standardization, loss and training with
/// the field's defaults. It fits a [Regressor][dev.lanewise.model.Regressor] or a
/// [Classifier][dev.lanewise.model.Classifier], which predicts, gives derivatives in the units of its data, and is
/// saved as one file; an [Evaluation][dev.lanewise.model.evaluation.Evaluation] judges it.
///
/// Stability: stable from 0.1.
///
/// In reading order:
/// - `Recipe`: how to make a model from data
/// - `Mlp`: a multilayer perceptron of rows of numbers
/// - `Cnn`: a convolutional network of images
/// - `Sequence`: a recurrent network of sequences
/// - `Architecture`: a network's layers and its task
/// - `MlpArchitecture`: dense layers
/// - `CnnArchitecture`: blocks of convolutions, then dense layers
/// - `SequenceArchitecture`: recurrent layers, and a dense one on their last state
/// - `FitOptions`: optional settings of a fit
/// - `Weights`: how much rows and classes count
/// - `Names`: the names of features, outputs and classes
/// - `FittedModel`: shared by trained models of both tasks
/// - `Regressor`: a trained model that predicts numbers
/// - `Classifier`: a trained model that predicts classes
/// - `TrainingRows`: the rows of a data set, divided and standardized, and the training on them
/// - `FittedNetwork`: a trained network with what precedes and follows it
/// - `Explaining`: what a model's predictions depend on
/// - `ModelFile`: a whole model as a file
/// - `Metadata`: a file's texts about its model, checked
/// - `Checkpoint`: a training between two epochs as a file
/// - `Doors`: the checks of recipes and models
/// - `DivergedFitException`: a fit that is no longer finite, with the model so far
/// - `InterruptedFitException`: a fit whose thread was interrupted, with the model so far
/// - `MalformedModelException`: a file that is not the model or checkpoint asked for
package dev.lanewise.model;

