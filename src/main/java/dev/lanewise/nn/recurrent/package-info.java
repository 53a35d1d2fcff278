/// Recurrent layers over sequences `[batch, time, feature]`, each a record of hyper-parameters whose Javadoc lists its
/// formulas.
///
/// Stability: stable from 0.1.
///
/// In reading order:
/// - `Recurrent`: shared by all: inputs, outputs, parameters
/// - `Rnn`: h = φ(W_ih·x + b_ih + W_hh·h₋ + b_hh)
/// - `Lstm`: long short-term memory
/// - `ForgetBias`: its initial biases, for a memory that lasts
/// - `Gru`: gated recurrent units
/// - `Recurrence`: layers, directions, output, and the states kept
/// - `InitialState`: the source of the states before the first step
/// - `RecurrentMemory`: the number of numbers that a linearization keeps
/// - `RecurrentLinearization`: tangents and cotangents of a stack of layers
/// - `Sweep`: one layer in one direction at a point
/// - `InitialStates`: the states before its first step
/// - `SweepGradients`: adds its pull to the parameters' cotangents
/// - `SweepCurvature`: the tangent of its pull
package dev.lanewise.nn.recurrent;
