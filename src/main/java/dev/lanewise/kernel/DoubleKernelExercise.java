package dev.lanewise.kernel;

import dev.lanewise.kernel.elementary.Elementary;
import dev.lanewise.kernel.elementwise.Nonlinearity;
import dev.lanewise.kernel.gemm.DoubleFusion;
import dev.lanewise.kernel.lanes.DoubleLanes;
import dev.lanewise.kernel.math.DoubleSums;
import dev.lanewise.kernel.warmup.DoubleOperands;
import dev.lanewise.kernel.warmup.Exercise;
import dev.lanewise.kernel.warmup.Ready;
import dev.lanewise.kernel.warmup.Warmup;
import java.util.Locale;

/// Gets the vector code of a [Kernel] compiled; products have their own exercise.
final class DoubleKernelExercise extends Exercise {

  private static final DoubleKernels VECTORS = new DoubleVectorKernels();
  private static final DoubleKernels PLAIN = new DoublePortableKernels();
  private static final int ODD = 0x2545_F491;
  private static final int OPERANDS = 8;
  /// Fewer numbers than a vector has lanes.
  private static final int FEW = 3;
  /// One in so many light calls of a transcendental function has some numbers.
  private static final int SPARSE = 4;
  /// Iterations of a loop.
  private static final int LOOP = 4;
  /// The offset from one kind of numbers to another.
  private static final int SHIFT = 7;

  private final Kernel kernel;
  private final Nonlinearity phi;

  DoubleKernelExercise(int key, Kernel kernel, Nonlinearity phi) {
    super(key);
    this.kernel = kernel;
    this.phi = phi;
  }

  /// Whether vectors compute a kernel; if not, asks for their code from now on.
  static boolean isReady(Kernel kernel) {
    int key = key(kernel.number);
    return Ready.is(key) || want(key, kernel, null);
  }

  /// Whether vectors compute a kernel with this φ; if not, asks for their code from now on.
  static boolean isReady(Kernel kernel, Nonlinearity phi) {
    int key = key(kernel.number + 1 + phi.ordinal());
    return Ready.is(key) || want(key, kernel, phi);
  }

  /// The key of what is fused into a product and not ready yet, 0 if there is none; asks for its code from now on.
  static int wantFused(DoubleFusion fusion) {
    if (!fusion.isFused()) {
      return 0;
    }
    Kernel kernel = !fusion.isActivation() ? Kernel.SCALE_BY_SLOPE : fusion.isKept() ? Kernel.ACTIVATE_KEEPING_SLOPE
        : Kernel.ACTIVATE;
    return isReady(kernel, fusion.nonlinearity()) ? 0 : key(kernel.number + 1 + fusion.nonlinearity().ordinal());
  }

  private static int key(int number) {
    return Ready.key((number << 4 | Double.BYTES) * ODD);
  }

  private static boolean want(int key, Kernel kernel, Nonlinearity phi) {
    if (Warmup.isNew(key)) {
      Warmup.want(new DoubleKernelExercise(key, kernel, phi));
    }
    return false;
  }

  @Override
  protected String name() {
    return kernel.name(phi).toLowerCase(Locale.ROOT).replace('_', ' ') + " of doubles";
  }

  /// Calls with some vectors of numbers, so that C2 sees a loop and keeps invariants in registers. A transcendental
  /// function leaves a hundred objects a vector, so most of its calls have no numbers; C2 counts these as well.
  @Override
  protected void light(int step) {
    boolean sparse = isTranscendental();
    int real = sparse ? step / SPARSE : step;
    int n = switch (real % 3) {
      case 0 -> LOOP * DoubleLanes.LENGTH;
      case 1 -> FEW;
      default -> LOOP * DoubleLanes.LENGTH + FEW;
    };
    run(VECTORS, sparse && step % SPARSE != 0 ? 0 : n, DoubleOperands.at(real / 3));
  }

  private boolean isTranscendental() {
    return switch (kernel) {
      case EXP, ERF, LOG, LOG1P, EXPM1, SIN, COS, POW, SOFTMAX, LOG_SOFTMAX -> true;
      case ACTIVATE, ACTIVATE_KEEPING_SLOPE, CURVATURE -> phi.isTranscendental();
      default -> false;
    };
  }

  @Override
  protected int variants() {
    return 2 * DoubleOperands.KINDS;
  }

  /// The kinds of full calls: some vectors of each kind of numbers and a remainder; as many numbers as a block of long
  /// rows; hardly any numbers.
  @Override
  protected void full(int variant) {
    run(VECTORS, size(variant), DoubleOperands.at(variant));
  }

