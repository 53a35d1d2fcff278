/// How good a model is: figures of its predictions on rows that it was not trained on.
///
/// Stability: stable from 0.1.
///
/// In reading order:
/// - `Evaluation`: how well predictions fit the targets
/// - `ConfusionMatrix`: how often each class is taken for each, and the figures from it
/// - `RocAreas`: the area under the receiver operating characteristic of each class
package dev.lanewise.model.evaluation;
