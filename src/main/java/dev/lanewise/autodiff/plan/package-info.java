/// The cheapest bracketing of a chain of Jacobians, by counts or by predicted times. Not exported.
///
/// In reading order:
/// - `Order`: which bracketings are compared, and by what
/// - `ChainPlanner`: the cheapest one by dynamic programming
/// - `Search`: what the plans of a network and of its branches share
/// - `BranchPrices`: what the branches of a sum take together
/// - `ChainTimes`: how long the steps of a chain take, and the same by a cost model
package dev.lanewise.autodiff.plan;
