package dev.lanewise.report.chart;

/// A drawing as SVG, in the light colours, in two layouts: a picture can become smaller without smaller text only in a
/// new layout.
///
/// @param wide for a column of a page, from 450 pixels on
/// @param narrow for a phone
/// @param numbers the number of values drawn: one or two are better put into words
public record Chart(String wide, String narrow, int numbers) {}
