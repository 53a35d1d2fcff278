package dev.lanewise.onnx.pattern;

import dev.lanewise.onnx.format.NodeProto;

/// A value as a polynomial of another one.
final class Polynomial {

  private static final int DEGREE = 3;

  private final Match match;
  private final String x;

  private Polynomial(Match match, String x) {
    this.match = match;
    this.x = x;
  }

  /// The coefficients of 1, x, x² and x³, or null where the value is no such polynomial. Nodes in between are added to
  /// the match.
  static double[] of(Match match, String value, String x) {
    return new Polynomial(match, x).of(value);
  }

  /// Whether the coefficients are these.
  static boolean isNear(double[] found, double... wanted) {
    for (int power = 0; power <= DEGREE; power++) {
      double coefficient = power < wanted.length ? wanted[power] : 0;
      if (found == null || !Wiring.isNear(found[power], coefficient)) {
        return false;
      }
    }
    return true;
  }

  private double[] of(String value) {
    if (value.equals(x)) {
      return new double[] {0, 1, 0, 0};
    }
    double number = match.wiring().number(value);
    if (!Double.isNaN(number)) {
      return new double[] {number, 0, 0, 0};
    }
    int at = match.wiring().maker(value);
    if (at < 0 || !match.take(at)) {
      return null;
    }
    NodeProto node = match.wiring().node(at);
    if (match.wiring().isPlain(at, "Neg", 1)) {
      return scaled(of(node.inputs().getFirst()), -1);
    }
    return match.wiring().isPlain(at, node.operator(), 2) ? ofTwo(node) : null;
  }

  private double[] ofTwo(NodeProto node) {
    String second = node.inputs().get(1);
    double number = match.wiring().number(second);
    double[] a = of(node.inputs().getFirst());
    return switch (node.operator()) {
      case "Add" -> sum(a, of(second));
      case "Sub" -> sum(a, scaled(of(second), -1));
      case "Mul" -> product(a, of(second));
      case "Div" -> scaled(a, 1 / number);
      case "Pow" -> number == 2 ? product(a, a) : number == 3 ? product(a, product(a, a)) : null;
      default -> null;
    };
  }

  private static double[] scaled(double[] a, double factor) {
    return a == null || !Double.isFinite(factor) ? null
        : new double[] {a[0] * factor, a[1] * factor, a[2] * factor, a[3] * factor};
  }

  private static double[] sum(double[] a, double[] b) {
    return a == null || b == null ? null : new double[] {a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]};
  }

  private static double[] product(double[] a, double[] b) {
    double[] product = new double[DEGREE + 1];
    for (int i = 0; a != null && b != null && i <= DEGREE; i++) {
      for (int j = 0; j <= DEGREE; j++) {
        if (i + j <= DEGREE) {
          product[i + j] += a[i] * b[j];
        } else if (a[i] * b[j] != 0) {
          return null;
        }
      }
    }
    return a == null || b == null ? null : product;
  }
}
