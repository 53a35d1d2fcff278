package dev.lanewise.graph.primitive;

import dev.lanewise.Activation;
import dev.lanewise.Shape;
import dev.lanewise.graph.primitive.form.Concat;
import dev.lanewise.graph.primitive.form.Gather;
import dev.lanewise.graph.primitive.form.Pad;
import dev.lanewise.graph.primitive.form.Permute;
import dev.lanewise.graph.primitive.form.Repeat;
import dev.lanewise.graph.primitive.form.Reshape;
import dev.lanewise.graph.primitive.form.Slice;
import dev.lanewise.graph.primitive.form.Stack;
import dev.lanewise.graph.primitive.function.Abs;
import dev.lanewise.graph.primitive.function.Clamp;
import dev.lanewise.graph.primitive.function.Cos;
import dev.lanewise.graph.primitive.function.Erf;
import dev.lanewise.graph.primitive.function.Exp;
import dev.lanewise.graph.primitive.function.Expm1;
import dev.lanewise.graph.primitive.function.Log;
import dev.lanewise.graph.primitive.function.Log1p;
import dev.lanewise.graph.primitive.function.Pow;
import dev.lanewise.graph.primitive.function.Rare;
import dev.lanewise.graph.primitive.function.Reciprocal;
import dev.lanewise.graph.primitive.function.Round;
import dev.lanewise.graph.primitive.function.Sign;
import dev.lanewise.graph.primitive.function.Sin;
import dev.lanewise.graph.primitive.function.Sqrt;
import dev.lanewise.graph.primitive.function.Square;
import dev.lanewise.graph.primitive.product.Dot;
import dev.lanewise.graph.primitive.product.MatMul;
import dev.lanewise.graph.primitive.reduction.LogSoftmax;
import dev.lanewise.graph.primitive.reduction.LogSumExp;
import dev.lanewise.graph.primitive.reduction.Product;
import dev.lanewise.graph.primitive.reduction.RowExtremum;
import dev.lanewise.graph.primitive.reduction.Softmax;
import dev.lanewise.graph.primitive.reduction.SquaredNorm;
import dev.lanewise.graph.primitive.reduction.Sum;
import dev.lanewise.ops.expression.RareFunction;
import dev.lanewise.ops.expression.Rounding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// Each primitive, on operands of several shapes, with a batch and without one.
final class PrimitiveCases {

  private static final DoubleUnaryOperator ANY = x -> x;
  private static final DoubleUnaryOperator POSITIVE = x -> 0.3 + x * x;
  private static final DoubleUnaryOperator APART = x -> x + Math.copySign(0.3, x);

  private static final List<PrimitiveCase> ALL = new ArrayList<>();

  static {
    functions();
    rareFunctions();
    arithmetic();
    reductions();
    forms();
    joins();
    products();
  }

  private PrimitiveCases() {}

  static List<PrimitiveCase> all() {
    return Collections.unmodifiableList(ALL);
  }

  private static void functions() {
    unary(new Scale(-1.7), ANY, x -> -1.7 * x);
    unary(new Shift(0.4), ANY, x -> x + 0.4);
    unary(new Square(), ANY, x -> x * x);
    unary(new Sqrt(), POSITIVE, Math::sqrt);
    unary(new Reciprocal(), APART, x -> 1 / x);
    unary(new Abs(), APART, Math::abs);
    unary(new Clamp(-1.2, 0.8), ANY, x -> Math.clamp(x, -1.2, 0.8));
    unary(new Exp(), ANY, Math::exp);
    unary(new Expm1(), ANY, Math::expm1);
    unary(new Log(), POSITIVE, Math::log);
    unary(new Log1p(), POSITIVE, Math::log1p);
    unary(new Sin(), ANY, Math::sin);
    unary(new Cos(), ANY, Math::cos);
    unary(new Erf(), ANY, PrimitiveCases::erf);
    unary(new Activate(Activation.TANH), ANY, Math::tanh);
    unary(new Activate(Activation.SOFTPLUS), ANY, x -> Math.log1p(Math.exp(x)));
    for (double power : new double[] {1, 2, 3, -1, -2, 0.5, 2.5, -0.7}) {
      unary(new Pow(power), POSITIVE, x -> Math.pow(x, power));
    }
  }

