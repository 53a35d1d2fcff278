/// What the page consists of.
///
/// In reading order:
/// - `Section`: a part of the page, with its tables and pictures
/// - `Csv`: comma-separated values, row by row
/// - `Summary`: every figure of the report, under flat dotted keys
package dev.lanewise.report.content;
