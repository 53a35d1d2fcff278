/// Validation: rows held out of training, to evaluate models and to choose between them.
///
/// Stability: stable from 0.1.
///
/// In reading order:
/// - `HoldOut`: a share of the rows held out
/// - `CrossValidation`: folds, and the choice of a hyper-parameter by them
/// - `Fold`: one division of rows into those to train on and those held out
/// - `Deck`: rows shuffled to be dealt out
package dev.lanewise.train.validation;
