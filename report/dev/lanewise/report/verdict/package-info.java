/// What the measurements say: fits, intervals and ratios, without a word of the page.
///
/// In reading order:
/// - `Cell`: both modes on one pair D × M
/// - `Crossover`: the D/M at which both modes take the same time, by a line through the cells
/// - `Bootstrap`: 95 % intervals of that fit, by resampling the forks
/// - `Claim`: "forward mode is cheaper iff D < M", put to the test on one setting
/// - `LayeredCell`: both modes on a convolutional or recurrent network
/// - `PooledFit`: one fit over several networks, with depth, width and activation as covariates
/// - `Regret`: what a way to choose a mode costs on random networks
/// - `NullComparison`: forward mode against its copy: how small a difference the run can see
/// - `Contest`: one product by this library and by its rivals
/// - `Comparison`: which times differ between two runs by more than noise
package dev.lanewise.report.verdict;
