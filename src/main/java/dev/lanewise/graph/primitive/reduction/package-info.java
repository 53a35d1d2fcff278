/// What becomes of rows: one number of each, or a row that depends on all of it.
///
/// Not exported.
///
/// In reading order:
/// - `Reduction`: one number of each row
/// - `Sum`: their sum
/// - `SquaredNorm`: the sum of their squares
/// - `Product`: their product
/// - `Extremum`: the best of them
/// - `Maximum`: the largest
/// - `Minimum`: the smallest
/// - `LogSumExp`: the logarithm of the sum of exponentials
/// - `Softmax`: probabilities
/// - `LogSoftmax`: their logarithms
package dev.lanewise.graph.primitive.reduction;