  @Override
  protected void plain(int variant) {
    run(PLAIN, size(variant), DoubleOperands.at(variant));
  }

  private static int size(int variant) {
    return switch (variant) {
      case 4 -> 9 * DoubleSums.PARTIAL + FEW;
      case 5 -> 4 * DoubleLanes.LENGTH;
      case 6 -> FEW;
      default -> 2 * DoubleLanes.LENGTH + FEW;
    };
  }

  private void run(DoubleKernels kernels, int n, int kind) {
    double[] x = DoubleOperands.array(0, 0);
    double[] u = DoubleOperands.array(1, 0);
    double[] y = DoubleOperands.array(5, 0);
    double[] v = DoubleOperands.array(6, 0);
    // Numbers inside their array, or at its end, where kernels take other paths, as no vector may pass it.
    int at = kind % 2 == 0 ? kind : x.length - n;
    // Results updated in place start from numbers that stay.
    System.arraycopy(x, at, y, 0, n);
    switch (kernel) {
      case EXP -> kernels.exp(n, x, at, y, 0);
      case ERF -> kernels.erf(n, x, at, y, 0);
      case LOG, LOG1P, EXPM1, SIN, COS -> kernels.elementary(Elementary.valueOf(kernel.name()), n, x, at, y, 0);
      case POW -> kernels.pow(0.75, n, x, at, y, 0); // both precisions
      case ACTIVATE -> kernels.activate(phi, n, x, at, y, 0);
      case ACTIVATE_KEEPING_SLOPE -> kernels.activateKeepingSlope(phi, n, x, at, y, 0, v, 0);
      case SCALE_BY_SLOPE -> kernels.scaleBySlope(phi, n, x, at, u, SHIFT, y, 0);
      case CURVATURE -> kernels.curvature(phi, n, x, at, y, 0);
      case TRANSPOSE -> kernels.transpose(n % FEW + 1, n, u, SHIFT, n, v, 0, n % FEW + 1);
      case ADD -> kernels.add(n, u, SHIFT, y, 0);
      case MULTIPLY -> kernels.multiply(n, u, SHIFT, y, 0);
      case DOT -> kernels.dot(n, x, at, u, SHIFT);
      case SUM -> kernels.sum(n, x, at);
      case SOFTMAX -> kernels.softmax(n, x, at, y, 0);
      case LOG_SOFTMAX -> kernels.logSoftmax(n, x, at, y, 0);
      case SOFTMAX_DERIVATIVE -> kernels.softmaxDerivative(n, x, at, u, SHIFT, y, 0);
      case LOG_SOFTMAX_PUSH -> kernels.logSoftmaxPush(n, x, at, u, SHIFT, y, 0);
      case LOG_SOFTMAX_PULL -> kernels.logSoftmaxPull(n, x, at, u, SHIFT, y, 0);
      case FINITE -> kernels.finite(n, x, at);
      case SHIFT_AND_SCALE -> kernels.shiftAndScale(2, n, n, 0.5, 1.5, -0.25, u, SHIFT, v, 0);
      case ADD_SCALED_ROWS -> kernels.addScaledRows(2, n, n, 0.5, u, SHIFT, v, 0);
      case SQUARED -> kernels.squared(n, x, at, u, SHIFT, 0.5, y, 0, v, 0);
      case ABSOLUTE -> kernels.absolute(n, x, at, u, SHIFT, 0.5, y, 0, v, 0);
      case HUBER -> kernels.huber(n, x, at, u, SHIFT, 1.0, 0.5, y, 0, v, 0);
      case DESCEND, MOMENTUM, ADAM -> update(kernels, n, y, v);
    }
  }

  private void update(DoubleKernels kernels, int n, double[] w, double[] g) {
    double[] m = DoubleOperands.array(OPERANDS - 1, 0);
    double[] v = DoubleOperands.array(2, 0);
    System.arraycopy(w, 0, g, 0, n);
    switch (kernel) {
      case DESCEND -> kernels.descend(n, w, 0, g, 0, 0.1, 1e-3, 0.9, 1e-3);
      case MOMENTUM -> kernels.momentum(n, w, 0, g, 0, m, 0, 0.9, 0.0, 1.0, 0.1, 1e-3, 0.9, 1e-3);
      default -> kernels.adam(n, w, 0, g, 0, m, 0, v, 0, 0.9, 0.99, 1.0, 1e-8, 0.1, 1e-3, 0.9, 1e-3);
    }
  }
}
