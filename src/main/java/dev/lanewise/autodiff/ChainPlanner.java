package dev.lanewise.autodiff;

import dev.lanewise.autodiff.chain.Blocks;
import dev.lanewise.autodiff.chain.Blocks.Side;
import dev.lanewise.autodiff.chain.Bracket;
import dev.lanewise.autodiff.chain.ChainFactor;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/// Finds the cheapest bracketing of a chain of Jacobians by dynamic programming over its parts (j, i), factors i to j:
///
/// | way           | multiply-adds                                  |
/// |---------------|------------------------------------------------|
/// | at hand       | 0, one factor                                  |
/// | seeded        | E·n + R by pushes, E·m + R by pulls, one factor |
/// | product at k  | C(j, k+1) + C(k, i) + m_j·m_k·n_i              |
/// | push          | C(j−1, i) + n_i·E_j + R_j                      |
/// | pull          | C(j, i+1) + m_j·E_i + R_i                      |
///
/// R, what a factor computes again, comes once for each block that is pushed or pulled.
///
/// After Naumann, "Optimization of Generalized Jacobian Chain Products without Memory Constraints", and, for chains that are not
/// dense, arXiv 2406.11862; a push through several factors is several of one. Each part is priced twice, as rows in one piece
/// and as columns in one piece, since a push makes the one and a pull the other, and products are not equally fast on both.
final class ChainPlanner {

  /// A bracketing and what it costs.
  ///
  /// @param bracket the tree
  /// @param multiplyAdds its multiply-adds
  /// @param nanos its predicted time
  record Priced(Bracket bracket, double multiplyAdds, double nanos) {

    private Priced plus(Bracket whole, double multiplyAdds, double nanos) {
      return new Priced(whole, this.multiplyAdds + multiplyAdds, this.nanos + nanos);
    }
  }

  private static final int ROWS = 0;
  private static final int COLUMNS = 1;
  private static final Comparator<Priced> BY_TIME = Comparator.comparingDouble(Priced::nanos);
  private static final Comparator<Priced> BY_COUNT = Comparator.comparingDouble(Priced::multiplyAdds).thenComparing(BY_TIME);

  private final List<ChainFactor> chain;
  private final Mode mode;
  private final Blocks blocks;
  private final ChainTimes times;
  private final Comparator<Priced> order;
  private final Priced[][][] best; // [last][first][layout]

  private ChainPlanner(List<ChainFactor> chain, Mode mode, Blocks blocks, ChainTimes times) {
    this.chain = chain;
    this.mode = mode;
    this.blocks = blocks;
    this.times = times;
    this.order = mode == Mode.MIXED ? BY_COUNT : BY_TIME;
    this.best = new Priced[chain.size()][chain.size()][2];
  }

  /// The cheapest bracketing of the mode: by predicted time, for [Mode#MIXED] by multiply-adds first.
  ///
  /// @return null if the chain cannot be cut so
  static Priced plan(List<ChainFactor> chain, Mode mode, Blocks blocks, ChainTimes times) {
    return new ChainPlanner(chain, mode, blocks, times).plan();
  }

  private Priced plan() {
    int last = chain.size() - 1;
    for (int span = 0; span <= last; span++) {
      for (int i = 0; i + span <= last; i++) {
        int j = i + span;
        if (span == 0) {
          leaf(i);
        } else if (mode == Mode.FORWARD ? i == 0 : mode != Mode.REVERSE || j == last) {
          split(j, i);
          push(j, i);
          pull(j, i);
        }
        turn(j, i);
      }
    }
    return best[last][0][ROWS];
  }

  private void leaf(int at) {
    ChainFactor factor = chain.get(at);
    if (factor.atHand()) {
      offer(new Priced(new Bracket.AtHand(at), 0, 0));
      return;
    }
    boolean first = at == 0;
    boolean last = at == chain.size() - 1;
    if (mode == Mode.FORWARD ? first : !(last && blocks.side() == Side.ROWS) && (mode != Mode.REVERSE)) {
      offer(new Priced(new Bracket.Seeded(at, true),
          overColumns(at, factor::multiplyAdds), overColumns(at, n -> pass(factor, n))));
    }
    if (mode == Mode.REVERSE ? last : !(first && blocks.side() == Side.COLUMNS) && (mode != Mode.FORWARD)) {
      offer(new Priced(new Bracket.Seeded(at, false),
          overRows(at, factor::multiplyAdds), overRows(at, m -> pass(factor, m))));
    }
  }

