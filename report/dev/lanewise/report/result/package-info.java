/// What was measured, read and checked: JMH's file, and the machine that it comes from. Knows no other room.
///
/// In reading order:
/// - `Suite`: the benchmarks that the report knows, with the parameters and counters that it needs of them
/// - `Measurement`: times and counters of one benchmark with one choice of parameters
/// - `Results`: all measurements of one file, each checked
/// - `RawResult`: the file as JMH wrote it, plain or packed
/// - `Jvm`: how the forks' virtual machines lay their heaps out
/// - `Setting`: what is held fixed while D and M vary
/// - `Machine`: where and when the times were measured
/// - `Part`: what one run measured, with its machine
/// - `Parts`: what a report is drawn from: a run, and those merged into it
/// - `Medians`: of the values that some iterations have in common
/// - `Refusal`: a file that cannot be used, and why, in one line
package dev.lanewise.report.result;
