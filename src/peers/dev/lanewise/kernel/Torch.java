package dev.lanewise.kernel;

import static org.bytedeco.pytorch.global.torch.get_parallel_info;
import static org.bytedeco.pytorch.global.torch.set_num_threads;

import dev.lanewise.Tensor;
import org.bytedeco.pytorch.NoGradGuard;

/// What PyTorch's networks share: numbers to and fro.
final class Torch {

  private Torch() {}

  static void useOneThread() {
    set_num_threads(1);
  }

  /// What the library says of its threads and of the libraries that it calls.
  static String description() {
    return get_parallel_info().getString().lines().limit(12).map(String::strip).reduce((a, b) -> a + ", " + b).orElse("");
  }

  static org.bytedeco.pytorch.Tensor tensor(Tensor values) {
    int[] dims = values.shape().toArray();
    long[] sizes = new long[dims.length];
    for (int axis = 0; axis < dims.length; axis++) {
      sizes[axis] = dims[axis];
    }
    return org.bytedeco.pytorch.Tensor.create(floats(values), sizes);
  }

  private static float[] floats(Tensor values) {
    float[] numbers = new float[values.size()];
    System.arraycopy(values.floats(), values.offset(), numbers, 0, numbers.length);
    return numbers;
  }

  /// Overwrites a parameter.
  static void set(org.bytedeco.pytorch.Tensor parameter, Tensor values) {
    try (NoGradGuard _ = new NoGradGuard()) {
      parameter.copy_(tensor(values));
    }
  }

  static float[] floats(org.bytedeco.pytorch.Tensor tensor) {
    float[] numbers = new float[(int) tensor.numel()];
    tensor.contiguous().data_ptr_float().get(numbers);
    return numbers;
  }

  /// Refuses numbers that are not ours to rounding.
  static void check(String what, Tensor ours, float[] theirs) {
    double scale = 0;
    for (int at = 0; at < ours.size(); at++) {
      scale = Math.max(scale, Math.abs(ours.get(at)));
    }
    for (int at = 0; at < ours.size(); at++) {
      if (!(Math.abs(ours.get(at) - theirs[at]) <= 1e-4 * scale)) {
        throw new IllegalStateException(
            "torch: " + what + " is " + theirs[at] + " at " + at + ", expected " + ours.get(at));
      }
    }
  }
}