  private static void rareFunctions() {
    DoubleUnaryOperator inside = x -> 0.9 * Math.tanh(x);
    rare(RareFunction.TAN, x -> 1.2 * Math.tanh(x), Math::tan);
    rare(RareFunction.ASIN, inside, Math::asin);
    rare(RareFunction.ACOS, inside, Math::acos);
    rare(RareFunction.ATAN, ANY, Math::atan);
    rare(RareFunction.SINH, ANY, Math::sinh);
    rare(RareFunction.COSH, ANY, Math::cosh);
    rare(RareFunction.ASINH, ANY, x -> Math.log(x + Math.sqrt(x * x + 1)));
    rare(RareFunction.ACOSH, x -> 1 + POSITIVE.applyAsDouble(x), x -> Math.log(x + Math.sqrt(x * x - 1)));
    rare(RareFunction.ATANH, inside, x -> Math.log((1 + x) / (1 - x)) / 2);
    // Between two steps of each.
    DoubleUnaryOperator between = x -> Math.rint(x) + Math.copySign(0.3 + 0.1 * Math.tanh(x), x);
    unary(new Sign(), APART, Math::signum);
    unary(new Round(Rounding.DOWN), between, Math::floor);
    unary(new Round(Rounding.UP), between, Math::ceil);
    unary(new Round(Rounding.NEAREST), between, Math::rint);
  }

  private static void rare(RareFunction f, DoubleUnaryOperator domain, DoubleUnaryOperator reference) {
    unary(new Rare(f), domain, reference);
  }

  /// By its Maclaurin series, of which the numbers here take few terms.
  private static double erf(double x) {
    double term = 2 / Math.sqrt(Math.PI) * x;
    double sum = term;
    for (int n = 1; n < 120; n++) {
      term *= -x * x / n;
      sum += term / (2 * n + 1);
    }
    return sum;
  }

  private static void unary(Primitive primitive, DoubleUnaryOperator domain, DoubleUnaryOperator f) {
    for (boolean batched : new boolean[] {true, false}) {
      ALL.add(new PrimitiveCase(primitive, List.of(batched ? Shape.of(3, 7) : Shape.of(5)), List.of(batched), batched,
          domain,
          in -> Arrays.stream(in[0]).map(f).toArray()));
    }
  }

  private static void arithmetic() {
    binary(new Plus(), ANY, Double::sum);
    binary(new Minus(), ANY, (a, b) -> a - b);
    binary(new Times(), ANY, (a, b) -> a * b);
    binary(new Divide(), APART, (a, b) -> a / b);
    binary(PairExtremum.MAX, ANY, Math::max);
    binary(PairExtremum.MIN, ANY, Math::min);
    for (boolean batched : new boolean[] {true, false}) {
      ALL.add(new PrimitiveCase(new Select(), Collections.nCopies(3, Shape.of(9)), Collections.nCopies(3, batched),
          batched, ANY,
          in -> IntStream.range(0, 9).mapToDouble(i -> in[0][i] > 0 ? in[1][i] : in[2][i]).toArray()));
    }
  }

  private static void binary(Primitive primitive, DoubleUnaryOperator domain, DoubleBinaryOperator f) {
    for (boolean batched : new boolean[] {true, false}) {
      Shape shape = batched ? Shape.of(2, 9) : Shape.of(5);
      ALL.add(new PrimitiveCase(primitive, List.of(shape, shape), List.of(batched, batched), batched, domain,
          in -> IntStream.range(0, in[0].length).mapToDouble(i -> f.applyAsDouble(in[0][i], in[1][i])).toArray()));
    }
  }

