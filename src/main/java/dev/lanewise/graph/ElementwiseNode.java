package dev.lanewise.graph;

import dev.lanewise.Activation;
import dev.lanewise.Shape;
import dev.lanewise.graph.primitive.Activate;
import dev.lanewise.graph.primitive.Divide;
import dev.lanewise.graph.primitive.Minus;
import dev.lanewise.graph.primitive.PairExtremum;
import dev.lanewise.graph.primitive.Plus;
import dev.lanewise.graph.primitive.Primitive;
import dev.lanewise.graph.primitive.Scale;
import dev.lanewise.graph.primitive.Select;
import dev.lanewise.graph.primitive.Shift;
import dev.lanewise.graph.primitive.Times;
import dev.lanewise.graph.primitive.function.Abs;
import dev.lanewise.graph.primitive.function.Clamp;
import dev.lanewise.graph.primitive.function.Cos;
import dev.lanewise.graph.primitive.function.Erf;
import dev.lanewise.graph.primitive.function.Exp;
import dev.lanewise.graph.primitive.function.Expm1;
import dev.lanewise.graph.primitive.function.Log1p;
import dev.lanewise.graph.primitive.function.Log;
import dev.lanewise.graph.primitive.function.Pow;
import dev.lanewise.graph.primitive.function.Rare;
import dev.lanewise.graph.primitive.function.Reciprocal;
import dev.lanewise.graph.primitive.function.Round;
import dev.lanewise.graph.primitive.function.Sign;
import dev.lanewise.graph.primitive.function.Sin;
import dev.lanewise.graph.primitive.function.Sqrt;
import dev.lanewise.graph.primitive.function.Square;
import dev.lanewise.ops.expression.RareFunction;
import dev.lanewise.ops.expression.Rounding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The operations of a [Node] element by element.
abstract sealed class ElementwiseNode permits ReducibleNode {

  abstract Node self();

  /// An operation on this node and others of the same expression.
  abstract Node operation(Primitive primitive, String label, Node... others);

  /// {@return a + b} Shapes broadcast as in NumPy: axes that are missing in front or 1 long are repeated.
  public Node plus(Node b) {
    return broadcast(new Plus(), "plus", b);
  }

  /// {@return a + c}
  public Node plus(double c) {
    return operation(new Shift(c), "plus(" + c + ")");
  }

  /// {@return a − b, shapes broadcast}
  public Node minus(Node b) {
    return broadcast(new Minus(), "minus", b);
  }

  /// {@return a − c}
  public Node minus(double c) {
    return plus(-c);
  }

  /// {@return a ⊙ b, shapes broadcast}
  public Node times(Node b) {
    return broadcast(new Times(), "times", b);
  }

  /// {@return c·a}
  public Node times(double c) {
    return operation(new Scale(c), "times(" + c + ")");
  }

  /// {@return a / b, shapes broadcast}
  public Node dividedBy(Node b) {
    return broadcast(new Divide(), "dividedBy", b);
  }

  /// {@return a / c, as a·(1/c)}
  public Node dividedBy(double c) {
    return times(1 / c);
  }

  /// {@return the smaller of a and b, shapes broadcast; where they are equal, each has half the slope}
  public Node min(Node b) {
    return broadcast(PairExtremum.MIN, "min", b);
  }

  /// {@return the larger of a and b, shapes broadcast; where they are equal, each has half the slope}
  public Node max(Node b) {
    return broadcast(PairExtremum.MAX, "max", b);
  }

  /// {@return −a}
  public Node negate() {
    return times(-1);
  }

  /// {@return a²}
  public Node square() {
    return operation(new Square(), "square");
  }

  /// {@return √a}
  public Node sqrt() {
    return operation(new Sqrt(), "sqrt");
  }

  /// {@return 1/a}
  public Node reciprocal() {
    return operation(new Reciprocal(), "reciprocal");
  }

  /// {@return |a|, with slope 0 at 0}
  public Node abs() {
    return operation(new Abs(), "abs");
  }

  /// {@return a, limited to two bounds, with slope 1 between them and at both}
  ///
  /// @throws IllegalArgumentException unless low ≤ high
  public Node clamp(double low, double high) {
    return operation(new Clamp(low, high), "clamp(" + low + ", " + high + ")");
  }

  /// {@return a^c}
  public Node pow(double c) {
    return operation(new Pow(c), "pow(" + c + ")");
  }

  /// {@return eᵃ}
  public Node exp() {
    return operation(new Exp(), "exp");
  }

  /// {@return the natural logarithm of a}
  public Node log() {
    return operation(new Log(), "log");
  }

