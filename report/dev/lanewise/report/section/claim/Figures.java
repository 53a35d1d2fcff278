package dev.lanewise.report.section.claim;

import dev.lanewise.report.verdict.Claim;
import dev.lanewise.report.verdict.Estimate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Figures inside sentences.
final class Figures {

  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  private static final double SMALL = 0.001;

  private Figures() {}

  static String ratio(double ratio) {
    return String.format(Locale.ROOT, "%.2f", ratio);
  }

  /// `0.94 to 1.02`.
  static String range(Estimate estimate) {
    return ratio(estimate.lowRatio()) + " to " + ratio(estimate.highRatio());
  }

  /// `0.98 (0.94 to 1.02)`.
  static String withRange(Estimate estimate) {
    return ratio(estimate.ratio()) + " (" + range(estimate) + ")";
  }

  /// `0.84 at D·M = 2¹⁶`.
  static String atSize(Claim claim, double size) {
    return ratio(claim.crossoverAt(size).ratio()) + " at D·M = 2" + superscript(Math.round(size));
  }

  private static String superscript(long exponent) {
    StringBuilder raised = new StringBuilder();
    String.valueOf(exponent).chars().forEach(digit -> raised.append(SUPERSCRIPTS.charAt(digit - '0')));
    return raised.toString();
  }

  static String p(double p) {
    return p < SMALL ? "less than " + SMALL : String.format(Locale.ROOT, p < 0.1 ? "%.3f" : "%.2f", p);
  }

  /// How much longer or shorter forward mode takes than reverse mode: `11 to 17 % longer`.
  static String longer(Estimate timesRatio) {
    long low = Math.round(100 * (timesRatio.lowRatio() - 1));
    long high = Math.round(100 * (timesRatio.highRatio() - 1));
    if (low >= 0) {
      return low + " to " + high + " % longer";
    }
    return high <= 0 ? -high + " to " + -low + " % less" : "between " + -low + " % less and " + high + " % longer";
  }

  /// The factor between D and M in the nearest cell that is not a tie: `2`; empty if all are ties.
  static Optional<String> nearest(Claim claim) {
    return claim.decided().stream()
        .map(cell -> (double) Math.max(cell.d(), cell.m()) / Math.min(cell.d(), cell.m()))
        .min(Double::compare)
        .map(factor -> String.format(Locale.ROOT, "%.2f", factor).replaceAll("\\.?0+$", ""));
  }

  /// `a`, `a and b`, `a, b and c`.
  static String joined(List<String> words) {
    int last = words.size() - 1;
    return last < 1 ? String.join("", words) : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
  }
}
