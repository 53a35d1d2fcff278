package dev.lanewise.autodiff.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanewise.autodiff.chain.Blocks;
import dev.lanewise.autodiff.chain.Bracket;
import dev.lanewise.autodiff.chain.ChainFactor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The planner's costs are those of published instances, of hand-computed dense chains, and the least of all
/// bracketings there are.
public class ChainPlannerTest {

  /// Times of no weight: what is cheapest is cheapest by count.
  public static final ChainTimes COUNTS = new ChainTimes() {
    @Override
    public double product(boolean transposedA, boolean transposedB, boolean scaled, int m, int n, int k) {
      return (double) m * n * k;
    }

    @Override
    public double directions(ChainFactor factor, int directions) {
      return (double) directions * factor.multiplyAdds();
    }

    @Override
    public double transpose(int rows, int columns) {
      return 0;
    }

    @Override
    public double pass(int rows, int columns) {
      return 0;
    }
  };

  private static double cost(List<ChainFactor> chain, Order order) {
    return ChainPlanner.plan(chain, order, Blocks.WHOLE, COUNTS).multiplyAdds();
  }

  private static List<ChainFactor> dense(int... widths) {
    List<ChainFactor> chain = new ArrayList<>();
    for (int layer = 1; layer < widths.length; layer++) {
      chain.add(ChainFactor.dense(widths[layer], widths[layer - 1]));
    }
    return chain;
  }

