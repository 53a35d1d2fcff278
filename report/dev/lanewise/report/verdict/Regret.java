package dev.lanewise.report.verdict;

import dev.lanewise.report.result.Measurement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.stat.descriptive.rank.Percentile;

/// How well one way to choose a mode does on random networks.
///
/// @param key its key in the summary
/// @param title its title for readers
/// @param ratios the chosen mode's time over that of the fastest of FORWARD, REVERSE and MIXED, network by network
public record Regret(String key, String title, double[] ratios) {

  private static final double NEAR = 1.05;

  /// The regrets on the random networks: AUTO, then the rules that know only D and M, then AUTO with time for timing,
  /// if it was measured.
  ///
  /// @param all a measurement with an iteration for each network
  public static List<Regret> of(Measurement all) {
    Measurement networks = where(all, 0);
    List<Regret> regrets = new ArrayList<>(List.of(
        new Regret("auto", "AUTO", ratios(networks, times(networks, "auto"))),
        new Regret("rule_d_le_m", "D ≤ M", ratios(networks, byRule(networks, 1))),
        new Regret("rule_d_le_1_5m", "D ≤ 1.5 M", ratios(networks, byRule(networks, 1.5))),
        new Regret("rule_d_le_2m", "D ≤ 2 M", ratios(networks, byRule(networks, 2)))));
    if (networks.counters().containsKey("timed")) {
      regrets.add(new Regret("timed", "AUTO, timed", ratios(networks, times(networks, "timed"))));
    }
    return regrets;
  }

  /// The regrets on the named networks: AUTO, and AUTO with time for timing; empty if there are no named networks.
  public static List<Regret> ofNamed(Measurement all) {
    Measurement networks = where(all, 1);
    return !all.counters().containsKey("named") || times(networks, "auto").length == 0 ? List.of() : List.of(
        new Regret("named.auto", "AUTO, networks of the first table", ratios(networks, times(networks, "auto"))),
        new Regret("named.timed", "AUTO, timed, the same networks", ratios(networks, times(networks, "timed"))));
  }

  /// The random networks for 0, the named ones for 1.
  public static Measurement where(Measurement all, int named) {
    double[][] names = all.counters().get("named");
    return names == null ? all : all.where((fork, i) -> names[fork][i] == named);
  }

  /// A counter, network by network.
  public static double[] times(Measurement networks, String counter) {
    return networks.counters().get(counter)[0];
  }

  /// FORWARD if D ≤ factor·M, else REVERSE.
  private static double[] byRule(Measurement networks, double factor) {
    double[] inputs = times(networks, "inputs");
    double[] outputs = times(networks, "outputs");
    double[] chosen = new double[inputs.length];
    Arrays.setAll(chosen, i -> times(networks, inputs[i] <= factor * outputs[i] ? "forward" : "reverse")[i]);
    return chosen;
  }

  private static double[] ratios(Measurement networks, double[] chosen) {
    double[] ratios = chosen.clone();
    for (int i = 0; i < ratios.length; i++) {
      double pure = Math.min(times(networks, "forward")[i], times(networks, "reverse")[i]);
      ratios[i] /= Math.min(pure, times(networks, "mixed")[i]);
    }
    return ratios;
  }

  public double percentile(double percent) {
    return new Percentile().evaluate(ratios, percent);
  }

  public double largest() {
    return Arrays.stream(ratios).max().orElseThrow();
  }

  /// The share of networks on which the choice takes at most 5 % longer than the fastest.
  public double nearPercent() {
    return 100.0 * Arrays.stream(ratios).filter(ratio -> ratio <= NEAR).count() / ratios.length;
  }
}
