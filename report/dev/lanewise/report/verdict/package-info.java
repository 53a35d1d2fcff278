/// What the measurements say: fits, intervals and ratios, without a word of the page.
///
/// In reading order:
/// - `Cell`: both modes on one pair D × M
/// - `Surface`: the fit to log₂(T_f/T_r) over shape and size, zero on the crossover
/// - `Grid`: the pairs of a setting as regressors, which fit a surface by least squares
/// - `Estimate`: a figure with its interval
/// - `SampleMedian`: the median over forks, with interval and tests that assume nothing on how forks spread
/// - `ForkFits`: a fit for each fork, and the median over the forks of what follows from it
/// - `Axes`: the Ds and Ms of which every pair was measured
/// - `Signs`: which mode is the faster, pair by pair
/// - `Claim`: "forward mode is cheaper iff D < M", put to the test on one setting
/// - `Familywise`: what the verdicts on several settings say together
/// - `Run`: what one run says of one setting
/// - `Runs`: the runs of a setting on one machine, and the interval between them
/// - `CallTimes`: what the calls that a Jacobian consists of take on one pair
/// - `Prediction`: the crossover as their sums predict it
/// - `LayeredCell`: both modes on a convolutional or recurrent network
/// - `PooledFit`: one fit of r* over several networks, by depth, width and activation
/// - `OwnCell`: what was measured of a network from a file
/// - `OwnCrossover`: where its modes would meet, if its inputs or outputs were cut
/// - `Regret`: what a way to choose a mode costs on random networks
/// - `NullComparison`: forward mode against its copy: how small a difference the run can see
/// - `Contest`: one product by this library and by its rivals
/// - `Comparison`: which times differ between two runs by more than noise
package dev.lanewise.report.verdict;
