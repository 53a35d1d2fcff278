package dev.lanewise.autodiff.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.autodiff.chain.Bracket.AtHand;
import dev.lanewise.autodiff.chain.Bracket.Product;
import dev.lanewise.autodiff.chain.Bracket.Pull;
import dev.lanewise.autodiff.chain.Bracket.Push;
import dev.lanewise.autodiff.chain.Bracket.Seeded;
import dev.lanewise.autodiff.chain.Bracket.Transposed;
import org.junit.jupiter.api.Test;

/// Which trees multiply matrices at hand one by one from either end, and what part of the chain a tree is.
class BracketTest {

  private static final Bracket J1 = new AtHand(0);
  private static final Bracket J2 = new AtHand(1);
  private static final Bracket J3 = new AtHand(2);
  private static final Bracket J4 = new AtHand(3);

  private static Bracket times(Bracket left, Bracket right) {
    return new Product(left, right, false);
  }

  private static Bracket transposed(Bracket of) {
    return new Transposed(of);
  }

  private static void fromTheRight(Bracket tree) {
    assertTrue(tree.isFromTheRight(), tree::toString);
    assertEquals(isPair(tree), tree.isFromTheLeft(), tree::toString);
  }

  private static void fromTheLeft(Bracket tree) {
    assertTrue(tree.isFromTheLeft(), tree::toString);
    assertEquals(isPair(tree), tree.isFromTheRight(), tree::toString);
  }

  /// Of two matrices there is but one order.
  private static boolean isPair(Bracket tree) {
    return tree.last() - tree.first() < 2;
  }

  private static void neither(Bracket tree) {
    assertFalse(tree.isFromTheRight(), tree::toString);
    assertFalse(tree.isFromTheLeft(), tree::toString);
  }

  @Test
  void fromTheRight() {
    fromTheRight(J1);
    fromTheRight(times(J2, J1));
    fromTheRight(times(J3, times(J2, J1)));
    fromTheRight(times(J4, times(J3, times(J2, J1))));
  }

  @Test
  void fromTheLeft() {
    fromTheLeft(times(times(J3, J2), J1));
    fromTheLeft(times(times(times(J4, J3), J2), J1));
  }

  @Test
  void howMatricesLieInMemoryIsNoMatterOfOrder() {
    fromTheRight(transposed(J1));
    fromTheRight(transposed(times(transposed(transposed(J3)), transposed(times(J2, transposed(J1))))));
    fromTheLeft(transposed(times(transposed(times(transposed(J3), J2)), transposed(transposed(J1)))));
    fromTheRight(new Product(J3, new Product(J2, J1, true), true));
    fromTheLeft(new Product(new Product(J3, J2, true), J1, true));
  }

  @Test
  void otherOrdersAreNeither() {
    neither(times(times(J4, J3), times(J2, J1)));
    neither(times(transposed(times(J4, J3)), transposed(times(J2, J1))));
    neither(times(J4, times(times(J3, J2), J1)));
    neither(times(times(J4, times(J3, J2)), J1));
  }

  @Test
  void identitiesAndFactorsThatAreNotAtHandAreNeither() {
    for (boolean byColumns : new boolean[] {false, true}) {
      neither(new Seeded(0, byColumns));
      neither(times(J2, new Seeded(0, byColumns)));
      neither(times(new Seeded(1, byColumns), J1));
      neither(times(J3, times(new Seeded(1, byColumns), J1)));
      neither(times(times(J3, new Seeded(1, byColumns)), J1));
      neither(transposed(new Seeded(0, byColumns)));
    }
    neither(new Push(transposed(J1)));
    neither(new Pull(J2));
    neither(times(J3, new Push(transposed(J1))));
    neither(times(new Pull(J3), J1));
    neither(times(new Push(transposed(J2)), J1));
    neither(times(J3, new Pull(J2)));
  }

  /// A push adds the factor behind its part, a pull the one before it.
  @Test
  void aTreeIsAPartOfTheChain() {
    Bracket tree = times(transposed(new Pull(J4)), new Push(transposed(J1)));
    assertEquals(0, tree.first());
    assertEquals(3, tree.last());
    assertEquals(2, new Pull(J4).first());
    assertEquals(1, new Push(transposed(J1)).last());
  }
}
