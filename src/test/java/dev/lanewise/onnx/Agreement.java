package dev.lanewise.onnx;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.autodiff.Mode;
import dev.lanewise.onnx.format.TensorProto;
import java.util.Arrays;

/// Whether a network makes what one of ONNX's own tests says, to the tolerance of ONNX's own runner.
final class Agreement {

  private static final double RELATIVE = 1e-3;
  private static final double ABSOLUTE = 1e-7;
  private static final double BETWEEN_MODES = 1e-9;
  /// Jacobians with more elements, or of more inputs or outputs, are left out.
  private static final int LARGEST_JACOBIAN = 1 << 18;
  private static final int MOST_DIRECTIONS = 1 << 10;

  /// It does not.
  static final class Mismatch extends RuntimeException {

    private static final long serialVersionUID = 1;

    Mismatch(String fault) {
      super(fault);
    }
  }

  private Agreement() {}

  /// Checks what comes out, with its shape, all that goes in being one sample.
  static void requireOfWhole(Network network, Tensor x, TensorProto expected) {
    int[] dims = expected.dims().length == 0 ? new int[] {1} : expected.dims();
    if (!Arrays.equals(network.outputShape().toArray(), dims)) {
      throw new Mismatch("output " + network.output() + " has shape " + network.outputShape() + ", expected "
          + Arrays.toString(dims));
    }
    Tensor y = network.forward(x);
    double[] values = values(expected);
    for (int i = 0; i < values.length; i++) {
      if (!isNear(y.get(i), values[i])) {
        throw new Mismatch("output " + network.output() + " is " + y.get(i) + " at " + i + ", expected " + values[i]);
      }
    }
  }

  /// Checks what comes out of samples apart.
  static void requireOfSamples(Network network, Tensor y, int batch, TensorProto expected) {
    if (!agreesAnywhere(y, batch, values(expected))) {
      throw new Mismatch("output " + network.output() + " of " + batch + " samples is not that of the whole");
    }
  }

  private static double[] values(TensorProto tensor) {
    return tensor.type().isFloating() ? tensor.numbers().toDoubles()
        : Arrays.stream(tensor.integers()).asDoubleStream().toArray();
  }

  private static boolean isNear(double actual, double expected) {
    return Double.compare(actual, expected) == 0
        || Math.abs(actual - expected) <= ABSOLUTE + RELATIVE * Math.abs(expected);
  }

  /// Checks that the Jacobian is the same by columns and by rows, where it is not large.
  ///
  /// @param network in double
  static void requireOfModes(Network network, Tensor x) {
    int in = network.inputShape().size();
    int out = network.outputShape().size();
    if (Math.max(in, out) > MOST_DIRECTIONS || (long) in * out > LARGEST_JACOBIAN) {
      return;
    }
    Tensor point = x.to(Precision.DOUBLE);
    Tensor forward = Jacobians.jacobian(network.layer(), network.parameters(), point, Mode.FORWARD);
    Tensor reverse = Jacobians.jacobian(network.layer(), network.parameters(), point, Mode.REVERSE);
    double scale = 0;
    for (int i = 0; i < forward.size(); i++) {
      scale = Double.isFinite(forward.get(i)) ? Math.max(scale, Math.abs(forward.get(i))) : scale;
    }
    for (int i = 0; i < forward.size(); i++) {
      double byColumns = forward.get(i);
      double byRows = reverse.get(i);
      if (Double.compare(byColumns, byRows) != 0 && !(Math.abs(byColumns - byRows) <= BETWEEN_MODES * scale)) {
        throw new Mismatch("Jacobian of " + network.output() + " is " + byColumns + " by columns at " + i + ", but "
            + byRows + " by rows");
      }
    }
  }

  /// Samples lie in front in ours, and anywhere in the file's.
  private static boolean agreesAnywhere(Tensor y, int batch, double[] expected) {
    int sample = y.size() / batch;
    for (int before = 1; before <= sample && y.size() == expected.length; before++) {
      if (sample % before == 0 && agrees(y, batch, before, sample / before, expected)) {
        return true;
      }
    }
    return false;
  }

  private static boolean agrees(Tensor y, int batch, int before, int after, double[] expected) {
    for (int i = 0; i < y.size(); i++) {
      int sample = i / (before * after);
      int outer = i / after % before;
      if (!isNear(y.get(i), expected[(outer * batch + sample) * after + i % after])) {
        return false;
      }
    }
    return true;
  }
}
