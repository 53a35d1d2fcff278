package dev.lanewise.onnx.trace;

import dev.lanewise.Tensor;
import dev.lanewise.onnx.format.ElementType;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

/// Computes constants element by element when the file is read, with shapes broadcast as in NumPy. Floating numbers are
/// computed in double, whatever the file stores them in.
public final class Folding {

  /// A comparison of two numbers.
  @FunctionalInterface
  public interface DoubleComparison {

    /// {@return whether it is true}
    boolean test(double a, double b);
  }

  private final int[] dims;
  private final int size;
  private int batch = -1;

  private Folding(Call call, Value... operands) {
    dims = new int[Arrays.stream(operands).mapToInt(Value::rank).max().orElseThrow()];
    Arrays.fill(dims, 1);
    for (Value operand : operands) {
      int[] own = operand.dims();
      for (int axis = 0; axis < own.length; axis++) {
        int at = dims.length - own.length + axis;
        if (own[axis] != dims[at] && own[axis] != 1 && dims[at] != 1) {
          throw call.refusal("constants have aligned axes of lengths " + own[axis] + " and " + dims[at]
              + ", expected axes as long as each other's, or 1 long");
        }
        dims[at] = own[axis] == 1 ? dims[at] : own[axis];
      }
      batch = operand.batch() < 0 ? batch : operand.batch() + dims.length - own.length;
    }
    size = call.constantSize(dims);
    for (Value operand : operands) {
      if (operand.batch() >= 0 && operand.batch() + dims.length - operand.rank() != batch
          || batch >= 0 && dims[batch] != 1) {
        throw call.refusal("operands have one integer for each sample along different axes, expected one axis");
      }
    }
  }

  /// For each element of the result, the index of the operand's element that it takes.
  private int[] places(Value operand) {
    int[] own = operand.dims();
    int[] strides = new int[dims.length];
    for (int axis = dims.length - 1, stride = 1; axis >= dims.length - own.length; axis--) {
      int length = own[axis - dims.length + own.length];
      strides[axis] = length == 1 ? 0 : stride;
      stride *= length;
    }
    int[] places = new int[size];
    for (int at = 0; at < size; at++) {
      for (int axis = dims.length - 1, rest = at; axis >= 0; rest /= dims[axis--]) {
        places[at] += rest % dims[axis] * strides[axis];
      }
    }
    return places;
  }

  /// {@return a function of two integers each, wrapped to the first's type}
  public static Integers of(Call call, Integers a, Integers b, LongBinaryOperator f) {
    return of(call, a.type(), a, b, f);
  }

  private static void requireOneType(Call call, Integers a, Integers b) {
    if (a.type() != b.type()) {
      throw call.refusal("operands are of types " + a.type() + " and " + b.type() + ", expected one type");
    }
  }

  /// {@return a function of two integers each, which are of one type, wrapped to this type}
  public static Integers of(Call call, ElementType type, Integers a, Integers b, LongBinaryOperator f) {
    requireOneType(call, a, b);
    requireSigned(call, a);
    requireSigned(call, b);
    Folding folding = new Folding(call, a, b);
    int[] first = folding.places(a);
    int[] second = folding.places(b);
    long[] values = each(type, a.values(), first, b.values(), second, f);
    long[] ofMany = a.isOfBatch() || b.isOfBatch() ? each(type, a.ofMany(), first, b.ofMany(), second, f) : values;
    return new Integers(values, folding.dims, ofMany, folding.batch, type);
  }

  private static long[] each(ElementType type, long[] a, int[] first, long[] b, int[] second, LongBinaryOperator f) {
    long[] values = new long[first.length];
    for (int at = 0; at < values.length; at++) {
      values[at] = wrapped(type, f.applyAsLong(a[first[at]], b[second[at]]));
    }
    return values;
  }

  /// {@return a function of each integer}
  public static Integers of(Call call, Integers a, LongUnaryOperator f) {
    requireSigned(call, a);
    LongUnaryOperator rounded = each -> wrapped(a.type(), f.applyAsLong(each));
    return a.map(a.dims(), a.batch(), values -> Arrays.stream(values).map(rounded).toArray());
  }

