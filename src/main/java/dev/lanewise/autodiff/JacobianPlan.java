package dev.lanewise.autodiff;

import dev.lanewise.autodiff.chain.Blocks;
import dev.lanewise.autodiff.chain.Bracket;
import dev.lanewise.autodiff.chain.BracketDrawing;
import dev.lanewise.autodiff.chain.ChainFactor;
import dev.lanewise.autodiff.chain.FactorName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The order in which a Jacobian is multiplied out, its cost, and the costs of the other orders.
public final class JacobianPlan {

  /// One order of multiplication and its price.
  ///
  /// @param mode the mode whose best order this is
  /// @param chunk how many directions at once
  /// @param multiplyAdds of the whole Jacobian, beyond the network's value
  /// @param nanos the predicted time of these multiply-adds
  /// @param bytes of the intermediate matrices
  public record Candidate(Mode mode, int chunk, long multiplyAdds, double nanos, long bytes) {}

  private final Candidate chosen;
  private final List<Candidate> candidates;
  private final long residualBytes;
  private final List<ChainFactor> chain;
  private final List<FactorName> names;
  private final Bracket bracket;
  private final Blocks blocks;
  private final Optional<Mode> onePass;
  private final String reason;
  /// The timed orders, a line each; empty where none was timed.
  private final List<String> timed;

  JacobianPlan(Candidate chosen, List<Candidate> candidates, long residualBytes, List<ChainFactor> chain,
      List<FactorName> names, Bracket bracket, Blocks blocks, Optional<Mode> onePass, String reason,
      List<String> timed) {
    this.chosen = chosen;
    this.candidates = List.copyOf(candidates);
    this.residualBytes = residualBytes;
    this.chain = chain;
    this.names = names;
    this.bracket = bracket;
    this.blocks = blocks;
    this.onePass = onePass;
    this.reason = reason;
    this.timed = timed;
  }

  /// This plan after orders were timed, or could not be.
  ///
  /// @param why the new reason for it
  /// @param lines the time of each order, a line each
  JacobianPlan timed(String why, List<String> lines) {
    return new JacobianPlan(chosen, candidates, residualBytes, chain, names, bracket, blocks, onePass, why, lines);
  }

  /// Why it was chosen.
  String reason() {
    return reason;
  }

  /// {@return the mode asked for}
  public Mode mode() {
    return chosen.mode();
  }

  /// {@return how many directions at once: columns of the Jacobian in a forward plan, rows in a reverse one}
  public int chunk() {
    return chosen.chunk();
  }

  /// {@return the multiply-adds of the Jacobian, beyond the network's value}
  public long multiplyAdds() {
    return chosen.multiplyAdds();
  }

  /// {@return the predicted time in nanoseconds, beyond the network's value}
  public double nanos() {
    return chosen.nanos();
  }

  /// {@return the bytes of intermediate matrices, beyond what the linearization keeps and the result}
  public long bytes() {
    return chosen.bytes();
  }

  /// {@return the bytes that the linearization keeps, the same in every mode: the layers' outputs and residuals, as far
  /// as the layers state them ([dev.lanewise.JacobianStructure#kept()])} Where all layers are taken in one pass,
  /// nothing is linearized except in training.
  public long residualBytes() {
    return residualBytes;
  }

  /// {@return the best order of each mode, including AUTO; a mode is missing where it does not fit the memory or cannot
  /// be cut}
  public List<Candidate> candidates() {
    return candidates;
  }

  /// {@return whether both plans multiply out the same factors in the same order and cut them into the same blocks}
  /// Their modes may differ.
  public boolean sameOrder(JacobianPlan other) {
    return chain.equals(other.chain) && bracket.equals(other.bracket) && blocks.equals(other.blocks);
  }

  /// FORWARD or REVERSE where all layers are taken in one pass in that order.
  Optional<Mode> onePass() {
    return onePass;
  }

  Bracket bracket() {
    return bracket;
  }

  Blocks blocks() {
    return blocks;
  }

  /// {@return an explanation for people: each mode's multiply-adds, predicted time and bytes; the reason for this plan;
  /// the timed orders with their times; the bytes that the linearization keeps; and the bracket tree} The tree shows a
  /// product's left part above its right one and a sum's branches below each other, each with factors numbered from J1.
  public String explain() {
    StringBuilder text = new StringBuilder();
    text.append("Jacobian ").append(chain.getLast().rows()).append(" × ").append(chain.getFirst().columns())
        .append(" by ").append(mode()).append(": ").append(reason)
        .append(onePass.isPresent() ? "; all layers in one pass" : "").append('\n');
    text.append(String.format(Locale.ROOT, "  %-8s %15s %12s %14s %7s%n", "mode", "multiply-adds", "predicted", "bytes",
        "chunk"));
    for (Candidate one : candidates) {
      text.append(String.format(Locale.ROOT, "%c %-8s %,15d %12s %,14d %7d%n", one.mode() == mode() ? '>' : ' ',
          one.mode(), one.multiplyAdds(), time(one.nanos()), one.bytes(), one.chunk()));
    }
    timed.forEach(line -> text.append(line).append('\n'));
    text.append(kept(residualBytes)).append('\n');
    BracketDrawing.draw(text, bracket, chain, names);
    return text.toString();
  }

  static String kept(long bytes) {
    return String.format(Locale.ROOT, "  kept by the linearization: %,d bytes", bytes);
  }

  static String time(double nanos) {
    return nanos < 1e3 ? String.format(Locale.ROOT, "%.0f ns", nanos)
        : nanos < 1e6 ? String.format(Locale.ROOT, "%.2f µs", nanos / 1e3)
        : String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
  }

  /// [#explain()].
  @Override
  public String toString() {
    return explain();
  }
}
