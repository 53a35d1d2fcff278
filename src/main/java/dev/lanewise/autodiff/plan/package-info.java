/// The cheapest bracketing of a chain of Jacobians, by counts, by predicted times, or by the clock. Not exported.
///
/// In reading order:
/// - `Order`: which bracketings are compared, and by what
/// - `ChainPlanner`: the cheapest one by dynamic programming
/// - `Priced`: a bracketing and what it costs
/// - `Search`: what the plans of a network and of its branches share
/// - `BranchPrices`: what the branches of a sum take together
/// - `ChainTimes`: how long the steps of a chain take, and the same by a cost model
/// - `Autotuner`: which of some orders is the fastest by the clock
package dev.lanewise.autodiff.plan;
