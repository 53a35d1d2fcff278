/// The Jacobian of a chain of layers so small that calls take longer than sums, in one pass.
///
/// In reading order:
/// - `DoubleSmallChain`: the pass: values, slopes and products of a chain
/// - `DoubleChainCode`: what it asks of the code for one chain
/// - `DoubleChainLoops`: that code as loops
/// - `StraightLine`: that code written out at run time, without a loop
package dev.lanewise.kernel.chain;
