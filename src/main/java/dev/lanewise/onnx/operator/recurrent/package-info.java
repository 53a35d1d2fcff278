/// ONNX's recurrent operators.
///
/// In reading order:
/// - `Recurrences`: RNN, LSTM, GRU
/// - `Cell`: the kind of a recurrence
/// - `Told`: the attributes and shapes of a node
/// - `Nonlinearity`: a nonlinearity of a cell
/// - `Gates`: weights in the order of our layers
/// - `Sample`: inputs and outputs of a recurrence for one sample
/// - `OfLayer`: by one of our layers
/// - `Unrolled`: step by step
package dev.lanewise.onnx.operator.recurrent;
