/// The cheapest bracketing of a chain of Jacobians, by counts, by predicted times, or by the clock. Not exported.
///
/// In reading order:
/// - `Order`: which bracketings are compared, and by which measure
/// - `ChainPlanner`: the cheapest one by dynamic programming
/// - `Priced`: a bracketing and its cost
/// - `Search`: how bracketings are compared, and the plans made so far
/// - `BranchPrices`: the price of all branches of a sum together
/// - `ChainTimes`: how long the steps of a chain take, by a cost model for one
/// - `Autotuner`: which of some orders is the fastest by the clock
package dev.lanewise.autodiff.plan;
