package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.autodiff.Bracket.AtHand;
import dev.lanewise.autodiff.Bracket.Product;
import dev.lanewise.autodiff.Bracket.Pull;
import dev.lanewise.autodiff.Bracket.Push;
import dev.lanewise.autodiff.Bracket.Seeded;
import dev.lanewise.autodiff.Bracket.Turn;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Which trees are the order of a pure mode, of matrices at hand alone, and what part of the chain a tree is.
class BracketTest {

  private static final Bracket J1 = new AtHand(0);
  private static final Bracket J2 = new AtHand(1);
  private static final Bracket J3 = new AtHand(2);
  private static final Bracket J4 = new AtHand(3);

  private static Bracket times(Bracket left, Bracket right) {
    return new Product(left, right, false);
  }

  private static Bracket turned(Bracket of) {
    return new Turn(of);
  }

  private static void pure(Mode mode, Bracket tree) {
    assertEquals(Optional.of(mode), tree.pureOrder(), tree::toString);
  }

  private static void mixed(Bracket tree) {
    assertEquals(Optional.empty(), tree.pureOrder(), tree::toString);
  }

  @Test
  void fromTheRightIsForward() {
    pure(Mode.FORWARD, J1);
    pure(Mode.FORWARD, times(J2, J1));
    pure(Mode.FORWARD, times(J3, times(J2, J1)));
    pure(Mode.FORWARD, times(J4, times(J3, times(J2, J1))));
  }

  @Test
  void fromTheLeftIsReverse() {
    pure(Mode.REVERSE, times(times(J3, J2), J1));
    pure(Mode.REVERSE, times(times(times(J4, J3), J2), J1));
  }

  @Test
  void howMatricesLieInMemoryIsNoMatterOfOrder() {
    pure(Mode.FORWARD, turned(J1));
    pure(Mode.FORWARD, turned(times(turned(turned(J3)), turned(times(J2, turned(J1))))));
    pure(Mode.REVERSE, turned(times(turned(times(turned(J3), J2)), turned(turned(J1)))));
    pure(Mode.FORWARD, new Product(J3, new Product(J2, J1, true), true));
    pure(Mode.REVERSE, new Product(new Product(J3, J2, true), J1, true));
  }

  @Test
  void otherOrdersAreNeither() {
    mixed(times(times(J4, J3), times(J2, J1)));
    mixed(times(turned(times(J4, J3)), turned(times(J2, J1))));
    mixed(times(J4, times(times(J3, J2), J1)));
    mixed(times(times(J4, times(J3, J2)), J1));
  }

  @Test
  void identitiesAndFactorsThatAreNotAtHandAreNeither() {
    for (boolean byColumns : new boolean[] {false, true}) {
      mixed(new Seeded(0, byColumns));
      mixed(times(J2, new Seeded(0, byColumns)));
      mixed(times(new Seeded(1, byColumns), J1));
      mixed(times(J3, times(new Seeded(1, byColumns), J1)));
      mixed(times(times(J3, new Seeded(1, byColumns)), J1));
      mixed(turned(new Seeded(0, byColumns)));
    }
    mixed(new Push(turned(J1)));
    mixed(new Pull(J2));
    mixed(times(J3, new Push(turned(J1))));
    mixed(times(new Pull(J3), J1));
    mixed(times(new Push(turned(J2)), J1));
    mixed(times(J3, new Pull(J2)));
  }

  /// A push adds the factor behind its part, a pull the one before it.
  @Test
  void aTreeIsAPartOfTheChain() {
    Bracket tree = times(turned(new Pull(J4)), new Push(turned(J1)));
    assertEquals(0, tree.first());
    assertEquals(3, tree.last());
    assertEquals(2, new Pull(J4).first());
    assertEquals(1, new Push(turned(J1)).last());
  }
}
