package dev.lanewise.kernel;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.openjdk.jmh.annotations.Mode.AverageTime;

import dev.lanewise.Precision;
import java.util.SplittableRandom;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// An elementwise function beside a plain copy of as many elements, its derivative in the same pass, and the JDK's own vector
/// operation where there is one: all in turn within one invocation, as a shared machine changes its speed within seconds.
///
/// 1,024 elements stay in the first-level cache, 65,536 in the second, 16,777,216 come from memory.
@State(Scope.Thread)
@BenchmarkMode(AverageTime)
@OutputTimeUnit(NANOSECONDS)
public class ElementwiseBenchmark {

  /// What is computed.
  public enum Function {
    /// Not an activation, but what most of them and softmax begin with.
    EXP(null),
    RELU(Nonlinearity.RELU),
    SIGMOID(Nonlinearity.SIGMOID),
    TANH(Nonlinearity.TANH),
    GELU(Nonlinearity.GELU),
    SOFTPLUS(Nonlinearity.SOFTPLUS),
    ELU(Nonlinearity.ELU),
    SILU(Nonlinearity.SILU);

    private final Nonlinearity kind;

    Function(Nonlinearity kind) {
      this.kind = kind;
    }

    /// Whether a derivative is kept beside the value; else it comes from the value, at no price.
    private boolean keepsSlope() {
      return kind != null && !kind.slopeFromOutput();
    }
  }

  /// Nanoseconds spent on each in all turns of an iteration, as many passes of each; 0 where there is none.
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Spent {
    public double copy;
    public double value;
    public double fused;
    public double jdk;
  }

  /// About so long each has its turn.
  private static final double TURN_NANOS = 1e6;

  @Param({"EXP", "RELU", "SIGMOID", "TANH", "GELU", "SOFTPLUS", "ELU", "SILU"})
  public Function function;

  @Param({"FLOAT", "DOUBLE"})
  public Precision precision;

  @Param({"1024", "65536", "16777216"})
  public int n;

  private float[] x;
  private float[] y;
  private float[] slope;
  private double[] doubles;
  private double[] doubleY;
  private double[] doubleSlope;
  private Runnable copy;
  private Runnable value;
  private Runnable fused;
  private Runnable jdk;
  private int calls;
  private int turn;

  @Setup
  public void prepare() {
    SplittableRandom random = new SplittableRandom(11);
    boolean single = precision == Precision.FLOAT;
    int slopes = function.keepsSlope() ? n : 0;
    x = new float[single ? n : 0];
    y = new float[x.length];
    slope = new float[single ? slopes : 0];
    doubles = new double[single ? 0 : n];
    doubleY = new double[doubles.length];
    doubleSlope = new double[single ? 0 : slopes];
    for (int i = 0; i < n; i++) {
      double next = random.nextDouble(-4, 4);
      if (single) {
        x[i] = (float) next;
      } else {
        doubles[i] = next;
      }
    }
    copy = single ? () -> System.arraycopy(x, 0, y, 0, n) : () -> System.arraycopy(doubles, 0, doubleY, 0, n);
    value = single ? this::floatValue : this::doubleValue;
    fused = function.keepsSlope() ? single ? this::floatFused : this::doubleFused : null;
    jdk = switch (function) {
      case EXP -> single ? this::jdkFloatExp : this::jdkDoubleExp;
      case TANH -> single ? this::jdkFloatTanh : this::jdkDoubleTanh;
      default -> null;
    };
    check();
    warmUp(copy, value, fused, jdk);
    calls = Math.max(1, (int) (TURN_NANOS / nanos(value, 10) * 10));
  }

  private static void warmUp(Runnable... passes) {
    for (Runnable pass : passes) {
      if (pass != null) {
        SteadyState.reach(pass);
      }
    }
  }

  /// The value against plain Java in double; the JDK's against ours.
  private void check() {
    for (Runnable pass : new Runnable[] {value, fused, jdk}) {
      if (pass != null) {
        pass.run();
        for (int i = 0; i < n; i += 101) {
          double at = precision == Precision.FLOAT ? x[i] : doubles[i];
          double found = precision == Precision.FLOAT ? y[i] : doubleY[i];
          double expected = exact(at);
          if (!(Math.abs(found - expected) <= 4 * precision.unitRoundoff() * Math.max(1, Math.abs(expected)))) {
            throw new IllegalStateException(function + " " + precision + " of " + at + " is " + found + ", expected " + expected);
          }
        }
      }
    }
  }

  private double exact(double at) {
    double[] result = {at};
    if (function.kind == null) {
      return Math.exp(at);
    }
    DoublePortableElementwise.activate(function.kind, 1, result, 0, result, 0);
    return result[0];
  }

  @Benchmark
  public void round(Spent spent) {
    turn++;
    for (int i = 0; i < 4; i++) {
      switch (turn + i & 3) {
        case 0 -> spent.copy += nanos(copy, calls);
        case 1 -> spent.value += nanos(value, calls);
        case 2 -> spent.fused += nanos(fused, calls);
        default -> spent.jdk += nanos(jdk, calls);
      }
    }
  }

  /// The first pass is not timed: it brings back what the last contestant has driven out of the cache.
  private static double nanos(Runnable pass, int times) {
    if (pass == null) {
      return 0;
    }
    pass.run();
    long begin = System.nanoTime();
    for (int call = 0; call < times; call++) {
      pass.run();
    }
    return System.nanoTime() - begin;
  }

  private void floatValue() {
    if (function.kind == null) {
      FloatVectorMath.exp(n, n - FloatLanes.LENGTH, x, 0, 0, y, 0);
    } else {
      FloatVectorElementwise.activate(function.kind, n, x, 0, y, 0);
    }
  }

  private void doubleValue() {
    if (function.kind == null) {
      DoubleVectorMath.exp(n, n - DoubleLanes.LENGTH, doubles, 0, 0, doubleY, 0);
    } else {
      DoubleVectorElementwise.activate(function.kind, n, doubles, 0, doubleY, 0);
    }
  }

  private void floatFused() {
    FloatVectorElementwise.activateKeepingSlope(function.kind, n, x, 0, y, 0, slope, 0);
  }

  private void doubleFused() {
    DoubleVectorElementwise.activateKeepingSlope(function.kind, n, doubles, 0, doubleY, 0, doubleSlope, 0);
  }

  private void jdkFloatExp() {
    for (int i = 0; i < n; i += FloatLanes.LENGTH) {
      FloatVector.fromArray(FloatLanes.SPECIES, x, i).lanewise(VectorOperators.EXP).intoArray(y, i);
    }
  }

  private void jdkFloatTanh() {
    for (int i = 0; i < n; i += FloatLanes.LENGTH) {
      FloatVector.fromArray(FloatLanes.SPECIES, x, i).lanewise(VectorOperators.TANH).intoArray(y, i);
    }
  }

  private void jdkDoubleExp() {
    for (int i = 0; i < n; i += DoubleLanes.LENGTH) {
      DoubleVector.fromArray(DoubleLanes.SPECIES, doubles, i).lanewise(VectorOperators.EXP).intoArray(doubleY, i);
    }
  }

  private void jdkDoubleTanh() {
    for (int i = 0; i < n; i += DoubleLanes.LENGTH) {
      DoubleVector.fromArray(DoubleLanes.SPECIES, doubles, i).lanewise(VectorOperators.TANH).intoArray(doubleY, i);
    }
  }
}
