package dev.lanewise.autodiff.plan;

import dev.lanewise.autodiff.chain.Blocks;
import dev.lanewise.autodiff.chain.Blocks.Side;
import dev.lanewise.autodiff.chain.Bracket;
import dev.lanewise.autodiff.chain.ChainFactor;
import dev.lanewise.autodiff.chain.ChainFactor.Kind;
import dev.lanewise.autodiff.plan.Search.Panel;
import dev.lanewise.autodiff.plan.Search.Part;
import java.util.ArrayList;
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
/// [BranchPrices] has the prices of a factor that is a sum of branches. R, a factor's recomputation, comes once for
/// each block that is pushed or pulled.
///
/// After Naumann, "Optimization of Generalized Jacobian Chain Products without Memory Constraints", and, for chains
/// that are not dense, arXiv 2406.11862; a push through several factors is several pushes through one. Each part is
/// priced twice, with contiguous rows and with contiguous columns: a push gives columns, a pull rows, and products are
/// not equally fast on both.
public final class ChainPlanner {

  private static final int ROWS = 0;
  private static final int COLUMNS = 1;

  private final Search search;
  /// The chain, and the panel, if there is one, as a matrix at hand.
  private final List<ChainFactor> chain;
  private final Panel panel;
  /// The panel's place in the chain, -1 for none.
  private final int given;
  /// 1 if the panel comes before the factors, so that factor ℓ has place ℓ + 1, else 0.
  private final int shift;
  private final Order order;
  private final Blocks blocks;
  private final ChainTimes times;
  private final Priced[][][] best; // [last][first][layout]

  ChainPlanner(Search search, Part part) {
    this.search = search;
    this.panel = part.panel();
    this.order = search.order();
    this.blocks = part.blocks();
    this.times = search.times();
    this.chain = new ArrayList<>(part.chain());
    if (panel == Panel.PUSHED) {
      chain.addFirst(ChainFactor.dense(chain.getFirst().columns(), part.directions()));
    } else if (panel == Panel.PULLED) {
      chain.addLast(ChainFactor.dense(part.directions(), chain.getLast().rows()));
    }
    this.given = panel == Panel.PUSHED ? 0 : panel == Panel.PULLED ? chain.size() - 1 : -1;
    this.shift = panel == Panel.PUSHED ? 1 : 0;
    this.best = new Priced[chain.size()][chain.size()][2];
  }

  /// The cheapest bracketing: by predicted time, for [Order#FEWEST] by multiply-adds first.
  ///
  /// @return null if the chain cannot be cut so
  public static Priced plan(List<ChainFactor> chain, Order order, Blocks blocks, ChainTimes times) {
    return new Search(order, times).plan(new Part(chain, Panel.NETWORK, 0, blocks))[ROWS];
  }

  /// The cheapest bracketing by each last step, by predicted time: the first one is [#plan]'s.
  public static List<Priced> ways(List<ChainFactor> chain, Order order, Blocks blocks, ChainTimes times) {
    Search search = new Search(order, times);
    search.plan(new Part(chain, Panel.NETWORK, 0, blocks));
    return search.ways();
  }

  /// The cheapest bracketing by rows and the cheapest by columns; null where there is none.
  Priced[] plan() {
    int last = chain.size() - 1;
    for (int span = 0; span <= last; span++) {
      for (int i = 0; i + span <= last; i++) {
        int j = i + span;
        if (span == 0) {
          leaf(i);
        } else if (isReachable(j, i)) {
          split(j, i);
          push(j, i);
          pull(j, i);
        }
        transpose(j, i);
      }
    }
    return best[last][0];
  }

  /// Whether the order ever has the part (j, i): pushes begin with the first factor, pulls with the last one.
  private boolean isReachable(int j, int i) {
    return order == Order.PUSHES ? i == 0 : order != Order.PULLS || j == chain.size() - 1;
  }

  private boolean areColumnsCut(int i) {
    return i == 0 && blocks.side() == Side.COLUMNS;
  }

  private boolean areRowsCut(int j) {
    return j == chain.size() - 1 && blocks.side() == Side.ROWS;
  }

  private Blocks cut(boolean isCut) {
    return isCut ? blocks : Blocks.WHOLE;
  }

  private void leaf(int at) {
    ChainFactor factor = chain.get(at);
    if (at == given) {
      offer(new Priced(new Bracket.Given(at - shift), 0, 0));
    } else if (factor.atHand()) {
      offer(new Priced(new Bracket.AtHand(at - shift), 0, 0));
    } else if (isReachable(at, at) && factor.kind() == Kind.SUM) {
      formed(at, ROWS);
      formed(at, COLUMNS);
    } else if (isReachable(at, at)) {
      seeded(at, factor);
    }
  }

  /// By pushes, unless rows are cut, since a push gives all of them; by pulls, unless columns are cut.
  private void seeded(int at, ChainFactor factor) {
    if (order != Order.PULLS && !areRowsCut(at)) {
      offer(new Priced(new Bracket.Seeded(at - shift, true),
          overColumns(at, factor::multiplyAdds), overColumns(at, n -> pass(factor, n))));
    }
    if (order != Order.PUSHES && !areColumnsCut(at)) {
      offer(new Priced(new Bracket.Seeded(at - shift, false),
          overRows(at, factor::multiplyAdds), overRows(at, m -> pass(factor, m))));
    }
  }

