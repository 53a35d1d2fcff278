package dev.lanewise.graph.primitive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
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
import dev.lanewise.graph.primitive.function.Erf;
import dev.lanewise.graph.primitive.function.Expm1;
import dev.lanewise.graph.primitive.function.Log;
import dev.lanewise.graph.primitive.function.Log1p;
import dev.lanewise.graph.primitive.function.Pow;
import dev.lanewise.graph.primitive.function.Rare;
import dev.lanewise.graph.primitive.function.Reciprocal;
import dev.lanewise.graph.primitive.function.Round;
import dev.lanewise.graph.primitive.function.Sign;
import dev.lanewise.graph.primitive.function.Sqrt;
import dev.lanewise.graph.primitive.product.Dot;
import dev.lanewise.graph.primitive.product.MatMul;
import dev.lanewise.graph.primitive.reduction.LogSumExp;
import dev.lanewise.graph.primitive.reduction.Product;
import dev.lanewise.graph.primitive.reduction.RowExtremum;
import dev.lanewise.graph.primitive.reduction.Softmax;
import dev.lanewise.graph.primitive.reduction.Sum;
import dev.lanewise.ops.expression.RareFunction;
import dev.lanewise.ops.expression.Rounding;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// At kinks, ties, bounds and infinities primitives have PyTorch's values and gradients: these here are those that
/// PyTorch 1.13 printed.
class SpecialValuesTest {

  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;

  /// What a primitive says at a point of as many numbers a operand: the value, and the gradients of its sum.
  private static void check(Precision precision, Primitive primitive, double[] y, double[][] operands,
      double[]... gradients) {
    Point at = new Point();
    at.ws = new Workspace();
    at.in = new Tensor[operands.length];
    for (int k = 0; k < operands.length; k++) {
      at.in[k] = tensor(precision, operands[k]);
    }
    Shape shape = primitive.outputShape(Arrays.stream(at.in).map(Tensor::shape).toList());
    at.y = Tensor.zeros(precision, shape);
    primitive.value(at, true);
    double tolerance = precision == Precision.FLOAT ? 1e-6 : 1e-13;
    assertArrayEquals(y, at.y.toDoubles(), tolerance, primitive.toString());
    Tensor yBar = Tensor.zeros(precision, shape.prepend(1));
    yBar.fill(1);
    for (int k = 0; k < gradients.length; k++) {
      Tensor bar = Tensor.zeros(precision, at.in[k].shape().prepend(1));
      primitive.pull(at, k, yBar, bar);
      assertArrayEquals(gradients[k], bar.toDoubles(), tolerance, primitive + " operand " + k);
    }
  }

  private static Tensor tensor(Precision precision, double... values) {
    return Tensor.of(values, values.length).to(precision);
  }

  private static double[] of(double... values) {
    return values;
  }

