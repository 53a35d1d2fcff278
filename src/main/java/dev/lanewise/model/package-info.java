/// Whole models: a recipe, data in, predictions out.
///
/// [Mlp][dev.lanewise.model.Mlp] puts layers, initial values, standardization, loss and training together as the field does by
/// default; what it fits is a [Regressor][dev.lanewise.model.Regressor] or a [Classifier][dev.lanewise.model.Classifier], which
/// predicts, is judged by an [Evaluation][dev.lanewise.model.Evaluation], and is saved and loaded as one file.
///
/// In reading order:
/// - `Mlp`: how to make a multilayer perceptron of data
/// - `Architecture`: its layers
/// - `FitOptions`: what else is to happen while a model is fitted
/// - `Regressor`: a trained model that predicts numbers
/// - `Classifier`: a trained model that predicts classes
/// - `Evaluation`: how well predictions fit what was to be predicted
/// - `TrainingRows`: the rows of a data set, divided and standardized
/// - `Labels`: classes by number
/// - `Fitting`: one training of a recipe on rows
/// - `FittedNetwork`: a trained network with what belongs before and behind it
/// - `ModelFile`: a whole model as a file
/// - `Checkpoint`: a training between two epochs as a file
/// - `Doors`: what models refuse of data
/// - `DivergedFitException`: a fit that is no longer finite, with the model made until then
/// - `MalformedModelException`: a file that is not the model or checkpoint asked for
package dev.lanewise.model;

