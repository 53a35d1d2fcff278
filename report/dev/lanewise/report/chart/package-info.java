/// Pictures as SVG, each with its title, sentence and data. Imports no other room, and draws what it is given.
///
/// In reading order:
/// - `Picture`: a drawing with its title, sentence and data
/// - `Chart`: a drawing as SVG, in a layout for a column and one for a phone
/// - `Theme`: the colours, each in a light and a dark shade
/// - `Pen`: fonts and strokes
/// - `Layout`: the two layouts of a chart
/// - `Legend`: names the series of a plot above it
/// - `Drawing`: axes and rows that all drawings share, and how a plot becomes SVG
/// - `HeatMap`: the modes' ratio over D × M
/// - `Forest`: estimates with their intervals, a row for each
/// - `Agreement`: measured ratios against predicted ones
/// - `Bars`: horizontal bars, one group per row
/// - `Ratios`: ratios with a row for each comparison, and a line at 1
/// - `Curves`: several quantities against powers of two
/// - `Roofline`: rates of kernels against their operations per byte
/// - `EpochLines`: figures over the epochs of a training
/// - `Signed`: numbers with their sign
/// - `Units`: times and sizes in the unit that suits them
package dev.lanewise.report.chart;
