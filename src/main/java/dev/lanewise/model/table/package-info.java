/// Labels, sequences as rows, and readable tables. Not exported.
///
/// In reading order:
/// - `Labels`: classes by number
/// - `Sequences`: sequences of different lengths as rows of one tensor
/// - `TextTable`: a readable table
package dev.lanewise.model.table;
