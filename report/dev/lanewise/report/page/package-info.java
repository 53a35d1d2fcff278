/// Findings written down: the page, the report's directory, and documents that quote a report.
///
/// In reading order:
/// - `Page`: findings poured into `page.html`, its tables into `page.table.html`, with its style sheet and pictures
///   inside
/// - `Folder`: the report's directory, which takes the last one's place when it is whole
/// - `Document`: a Markdown text, some of whose parts are a report's
package dev.lanewise.report.page;
