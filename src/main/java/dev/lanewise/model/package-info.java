/// Whole models: a recipe, data in, predictions out.
///
/// [Mlp][dev.lanewise.model.Mlp] puts layers, initial values, standardization, loss and training together as the field does by
/// default; what it fits is a [Regressor][dev.lanewise.model.Regressor] or a [Classifier][dev.lanewise.model.Classifier], which
/// predicts, is judged by an [Evaluation][dev.lanewise.model.Evaluation], and is saved and loaded as one file.
package dev.lanewise.model;
