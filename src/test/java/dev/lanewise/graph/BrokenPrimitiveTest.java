package dev.lanewise.graph;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Layer;
import dev.lanewise.PointwiseOps;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.Point;
import dev.lanewise.graph.primitive.Primitive;
import dev.lanewise.graph.primitive.function.Square;
import dev.lanewise.testkit.LayerContract;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A graph with one wrong operation among right ones breaks the law on what is wrong: graphs hide no fault.
class BrokenPrimitiveTest {

  enum Fault {
    NONE(""),
    PUSHES_TOO_MUCH("jvp-is-derivative"),
    PULLS_TOO_MUCH("adjoint"),
    DOES_NOT_BEND("vjp-dot-is-derivative"),
    FORWARD_BY_ANOTHER_FORMULA("forward"),
    PULL_ADDS("adjoint");

    private final String law;

    Fault(String law) {
      this.law = law;
    }
  }

  /// a², with one rule that is wrong.
  record Broken(Square right, Fault fault) implements Primitive {

    @Override
    public Shape outputShape(List<Shape> operands) {
      return operands.getFirst();
    }

    @Override
    public void value(Point at, boolean keep) {
      right.value(at, keep);
      if (!keep && fault == Fault.FORWARD_BY_ANOTHER_FORMULA) {
        PointwiseOps.scale(1.01, at.y, at.y);
      }
    }

    @Override
    public void push(Point at, Tensor[] dots, Tensor yDot) {
      right.push(at, dots, yDot);
      if (fault == Fault.PUSHES_TOO_MUCH) {
        PointwiseOps.scale(1.01, yDot, yDot);
      }
    }

    @Override
    public void pull(Point at, int operand, Tensor yBar, Tensor bar) {
      Tensor before = bar.copy();
      right.pull(at, operand, yBar, bar);
      if (fault == Fault.PULLS_TOO_MUCH) {
        PointwiseOps.scale(1.01, bar, bar);
      } else if (fault == Fault.PULL_ADDS) {
        PointwiseOps.add(before, bar);
      }
    }

    @Override
    public void addBend(Point at, int operand, Tensor[] dots, Tensor yBar, Tensor barDot) {
      if (fault != Fault.DOES_NOT_BEND) {
        right.addBend(at, operand, dots, yBar, barDot);
      }
    }
  }

  private static LayerContract contract(Fault fault) {
    Layer layer = Graph.layer(Shape.of(3), x -> {
      Node z = x.linear("in", 4).tanh();
      Node bent = z.operation(new Broken(new Square(), fault), "broken");
      return z.plus(bent.times(z)).linear("out", 2);
    });
    return LayerContract.of(layer, Shape.of(3)).withBatches(1, 2).withChunks(1, 3);
  }

  @Test
  void withoutAFaultAllLawsAreKept() {
    contract(Fault.NONE).check();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aFaultIsCaughtByItsLaw(Fault fault) {
    LayerContract contract = contract(fault);
    var law = contract.laws().stream().filter(one -> one.name().startsWith(fault.law)).findFirst().orElseThrow();
    String message = assertThrows(AssertionError.class, law::check).getMessage();
    assertTrue(message.startsWith(law.name() + ": Graph["), message);
  }
}
