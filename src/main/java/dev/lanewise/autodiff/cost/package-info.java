/// How long the operations of a Jacobian take on this machine: measured, kept in a file, read between grid points.
///
/// Stability: incubating, may change in any minor version.
///
/// In reading order:
/// - `CostModel`: the times of products, passes and transposes
/// - `CostTables`: a table for each precision and kind of work
/// - `CostTable`: times on a grid of sizes, and between its points
/// - `CostCalibration`: measures this machine
/// - `CostCell`: one grid point being measured
/// - `CostMachine`: what times depend on, and where the cache file lies
/// - `CostFile`: a cost model as text
package dev.lanewise.autodiff.cost;
