package dev.lanewise.autodiff.plan;

import dev.lanewise.autodiff.chain.ChainFactor;
import dev.lanewise.autodiff.chain.ChainFactor.Kind;
import java.util.ArrayList;
import java.util.List;

/// The multiply-adds of all orders in which a series-parallel chain can be multiplied out, by recursion without memory,
/// and those of the two pure ones. It shares nothing with the planner.
final class EveryOrder {

  private EveryOrder() {}

  static double least(List<ChainFactor> chain) {
    return least(chain, 0, chain.size() - 1);
  }

  private static double least(List<ChainFactor> chain, int i, int j) {
    ChainFactor first = chain.get(i);
    ChainFactor last = chain.get(j);
    if (i == j) {
      return alone(first);
    }
    double least = Double.POSITIVE_INFINITY;
    for (int k = i; k < j; k++) {
      double left = least(chain, k + 1, j);
      double right = least(chain, i, k);
      least = Math.min(least, left + right + (double) last.rows() * chain.get(k).rows() * first.columns());
      least = Math.min(least, right + through(chain, k + 1, j, first.columns(), true));
      least = Math.min(least, left + through(chain, i, k, last.rows(), false));
    }
    return least;
  }

  /// One factor's Jacobian.
  private static double alone(ChainFactor factor) {
    return switch (factor.kind()) {
      case AT_HAND -> 0;
      case IMPLICIT, DIAGONAL -> (double) factor.multiplyAdds() * Math.min(factor.rows(), factor.columns());
      case SUM -> {
        double sum = 0;
        int matrices = 0;
        for (List<ChainFactor> branch : factor.branches()) {
          boolean isDiagonal = branch.size() == 1 && branch.getFirst().kind() == Kind.DIAGONAL;
          sum += isDiagonal ? factor.rows() : least(branch);
          matrices += isDiagonal ? 0 : 1;
        }
        yield sum + Math.max(0, matrices - 1) * (double) factor.rows() * factor.columns();
      }
    };
  }

  /// So many directions pushed, or pulled, through factors one after the other.
  private static double through(List<ChainFactor> chain, int from, int to, int directions, boolean pushed) {
    double sum = 0;
    for (int at = from; at <= to; at++) {
      ChainFactor factor = chain.get(at);
      sum += switch (factor.kind()) {
        case AT_HAND -> (double) factor.rows() * factor.columns() * directions;
        case IMPLICIT, DIAGONAL -> (double) factor.multiplyAdds() * directions;
        case SUM -> {
          double all = (factor.scaling() + (factor.branches().size() - 1) * (pushed ? factor.rows()
              : factor.columns())) * (double) directions;
          for (List<ChainFactor> branch : factor.branches()) {
            all += withPanel(branch, directions, pushed);
          }
          yield all;
        }
      };
    }
    return sum;
  }

  /// A branch and a panel, in the order that is best for both.
  private static double withPanel(List<ChainFactor> branch, int directions, boolean pushed) {
    if (branch.size() == 1 && branch.getFirst().kind() == Kind.DIAGONAL) {
      return (double) branch.getFirst().multiplyAdds() * directions;
    }
    List<ChainFactor> chain = new ArrayList<>(branch);
    if (pushed) {
      chain.addFirst(ChainFactor.dense(branch.getFirst().columns(), directions));
    } else {
      chain.addLast(ChainFactor.dense(directions, branch.getLast().rows()));
    }
    return least(chain, 0, chain.size() - 1);
  }

  /// Everything pushed, or pulled, from one end to the other.
  static double pure(List<ChainFactor> chain, boolean pushed) {
    List<ChainFactor> order = pushed ? chain : chain.reversed();
    int directions = pushed ? chain.getFirst().columns() : chain.getLast().rows();
    double sum = pureAlone(order.getFirst(), directions, pushed);
    for (ChainFactor factor : order.subList(1, order.size())) {
      sum += pureThrough(factor, directions, pushed);
    }
    return sum;
  }

  private static double pureAlone(ChainFactor factor, int directions, boolean pushed) {
    if (factor.kind() != Kind.SUM) {
      return factor.kind() == Kind.AT_HAND ? 0 : (double) factor.multiplyAdds() * directions;
    }
    double sum = 0;
    int matrices = 0;
    for (List<ChainFactor> branch : factor.branches()) {
      boolean isDiagonal = branch.size() == 1 && branch.getFirst().kind() == Kind.DIAGONAL;
      sum += isDiagonal ? factor.rows() : pure(branch, pushed);
      matrices += isDiagonal ? 0 : 1;
    }
    return sum + Math.max(0, matrices - 1) * (double) factor.rows() * factor.columns();
  }

  private static double pureThrough(ChainFactor factor, int directions, boolean pushed) {
    if (factor.kind() != Kind.SUM) {
      return (double) directions * (factor.kind() == Kind.AT_HAND ? (long) factor.rows() * factor.columns()
          : factor.multiplyAdds());
    }
    int width = pushed ? factor.rows() : factor.columns();
    double sum = (factor.scaling() + (factor.branches().size() - 1) * width) * (double) directions;
    for (List<ChainFactor> branch : factor.branches()) {
      for (ChainFactor one : branch) {
        sum += pureThrough(one, directions, pushed);
      }
    }
    return sum;
  }
}
