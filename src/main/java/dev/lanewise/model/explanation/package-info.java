/// What a model's predictions depend on: derivatives in the units of the data, and the cost of shuffled features.
///
/// Stability: incubating, may change in any minor version.
///
/// In reading order:
/// - `PreparedModelJacobian`: y and ∂y/∂x of a model in raw units, planned once
/// - `Units`: the mean and deviation of each number of inputs or outputs
/// - `Sensitivity`: the mean slope by each feature, in units of the feature's spread
/// - `PermutationImportance`: how much worse predictions are once a feature is shuffled
/// - `FeatureLayout`: which numbers of a sample belong to a feature
package dev.lanewise.model.explanation;