  /// {@return a function of two numbers each}
  public static Numbers of(Call call, Numbers a, Numbers b, DoubleBinaryOperator f) {
    Folding folding = new Folding(call, a, b);
    return folding.numbers(folding.each(a, b, f));
  }

  private double[] each(Numbers a, Numbers b, DoubleBinaryOperator f) {
    int[] first = places(a);
    int[] second = places(b);
    double[] values = new double[size];
    for (int at = 0; at < values.length; at++) {
      values[at] = f.applyAsDouble(element(a, first[at]), element(b, second[at]));
    }
    return values;
  }

  /// {@return a function of each number}
  public static Numbers of(Numbers a, DoubleUnaryOperator f) {
    double[] values = new double[a.tensor().size()];
    for (int at = 0; at < values.length; at++) {
      values[at] = f.applyAsDouble(element(a, at));
    }
    return Numbers.constant(Tensor.of(values, a.tensor().shape().toArray()), a.dims());
  }

  /// {@return a comparison of two numbers each, as booleans}
  public static Integers compared(Call call, Numbers a, Numbers b, DoubleComparison f) {
    Folding folding = new Folding(call, a, b);
    double[] holds = folding.each(a, b, (one, other) -> f.test(one, other) ? 1 : 0);
    return Integers.of(ElementType.BOOL, Arrays.stream(holds).mapToLong(each -> (long) each).toArray(), folding.dims);
  }

  /// {@return a's integers where the condition is true, else b's}
  public static Integers choice(Call call, Integers condition, Integers a, Integers b) {
    requireOneType(call, a, b);
    Folding folding = new Folding(call, condition, a, b);
    int[] which = folding.places(condition);
    int[] first = folding.places(a);
    int[] second = folding.places(b);
    long[] values = chosen(condition.values(), which, a.values(), first, b.values(), second);
    long[] ofMany = condition.isOfBatch() || a.isOfBatch() || b.isOfBatch()
        ? chosen(condition.ofMany(), which, a.ofMany(), first, b.ofMany(), second) : values;
    return new Integers(values, folding.dims, ofMany, folding.batch, a.type());
  }

  private static long[] chosen(long[] condition, int[] which, long[] a, int[] first, long[] b, int[] second) {
    long[] values = new long[which.length];
    for (int at = 0; at < values.length; at++) {
      values[at] = condition[which[at]] != 0 ? a[first[at]] : b[second[at]];
    }
    return values;
  }

  /// {@return a's numbers where the condition is true, else b's}
  public static Numbers choice(Call call, Integers condition, Numbers a, Numbers b) {
    Folding folding = new Folding(call, condition, a, b);
    int[] which = folding.places(condition);
    int[] first = folding.places(a);
    int[] second = folding.places(b);
    double[] values = new double[folding.size];
    for (int at = 0; at < values.length; at++) {
      values[at] = condition.values()[which[at]] != 0 ? element(a, first[at]) : element(b, second[at]);
    }
    return folding.numbers(values);
  }

  private static double element(Numbers numbers, int at) {
    return numbers.isSingle() ? numbers.meant() : numbers.tensor().get(at);
  }

  private Numbers numbers(double[] values) {
    return Numbers.constant(Tensor.of(values, Traced.inner(dims, -1)), dims);
  }

  /// A long holds the upper half of UINT64 as negative numbers, which compare and divide wrongly.
  private static void requireSigned(Call call, Integers operand) {
    if (operand.type() == ElementType.UINT64 && Arrays.stream(operand.values()).anyMatch(each -> each < 0)) {
      throw call.refusal("an operand of UINT64 has an element of 2⁶³ or more, expected smaller ones");
    }
  }

  /// {@return a result wrapped to this type: its lowest bits}
  public static long wrapped(ElementType type, long value) {
    return switch (type) {
      case INT8 -> (byte) value;
      case INT16 -> (short) value;
      case INT32 -> (int) value;
      case UINT8 -> value & 0xff;
      case UINT16 -> value & 0xffff;
      case UINT32 -> value & 0xffff_ffffL;
      case BOOL -> value == 0 ? 0 : 1;
      default -> value;
    };
  }
}
