/// Layers from expressions: a function from symbolic nodes to a node is a layer, with both modes, second derivatives,
/// and a structure that planners see through.
///
/// Stability: incubating, may change in any minor version.
///
/// In reading order:
/// - `Graph`: layers from expressions
/// - `ScalarFunction`: a number of a sample, its gradient and Hessian
/// - `Node`: a value in an expression, and what can be computed of it
/// - `ReducibleNode`: what is computed along its axes
/// - `ElementwiseNode`: what is computed element by element
/// - `Step`: one value of such a layer, for those who write it elsewhere
/// - `Axes`: which axes a reduction goes over
/// - `AffineLayer`: an affine map of the last axis, with its parameters
/// - `Tracer`: writes an expression down while it is made
/// - `Vertex`: a value of an expression
/// - `Holder`: what has parameters
/// - `Constant`: numbers that never change
/// - `Expression`: what the output takes, in order
/// - `Series`: an expression cut at its articulation values
/// - `Parallel`: a sum taken apart into branches
/// - `GraphLayer`: an expression as a layer
/// - `Program`: an expression by numbers
/// - `Registers`: where a pass that keeps nothing has its values
/// - `Memory`: what a workspace remembers of it
/// - `ForwardPass`: the value alone
/// - `GraphLinearization`: the layer at one point
/// - `Tape`: all values there
/// - `Tangents`: pushed from the input to the output
/// - `Cotangents`: pulled from the output to the input
package dev.lanewise.graph;
