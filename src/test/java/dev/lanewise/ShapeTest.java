package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// Whether a shape is an axis before another one's, asked in any order.
class ShapeTest {

  @Test
  void anAxisBeforeAnotherShape() {
    Shape panel = Shape.of(5, 2, 3);
    Shape rest = Shape.of(2, 3);
    for (int time = 0; time < 2; time++) {
      assertFalse(panel.is(5, panel));
      assertTrue(panel.is(5, rest));
      assertTrue(panel.is(5, Shape.of(2, 3)));
      assertFalse(panel.is(4, rest), "another chunk");
      assertFalse(panel.is(5, Shape.of(3, 2)), "other axes");
      assertFalse(panel.is(5, Shape.of(2)), "an axis fewer");
      assertFalse(panel.is(5, Shape.of(2, 3, 1)), "an axis more");
    }
  }

  @Test
  void withoutAxes() {
    Shape scalar = Shape.of();
    assertFalse(scalar.is(1, scalar));
    assertTrue(Shape.of(7).is(7, scalar));
    assertFalse(Shape.of(7).is(7, Shape.of(7)));
  }
}
