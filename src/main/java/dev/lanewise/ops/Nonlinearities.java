package dev.lanewise.ops;

import dev.lanewise.Activation;
import dev.lanewise.kernel.elementwise.Nonlinearity;
import java.util.Arrays;

/// The kernels' names for activations.
final class Nonlinearities {

  private static final Nonlinearity[] KINDS = Arrays.stream(Activation.values())
      .map(phi -> Nonlinearity.valueOf(phi.name())).toArray(Nonlinearity[]::new);

  private Nonlinearities() {}

  static Nonlinearity of(Activation phi) {
    return KINDS[phi.ordinal()];
  }
}
