package dev.lanewise.ops.expression;

import dev.lanewise.Tensor;

/// Choices between elements, one by one, and what of a tangent or a cotangent goes through each.
///
/// | operation       | formula                                                  | elements          |
/// |-----------------|----------------------------------------------------------|-------------------|
/// | [#maximum]      | z = max(x, y)                                            | n, n, n           |
/// | [#minimum]      | z = min(x, y)                                            | n, n, n           |
/// | [#whereGreater] | v = or += u where x > y, u/2 where x = y, 0 where x < y  | n, n, k·n, k·n    |
/// | [#select]       | z = x where s > 0, else y                                | n, k·n, k·n, k·n  |
/// | [#whereSelected] | v = u where s > 0 is what it is asked to be, else 0     | n, k·n, k·n       |
/// | [#clamp]        | y = min(max(x, low), high)                               | n, n              |
/// | [#inside]       | s = 1 where low ≤ x ≤ high, else 0                       | n, n              |
/// | [#abs]          | y = abs(x)                                               | n, n              |
/// | [#sign]         | s = 1, 0 or −1 as x is above, at or below 0              | n, n              |
/// | [#multiplyWhereNotZero] | s = factor·x·s where s is not 0, else 0          | n, n              |
///
/// Elements count, whatever the shapes; n of them serve each of k directions. A NaN among x and y is the larger and the
/// smaller of both, and lets all of u through; of a sign it is 0.
public final class ChoiceOps {

  private ChoiceOps() {}

  /// z = max(x, y). `z` may be either.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void maximum(Tensor x, Tensor y, Tensor z) {
    requireSame(x, z, "ChoiceOps.maximum", "x");
    requireSame(y, z, "ChoiceOps.maximum", "y");
    ChoiceKernels.maximum(z.size(), x, y, z);
  }

  /// z = min(x, y). `z` may be either.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void minimum(Tensor x, Tensor y, Tensor z) {
    requireSame(x, z, "ChoiceOps.minimum", "x");
    requireSame(y, z, "ChoiceOps.minimum", "y");
    ChoiceKernels.minimum(z.size(), x, y, z);
  }

  /// v = or, where `add`, += u where x > y, u/2 where x = y, 0 where x < y. `v` may be `u`.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void whereGreater(Tensor x, Tensor y, Tensor u, Tensor v, boolean add) {
    requireSame(u, v, "ChoiceOps.whereGreater", "u");
    requireSame(y, x, "ChoiceOps.whereGreater", "y");
    requireServes(x, v, "ChoiceOps.whereGreater", "x");
    ChoiceKernels.whereGreater(x.size(), x, y, u, v, add);
  }

  /// z = x where s > 0, else y. `z` may be either.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void select(Tensor s, Tensor x, Tensor y, Tensor z) {
    requireSame(x, z, "ChoiceOps.select", "x");
    requireSame(y, z, "ChoiceOps.select", "y");
    requireServes(s, z, "ChoiceOps.select", "s");
    ChoiceKernels.select(s.size(), s, x, y, z);
  }

  /// v = u where s > 0 or, where not `positive`, where it is not; else 0. `v` may be `u`.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void whereSelected(Tensor s, boolean positive, Tensor u, Tensor v) {
    requireSame(u, v, "ChoiceOps.whereSelected", "u");
    requireServes(s, v, "ChoiceOps.whereSelected", "s");
    ChoiceKernels.whereSelected(s.size(), s, positive, u, v);
  }

  /// y = min(max(x, low), high), the bounds rounded to the tensors' precision. `y` may be `x`.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void clamp(double low, double high, Tensor x, Tensor y) {
    requireSame(x, y, "ChoiceOps.clamp", "x");
    ChoiceKernels.clamp(y.size(), low, high, x, y);
  }

  /// s = 1 where low ≤ x ≤ high, else 0, the bounds rounded to the tensors' precision. `s` may be `x`.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void inside(double low, double high, Tensor x, Tensor s) {
    requireSame(x, s, "ChoiceOps.inside", "x");
    ChoiceKernels.inside(s.size(), low, high, x, s);
  }

  /// y = x without its sign. `y` may be `x`.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void abs(Tensor x, Tensor y) {
    requireSame(x, y, "ChoiceOps.abs", "x");
    ChoiceKernels.abs(y.size(), x, y);
  }

  /// s = 1, 0 or −1 as x is above, at or below 0. `s` may be `x`.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void sign(Tensor x, Tensor s) {
    requireSame(x, s, "ChoiceOps.sign", "x");
    ChoiceKernels.sign(s.size(), x, s);
  }

  /// s = factor·x·s where s is not 0, else 0, whatever x is: where s falls faster than x grows.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void multiplyWhereNotZero(double factor, Tensor x, Tensor s) {
    requireSame(x, s, "ChoiceOps.multiplyWhereNotZero", "x");
    ChoiceKernels.multiplyWhereNotZero(s.size(), factor, x, s);
  }

  /// Checks a tensor for the size and precision of another.
  static void requireSame(Tensor tensor, Tensor like, String op, String name) {
    if (like.isNone() || tensor.isNone() || tensor.size() != like.size() || tensor.precision() != like.precision()) {
      throw new IllegalArgumentException(op + ": " + name + " is " + tensor.describe()
          + ", expected as many elements as " + like.describe() + ", in its precision");
    }
  }

  private static void requireServes(Tensor tensor, Tensor each, String op, String name) {
    int n = tensor.size();
    boolean serves = n == 0 ? each.size() == 0 : each.size() % n == 0;
    if (tensor.isNone() || !serves || tensor.precision() != each.precision()) {
      throw new IllegalArgumentException(op + ": " + name + " is " + tensor.describe() + ", expected "
          + each.precision() + " elements that serve each direction of " + each.shape());
    }
  }
}
