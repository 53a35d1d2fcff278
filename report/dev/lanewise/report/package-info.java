/// Measures, judges the claim that forward mode is cheaper iff D < M, and writes the report: the commands.
/// `report/README.md` says how they are called, and draws the arrows between the rooms below.
///
/// In reading order:
/// - `Report`: measures, or reads an earlier result, and writes the page
/// - `Publish`: renews the documentation's figures and pictures from a report
/// - `RunsFile`: the runs that are kept, line by line
/// - `Compare`: tells changes between two reports from noise
package dev.lanewise.report;
