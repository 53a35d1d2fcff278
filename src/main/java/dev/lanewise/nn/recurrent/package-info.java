/// Recurrent layers over sequences `[batch, time, feature]`, each a record of hyper-parameters with its card of
/// formulas.
///
/// Stability: stable from 0.1.
///
/// In reading order:
/// - `Recurrent`: what they have in common: inputs, outputs, parameters
/// - `Rnn`: h = φ(W_ih·x + b_ih + W_hh·h₋ + b_hh)
/// - `Lstm`: long short-term memory
/// - `ForgetBias`: its initial biases, where what is in memory shall last
/// - `Gru`: gated recurrent units
/// - `Recurrence`: layers, directions, what comes out, what is kept
/// - `InitialState`: where the states before the first step come from
/// - `RecurrentMemory`: how many numbers a linearization keeps
/// - `RecurrentLinearization`: tangents and cotangents of a stack of layers
/// - `Sweep`: one layer in one direction at a point
/// - `InitialStates`: the states before its first step
/// - `SweepGradients`: what its pull adds to the parameters' cotangents
/// - `SweepCurvature`: the tangent of its pull
package dev.lanewise.nn.recurrent;
