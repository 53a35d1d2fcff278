package dev.lanewise.report.chart;

/// A drawing as SVG, in the light colours, laid out twice: text keeps its size where a picture shrinks only if the
/// picture is laid out anew.
///
/// @param wide for a column of a page, from 450 pixels on
/// @param narrow for a phone
/// @param numbers how many are drawn: one or two are better said than drawn
public record Chart(String wide, String narrow, int numbers) {}
