/// Reads and checks measurements: JMH's file, and the machine that it comes from. Imports no other room.
///
/// In reading order:
/// - `Suite`: the benchmarks that the report knows, with the parameters and counters that it needs of them
/// - `Measurement`: times and counters of one benchmark with one choice of parameters
/// - `Results`: all measurements of one file, each checked
/// - `RawResult`: the file as JMH wrote it, plain or packed
/// - `Jvm`: the virtual machines that forks run on
/// - `Setting`: what stays fixed while D and M vary
/// - `Machine`: where and when the times were measured
/// - `Part`: the measurements of one run, with its machine
/// - `Parts`: the sources of a report: a run, and those merged into it
/// - `Medians`: medians of values
/// - `Refusal`: a file that cannot be used, and why, in one line
package dev.lanewise.report.result;
