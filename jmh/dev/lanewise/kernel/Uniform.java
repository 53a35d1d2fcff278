package dev.lanewise.kernel;

import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import java.util.SplittableRandom;

/// Tensors of uniformly distributed numbers, the same in every run.
public final class Uniform {

  private Uniform() {}

  /// Numbers in (−1, 1).
  public static Tensor of(Precision precision, Shape shape, long seed) {
    return fill(Tensor.zeros(precision, shape), new SplittableRandom(seed), 1);
  }

  /// Overwrites a tensor with numbers in (−`reach`, `reach`).
  ///
  /// @return the tensor
  public static Tensor fill(Tensor tensor, SplittableRandom random, double reach) {
    for (int position = 0; position < tensor.size(); position++) {
      tensor.set(position, random.nextDouble(-reach, reach));
    }
    return tensor;
  }
}
