package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernel.elementwise.Nonlinearity;
import dev.lanewise.kernel.gemm.DoubleScratch;
import dev.lanewise.kernel.gemm.FloatScratch;
import dev.lanewise.kernel.lanes.MultiplyAdd;
import dev.lanewise.kernel.lanes.VirtualMachine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/// Each kernel's time over that of a loop which a programmer would write in its place. Run by `mvn -Pjvms verify` in
/// virtual machines of many kinds: the kernels that are chosen there must not be worse than such a loop by more than
/// [#MOST]. Prints a table.
///
/// Erf and GELU have no counterpart in `java.lang.Math`: their loops take the formula by tanh.
class PlainLoops {

  private static final double MOST = 10;
  private static final int N = 1024;
  private static final int SIDE = 48;

  private final DoubleKernels doubles = DoubleKernels.BEST;
  private final FloatKernels floats = FloatKernels.BEST;
  private final List<Contest> contests = new ArrayList<>();
  private final double[] x = new Random(1).doubles(SIDE * SIDE, -4, 4).toArray();
  private final double[] y = new double[SIDE * SIDE];
  private final double[] z = new double[SIDE * SIDE];
  private final double[] v = new double[SIDE * SIDE];
  private final float[] fx = new float[SIDE * SIDE];
  private final float[] fy = new float[SIDE * SIDE];
  private final float[] fz = new float[SIDE * SIDE];
  private final float[] fv = new float[SIDE * SIDE];

  @Test
  void noKernelIsTenTimesAPlainLoop() {
    for (int i = 0; i < x.length; i++) {
      fx[i] = (float) x[i];
    }
    functions();
    rows();
    updates();
    products();
    StringBuilder table =
        new StringBuilder("kernel, ns and times the plain loop's; %s, vectors %s, fused multiply-adds %s%n".formatted(
        System.getProperty("java.vm.info"), VirtualMachine.hasVectors(), MultiplyAdd.FUSED));
    List<String> slow = new ArrayList<>();
    for (Contest contest : contests) {
      Contest.Times times = contest.times(MOST);
      String line = String.format(Locale.ROOT, "%-28s %9.0f %6.2f", contest.name(), times.kernel(), times.ratio());
      table.append(line).append(System.lineSeparator());
      if (times.ratio() > MOST) {
        slow.add(line);
      }
    }
    System.out.print(table);
    assertEquals(List.of(), slow);
  }

  private void functions() {
    function("exp", () -> doubles.exp(N, x, 0, y, 0), () -> floats.exp(N, fx, 0, fy, 0), Math::exp);
    function("erf", () -> doubles.erf(N, x, 0, y, 0), () -> floats.erf(N, fx, 0, fy, 0), PlainLoops::erf);
    for (Nonlinearity phi : Nonlinearity.values()) {
      DoubleUnaryOperator value = value(phi);
      function(phi.name(), () -> doubles.activate(phi, N, x, 0, y, 0), () -> floats.activate(phi, N, fx, 0, fy, 0),
          value);
      DoubleUnaryOperator withSlope = t -> {
        double u = value.applyAsDouble(t);
        return u + u * (1 - u);
      };
      function(phi + " with slope", () -> doubles.activateKeepingSlope(phi, N, x, 0, y, 0, z, 0),
          () -> floats.activateKeepingSlope(phi, N, fx, 0, fy, 0, fz, 0), withSlope);
      function(phi + " curvature", () -> doubles.curvature(phi, N, x, 0, y, 0),
          () -> floats.curvature(phi, N, fx, 0, fy, 0), withSlope);
    }
  }

  private static DoubleUnaryOperator value(Nonlinearity phi) {
    return switch (phi) {
      case IDENTITY -> t -> t;
      case RELU -> t -> Math.max(t, 0);
      case LEAKY_RELU -> t -> t > 0 ? t : 0.01 * t;
      case SIGMOID -> t -> 1 / (1 + Math.exp(-t));
      case TANH -> Math::tanh;
      case GELU -> t -> 0.5 * t * (1 + erf(t * 0.7071));
      case SOFTPLUS -> t -> Math.max(t, 0) + Math.log1p(Math.exp(-Math.abs(t)));
      case ELU -> t -> t > 0 ? t : Math.expm1(t);
      case SILU -> t -> t / (1 + Math.exp(-t));
      case MISH -> t -> t * Math.tanh(Math.log1p(Math.exp(t)));
    };
  }

