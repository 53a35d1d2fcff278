/// Operations on rows: reductions to one number each, and softmax.
///
/// Not exported.
///
/// In reading order:
/// - `Reduction`: one number of each row
/// - `Sum`: their sum
/// - `SquaredNorm`: the sum of their squares
/// - `WeightedReduction`: one with a gradient that it keeps
/// - `Product`: their product
/// - `RowExtremum`: the largest or the smallest of them
/// - `LogSumExp`: the logarithm of the sum of exponentials
/// - `Softmax`: probabilities
/// - `LogSoftmax`: their logarithms
package dev.lanewise.graph.primitive.reduction;