  /// Each branch formed, all in the same layout, and added.
  private void formed(int at, int layout) {
    ChainFactor sum = chain.get(at);
    Blocks cut = cut(areColumnsCut(at) || areRowsCut(at));
    BranchPrices all = new BranchPrices(overBoth(at, at, times::pass));
    for (List<ChainFactor> branch : sum.branches()) {
      if (ChainFactor.isDiagonal(branch)) {
        int elements = Math.min(sum.rows(), sum.columns());
        all.diagonal(elements, times.pass(1, elements), false);
      } else if (!all.branch(search.plan(new Part(branch, Panel.NONE, 0, cut))[layout])) {
        return;
      }
    }
    double additions = (double) sum.rows() * sum.columns();
    offer(all.priced(new Bracket.Formed(at - shift, layout == COLUMNS, all.brackets()), additions));
  }

  private void split(int j, int i) {
    if (order == Order.PUSHES && !chain.get(j).atHand() || order == Order.PULLS && !chain.get(i).atHand()) {
      return;
    }
    int to = order == Order.PULLS ? i : j - 1;
    for (int k = order == Order.PUSHES ? j - 1 : i; k <= to; k++) {
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
    boolean scaled = !rightByColumns; // The step that makes a right part by columns applies its slope.
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
    if (right == null || factor.atHand() || order == Order.PULLS || areRowsCut(j)) {
      return;
    }
    if (factor.kind() == Kind.SUM) {
      throughSum(right, factor, new Part(List.of(), Panel.PUSHED, chain.get(i).columns(), cut(areColumnsCut(i))),
          overColumns(i, n -> times.pass(factor.rows(), n)));
    } else {
      offer(right.plus(new Bracket.Push(right.bracket()), overColumns(i, factor::multiplyAdds),
          overColumns(i, n -> pass(factor, n))));
    }
  }

  private void pull(int j, int i) {
    ChainFactor factor = chain.get(i);
    Priced left = best[j][i + 1][ROWS];
    if (left == null || factor.atHand() || order == Order.PUSHES || areColumnsCut(i)) {
      return;
    }
    if (factor.kind() == Kind.SUM) {
      throughSum(left, factor, new Part(List.of(), Panel.PULLED, chain.get(j).rows(), cut(areRowsCut(j))),
          overRows(j, m -> times.pass(m, factor.columns())));
    } else {
      offer(left.plus(new Bracket.Pull(left.bracket()), overRows(j, factor::multiplyAdds),
          overRows(j, m -> pass(factor, m))));
    }
  }

  /// A panel through each branch of a sum, then scaled by the diagonals after it.
  ///
  /// @param like each branch's part, except for its chain
  private void throughSum(Priced panel, ChainFactor sum, Part like, double passNanos) {
    boolean pushed = like.panel() == Panel.PUSHED;
    int layout = pushed ? COLUMNS : ROWS;
    BranchPrices all = new BranchPrices(passNanos);
    for (List<ChainFactor> branch : sum.branches()) {
      long scaling = branch.getFirst().multiplyAdds();
      if (ChainFactor.isDiagonal(branch)) {
        all.diagonal((double) scaling * like.directions(), scaling == 0 ? 0 : passNanos, true);
      } else if (!all.branch(search.plan(new Part(branch, like.panel(), like.directions(), like.blocks()))[layout])) {
        return;
      }
    }
    all.scaling((double) sum.scaling() * like.directions(), sum.scaling() == 0 ? 0 : passNanos);
    Bracket whole = pushed ? new Bracket.Push(panel.bracket(), all.brackets())
        : new Bracket.Pull(panel.bracket(), all.brackets());
    Priced through = all.priced(whole, (double) (pushed ? sum.rows() : sum.columns()) * like.directions());
    offer(panel.plus(whole, through.multiplyAdds(), through.nanos()));
  }

  /// The time of a push or a pull of so many directions.
  private double pass(ChainFactor factor, int directions) {
    return times.directions(factor, directions) + times.recomputation(factor, 1);
  }

  private void transpose(int j, int i) {
    double nanos = overBoth(j, i, times::transpose);
    for (Priced one : best[j][i].clone()) {
      if (one != null) {
        offer(one.plus(new Bracket.Transposed(one.bracket()), 0, nanos));
      }
    }
  }

  private void offer(Priced offered) {
    Bracket bracket = offered.bracket();
    int last = bracket.last() + shift;
    int first = bracket.first() + shift;
    Priced priced = isCopied(bracket) ? offered.plus(bracket, 0, overBoth(last, first, times::pass)) : offered;
    int layout = bracket.byColumns() ? COLUMNS : ROWS;
    if (isResult(bracket)) {
      search.addWay(priced);
    }
    if (best[last][first][layout] == null || search.isCheaper(priced, best[last][first][layout])) {
      best[last][first][layout] = priced;
    }
  }

  /// Whether it is the network's Jacobian in a panel: other last steps write to the caller's memory.
  private boolean isCopied(Bracket bracket) {
    return isResult(bracket) && !(bracket instanceof Bracket.Product) && !(bracket instanceof Bracket.Transposed);
  }

  private boolean isResult(Bracket bracket) {
    return panel == Panel.NETWORK && bracket.first() == 0 && bracket.last() == chain.size() - 1 && !bracket.byColumns();
  }

  private interface BySize {
    double nanos(int rows, int columns);
  }

  /// The time of a step on all columns of a part that begins with factor `i`, by its time on so many columns.
  private double overColumns(int i, IntToDoubleFunction nanos) {
    int n = chain.get(i).columns();
    return areColumnsCut(i) ? blocks.sum(n, nanos) : nanos.applyAsDouble(n);
  }

  /// The time of a step on all rows of a part that ends with factor `j`, by its time on so many rows.
  private double overRows(int j, IntToDoubleFunction nanos) {
    int m = chain.get(j).rows();
    return areRowsCut(j) ? blocks.sum(m, nanos) : nanos.applyAsDouble(m);
  }

  private double overBoth(int j, int i, BySize nanos) {
    return overRows(j, m -> overColumns(i, n -> nanos.nanos(m, n)));
  }
}
