/// How files are replaced, and how messages quote them: for every package that reads or writes one. Not exported.
///
/// [Draft][dev.lanewise.file.Draft] replaces a file in one step; [Excerpt][dev.lanewise.file.Excerpt] keeps messages
/// short.
package dev.lanewise.file;
