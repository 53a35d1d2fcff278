/// Layers from expressions: a function of symbolic nodes becomes a layer, with both modes, second derivatives, and a
/// structure that planners can see.
///
/// Stability: incubating, may change in any minor version.
///
/// In reading order:
/// - `Graph`: layers from expressions
/// - `ScalarFunction`: a number of a sample, its gradient and Hessian
/// - `Node`: a value in an expression, and what can be computed of it
/// - `ReducibleNode`: its operations along axes
/// - `ElementwiseNode`: its operations element by element
/// - `Step`: one value of such a layer, for writers of other formats
/// - `Axes`: which axes a reduction goes over
/// - `AffineLayer`: an affine map of the last axis, with its parameters
/// - `Tracer`: records an expression while it is made
/// - `Vertex`: a value of an expression
/// - `Holder`: a holder of parameters
/// - `Constant`: numbers that never change
/// - `Expression`: the values of a function, in order
/// - `Series`: an expression cut at its articulation values
/// - `Parallel`: a sum taken apart into branches
/// - `GraphLayer`: an expression as a layer
/// - `Program`: an expression as arrays
/// - `Registers`: the places of values in a pass that keeps nothing
/// - `Memory`: the graphs that a workspace remembers
/// - `ForwardPass`: the value alone
/// - `GraphLinearization`: the layer at one point
/// - `Tape`: all values there
/// - `Tangents`: pushed from the input to the output
/// - `Cotangents`: pulled from the output to the input
package dev.lanewise.graph;
