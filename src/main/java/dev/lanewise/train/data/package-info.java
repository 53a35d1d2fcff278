/// Data: samples with their targets, brought to the same scale, and the exact means that this takes.
///
/// Stability: stable from 0.1.
///
/// In reading order:
/// - `Dataset`: rows of inputs, targets and weights
/// - `Standardizer`: columns brought to mean 0 and standard deviation 1, and back
/// - `Columns`: which numbers of samples belong to a column
/// - `Imputation`: what is put in the place of a missing value
/// - `Imputer`: missing values replaced, column by column
/// - `Moments`: means and deviations without what rounding loses
package dev.lanewise.train.data;
