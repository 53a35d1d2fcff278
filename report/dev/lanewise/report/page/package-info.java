/// Writes findings: the page, the report's directory, and documents that quote a report.
///
/// In reading order:
/// - `Page`: the findings inserted into `page.html` and its tables into `page.table.html`, with style sheet and
///   pictures
/// - `Folder`: the report's directory, which replaces the last one when it is complete
/// - `Document`: a Markdown text with parts that come from a report
package dev.lanewise.report.page;