  private static double erf(double t) {
    return Math.tanh(1.128379 * t * (1 + 0.0894 * t * t));
  }

  /// The loop of float computes in double, as `java.lang.Math` does.
  private void function(String name, Runnable ofDoubles, Runnable ofFloats, DoubleUnaryOperator plain) {
    contests.add(new Contest("double " + name, ofDoubles, () -> {
      for (int i = 0; i < N; i++) {
        v[i] = plain.applyAsDouble(x[i]);
      }
    }));
    contests.add(new Contest("float " + name, ofFloats, () -> {
      for (int i = 0; i < N; i++) {
        fv[i] = (float) plain.applyAsDouble(fx[i]);
      }
    }));
  }

  private void rows() {
    contests.add(new Contest("double dot", () -> y[0] = doubles.dot(N, x, 0, x, 3), () -> v[0] = dot(x, x)));
    contests.add(new Contest("float dot", () -> fy[0] = floats.dot(N, fx, 0, fx, 3), () -> fv[0] = dot(fx, fx)));
    contests.add(new Contest("double sum", () -> y[0] = doubles.sum(N, x, 0), () -> v[0] = sum(x)));
    contests.add(new Contest("double softmax", () -> doubles.softmax(N, x, 0, y, 0), this::softmax));
    contests.add(new Contest("float softmax", () -> floats.softmax(N, fx, 0, fy, 0), this::softmax));
    contests.add(new Contest("double log-softmax", () -> doubles.logSoftmax(N, x, 0, y, 0), this::softmax));
    contests.add(new Contest("float log-softmax", () -> floats.logSoftmax(N, fx, 0, fy, 0), this::softmax));
    contests.add(new Contest("double cross-entropy", () -> doubles.crossEntropy(16, N / 16, x, 0, x, 1, 1, y, 0, z, 0),
        this::softmax));
    contests.add(new Contest("double add scaled", () -> doubles.addScaled(N, 1e-9, x, 0, y, 0), () -> addScaled(1e-9)));
    contests.add(new Contest("float add scaled", () -> floats.addScaled(N, 1e-9f, fx, 0, fy, 0),
        () -> addScaled(1e-9f)));
    contests.add(new Contest("double huber", () -> doubles.huber(N, x, 0, x, 1, 1, 2, y, 0, z, 0), this::huber));
  }

  /// With numbers that stay as they are: decaying ones would end as subnormals, which take longer.
  private void updates() {
    double[] w = x.clone();
    double[] g = new double[N];
    double[] m = x.clone();
    double[] s = new Random(2).doubles(N).toArray();
    contests.add(new Contest("double descend", () -> doubles.descend(N, w, 0, g, 0, 0.1, 0, 1, 0),
        () -> descend(v, g)));
    contests.add(new Contest("double momentum", () -> doubles.momentum(N, w, 0, g, 0, m, 0, 1, 0, 1, 1e-9, 0, 1, 0),
        this::momentum));
    contests.add(new Contest("double adam", () -> doubles.adam(N, w, 0, g, 0, m, 0, s, 0, 1, 1, 1, 1e-8, 1e-9, 0, 1, 0),
        this::adam));
    float[] fw = fx.clone();
    float[] fg = new float[N];
    float[] fm = fx.clone();
    float[] fs = new float[N];
    Arrays.fill(fs, 0.5f);
    contests.add(new Contest("float descend", () -> floats.descend(N, fw, 0, fg, 0, 0.1f, 0, 1, 0),
        () -> descend(fv, fg)));
    contests.add(new Contest("float momentum", () -> floats.momentum(N, fw, 0, fg, 0, fm, 0, 1, 0, 1, 1e-9f, 0, 1, 0),
        this::momentum));
    contests.add(new Contest("float adam",
        () -> floats.adam(N, fw, 0, fg, 0, fm, 0, fs, 0, 1, 1, 1, 1e-8f, 1e-9f, 0, 1, 0), this::adam));
  }

