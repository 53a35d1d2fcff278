package dev.lanewise.kernel;

import static dev.lanewise.kernel.FloatMath.LN2_LOW;
import static dev.lanewise.kernel.FloatMath.SHIFT;
import static dev.lanewise.kernel.FloatNormal.*;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/// [FloatNormal] on every lane: the same steps in the same order, so the same bits.
///
/// Formulas, accuracy and the coefficients' source stand there; why the methods are cut as they are, in [FloatVectorMath].
final class FloatVectorNormal {

  private FloatVectorNormal() {}

  static FloatVector gaussianShifted(FloatVector x) {
    FloatVector a = tailArgument(x);
    return FloatVectorMath.shifted(a.mul(-0.5f).mul(a));
  }

  static FloatVector gaussianFraction(FloatVector x, FloatVector shifted) {
    FloatVector a = tailArgument(x);
    FloatVector h = a.mul(-0.5f);
    FloatVector exponent = h.mul(a);
    FloatVector lost = h.fma(a, exponent.neg());
    FloatVector high = FloatVectorMath.reduced(exponent, shifted);
    return high.add(FloatVectorMath.seriesFrom(high, shifted.sub(SHIFT).lanewise(FMA, -LN2_LOW, lost)));
  }

  static FloatVector normalPdf(FloatVector shifted, FloatVector fraction) {
    return FloatVectorMath.scale(fraction.fma(INVERSE_SQRT_2PI, INVERSE_SQRT_2PI), shifted);
  }

  static FloatVector gelu(FloatVector x) {
    FloatVector shifted = gaussianShifted(x);
    return gelu(x, cdfPart(x, shifted, gaussianFraction(x, shifted)), shifted);
  }

  static FloatVector gelu(FloatVector x, FloatVector cdfPart, FloatVector shifted) {
    return x.mul(cdfPart).mul(tailScale(x, shifted));
  }

  static FloatVector geluSlope(FloatVector x, FloatVector cdfPart, FloatVector shifted, FloatVector fraction) {
    return x.fma(normalPdf(shifted, fraction), cdfPart.mul(tailScale(x, shifted)));
  }

  static FloatVector cdfPart(FloatVector x, FloatVector shifted, FloatVector fraction) {
    FloatVector a = tailArgument(x);
    FloatVector divisor = a.fma(MAP, 1.0f);
    FloatVector v = one().div(divisor);
    FloatVector minus = v.neg();
    FloatVector excess = minus.fma(a.lanewise(FMA, MAP, one().sub(divisor)), minus.fma(divisor, one()));
    FloatVector t = v.fma(2.0f, -1.0f);
    FloatVector inner = polynomial(t);
    FloatVector rest = t.lanewise(FMA, inner, T1);
    FloatVector p = t.lanewise(FMA, rest, T0);
    FloatVector lost = t.fma(inner, rest.neg().add(T1));
    lost = t.fma(lost, t.fma(rest, p.neg().add(T0)));
    FloatVector g = v.mul(p);
    FloatVector low = v.fma(lost, v.fma(p, g.neg()));
    FloatVector slope = a.lanewise(FMA, g, -INVERSE_SQRT_2PI);
    FloatVector correction = slope.fma(excess.mul(divisor).mul(-1 / MAP), low);
    return assembled(x, shifted, g, fraction.fma(g, fraction.fma(correction, correction)));
  }

  private static FloatVector assembled(FloatVector x, FloatVector shifted, FloatVector g, FloatVector remainder) {
    VectorMask<Float> negative = x.compare(LT, 0.0f);
    FloatVector lowHalf = FloatVectorMath.lowHalf(shifted);
    FloatVector base = one().blend(0.0f, negative);
    FloatVector factor = lowHalf.mul(FloatVectorMath.highHalf(shifted)).neg().blend(lowHalf, negative);
    FloatVector sum = factor.fma(g, base);
    return sum.add(factor.fma(remainder, factor.fma(g, base.sub(sum))));
  }

  private static FloatVector tailScale(FloatVector x, FloatVector shifted) {
    FloatVector tail = FloatVectorMath.highHalf(shifted).blend(0.0f, x.compare(LT, -TAIL_END));
    return one().blend(tail, x.compare(LT, 0.0f));
  }

  private static FloatVector polynomial(FloatVector t) {
    FloatVector z = t.mul(t);
    FloatVector even = z.fma(T9, T7).lanewise(FMA, z, T5).lanewise(FMA, z, T3);
    FloatVector odd = z.fma(T8, T6).lanewise(FMA, z, T4);
    return odd.fma(t, even).lanewise(FMA, t, T2);
  }

  private static FloatVector tailArgument(FloatVector x) {
    FloatVector a = x.abs();
    return a.blend(TAIL_END, a.compare(GT, TAIL_END));
  }

  private static FloatVector one() {
    return FloatVector.broadcast(FloatLanes.SPECIES, 1.0f);
  }
}
