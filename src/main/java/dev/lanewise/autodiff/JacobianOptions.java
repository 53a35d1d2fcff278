package dev.lanewise.autodiff;

import dev.lanewise.autodiff.cost.CostModel;
import java.util.Objects;

/// How a Jacobian is to be computed.
///
/// @param mode in which order the chain is multiplied out
/// @param chunk how many directions at once, or [#AUTO_CHUNK]: as many as the memory allows
/// @param memory the most bytes of intermediate matrices, beyond what the linearization keeps
///     ([JacobianPlan#residualBytes()]) and the result itself
/// @param elided whether a first or last Jacobian at hand is taken as the first panel; if not, identities are pushed and pulled
///     through every layer, as the slides define both modes
/// @param costs what [Mode#AUTO] goes by
public record JacobianOptions(Mode mode, int chunk, long memory, boolean elided, CostModel costs) {

  /// As many directions at once as the memory allows.
  public static final int AUTO_CHUNK = 0;

  /// The bytes of intermediate matrices where the caller does not say: 256 MiB.
  public static final long DEFAULT_MEMORY = 256L << 20;

  /// @throws IllegalArgumentException for a negative chunk, memory that is not positive, or seeded identities with a mode that is
  ///     neither FORWARD nor REVERSE
  public JacobianOptions {
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(costs, "costs");
    if (chunk < 0) {
      throw new IllegalArgumentException("JacobianOptions: chunk is " + chunk + ", expected at least 1 direction");
    }
    if (memory <= 0) {
      throw new IllegalArgumentException("JacobianOptions: memory is " + memory + " bytes, expected more than 0");
    }
    if (!elided && mode != Mode.FORWARD && mode != Mode.REVERSE) {
      throw new IllegalArgumentException("JacobianOptions: identities seeded with mode " + mode + ", expected FORWARD or REVERSE");
    }
  }

  /// {@return the cheapest order by [CostModel#standard()], as many directions at once as fit into [#DEFAULT_MEMORY]}
  public static JacobianOptions defaults() {
    return new JacobianOptions(Mode.AUTO, AUTO_CHUNK, DEFAULT_MEMORY, true, CostModel.standard());
  }

  /// {@return these options in another order}
  public JacobianOptions withMode(Mode mode) {
    return new JacobianOptions(mode, chunk, memory, elided, costs);
  }

  /// {@return these options with `chunk` directions at once}
  ///
  /// @throws IllegalArgumentException if it is below 1
  public JacobianOptions withChunk(int chunk) {
    if (chunk < 1) {
      throw new IllegalArgumentException("JacobianOptions: chunk is " + chunk + ", expected at least 1 direction");
    }
    return new JacobianOptions(mode, chunk, memory, elided, costs);
  }

  /// {@return these options with at most so many bytes of intermediate matrices}
  public JacobianOptions withMemory(long bytes) {
    return new JacobianOptions(mode, chunk, bytes, elided, costs);
  }

  /// {@return these options with identities pushed and pulled through every layer, one like the other: to compare both
  /// modes as they are defined}
  public JacobianOptions withSeededIdentities() {
    return new JacobianOptions(mode, chunk, memory, false, costs);
  }

  /// {@return these options by the times of another model, such as [CostModel#calibrated()]}
  public JacobianOptions withCosts(CostModel costs) {
    return new JacobianOptions(mode, chunk, memory, elided, costs);
  }
}
