/// How long the operations of a Jacobian take on machines like this one: measured, kept in files, read between grid
/// points.
///
/// Stability: incubating, may change in any minor version.
///
/// In reading order:
/// - `CostModel`: the times of products, passes and transposes
/// - `CostTables`: a table for each precision and kind of work
/// - `CostTable`: times on a grid of sizes, and between its points
/// - `CostMachine`: the processor, vectors and Java release that times depend on
/// - `CostFile`: a cost model as text
package dev.lanewise.autodiff.cost;