  private static void reductions() {
    reduction(new Sum(), row -> Arrays.stream(row).sum());
    reduction(new SquaredNorm(), row -> Arrays.stream(row).map(x -> x * x).sum());
    reduction(new Product(), row -> Arrays.stream(row).reduce(1, (a, b) -> a * b));
    reduction(RowExtremum.MAX, row -> Arrays.stream(row).max().orElseThrow());
    reduction(RowExtremum.MIN, row -> Arrays.stream(row).min().orElseThrow());
    reduction(new LogSumExp(), PrimitiveCases::logSumExp);
    rows(new Softmax(), row -> Arrays.stream(row).map(x -> Math.exp(x - logSumExp(row))).toArray());
    rows(new LogSoftmax(), row -> Arrays.stream(row).map(x -> x - logSumExp(row)).toArray());
    for (boolean batched : new boolean[] {true, false}) {
      for (Shape shape : List.of(Shape.of(5), Shape.of(2, 40))) {
        int n = shape.last();
        ALL.add(new PrimitiveCase(new Dot(), List.of(shape, shape), List.of(batched, batched), batched, ANY,
            in -> IntStream.range(0, in[0].length / n).mapToDouble(row ->
                IntStream.range(row * n, row * n + n).mapToDouble(i -> in[0][i] * in[1][i]).sum()).toArray()));
      }
    }
  }

  private static double logSumExp(double[] row) {
    return Math.log(Arrays.stream(row).map(Math::exp).sum());
  }

  private static void reduction(Primitive primitive, ToDoubleFunction<double[]> f) {
    rows(primitive, row -> new double[] {f.applyAsDouble(row)});
  }

  private static void rows(Primitive primitive, UnaryOperator<double[]> f) {
    for (boolean batched : new boolean[] {true, false}) {
      for (Shape shape : batched ? List.of(Shape.of(2, 3), Shape.of(2, 1, 40)) : List.of(Shape.of(5))) {
        int n = shape.last();
        ALL.add(new PrimitiveCase(primitive, List.of(shape), List.of(batched), batched, ANY,
            in -> IntStream.range(0, in[0].length / n).boxed().flatMapToDouble(row ->
                Arrays.stream(f.apply(Arrays.copyOfRange(in[0], row * n, row * n + n)))).toArray()));
      }
    }
  }

  private static void forms() {
    Shape shape = Shape.of(2, 3, 4);
    form(new Reshape(Shape.of(4, 6)), shape, false, in -> in);
    form(Permute.of(shape, 2, 0, 1), shape, true, in -> pick(24, i -> in[i / 3 % 2 * 12 + i % 3 * 4 + i / 6]));
    form(Permute.of(Shape.of(3, 2, 8), 1, 0, 2), Shape.of(3, 2, 8), true, in ->
        pick(48, i -> in[i / 8 % 3 * 16 + i / 24 * 8 + i % 8]));
    form(Slice.of(shape, 1, 0, 3, 2), shape, true, in -> pick(16, i -> in[i / 8 * 12 + i / 4 % 2 * 8 + i % 4]));
    form(Slice.of(Shape.of(20), 0, 3, 17, 1), Shape.of(20), true, in -> Arrays.copyOfRange(in, 3, 17));
    form(Pad.of(Shape.of(2, 3), 0, 1, 2), Shape.of(2, 3), true, in -> pick(15, i -> i < 3 || i >= 9 ? 0 : in[i - 3]));
    form(Pad.of(Shape.of(2, 3), 1, 0, 1), Shape.of(2, 3), true, in ->
        pick(8, i -> i % 4 == 3 ? 0 : in[i / 4 * 3 + i % 4]));
    form(Repeat.of(Shape.of(2, 3), 1, 2), Shape.of(2, 3), true, in -> pick(12, i -> in[i / 6 * 3 + i % 3]));
    form(Repeat.of(Shape.of(8), 0, 3), Shape.of(8), true, in -> pick(24, i -> in[i % 8]));
    int[] indices = {2, 0, 2, 2};
    form(Gather.of(Shape.of(3, 2), 0, indices), Shape.of(3, 2), true, in ->
        pick(8, i -> in[indices[i / 2] * 2 + i % 2]));
    form(Gather.of(Shape.of(2, 3), 1, indices), Shape.of(2, 3), true, in ->
        pick(8, i -> in[i / 4 * 3 + indices[i % 4]]));
    form(Expand.of(Shape.of(3, 1), Shape.of(2, 3, 8)), Shape.of(3, 1), true, in -> pick(48, i -> in[i / 8 % 3]));
    form(Expand.of(Shape.of(4), Shape.of(3, 4)), Shape.of(4), true, in -> pick(12, i -> in[i % 4]));
  }

