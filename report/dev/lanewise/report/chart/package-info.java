/// Pictures as SVG, each with its title, sentence and data. Knows no other room, and draws what it is given.
///
/// In reading order:
/// - `Picture`: a drawing with what belongs to it
/// - `Theme`: the colours, each in a light and a dark shade
/// - `Drawing`: size, font, lines and axes that all drawings share
/// - `Legend`: names the series of a plot along its upper edge
/// - `HeatMap`: the modes' ratio over D × M
/// - `ZeroContour`: the line on which a field given at grid points is zero
/// - `TimeLines`: time of both modes against D or M
/// - `Forest`: estimates with their intervals, a row for each
/// - `Agreement`: ratios as measured against the same as predicted
/// - `Bars`: lying bars, one group a row
/// - `Ratios`: a row for each thing compared, and a line at 1
/// - `Curves`: several quantities against powers of two
/// - `Roofline`: rates of kernels against their operations per byte
/// - `EpochLines`: some figures over the epochs of a training
/// - `Times`: times in the unit that suits their size
/// - `Bytes`: sizes in the binary unit that suits them
package dev.lanewise.report.chart;
