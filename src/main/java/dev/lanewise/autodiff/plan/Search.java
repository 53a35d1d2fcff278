package dev.lanewise.autodiff.plan;

import dev.lanewise.autodiff.chain.Blocks;
import dev.lanewise.autodiff.chain.ChainFactor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the plans of a network and of its branches share: how they are compared, and those that are made already, since
/// the branches of equal blocks are equal.
final class Search {

  /// What is multiplied with a chain: with the network's nothing, into the caller's memory.
  enum Panel { NETWORK, NONE, PUSHED, PULLED }

  /// What is planned at a time.
  ///
  /// @param chain the network's or a branch's
  /// @param panel what is multiplied with it
  /// @param directions how many columns or rows the panel has
  /// @param blocks how the result is cut
  record Part(List<ChainFactor> chain, Panel panel, int directions, Blocks blocks) {}

  private static final Comparator<Priced> BY_TIME = Comparator.comparingDouble(Priced::nanos);
  private static final Comparator<Priced> BY_COUNT =
      Comparator.comparingDouble(Priced::multiplyAdds).thenComparing(BY_TIME);

  private final Order order;
  private final ChainTimes times;
  private final Map<Part, Priced[]> known = new HashMap<>();
  /// Each last step by which the network's Jacobian was priced.
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

  /// The cheapest by rows, and by columns; null where there is none.
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

  /// The cheapest first.
  List<Priced> ways() {
    return ways.stream().sorted(order == Order.FEWEST ? BY_COUNT : BY_TIME).toList();
  }
}
