/// Recurrences of ONNX.
///
/// In reading order:
/// - `Recurrences`: RNN, LSTM, GRU
/// - `Cell`: what is computed in a step
/// - `Told`: what a file's node tells
/// - `Nonlinearity`: a nonlinearity of a cell
/// - `Gates`: weights in the order of our layers
/// - `Sample`: what goes into a recurrence, and comes out
/// - `OfLayer`: by one of our layers
/// - `Unrolled`: step by step
package dev.lanewise.onnx.operator.recurrent;
