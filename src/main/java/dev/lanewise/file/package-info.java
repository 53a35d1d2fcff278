/// Replaces files, and quotes them in messages, for all packages that read or write files. Not exported.
///
/// [Draft][dev.lanewise.file.Draft] replaces a file in one step; [Excerpt][dev.lanewise.file.Excerpt] keeps messages
/// short.
///
/// In reading order:
/// - `Draft`: a file written aside that takes another's place in one step
/// - `Target`: the file that is to be replaced
/// - `DraftName`: who writes a draft, in its name
/// - `AbandonedDrafts`: removes drafts whose writers were killed
/// - `Excerpt`: excerpts of a file for messages
/// - `ForeignContent`: recognizes files of other kinds by their first bytes
package dev.lanewise.file;

