/// The parts of the page.
///
/// In reading order:
/// - `Section`: a part of the page, with its tables and pictures
/// - `Csv`: comma-separated values, row by row
/// - `Summary`: all figures of the report, under flat dotted keys
package dev.lanewise.report.content;
