/// Data as a model takes it, and figures as people do: labels, sequences as rows, tables. Not exported.
///
/// In reading order:
/// - `Labels`: classes by number
/// - `Sequences`: sequences of different lengths as rows of one tensor
/// - `TextTable`: numbers as a table for people
package dev.lanewise.model.table;
