package dev.lanewise.kernel;

import dev.lanewise.Precision;
import java.util.EnumMap;
import java.util.Map;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/// The largest errors of the elementwise functions. They are counters, so that they are in the same file as all other
/// figures of the report; the time means nothing.
public class AccuracyBenchmark extends TimedBenchmark {

  /// Errors in last places; 0 for functions that only copy.
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class MaxUlps extends Counters {
    public double exp;
    public double erf;
    public double identity;
    public double relu;
    public double leakyRelu;
    public double sigmoid;
    public double tanh;
    public double gelu;
    public double softplus;
    public double elu;
    public double silu;
    public double mish;
  }

  @Param({"FLOAT", "DOUBLE"})
  public Precision precision;

  /// The stride between the bit patterns of the floats that are tried; odd.
  @Param("1021")
  public int stride;

  /// The number of doubles that are tried.
  @Param("100000")
  public int samples;

  private final Map<ElementwiseFunction, Double> errors = new EnumMap<>(ElementwiseFunction.class);

  @Setup
  public void scan() {
    for (ElementwiseFunction function : ElementwiseFunction.values()) {
      errors.put(function,
          precision == Precision.FLOAT ? Accuracy.ofFloats(function, stride) : Accuracy.ofDoubles(function, samples));
    }
  }

  @Benchmark
  public void report(MaxUlps most) {
    most.exp = errors.get(ElementwiseFunction.EXP);
    most.erf = errors.get(ElementwiseFunction.ERF);
    most.identity = errors.get(ElementwiseFunction.IDENTITY);
    most.relu = errors.get(ElementwiseFunction.RELU);
    most.leakyRelu = errors.get(ElementwiseFunction.LEAKY_RELU);
    most.sigmoid = errors.get(ElementwiseFunction.SIGMOID);
    most.tanh = errors.get(ElementwiseFunction.TANH);
    most.gelu = errors.get(ElementwiseFunction.GELU);
    most.softplus = errors.get(ElementwiseFunction.SOFTPLUS);
    most.elu = errors.get(ElementwiseFunction.ELU);
    most.silu = errors.get(ElementwiseFunction.SILU);
    most.mish = errors.get(ElementwiseFunction.MISH);
  }
}