  /// {@return log(1 + a), accurate for small a}
  public Node log1p() {
    return operation(new Log1p(), "log1p");
  }

  /// {@return eᵃ − 1, accurate for small a}
  public Node expm1() {
    return operation(new Expm1(), "expm1");
  }

  /// {@return sin a, a in radians}
  public Node sin() {
    return operation(new Sin(), "sin");
  }

  /// {@return cos a, a in radians}
  public Node cos() {
    return operation(new Cos(), "cos");
  }

  /// {@return erf(a) = 2/√π ∫₀ᵃ e^(−t²) dt}
  public Node erf() {
    return operation(new Erf(), "erf");
  }

  /// {@return tan a, a in radians}
  public Node tan() {
    return operation(new Rare(RareFunction.TAN), "tan");
  }

  /// {@return arcsin a, NaN beyond ±1}
  public Node asin() {
    return operation(new Rare(RareFunction.ASIN), "asin");
  }

  /// {@return arccos a, NaN beyond ±1}
  public Node acos() {
    return operation(new Rare(RareFunction.ACOS), "acos");
  }

  /// {@return arctan a}
  public Node atan() {
    return operation(new Rare(RareFunction.ATAN), "atan");
  }

  /// {@return sinh a}
  public Node sinh() {
    return operation(new Rare(RareFunction.SINH), "sinh");
  }

  /// {@return cosh a}
  public Node cosh() {
    return operation(new Rare(RareFunction.COSH), "cosh");
  }

  /// {@return arsinh a}
  public Node asinh() {
    return operation(new Rare(RareFunction.ASINH), "asinh");
  }

  /// {@return arcosh a, NaN below 1}
  public Node acosh() {
    return operation(new Rare(RareFunction.ACOSH), "acosh");
  }

  /// {@return artanh a, NaN beyond ±1}
  public Node atanh() {
    return operation(new Rare(RareFunction.ATANH), "atanh");
  }

  /// {@return the sign of a, 1, 0 or −1, with slope 0}
  public Node sign() {
    return operation(new Sign(), "sign");
  }

  /// {@return the largest integer not above a, with slope 0}
  public Node floor() {
    return operation(new Round(Rounding.DOWN), "floor");
  }

  /// {@return the smallest integer not below a, with slope 0}
  public Node ceil() {
    return operation(new Round(Rounding.UP), "ceil");
  }

  /// {@return the integer nearest to a, ties to even, with slope 0}
  public Node round() {
    return operation(new Round(Rounding.NEAREST), "round");
  }

  /// {@return φ(a)}
  public Node activate(Activation phi) {
    return phi == Activation.IDENTITY ? self() : operation(new Activate(phi), phi.name().toLowerCase(Locale.ROOT));
  }

  /// {@return tanh a}
  public Node tanh() {
    return activate(Activation.TANH);
  }

  /// {@return σ(a) = 1/(1 + e⁻ᵃ)}
  public Node sigmoid() {
    return activate(Activation.SIGMOID);
  }

  /// {@return the larger of a and 0, with slope 0 at 0}
  public Node relu() {
    return activate(Activation.RELU);
  }

  /// {@return b where a > 0, else c, all three broadcast} a has slope 0; the chosen one has the derivative.
  public Node select(Node b, Node c) {
    Shape shape = common(common(self().shape(), b, "select"), c, "select");
    boolean batched = self().vertex().batched || b.vertex().batched || c.vertex().batched;
    return self().expand(shape, batched)
        .operation(new Select(), "select", b.expand(shape, batched), c.expand(shape, batched));
  }

  private Node broadcast(Primitive primitive, String label, Node b) {
    self().requireSameGraph(b, label);
    Shape shape = common(self().shape(), b, label);
    boolean batched = self().vertex().batched || b.vertex().batched;
    return self().expand(shape, batched).operation(primitive, label, b.expand(shape, batched));
  }

  /// The shape that both broadcast to.
  private Shape common(Shape a, Node node, String label) {
    Shape b = node.shape();
    int rank = Math.max(a.rank(), b.rank());
    List<Integer> dims = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      int fromEnd = rank - axis;
      int one = fromEnd > a.rank() ? 1 : a.dim(a.rank() - fromEnd);
      int other = fromEnd > b.rank() ? 1 : b.dim(b.rank() - fromEnd);
      if (one != other && one != 1 && other != 1) {
        throw Tracer.refusal(self().vertex(), label, "the other operand " + node.vertex() + " has shape " + b
            + ", expected axes as long as " + a + "'s, or 1 long, counted from the last");
      }
      dims.add(one == 1 ? other : one);
    }
    return Shape.of(dims.stream().mapToInt(Integer::intValue).toArray());
  }
}