  @TestFactory
  Stream<DynamicTest> instances() throws IOException {
    List<String> lines = new ArrayList<>();
    try (InputStream in = ChainPlannerTest.class.getResourceAsStream("/chains/instances.txt")) {
      lines.addAll(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    }
    String more = System.getProperty("lanewise.chains");
    if (more != null) {
      lines.addAll(Files.readAllLines(Path.of(more)));
    }
    return lines.stream().map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .map(line -> dynamicTest(line, () -> checkInstance(line)));
  }

  private static void checkInstance(String line) {
    String[] sides = line.split("=");
    String[] parts = sides[0].split(";");
    List<ChainFactor> chain = new ArrayList<>();
    for (String part : Arrays.copyOfRange(parts, 1, parts.length)) {
      String[] numbers = part.strip().split("\\s+");
      chain.add(ChainFactor.implicit(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]),
          Long.parseLong(numbers[2])));
    }
    String[] costs = sides[1].strip().split("\\s+");
    assertEquals(Double.parseDouble(costs[0]), cost(chain, Order.PUSHES), "tangent");
    assertEquals(Double.parseDouble(costs[1]), cost(chain, Order.PULLS), "adjoint");
    assertEquals(Double.parseDouble(costs[2]), cost(chain, Order.FEWEST), "optimum");
    assertEquals(Double.parseDouble(costs[2]), cost(chain, Order.FASTEST), "optimum by time");
  }

  @Test
  void denseChainsWithTheirJacobiansAtHand() {
    assertEquals(294_912, cost(dense(64, 256, 8, 256, 64), Order.FEWEST));
    assertEquals(3_145_728, cost(dense(256, 256, 16, 256, 256), Order.FEWEST));
    assertEquals(1_216_512, cost(dense(16, 512, 4, 512, 512, 64), Order.FEWEST));
    assertEquals(26_091_520, cost(dense(784, 128, 32, 128, 784), Order.FEWEST));
    assertEquals(163_840, cost(dense(64, 128, 8, 128, 64), Order.FEWEST));
    assertEquals(655_360, cost(dense(64, 128, 8, 128, 64), Order.PUSHES));
    assertEquals(655_360, cost(dense(64, 128, 8, 128, 64), Order.PULLS));
    List<ChainFactor> deep = dense(784, 1000, 500, 250, 30, 250, 500, 1000, 784);
    assertEquals(1_606e6, cost(deep, Order.PUSHES), 1e6);
    assertEquals(103e6, cost(deep, Order.FEWEST), 1e6);
    assertEquals(320, cost(dense(4, 8, 6, 4, 2), Order.PUSHES));
    assertEquals(208, cost(dense(4, 8, 6, 4, 2), Order.PULLS));
    assertEquals(208, cost(dense(4, 8, 6, 4, 2), Order.FEWEST));
  }

  @Property(tries = 1000)
  void noBracketingIsCheaper(@ForAll("chains") List<ChainFactor> chain) {
    double least = least(chain, 0, chain.size() - 1);
    assertEquals(least, cost(chain, Order.FEWEST), 1e-9 * least);
    assertEquals(least, cost(chain, Order.FASTEST), 1e-9 * least);
    assertTrue(cost(chain, Order.PUSHES) >= least);
    assertTrue(cost(chain, Order.PULLS) >= least);
  }

  /// Every bracketing, by recursion without memory; pushes and pulls through several factors at once, as the paper has
  /// them.
  private static double least(List<ChainFactor> chain, int i, int j) {
    ChainFactor first = chain.get(i);
    ChainFactor last = chain.get(j);
    if (i == j) {
      return first.atHand() ? 0 : (double) first.multiplyAdds() * Math.min(first.rows(), first.columns());
    }
    double least = Double.POSITIVE_INFINITY;
    for (int k = i; k < j; k++) {
      double left = least(chain, k + 1, j);
      double right = least(chain, i, k);
      double leftSum = chain.subList(k + 1, j + 1).stream().mapToDouble(ChainFactor::multiplyAdds).sum();
      double rightSum = chain.subList(i, k + 1).stream().mapToDouble(ChainFactor::multiplyAdds).sum();
      least = Math.min(least, left + right + (double) last.rows() * chain.get(k).rows() * first.columns());
      least = Math.min(least, right + first.columns() * leftSum);
      least = Math.min(least, left + last.rows() * rightSum);
    }
    double sum = chain.subList(i, j + 1).stream().mapToDouble(ChainFactor::multiplyAdds).sum();
    boolean firstSeeded = !first.atHand();
    boolean lastSeeded = !last.atHand();
    least = firstSeeded ? Math.min(least, first.columns() * sum) : least;
    return lastSeeded ? Math.min(least, last.rows() * sum) : least;
  }

  @Provide
  Arbitrary<List<ChainFactor>> chains() {
    Arbitrary<Integer> width = Arbitraries.integers().between(1, 40);
    Arbitrary<Integer> factor = Arbitraries.integers().between(0, 400);
    return Combinators.combine(width.list().ofMinSize(2).ofMaxSize(9), factor.list().ofSize(8)).as((widths, extra) -> {
      List<ChainFactor> chain = new ArrayList<>();
      for (int at = 1; at < widths.size(); at++) {
        int kind = extra.get(at - 1) % 4;
        chain.add(kind < 2 ? ChainFactor.dense(widths.get(at), widths.get(at - 1))
            : ChainFactor.implicit(widths.get(at), widths.get(at - 1), extra.get(at - 1)));
      }
      return chain;
    });
  }

  @Property(tries = 200)
  void cuttingIntoBlocksCostsNoMultiplyAddsInPureOrders(@ForAll("chains") List<ChainFactor> chain) {
    assertEquals(cost(chain, Order.PUSHES),
        ChainPlanner.plan(chain, Order.PUSHES, new Blocks(Blocks.Side.COLUMNS, 3), COUNTS).multiplyAdds());
    assertEquals(cost(chain, Order.PULLS),
        ChainPlanner.plan(chain, Order.PULLS, new Blocks(Blocks.Side.ROWS, 3), COUNTS).multiplyAdds());
    assertNotNull(ChainPlanner.plan(chain, Order.FEWEST, new Blocks(Blocks.Side.COLUMNS, 3), COUNTS));
  }

  /// 7 columns in blocks of 3 are three pushes, and so three times what each computes again.
  @ParameterizedTest
  @CsvSource({"PUSHES, WHOLE, 7, 7, 1", "PUSHES, COLUMNS, 3, 7, 3", "PULLS, WHOLE, 4, 4, 1", "PULLS, ROWS, 1, 4, 4"})
  void whatIsComputedAgainComesOnceABlock(Order order, Blocks.Side side, int chunk, int directions, int passes) {
    List<ChainFactor> chain = List.of(ChainFactor.implicit(4, 7, 20).recomputing(13));
    Blocks blocks = side == Blocks.Side.WHOLE ? Blocks.WHOLE : new Blocks(side, chunk);
    Priced priced = ChainPlanner.plan(chain, order, blocks, COUNTS);
    assertEquals(directions * 20 + passes * 13, priced.multiplyAdds());
    assertEquals(directions * 20 + passes * 13, priced.nanos());
  }

  /// J₂·J₁ of 5 × 3 by 3 × 7, both by rows. A transposition takes 10 ns, and one way to multiply takes 1 ns: that way
  /// is taken. By columns C = A·B is Cᵀ = Bᵀ·Aᵀ by rows. Transposing B into columns applies its slope: the product
  /// scales nothing.
  @ParameterizedTest
  @CsvSource({
      "false, false, true,  5, 7, plain,              1",
      "true,  false, true,  5, 7, left,              11",
      "false, true,  false, 5, 7, right,             11",
      "true,  true,  false, 5, 7, both,              21",
      "true,  true,  true,  7, 5, result,            11",
      "true,  false, true,  7, 5, left and result,   21",
      "false, true,  false, 7, 5, right and result,  21",
      "false, false, false, 7, 5, both and result,   31"})
  void operandsAndResultAreTransposedWhereThatPays(
      boolean transposedA, boolean transposedB, boolean scaled, int m, int n, String transposed, double nanos) {
    Call quick = new Call(transposedA, transposedB, scaled, m, n, 3);
    ChainTimes times = new LayoutTimes(Map.of(quick, 1.0), 10);
    Priced plan = ChainPlanner.plan(dense(7, 3, 5), Order.FASTEST, Blocks.WHOLE, times);
    Bracket left = new Bracket.AtHand(1);
    Bracket right = new Bracket.AtHand(0);
    boolean byColumns = transposed.contains("result");
    Bracket product = new Bracket.Product(transposed.matches("(left|both).*") ? new Bracket.Transposed(left) : left,
        transposed.matches("(right|both).*") ? new Bracket.Transposed(right) : right, byColumns);
    assertEquals(new Priced(byColumns ? new Bracket.Transposed(product) : product, 105, nanos), plan);
  }

  private record Call(boolean transposedA, boolean transposedB, boolean scaled, int m, int n, int k) {}

  /// Products of other operands than these take 1,000 ns.
  private record LayoutTimes(Map<Call, Double> quick, double transposition) implements ChainTimes {
    @Override
    public double product(boolean transposedA, boolean transposedB, boolean scaled, int m, int n, int k) {
      return quick.getOrDefault(new Call(transposedA, transposedB, scaled, m, n, k), 1_000.0);
    }

    @Override
    public double directions(ChainFactor factor, int directions) {
      return 1_000;
    }

    @Override
    public double transpose(int rows, int columns) {
      return transposition;
    }

    @Override
    public double pass(int rows, int columns) {
      return 1_000;
    }
  }

  /// A transposition that costs nothing is not made if it gains nothing.
  @Test
  void ofEqualOrdersTheOneWithoutTranspositionsIsTaken() {
    Bracket product = new Bracket.Product(new Bracket.AtHand(1), new Bracket.AtHand(0), false);
    for (Order order : Order.values()) {
      assertEquals(product, ChainPlanner.plan(dense(7, 3, 5), order, Blocks.WHOLE, COUNTS).bracket());
    }
  }

  /// J₃·(J₂·J₁) takes 100 multiply-adds in slow products, (J₃·J₂)·J₁ 147 in quick ones.
  @Test
  void fewestGoesByMultiplyAddsAllOthersByTime() {
    ChainTimes times = new LayoutTimes(Map.of(new Call(false, false, true, 7, 3, 5), 1.0,
        new Call(false, false, true, 7, 2, 3), 1.0), 1_000);
    List<ChainFactor> chain = dense(2, 3, 5, 7);
    assertEquals(100, ChainPlanner.plan(chain, Order.FEWEST, Blocks.WHOLE, times).multiplyAdds());
    assertEquals(147, ChainPlanner.plan(chain, Order.FASTEST, Blocks.WHOLE, times).multiplyAdds());
    assertEquals(2, ChainPlanner.plan(chain, Order.FASTEST, Blocks.WHOLE, times).nanos());
    assertEquals(2_000, ChainPlanner.plan(chain, Order.FEWEST, Blocks.WHOLE, times).nanos());
  }
}
