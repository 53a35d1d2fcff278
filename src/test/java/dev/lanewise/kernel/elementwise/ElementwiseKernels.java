package dev.lanewise.kernel.elementwise;

import dev.lanewise.kernel.elementary.DoublePortableElementary;
import dev.lanewise.kernel.elementary.DoubleVectorElementary;
import dev.lanewise.kernel.elementary.Elementary;
import dev.lanewise.kernel.elementary.FloatPortableElementary;
import dev.lanewise.kernel.elementary.FloatVectorElementary;
import java.util.ArrayList;
import java.util.List;

/// Every function of a number, twice: as vectors compute it and as plain Java does.
final class ElementwiseKernels {

  /// An odd one and a fraction.
  private static final double[] EXPONENTS = {5, 0.3};

  /// y = f(x), element by element.
  interface Kernel<A> {
    void apply(int n, A x, int xo, A y, int yo);
  }

  /// A function in one precision, in which `A` are the arrays.
  record Function<A>(String name, Kernel<A> vectors, Kernel<A> scalars) {

    @Override
    public String toString() {
      return name;
    }
  }

  private ElementwiseKernels() {}

  static List<Function<float[]>> ofFloats() {
    List<Function<float[]>> functions = new ArrayList<>();
    functions.add(new Function<>("float exp", FloatVectorElementwise::exp, FloatPortableElementwise::exp));
    functions.add(new Function<>("float erf", FloatVectorElementwise::erf, FloatPortableElementwise::erf));
    for (Elementary f : Elementary.values()) {
      functions.add(new Function<>("float " + f,
          (n, x, xo, y, yo) -> FloatVectorElementary.apply(f, n, x, xo, y, yo),
          (n, x, xo, y, yo) -> FloatPortableElementary.apply(f, n, x, xo, y, yo)));
    }
    for (double exponent : EXPONENTS) {
      functions.add(new Function<>("float to the " + exponent,
          (n, x, xo, y, yo) -> FloatVectorElementary.pow(exponent, n, x, xo, y, yo),
          (n, x, xo, y, yo) -> FloatPortableElementary.pow(exponent, n, x, xo, y, yo)));
    }
    for (Nonlinearity phi : Nonlinearity.values()) {
      functions.add(new Function<>("float " + phi,
          (n, x, xo, y, yo) -> FloatVectorElementwise.activate(phi, n, x, xo, y, yo),
          (n, x, xo, y, yo) -> FloatPortableElementwise.activate(phi, n, x, xo, y, yo)));
      functions.add(new Function<>("float " + phi + " beside its slope",
          (n, x, xo, y, yo) -> FloatVectorElementwise.activateKeepingSlope(phi, n, x, xo, y, yo, new float[y.length],
          yo),
          (n, x, xo, y, yo) -> FloatPortableElementwise.activate(phi, n, x, xo, y, yo)));
      functions.add(new Function<>("float slope of " + phi,
          (n, x, xo, y, yo) -> FloatVectorElementwise.activateKeepingSlope(phi, n, x, xo, new float[y.length], yo, y,
          yo),
          (n, x, xo, y, yo) -> FloatPortableElementwise.activateKeepingSlope(phi, n, x, xo, new float[y.length], yo, y,
          yo)));
      functions.add(new Function<>("float curvature of " + phi,
          (n, x, xo, y, yo) -> FloatVectorCurvature.curvature(phi, n, x, xo, y, yo),
          (n, x, xo, y, yo) -> FloatPortableElementwise.curvature(phi, n, x, xo, y, yo)));
    }
    return functions;
  }

  static List<Function<double[]>> ofDoubles() {
    List<Function<double[]>> functions = new ArrayList<>();
    functions.add(new Function<>("double exp", DoubleVectorElementwise::exp, DoublePortableElementwise::exp));
    functions.add(new Function<>("double erf", DoubleVectorElementwise::erf, DoublePortableElementwise::erf));
    for (Elementary f : Elementary.values()) {
      functions.add(new Function<>("double " + f,
          (n, x, xo, y, yo) -> DoubleVectorElementary.apply(f, n, x, xo, y, yo),
          (n, x, xo, y, yo) -> DoublePortableElementary.apply(f, n, x, xo, y, yo)));
    }
    for (double exponent : EXPONENTS) {
      functions.add(new Function<>("double to the " + exponent,
          (n, x, xo, y, yo) -> DoubleVectorElementary.pow(exponent, n, x, xo, y, yo),
          (n, x, xo, y, yo) -> DoublePortableElementary.pow(exponent, n, x, xo, y, yo)));
    }
    for (Nonlinearity phi : Nonlinearity.values()) {
      functions.add(new Function<>("double " + phi,
          (n, x, xo, y, yo) -> DoubleVectorElementwise.activate(phi, n, x, xo, y, yo),
          (n, x, xo, y, yo) -> DoublePortableElementwise.activate(phi, n, x, xo, y, yo)));
      functions.add(new Function<>("double " + phi + " beside its slope",
          (n, x, xo, y, yo) -> DoubleVectorElementwise.activateKeepingSlope(phi, n, x, xo, y, yo, new double[y.length],
          yo),
          (n, x, xo, y, yo) -> DoublePortableElementwise.activate(phi, n, x, xo, y, yo)));
      functions.add(new Function<>("double slope of " + phi,
          (n, x, xo, y, yo) -> DoubleVectorElementwise.activateKeepingSlope(phi, n, x, xo, new double[y.length], yo, y,
          yo),
          (n, x, xo, y, yo) -> DoublePortableElementwise.activateKeepingSlope(phi, n, x, xo, new double[y.length], yo,
          y, yo)));
      functions.add(new Function<>("double curvature of " + phi,
          (n, x, xo, y, yo) -> DoubleVectorCurvature.curvature(phi, n, x, xo, y, yo),
          (n, x, xo, y, yo) -> DoublePortableElementwise.curvature(phi, n, x, xo, y, yo)));
    }
    return functions;
  }
}