  private static double[] pick(int n, IntToDoubleFunction f) {
    return IntStream.range(0, n).mapToDouble(f).toArray();
  }

  /// @param serves whether an operand without a batch may serve a result that has one
  private static void form(Primitive primitive, Shape shape, boolean serves, UnaryOperator<double[]> f) {
    ALL.add(new PrimitiveCase(primitive, List.of(shape), List.of(true), true, ANY, in -> f.apply(in[0])));
    ALL.add(new PrimitiveCase(primitive, List.of(shape), List.of(false), false, ANY, in -> f.apply(in[0])));
    if (serves) {
      ALL.add(new PrimitiveCase(primitive, List.of(shape), List.of(false), true, ANY, in -> f.apply(in[0])));
    }
  }

  private static void joins() {
    for (boolean batched : new boolean[] {true, false}) {
      List<Boolean> both = List.of(batched, batched);
      ALL.add(new PrimitiveCase(new Concat(0, 1), List.of(Shape.of(2), Shape.of(3)), both, batched, ANY,
          in -> pick(5, i -> i < 2 ? in[0][i] : in[1][i - 2])));
      ALL.add(new PrimitiveCase(new Concat(1, 3), List.of(Shape.of(2, 1, 2), Shape.of(2, 3, 2)), both, batched, ANY,
          in -> pick(16, i -> i % 8 < 2 ? in[0][i / 8 * 2 + i % 8] : in[1][i / 8 * 6 + i % 8 - 2])));
      ALL.add(new PrimitiveCase(new Stack(0, 1), List.of(Shape.of(3), Shape.of(3)), both, batched, ANY,
          in -> pick(6, i -> in[i / 3][i % 3])));
      ALL.add(new PrimitiveCase(new Stack(1, 1), List.of(Shape.of(3), Shape.of(3)), both, batched, ANY,
          in -> pick(6, i -> in[i % 2][i / 2])));
    }
  }

  private static void products() {
    int m = 3;
    int k = 2;
    int n = 4;
    for (int sides = 0; sides < 4; sides++) {
      boolean turnA = sides % 2 == 1;
      boolean turnB = sides / 2 == 1;
      for (int heads = 0; heads < 4; heads++) {
        Shape a = turnA ? Shape.of(k, m) : Shape.of(m, k);
        Shape b = turnB ? Shape.of(n, k) : Shape.of(k, n);
        a = heads % 2 == 1 ? a.prepend(2) : a;
        b = heads / 2 == 1 ? b.prepend(2) : b;
        for (int batched = 0; batched < 4; batched++) {
          boolean batchA = batched % 2 == 1;
          boolean batchB = batched / 2 == 1;
          int products = heads == 0 ? 1 : 2;
          boolean manyA = a.rank() > 2;
          boolean manyB = b.rank() > 2;
          ALL.add(new PrimitiveCase(new MatMul(a, b, turnA, turnB), List.of(a, b), List.of(batchA, batchB),
              batched > 0, ANY,
              in -> pick(products * m * n, at -> {
                int i = at / n % m;
                int j = at % n;
                int fromA = manyA ? at / (m * n) * m * k : 0;
                int fromB = manyB ? at / (m * n) * k * n : 0;
                double sum = 0;
                for (int p = 0; p < k; p++) {
                  sum += in[0][fromA + (turnA ? p * m + i : i * k + p)]
                      * in[1][fromB + (turnB ? j * k + p : p * n + j)];
                }
                return sum;
              })));
        }
      }
    }
  }
}
