/// What a vector is on this machine, and how a number is multiplied and added: all that every other room stands on.
///
/// In reading order:
/// - `VirtualMachine`: whether vectors and fused multiply-adds are worth using here
/// - `HotSpotOptions`: what HotSpot says of its options
/// - `MultiplyAdd`: a·b + c in a form that is fast here, or exact
/// - `CpuClass`: a row for each class of processors: registers, tiles, blocks
/// - `FloatLanes`: species and width of vectors of `float`
/// - `DoubleLanes`: the same of `double`
/// - `DoubleTail`: the last elements, fewer than a vector has lanes
/// - `DoubleButterfly`: exchanges between lanes
package dev.lanewise.kernel.lanes;
