/// Value and Jacobian, in one pass, of a chain of layers so small that calls would take longer than sums.
///
/// In reading order:
/// - `DoubleSmallChain`: the pass: values, slopes and products of a chain
/// - `DoubleChainCode`: the products of one chain
/// - `DoubleChainLoops`: these products as loops
/// - `StraightLine`: these products as code without a loop, written at run time
package dev.lanewise.kernel.chain;