  private static double[][] at(double... values) {
    return new double[][] {values};
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void functions(Precision precision) {
    check(precision, new Abs(), of(2, 0, 0, 2, NAN), at(-2, -0.0, 0, 2, NAN), of(-1, 0, 0, 1, 0));
    check(precision, new Clamp(-1, 1), of(-1, -1, 0, 1, 1, NAN), at(-2, -1, 0, 1, 2, NAN), of(0, 1, 1, 1, 0, 0));
    check(precision, new Clamp(0.3, INF), of(precision == Precision.FLOAT ? (float) 0.3 : 0.3, 5),
        at(precision == Precision.FLOAT ? (float) 0.3 : 0.3, 5), of(1, 1));
    check(precision, new Sqrt(), of(0, -0.0, 2, NAN), at(0, -0.0, 4, -1), of(INF, -INF, 0.25, NAN));
    check(precision, new Log(), of(-INF, 0, NAN), at(0, 1, -1), of(INF, 1, -1));
    check(precision, new Log1p(), of(0, -INF, 0.6931471805599453), at(0, -1, 1), of(1, INF, 0.5));
    check(precision, new Expm1(), of(0, 1.7182818284590453, -1), at(0, 1, -50), of(1, 2.7182818284590455, 0));
    check(precision, new Erf(), of(-0.0, 0.8427007929497149, -0.9953222650189527, 1, -1, NAN),
        at(-0.0, 1, -2, INF, -INF, NAN), of(1.1283791670955126, 0.4151074974205947, 0.020666985354092053, 0, 0, NAN));
    check(precision, new Reciprocal(), of(INF, -0.5), at(0, -2), of(-INF, -0.25));
    check(precision, new Pow(0), of(1, 1, 1), at(0, 2, -1), of(0, 0, 0));
    check(precision, new Pow(1), of(0, 2, -1), at(0, 2, -1), of(1, 1, 1));
    check(precision, new Pow(0.5), of(0, 2, NAN), at(0, 4, -1), of(INF, 0.25, NAN));
    check(precision, new Pow(2.5), of(0, 32, NAN), at(0, 4, -1), of(0, 20, NAN));
    check(precision, new Pow(-1), of(INF, 0.25, -1), at(0, 4, -1), of(-INF, -0.0625, -1));
    check(precision, new Pow(3), of(0, 64, -1), at(0, 4, -1), of(0, 48, 3));
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void rareFunctions(Precision precision) {
    rare(precision, RareFunction.TAN, of(-0.0, 1.5574077246549023, NAN), of(-0.0, 1, INF),
        of(1, 3.42551882081476, NAN));
    rare(precision, RareFunction.ATAN, of(0.7853981633974483, 1.5707963267948966, -1.5707963267948966),
        of(1, INF, -INF),
        of(0.5, 0, 0));
    rare(precision, RareFunction.ASIN, of(-0.0, 1.5707963267948966, NAN, NAN), of(-0.0, 1, 1.5, NAN),
        of(1, INF, NAN, NAN));
    rare(precision, RareFunction.ACOS, of(1.5707963267948966, 0, 3.141592653589793, NAN), of(0, 1, -1, -2),
        of(-1, -INF, -INF, NAN));
    rare(precision, RareFunction.SINH, of(-0.0, 1.1752011936438014, INF, -INF), of(-0.0, 1, INF, -INF),
        of(1, 1.5430806348152437, INF, INF));
    rare(precision, RareFunction.COSH, of(1, 1.5430806348152437, INF, INF), of(0, -1, INF, -INF),
        of(0, -1.1752011936438014, INF, -INF));
    rare(precision, RareFunction.ASINH, of(-0.0, -1.4436354751788103, INF, -INF, NAN), of(-0.0, -2, INF, -INF, NAN),
        of(1, 0.4472135954999579, 0, 0, NAN));
    rare(precision, RareFunction.ACOSH, of(0, 0.9624236501192069, INF, NAN), of(1, 1.5, INF, 0.5),
        of(INF, 0.8944271909999159, 0, NAN));
    rare(precision, RareFunction.ATANH, of(-0.0, 0.5493061443340548, INF, -INF, NAN), of(-0.0, 0.5, 1, -1, 2),
        of(1, 1.3333333333333333, INF, INF, -0.3333333333333333));
  }

  private static void rare(Precision precision, RareFunction f, double[] y, double[] a, double[] slope) {
    check(precision, new Rare(f), y, at(a), slope);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void steps(Precision precision) {
    double[] a = {-2.5, -1.5, -0.5, 0.5, 1.5, 2, INF, NAN};
    double[] none = new double[a.length];
    check(precision, new Sign(), of(-1, -1, -1, 1, 1, 1, 1, 0), at(a), none);
    check(precision, new Round(Rounding.DOWN), of(-3, -2, -1, 0, 1, 2, INF, NAN), at(a), none);
    check(precision, new Round(Rounding.UP), of(-2, -1, -0.0, 1, 2, 2, INF, NAN), at(a), none);
    check(precision, new Round(Rounding.NEAREST), of(-2, -2, -0.0, 0, 2, 2, INF, NAN), at(a), none);
  }

  /// Second derivatives where a slope has become 0, or infinite: the limits, also where PyTorch 1.13 has NaN.
  @ParameterizedTest
  @EnumSource(Precision.class)
  void bendsFarOut(Precision precision) {
    double[] ends = {INF, -INF};
    bends(precision, new Erf(), of(INF, -INF, 1, 30, -200), of(0, 0, -0.8302149948411894, 0, 0));
    bends(precision, new Rare(RareFunction.ATAN), of(INF, -INF, 1), of(0, 0, -0.5));
    bends(precision, new Rare(RareFunction.ASINH), of(INF, -INF, 1), of(0, 0, -0.3535533905932737));
    bends(precision, new Rare(RareFunction.ACOSH), of(INF, 1, 1.5), of(0, -INF, -1.073312629199899));
    bends(precision, new Rare(RareFunction.ASIN), of(1, -1, 0.5), of(INF, -INF, 0.7698003589195014));
    bends(precision, new Rare(RareFunction.ACOS), of(1, -1, 0.5), of(-INF, INF, -0.7698003589195014));
    bends(precision, new Rare(RareFunction.ATANH), of(1, -1, 0.5), of(INF, -INF, 1.7777777777777777));
    bends(precision, new Rare(RareFunction.SINH), ends, ends);
  }

  private static void bends(Precision precision, Pointwise function, double[] a, double[] curvature) {
    Tensor at = tensor(precision, a);
    Tensor y = Tensor.zeros(precision, a.length);
    Tensor c = Tensor.zeros(precision, a.length);
    function.function(at, y);
    function.curvature(at, y, c);
    assertArrayEquals(curvature, c.toDoubles(), precision == Precision.FLOAT ? 1e-6 : 1e-13, function.toString());
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void choices(Precision precision) {
    double[][] both = {{1, 2, 3, NAN}, {2, 2, 1, 1}};
    check(precision, PairExtremum.MAX, of(2, 2, 3, NAN), both, of(0, 0.5, 1, 1), of(1, 0.5, 0, 1));
    check(precision, PairExtremum.MIN, of(1, 2, 1, NAN), both, of(1, 0.5, 0, 1), of(0, 0.5, 1, 1));
    check(precision, new Select(), of(1, 6, 7, 8), new double[][] {{1, 0, -1, NAN}, {1, 2, 3, 4}, {5, 6, 7, 8}},
        of(0, 0, 0, 0), of(1, 0, 0, 0), of(0, 1, 1, 1));
    check(precision, new Divide(), of(0.5, NAN, INF), new double[][] {{1, 0, 2}, {2, 0, 0}}, of(0.5, INF, INF),
        of(-0.25, NAN, -INF));
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void rows(Precision precision) {
    check(precision, new Product(), of(0), at(2, 0, 3), of(0, 6, 0));
    check(precision, new Product(), of(0), at(0, 0, 3), of(0, 0, 0));
    check(precision, new Product(), of(NAN), at(INF, 0, 3), of(0, INF, NAN));
    check(precision, new Product(), of(NAN), at(NAN, 1, 0), of(0, NAN, NAN));
    check(precision, RowExtremum.MAX, of(3), at(1, 3, 3, 2), of(0, 0.5, 0.5, 0));
    check(precision, RowExtremum.MAX, of(NAN), at(NAN, 1, 2, 2), of(NAN, NAN, NAN, NAN));
    check(precision, RowExtremum.MAX, of(NAN), at(1, 2, NAN, 2), of(NAN, NAN, NAN, NAN));
    check(precision, RowExtremum.MAX, of(-INF), at(-INF, -INF, -INF, -INF), of(0.25, 0.25, 0.25, 0.25));
    check(precision, RowExtremum.MIN, of(1), at(1, 3, 1, 2), of(0.5, 0, 0.5, 0));
    check(precision, new LogSumExp(), of(2.313261687518223), at(1, 2), of(0.26894142136999505, 0.7310585786300048));
    check(precision, new LogSumExp(), of(-INF), at(-INF, -INF), of(NAN, NAN));
    check(precision, new LogSumExp(), of(INF), at(INF, 1), of(NAN, 0));
    check(precision, new LogSumExp(), of(INF), at(INF, INF), of(NAN, NAN));
    check(precision, new LogSumExp(), of(1), at(-INF, 1), of(0, 1));
    check(precision, new LogSumExp(),
        of(precision == Precision.FLOAT ? (float) 1000.6931471805599 : 1000.6931471805599),
        at(1000, 1000), of(0.5, 0.5));
    check(precision, new LogSumExp(), of(NAN), at(NAN, 1), of(NAN, NAN));
    check(precision, new Softmax(), of(0, 1), at(-INF, 1), of(0, 0));
  }

  @Test
  void equalOperationsAreEqual() {
    Shape shape = Shape.of(2, 3);
    assertEquals(Slice.of(shape, 1, 0, 2, 1), Slice.of(shape, 1, 0, 2, 1));
    assertEquals(Slice.of(shape, 1, 0, 2, 1).hashCode(), Slice.of(shape, 1, 0, 2, 1).hashCode());
    assertTrue(!Slice.of(shape, 1, 0, 2, 1).equals(Slice.of(shape, 1, 1, 3, 1)));
    assertEquals("Slice[to=[2, 2]]", Slice.of(shape, 1, 0, 2, 1).toString());
    assertEquals(Shape.of(2), new Sum().outputShape(List.of(shape)));
    assertEquals(Shape.of(1), new Sum().outputShape(List.of(Shape.of(3))));
    assertEquals(2 * 5 * 4 * 3, new MatMul(Shape.of(2, 5, 3), Shape.of(3, 4), false, false)
        .multiplyAdds(List.of(Shape.of(2, 5, 3), Shape.of(3, 4))));
    assertEquals(6, new Sum().multiplyAdds(List.of(shape)));
  }

  @Test
  void refuses() {
    Shape shape = Shape.of(2, 3);
    assertRefused("Plus[]: operands are [[2, 3], [3]], expected all of one shape", () ->
        new Plus().outputShape(List.of(shape, Shape.of(3))));
    assertRefused("Dot[]: operands are [[2, 3], [3]], expected", () -> new Dot().outputShape(List.of(shape,
        Shape.of(3))));
    assertRefused("RowExtremum[isLargest=true]: operand is [2, 0], expected numbers in each row", () ->
        RowExtremum.MAX.outputShape(List.of(Shape.of(2, 0))));
    assertRefused("Clamp: from 2.0 to 1.0, expected a range", () -> new Clamp(2, 1));
    assertRefused("Clamp: from NaN to 1.0", () -> new Clamp(NAN, 1));
    assertRefused("Reshape: operand is [2, 3] of 6 elements, expected 4 for [4]",
        () -> new Reshape(Shape.of(4)).outputShape(List.of(shape)));
    assertRefused("Permute: order [0, 0] of [2, 3], expected each of its 2 axes once", () -> Permute.of(shape, 0, 0));
    assertRefused("Permute: order [0] of [2, 3]", () -> Permute.of(shape, 0));
    assertRefused("Slice: axis 2 of [2, 3], expected one of its 2", () -> Slice.of(shape, 2, 0, 1, 1));
    assertRefused("Slice: from 1 to 4 by 1 along axis 1 of [2, 3], expected a part of 0 to 3", () -> Slice.of(shape, 1,
        1, 4, 1));
    assertRefused("Slice: from 1 to 3 by 0", () -> Slice.of(shape, 1, 1, 3, 0));
    assertRefused("Pad: -1 before and 0 after [2, 3], expected at least 0", () -> Pad.of(shape, 0, -1, 0));
    assertRefused("Repeat: -1 times [2, 3], expected at least 0", () -> Repeat.of(shape, 0, -1));
    assertRefused("Gather: index 1 is 3, expected one of the 3 along axis 1 of [2, 3]", () -> Gather.of(shape, 1, 0,
        3));
    assertRefused("Concat: axis 2, expected one of 2", () -> new Concat(2, 2));
    assertRefused("Concat: operands are [[2, 3], [3, 3]], expected 2 axes", () -> new Concat(1,
        2).outputShape(List.of(shape, Shape.of(3, 3))));
    assertRefused("Stack: axis 3, expected one of 3", () -> new Stack(3, 2));
    assertRefused("Stack: operands are [[2, 3], [3, 2]], expected all of one shape",
        () -> new Stack(1, 2).outputShape(List.of(shape, Shape.of(3, 2))));
    assertRefused("MatMul: [2, 3] by [2, 3], expected", () -> new MatMul(shape, shape, false, false));
    assertRefused("MatMul: [3] by [3, 2], expected", () -> new MatMul(Shape.of(3), Shape.of(3, 2), false, false));
    assertRefused("MatMul: [2, 2, 3] by [3, 3, 2], expected", () -> new MatMul(Shape.of(2, 2, 3), Shape.of(3, 3, 2),
        false, false));
    assertRefused("MatMul: operands are", () -> new MatMul(shape, shape, false, true).outputShape(List.of(shape,
        Shape.of(3, 2))));
    assertRefused("[2, 3] does not broadcast to [3], expected at most 1 axes", () -> Expand.of(shape, Shape.of(3)));
    assertRefused("[2] does not broadcast to [2, 3], expected axes of the same length", () -> Expand.of(Shape.of(2),
        shape));
    assertRefused("Slice[to=[2, 2]]: operand is [4], expected one of 6 elements",
        () -> Slice.of(shape, 1, 0, 2, 1).outputShape(List.of(Shape.of(4))));
  }

  private static void assertRefused(String message, Runnable call) {
    IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, call::run);
    assertTrue(refusal.getMessage().startsWith(message), refusal.getMessage());
  }
}
