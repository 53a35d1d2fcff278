/// Evaluates measurements: fits, intervals and ratios, independent of the page.
///
/// In reading order:
/// - `Cell`: both modes on one pair D × M
/// - `Surface`: the fit to log₂(T_f/T_r) over shape and size, zero on the crossover
/// - `Grid`: the pairs of a setting as regressors, which fit a surface by least squares
/// - `Estimate`: a figure with its interval
/// - `SampleMedian`: the median over forks, with an interval and tests that assume nothing about the forks' spread
/// - `ForkFits`: a fit for each fork, and the median over the forks of what follows from it
/// - `Axes`: the values of D and M of which all pairs were measured
/// - `Signs`: which mode is faster, pair by pair
/// - `Claim`: "forward mode is cheaper iff D < M", put to the test on one setting
/// - `Familywise`: what the verdicts on several settings say together
/// - `Run`: the result of one run for one setting
/// - `Runs`: the runs of a setting on one machine, and the interval between them
/// - `CallTimes`: the times of the calls that a Jacobian of one pair consists of
/// - `Prediction`: the crossover predicted from their sums
/// - `LayeredCell`: both modes on a convolutional or recurrent network
/// - `PooledFit`: one fit of r* over several networks, by depth, width and activation
/// - `OwnCell`: one measurement of a network from a file
/// - `OwnCrossover`: the D/M of equal times if only some of its inputs or outputs were wanted
/// - `Regret`: how well a way to choose a mode does on random networks
/// - `NullComparison`: forward mode against a copy of itself: the smallest difference that the run can see
/// - `Contest`: one product by this library and by its rivals
/// - `Comparison`: which times differ between two runs by more than noise
package dev.lanewise.report.verdict;
