/// Optimizers: update rules, methods with a line search, and schedules of the rate.
///
/// Stability: stable from 0.1.
///
/// In reading order:
/// - `Optimizer`: the built-in optimizers, and what all have in common
/// - `UpdateRule`: moves parameters by a gradient
/// - `Step`: one update, as a rule sees it
/// - `Sgd`: gradient descent
/// - `Momentum`: gradient descent with a heavy ball, or looking ahead
/// - `Adam`: Adam and AdamW
/// - `Schedule`: rates that change with the steps
/// - `OptimizerState`: an optimizer's memory of earlier steps
/// - `BatchMethod`: moves parameters by trying steps on the whole set
/// - `Objective`: a function of the parameters, as a batch method sees it
/// - `ConjugateGradient`: nonlinear conjugate gradients
/// - `Lbfgs`: BFGS with limited memory
/// - `LineDescent`: a method that steps along a direction
/// - `WolfeSearch`: a line search for the strong Wolfe conditions
package dev.lanewise.train.optimizer;
