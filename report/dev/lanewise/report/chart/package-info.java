/// Pictures as SVG, each with its title, sentence and data. Knows no other room, and draws what it is given.
///
/// In reading order:
/// - `Picture`: a drawing with what belongs to it
/// - `Chart`: a drawing as SVG, laid out for a column and for a phone
/// - `Theme`: the colours, each in a light and a dark shade
/// - `Pen`: letters and lines
/// - `Layout`: the two shapes in which a chart is drawn
/// - `Legend`: names the series of a plot above it
/// - `Drawing`: axes and rows that all drawings share, and how a plot becomes SVG
/// - `HeatMap`: the modes' ratio over D × M
/// - `Forest`: estimates with their intervals, a row for each
/// - `Agreement`: ratios as measured against the same as predicted
/// - `Bars`: lying bars, one group a row
/// - `Ratios`: a row for each thing compared, and a line at 1
/// - `Curves`: several quantities against powers of two
/// - `Roofline`: rates of kernels against their operations per byte
/// - `EpochLines`: some figures over the epochs of a training
/// - `Signed`: numbers with their sign
/// - `Units`: times and sizes in the unit that suits them
package dev.lanewise.report.chart;
