/// What a model's predictions depend on: its derivatives in the units of the data, and what shuffled features cost.
///
/// Stability: incubating, may change in any minor version.
///
/// In reading order:
/// - `PreparedModelJacobian`: y and ∂y/∂x of a model in raw units, planned once
/// - `Units`: what a model's inputs or outputs are standardized with, number by number
/// - `Sensitivity`: the mean slope by each feature, in units of the feature's spread
/// - `PermutationImportance`: how much worse predictions are once a feature is shuffled
/// - `FeatureLayout`: which numbers of a sample belong to a feature
package dev.lanewise.model.explanation;
