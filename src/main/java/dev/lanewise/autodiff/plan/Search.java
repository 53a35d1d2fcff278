package dev.lanewise.autodiff.plan;

import dev.lanewise.autodiff.chain.Blocks;
import dev.lanewise.autodiff.chain.ChainFactor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Shared by the plans of a network and of its branches: how bracketings are compared, and the plans made so far, since
/// equal branches have equal plans.
final class Search {

  /// The panel that a chain multiplies: one that is pushed or pulled, or none. The network's Jacobian goes into the
  /// caller's memory.
  enum Panel { NETWORK, NONE, PUSHED, PULLED }

  /// A chain to be planned.
  ///
  /// @param chain the network's or a branch's
  /// @param panel the panel that it multiplies
  /// @param directions how many columns or rows the panel has, 0 for none
  /// @param blocks how the result is cut
  record Part(List<ChainFactor> chain, Panel panel, int directions, Blocks blocks) {}

  private static final Comparator<Priced> BY_TIME = Comparator.comparingDouble(Priced::nanos);
  private static final Comparator<Priced> BY_COUNT =
      Comparator.comparingDouble(Priced::multiplyAdds).thenComparing(BY_TIME);

  private final Order order;
  private final ChainTimes times;
  private final Map<Part, Priced[]> known = new HashMap<>();
  /// The network's Jacobian by each last step that was priced.
  private final List<Priced> ways = new ArrayList<>();

  Search(Order order, ChainTimes times) {
    this.order = order;
    this.times = times;
  }

  Order order() {
    return order;
  }

  ChainTimes times() {
    return times;
  }

  boolean isCheaper(Priced one, Priced other) {
    return (order == Order.FEWEST ? BY_COUNT : BY_TIME).compare(one, other) < 0;
  }

  /// The cheapest bracketing by rows and the cheapest by columns; null where there is none.
  Priced[] plan(Part part) {
    Priced[] plan = known.get(part);
    if (plan == null) {
      plan = new ChainPlanner(this, part).plan();
      known.put(part, plan);
    }
    return plan;
  }

  void addWay(Priced way) {
    ways.add(way);
  }

  /// These, the cheapest first.
  List<Priced> ways() {
    return ways.stream().sorted(order == Order.FEWEST ? BY_COUNT : BY_TIME).toList();
  }
}