  private void split(int j, int i) {
    int from = mode == Mode.FORWARD ? j - 1 : i;
    int to = mode == Mode.REVERSE ? i : j - 1;
    for (int k = from; k <= to; k++) {
      if (mode == Mode.FORWARD && !chain.get(j).atHand() || mode == Mode.REVERSE && !chain.get(i).atHand()) {
        continue;
      }
      for (int a = ROWS; a <= COLUMNS; a++) {
        for (int b = ROWS; b <= COLUMNS; b++) {
          Priced left = best[j][k + 1][a];
          Priced right = best[k][i][b];
          if (left != null && right != null) {
            product(left, right, j, k, i);
          }
        }
      }
    }
  }

  private void product(Priced left, Priced right, int j, int k, int i) {
    int inner = chain.get(k).rows();
    double count = (double) chain.get(j).rows() * inner * chain.get(i).columns();
    boolean leftByColumns = left.bracket().byColumns();
    boolean rightByColumns = right.bracket().byColumns();
    // A right part by columns has its slope already: what makes it so applies it in passing.
    boolean scaled = !rightByColumns;
    double byRows = overBoth(j, i, (m, n) -> times.product(leftByColumns, rightByColumns, scaled, m, n, inner));
    double byColumns = overBoth(j, i, (m, n) -> times.product(!rightByColumns, !leftByColumns, scaled, n, m, inner));
    double sum = left.nanos() + right.nanos();
    double counted = left.multiplyAdds() + right.multiplyAdds() + count;
    offer(new Priced(new Bracket.Product(left.bracket(), right.bracket(), false), counted, sum + byRows));
    offer(new Priced(new Bracket.Product(left.bracket(), right.bracket(), true), counted, sum + byColumns));
  }

  private void push(int j, int i) {
    ChainFactor factor = chain.get(j);
    Priced right = best[j - 1][i][COLUMNS];
    boolean uncut = j == chain.size() - 1 && blocks.side() == Side.ROWS;
    if (right != null && !factor.atHand() && mode != Mode.REVERSE && !uncut) {
      offer(right.plus(new Bracket.Push(right.bracket()), overColumns(i, factor::multiplyAdds),
          overColumns(i, n -> pass(factor, n))));
    }
  }

  private void pull(int j, int i) {
    ChainFactor factor = chain.get(i);
    Priced left = best[j][i + 1][ROWS];
    boolean uncut = i == 0 && blocks.side() == Side.COLUMNS;
    if (left != null && !factor.atHand() && mode != Mode.FORWARD && !uncut) {
      offer(left.plus(new Bracket.Pull(left.bracket()), overRows(j, factor::multiplyAdds),
          overRows(j, m -> pass(factor, m))));
    }
  }

  /// What a push or a pull of so many directions takes.
  private double pass(ChainFactor factor, int directions) {
    return times.directions(factor, directions) + times.again(factor, 1);
  }

  private void turn(int j, int i) {
    double nanos = overBoth(j, i, times::turn);
    Priced byRows = best[j][i][ROWS];
    Priced byColumns = best[j][i][COLUMNS];
    if (byRows != null) {
      offer(byRows.plus(new Bracket.Turn(byRows.bracket()), 0, nanos));
    }
    if (byColumns != null) {
      offer(byColumns.plus(new Bracket.Turn(byColumns.bracket()), 0, nanos));
    }
  }

  private void offer(Priced priced) {
    Bracket bracket = priced.bracket();
    Priced[] known = best[bracket.last()][bracket.first()];
    int layout = bracket.byColumns() ? COLUMNS : ROWS;
    if (known[layout] == null || order.compare(priced, known[layout]) < 0) {
      known[layout] = priced;
    }
  }

  private interface BySize {
    double nanos(int rows, int columns);
  }

  /// What something takes that is done for all columns of a part that begins with factor `i`.
  private double overColumns(int i, IntToDoubleFunction nanos) {
    int n = chain.get(i).columns();
    return i == 0 && blocks.side() == Side.COLUMNS ? blocks.sum(n, nanos) : nanos.applyAsDouble(n);
  }

  /// The same for all rows of a part that ends with factor `j`.
  private double overRows(int j, IntToDoubleFunction nanos) {
    int m = chain.get(j).rows();
    return j == chain.size() - 1 && blocks.side() == Side.ROWS ? blocks.sum(m, nanos) : nanos.applyAsDouble(m);
  }

  private double overBoth(int j, int i, BySize nanos) {
    return overRows(j, m -> overColumns(i, n -> nanos.nanos(m, n)));
  }
}
