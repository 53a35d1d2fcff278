/// Data: samples with their targets, standardization, missing values, and exact means.
///
/// Stability: stable from 0.1.
///
/// In reading order:
/// - `Dataset`: rows of inputs, targets and weights
/// - `Standardizer`: columns brought to mean 0 and standard deviation 1, and back
/// - `Columns`: which numbers of samples belong to a column
/// - `Imputation`: what a missing value is replaced with
/// - `Imputer`: missing values replaced, column by column
/// - `Moments`: means and deviations without rounding loss
package dev.lanewise.train.data;
