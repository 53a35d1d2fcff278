package dev.lanewise.kernel;

import static dev.lanewise.kernel.DoubleMath.LN2_LOW;
import static dev.lanewise.kernel.DoubleMath.SHIFT;
import static dev.lanewise.kernel.DoubleNormal.*;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

/// [DoubleNormal] on every lane: the same steps in the same order, so the same bits.
///
/// Formulas, accuracy and the coefficients' source stand there; why the methods are cut as they are, in [DoubleVectorMath].
final class DoubleVectorNormal {

  private DoubleVectorNormal() {}

  static DoubleVector gaussianShifted(DoubleVector x) {
    DoubleVector a = tailArgument(x);
    return DoubleVectorMath.shifted(a.mul(-0.5).mul(a));
  }

  static DoubleVector gaussianFraction(DoubleVector x, DoubleVector shifted) {
    DoubleVector a = tailArgument(x);
    DoubleVector h = a.mul(-0.5);
    DoubleVector exponent = h.mul(a);
    DoubleVector lost = h.fma(a, exponent.neg());
    DoubleVector high = DoubleVectorMath.reduced(exponent, shifted);
    return high.add(DoubleVectorMath.seriesFrom(high, shifted.sub(SHIFT).lanewise(FMA, -LN2_LOW, lost)));
  }

  static DoubleVector normalPdf(DoubleVector shifted, DoubleVector fraction) {
    return DoubleVectorMath.scale(fraction.fma(INVERSE_SQRT_2PI, INVERSE_SQRT_2PI), shifted);
  }

  static DoubleVector gelu(DoubleVector x) {
    DoubleVector shifted = gaussianShifted(x);
    return gelu(x, cdfPart(x, shifted, gaussianFraction(x, shifted)), shifted);
  }

  static DoubleVector gelu(DoubleVector x, DoubleVector cdfPart, DoubleVector shifted) {
    return x.mul(cdfPart).mul(tailScale(x, shifted));
  }

  static DoubleVector geluSlope(DoubleVector x, DoubleVector cdfPart, DoubleVector shifted, DoubleVector fraction) {
    return x.fma(normalPdf(shifted, fraction), cdfPart.mul(tailScale(x, shifted)));
  }

  static DoubleVector cdfPart(DoubleVector x, DoubleVector shifted, DoubleVector fraction) {
    DoubleVector a = tailArgument(x);
    DoubleVector divisor = a.fma(MAP, 1.0);
    DoubleVector v = one().div(divisor);
    DoubleVector minus = v.neg();
    DoubleVector excess = minus.fma(a.lanewise(FMA, MAP, one().sub(divisor)), minus.fma(divisor, one()));
    DoubleVector t = v.fma(2.0, -1.0);
    DoubleVector inner = polynomial(t);
    DoubleVector rest = t.lanewise(FMA, inner, T1);
    DoubleVector p = t.lanewise(FMA, rest, T0);
    DoubleVector lost = t.fma(inner, rest.neg().add(T1));
    lost = t.fma(lost, t.fma(rest, p.neg().add(T0)));
    DoubleVector g = v.mul(p);
    DoubleVector low = v.fma(lost, v.fma(p, g.neg()));
    DoubleVector slope = a.lanewise(FMA, g, -INVERSE_SQRT_2PI);
    DoubleVector correction = slope.fma(excess.mul(divisor).mul(-1 / MAP), low);
    return assembled(x, shifted, g, fraction.fma(g, fraction.fma(correction, correction)));
  }

  private static DoubleVector assembled(DoubleVector x, DoubleVector shifted, DoubleVector g, DoubleVector remainder) {
    VectorMask<Double> negative = x.compare(LT, 0.0);
    DoubleVector lowHalf = DoubleVectorMath.lowHalf(shifted);
    DoubleVector base = one().blend(0.0, negative);
    DoubleVector factor = lowHalf.mul(DoubleVectorMath.highHalf(shifted)).neg().blend(lowHalf, negative);
    DoubleVector sum = factor.fma(g, base);
    return sum.add(factor.fma(remainder, factor.fma(g, base.sub(sum))));
  }

  private static DoubleVector tailScale(DoubleVector x, DoubleVector shifted) {
    DoubleVector tail = DoubleVectorMath.highHalf(shifted).blend(0.0, x.compare(LT, -TAIL_END));
    return one().blend(tail, x.compare(LT, 0.0));
  }

  private static DoubleVector polynomial(DoubleVector t) {
    DoubleVector z = t.mul(t);
    DoubleVector even = z.fma(T21, T19).lanewise(FMA, z, T17).lanewise(FMA, z, T15).lanewise(FMA, z, T13);
    even = even.lanewise(FMA, z, T11).lanewise(FMA, z, T9).lanewise(FMA, z, T7).lanewise(FMA, z, T5).lanewise(FMA, z, T3);
    DoubleVector odd = z.fma(T20, T18).lanewise(FMA, z, T16).lanewise(FMA, z, T14).lanewise(FMA, z, T12);
    odd = odd.lanewise(FMA, z, T10).lanewise(FMA, z, T8).lanewise(FMA, z, T6).lanewise(FMA, z, T4);
    return odd.fma(t, even).lanewise(FMA, t, T2);
  }

  private static DoubleVector tailArgument(DoubleVector x) {
    DoubleVector a = x.abs();
    return a.blend(TAIL_END, a.compare(GT, TAIL_END));
  }

  private static DoubleVector one() {
    return DoubleVector.broadcast(DoubleLanes.SPECIES, 1.0);
  }
}
