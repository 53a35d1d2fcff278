package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.lanewise.autodiff.JacobianPlan.Candidate;
import dev.lanewise.autodiff.chain.Blocks;
import dev.lanewise.autodiff.chain.Bracket;
import dev.lanewise.autodiff.chain.Bracket.AtHand;
import dev.lanewise.autodiff.chain.Bracket.Product;
import dev.lanewise.autodiff.chain.Bracket.Pull;
import dev.lanewise.autodiff.chain.Bracket.Push;
import dev.lanewise.autodiff.chain.Bracket.Seeded;
import dev.lanewise.autodiff.chain.Bracket.Transposed;
import dev.lanewise.autodiff.chain.ChainFactor;
import dev.lanewise.autodiff.chain.FactorName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What a plan says, word by word.
class JacobianPlanTest {

  private static final ChainFactor FIRST = ChainFactor.dense(3, 2);
  private static final ChainFactor SECOND = ChainFactor.implicit(4, 3, 12);
  private static final ChainFactor THIRD = ChainFactor.implicit(5, 4, 20);
  private static final ChainFactor FOURTH = ChainFactor.dense(6, 5);
  private static final List<FactorName> NAMES = Stream.of("f", "g", "h", "p ∘ q").map(FactorName::of).toList();

  private static final Candidate FORWARD = new Candidate(Mode.FORWARD, 16, 2_000, 1_500, 0);
  private static final Candidate AUTO = new Candidate(Mode.AUTO, 2, 1_234_567, 999.4, 4_096);

  private static JacobianPlan plan(List<ChainFactor> chain, Candidate chosen, Bracket bracket, Optional<Mode> onePass) {
    return new JacobianPlan(chosen, List.of(FORWARD, AUTO), 1_234_560, chain, NAMES, bracket, Blocks.WHOLE, onePass,
        "the reason", List.of());
  }

  private static void assertSays(String expected, JacobianPlan plan) {
    assertEquals(expected.lines().toList(), plan.explain().lines().toList());
    assertEquals(plan.explain(), plan.toString());
  }

  @Test
  void aTreeOfPushesPullsAndTranspositions() {
    Bracket tree = new Product(new Pull(new AtHand(3)), new Transposed(new Push(new Transposed(new AtHand(0)))), false);
    JacobianPlan plan = plan(List.of(FIRST, SECOND, THIRD, FOURTH), AUTO, tree, Optional.empty());
    assertSays("""
        Jacobian 6 × 2 by AUTO: the reason
          mode       multiply-adds    predicted          bytes   chunk
          FORWARD            2,000      1.50 µs              0      16
        > AUTO           1,234,567       999 ns          4,096       2
          kept by the linearization: 1,234,560 bytes
        product 6 × 2, inner 4
        ├ pull 6 × 4 through J3: h
        │ └ J4 6 × 5 at hand: p ∘ q
        └ transpose 4 × 2 to rows
          └ push 4 × 2 through J2: g
            └ transpose 3 × 2 to columns
              └ J1 3 × 2 at hand: f
        """, plan);
  }

  @Test
  void aTreeOfSeededIdentities() {
    Bracket tree = new Product(new Seeded(1, false), new Seeded(0, true), true);
    assertSays("""
        Jacobian 4 × 2 by FORWARD: the reason
          mode       multiply-adds    predicted          bytes   chunk
        > FORWARD            2,000      1.50 µs              0      16
          AUTO           1,234,567       999 ns          4,096       2
          kept by the linearization: 1,234,560 bytes
        product 4 × 2, inner 3
        ├ J2 4 × 3 identity pulled through: g
        └ J1 3 × 2 identity pushed through: f
        """, plan(List.of(FIRST, SECOND), FORWARD, tree, Optional.empty()));
  }

  @Test
  void onePassOverAllLayers() {
    JacobianPlan plan = plan(List.of(FIRST), AUTO, new AtHand(0), Optional.of(Mode.REVERSE));
    assertSays("""
        Jacobian 3 × 2 by AUTO: the reason; all layers in one pass
          mode       multiply-adds    predicted          bytes   chunk
          FORWARD            2,000      1.50 µs              0      16
        > AUTO           1,234,567       999 ns          4,096       2
          kept by the linearization: 1,234,560 bytes
        J1 3 × 2 at hand: f
        """, plan);
    assertEquals(Optional.of(Mode.REVERSE), plan.onePass());
  }

  @Test
  void itsNumbersAreThoseOfTheChosenCandidate() {
    JacobianPlan plan = plan(List.of(FIRST), AUTO, new AtHand(0), Optional.empty());
    assertEquals(AUTO, new Candidate(plan.mode(), plan.chunk(), plan.multiplyAdds(), plan.nanos(), plan.bytes()));
    assertEquals(List.of(FORWARD, AUTO), plan.candidates());
    assertEquals(1_234_560, plan.residualBytes());
  }

  /// A thousand of one unit is one of the next.
  static Stream<Arguments> times() {
    return Stream.of(arguments("0 ns", 0.0), arguments("1 ns", 1.0), arguments("999 ns", 999.4),
        arguments("1.00 µs", 1e3), arguments("12.35 µs", 12_346.0), arguments("999.99 µs", 999_994.0),
        arguments("1.00 ms", 1e6), arguments("2500.00 ms", 2.5e9));
  }

  @ParameterizedTest
  @MethodSource("times")
  void timesHaveAUnit(String expected, double nanos) {
    assertEquals(expected, JacobianPlan.time(nanos));
  }
}