  private void products() {
    DoubleScratch scratch = new DoubleScratch();
    FloatScratch floatScratch = new FloatScratch();
    for (int form = 0; form < 4; form++) {
      int row = form < 2 ? SIDE : 1;
      int column = form % 2 == 0 ? SIDE : 1;
      for (int rows : new int[] {1, SIDE}) {
        String name = " gemm of " + rows + " rows, form " + form;
        contests.add(new Contest("double" + name,
            () -> doubles.gemm(rows, SIDE, SIDE, x, 0, row, SIDE + 1 - row, x, 0, column,
            SIDE + 1 - column, y, 0, SIDE, false, scratch.fusion.none(), scratch), () -> gemm(rows, x, x, v)));
        contests.add(new Contest("float" + name,
            () -> floats.gemm(rows, SIDE, SIDE, fx, 0, row, SIDE + 1 - row, fx, 0, column,
            SIDE + 1 - column, fy, 0, SIDE, false, floatScratch.fusion.none(), floatScratch),
            () -> gemm(rows, fx, fx, fv)));
      }
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < N; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static float dot(float[] a, float[] b) {
    float sum = 0;
    for (int i = 0; i < N; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double sum(double[] a) {
    double sum = 0;
    for (int i = 0; i < N; i++) {
      sum += a[i];
    }
    return sum;
  }

  private void softmax() {
    double largest = x[0];
    for (int i = 1; i < N; i++) {
      largest = Math.max(largest, x[i]);
    }
    double sum = 0;
    for (int i = 0; i < N; i++) {
      v[i] = Math.exp(x[i] - largest);
      sum += v[i];
    }
    for (int i = 0; i < N; i++) {
      v[i] /= sum;
    }
  }

  private void addScaled(double factor) {
    for (int i = 0; i < N; i++) {
      v[i] += factor * x[i];
    }
  }

  private void addScaled(float factor) {
    for (int i = 0; i < N; i++) {
      fv[i] += factor * fx[i];
    }
  }

  private void huber() {
    for (int i = 0; i < N; i++) {
      double r = x[i] - x[i + 1];
      z[i] = Math.abs(r) <= 1 ? r * r / 2 : Math.abs(r) - 0.5;
      v[i] = 2 * Math.max(-1, Math.min(r, 1));
    }
  }

  private static void descend(double[] w, double[] g) {
    for (int i = 0; i < N; i++) {
      w[i] -= 0.1 * (g[i] + 1e-30 * w[i]);
      g[i] = 0;
    }
  }

  private static void descend(float[] w, float[] g) {
    for (int i = 0; i < N; i++) {
      w[i] -= 0.1f * (g[i] + 1e-30f * w[i]);
      g[i] = 0;
    }
  }

  private void momentum() {
    for (int i = 0; i < N; i++) {
      z[i] = 0.5 * z[i] + x[i];
      v[i] -= 1e-9 * z[i];
    }
  }

  private void adam() {
    for (int i = 0; i < N; i++) {
      double mean = 0.9 * y[i] + 0.1 * x[i];
      double square = 0.999 * x[i] * x[i];
      v[i] -= 1e-9 * mean / (Math.sqrt(square) + 1e-8);
    }
  }

  private static void gemm(int rows, double[] a, double[] b, double[] c) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < SIDE; j++) {
        double sum = 0;
        for (int p = 0; p < SIDE; p++) {
          sum += a[i * SIDE + p] * b[p * SIDE + j];
        }
        c[i * SIDE + j] = sum;
      }
    }
  }

  private static void gemm(int rows, float[] a, float[] b, float[] c) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < SIDE; j++) {
        float sum = 0;
        for (int p = 0; p < SIDE; p++) {
          sum += a[i * SIDE + p] * b[p * SIDE + j];
        }
        c[i * SIDE + j] = sum;
      }
    }
  }
}
