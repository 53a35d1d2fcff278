/// Optimizers: how parameters are moved, by rules of update and by methods that search along lines; and rates.
///
/// Stability: stable from 0.1.
///
/// In reading order:
/// - `Optimizer`: the built-in ones, and what all have in common
/// - `UpdateRule`: moves parameters by a gradient
/// - `Step`: what a rule is told about an update
/// - `Sgd`: gradient descent
/// - `Momentum`: gradient descent with a heavy ball, or looking ahead
/// - `Adam`: Adam and AdamW
/// - `Schedule`: rates that change with the steps
/// - `OptimizerState`: what an optimizer remembers of earlier steps
/// - `BatchMethod`: moves parameters by trying steps on the whole set
/// - `Objective`: a function of the parameters, as a batch method sees it
/// - `ConjugateGradient`: nonlinear conjugate gradients
/// - `Lbfgs`: BFGS with limited memory
/// - `LineDescent`: what methods that step along a direction share
/// - `WolfeSearch`: a line search for the strong Wolfe conditions
package dev.lanewise.train.optimizer;
