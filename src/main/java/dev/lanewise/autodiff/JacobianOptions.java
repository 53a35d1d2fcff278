package dev.lanewise.autodiff;

import dev.lanewise.autodiff.cost.CostModel;
import java.time.Duration;
import java.util.Objects;

/// How a Jacobian is to be computed, and which block of it.
///
/// @param mode in which order the chain is multiplied out
/// @param chunk how many directions at once, or [#AUTO_CHUNK]: as many as the memory allows
/// @param memory the most bytes of intermediate matrices, beyond what the linearization keeps
///     ([JacobianPlan#residualBytes()]) and the result itself
/// @param elided whether a first or last Jacobian at hand is taken as the first panel; if not, identities are pushed
///     and pulled through every layer, as the slides define both modes
/// @param costs what [Mode#AUTO] goes by
/// @param inputs which columns are wanted
/// @param outputs which rows are wanted
/// @param autotuning how long [Mode#AUTO] may time orders when it prepares, zero for not at all
public record JacobianOptions(Mode mode, int chunk, long memory, boolean elided, CostModel costs, Range inputs,
    Range outputs, Duration autotuning) {

  /// A contiguous range of a flattened input or output.
  ///
  /// @param from the first one
  /// @param to the one after the last
  public record Range(int from, int to) {

    /// All elements.
    public static final Range ALL = new Range(0, Integer.MAX_VALUE);

    /// @throws IllegalArgumentException if it is empty or begins below 0
    public Range {
      if (from < 0 || to <= from) {
        throw new IllegalArgumentException("JacobianOptions: range from " + from + " to " + to
            + ", expected from at least 0 and to above from");
      }
    }

    /// How many of `size` elements are in the range.
    int of(int size) {
      return this.equals(ALL) ? size : to - from;
    }

    boolean isIn(int size) {
      return this.equals(ALL) || to <= size;
    }
  }

  /// As many directions at once as the memory allows.
  public static final int AUTO_CHUNK = 0;

  /// The bytes of intermediate matrices where the caller does not say: 256 MiB.
  public static final long DEFAULT_MEMORY = 256L << 20;

  /// @throws IllegalArgumentException for a negative chunk, memory that is not positive, seeded identities with a mode
  ///     that is neither FORWARD nor REVERSE, or a negative time
  public JacobianOptions {
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(costs, "costs");
    Objects.requireNonNull(inputs, "inputs");
    Objects.requireNonNull(outputs, "outputs");
    Objects.requireNonNull(autotuning, "autotuning");
    if (autotuning.isNegative()) {
      throw new IllegalArgumentException("JacobianOptions: autotuning for " + autotuning
          + ", expected a time of at least zero");
    }
    if (chunk < 0) {
      throw new IllegalArgumentException("JacobianOptions: chunk is " + chunk + ", expected at least 1 direction");
    }
    if (memory <= 0) {
      throw new IllegalArgumentException("JacobianOptions: memory is " + memory + " bytes, expected more than 0");
    }
    if (!elided && mode != Mode.FORWARD && mode != Mode.REVERSE) {
      throw new IllegalArgumentException("JacobianOptions: identities seeded with mode " + mode
          + ", expected FORWARD or REVERSE");
    }
  }

  /// Options for all inputs and outputs.
  ///
  /// @throws IllegalArgumentException as the canonical constructor does
  public JacobianOptions(Mode mode, int chunk, long memory, boolean elided, CostModel costs) {
    this(mode, chunk, memory, elided, costs, Range.ALL, Range.ALL, Duration.ZERO);
  }

  /// {@return the cheapest order by [CostModel#builtIn()], as many directions at once as fit into [#DEFAULT_MEMORY]}
  public static JacobianOptions defaults() {
    return new JacobianOptions(Mode.AUTO, AUTO_CHUNK, DEFAULT_MEMORY, true, CostModel.builtIn());
  }

  /// {@return these options in another order}
  public JacobianOptions withMode(Mode mode) {
    return new JacobianOptions(mode, chunk, memory, elided, costs, inputs, outputs, autotuning);
  }

  /// {@return these options with `chunk` directions at once}
  ///
  /// @throws IllegalArgumentException if it is below 1
  public JacobianOptions withChunk(int chunk) {
    if (chunk < 1) {
      throw new IllegalArgumentException("JacobianOptions: chunk is " + chunk + ", expected at least 1 direction");
    }
    return new JacobianOptions(mode, chunk, memory, elided, costs, inputs, outputs, autotuning);
  }

  /// {@return these options with at most `bytes` bytes of intermediate matrices}
  public JacobianOptions withMemory(long bytes) {
    return new JacobianOptions(mode, chunk, bytes, elided, costs, inputs, outputs, autotuning);
  }

  /// {@return these options with identities pushed and pulled through every layer, to compare both modes as they are
  /// defined}
  public JacobianOptions withSeededIdentities() {
    return new JacobianOptions(mode, chunk, memory, false, costs, inputs, outputs, autotuning);
  }

  /// {@return these options with the times of another model, such as one read from a file}
  public JacobianOptions withCosts(CostModel costs) {
    return new JacobianOptions(mode, chunk, memory, elided, costs, inputs, outputs, autotuning);
  }

  /// {@return these options with AUTO timing its nearest candidates when it prepares, and taking the fastest}
  ///
  /// Without a budget, AUTO goes by predicted times alone. With one, AUTO also times the order that it would take, the
  /// best of the other modes and its own next best, as far as they differ. They are timed on the preparing thread
  /// alone, at x = 0. Before, AUTO waits until the kernels compute by vectors, since only that code will run later. The
  /// budget covers all of this; if it is too short, the predicted order is taken. [JacobianPlan#explain()] says which
  /// case it was. Half a second suffices where the kernels are compiled; compiling them takes longer in a new process.
  /// A first call that takes longer than the budget exceeds it.
  ///
  /// An order is timed once: forks, pools and the plans that [Jacobians] remembers share what came out. Other modes are
  /// not affected.
  ///
  /// @param budget the most time, zero for none
  /// @throws IllegalArgumentException if it is negative
  public JacobianOptions withAutotuning(Duration budget) {
    return new JacobianOptions(mode, chunk, memory, elided, costs, inputs, outputs, budget);
  }

  /// Whether orders are timed.
  boolean isAutotuned() {
    return mode == Mode.AUTO && autotuning.isPositive();
  }

  /// {@return these options for only the columns ∂y/∂x_from … ∂y/∂x_(to − 1) of neighbouring inputs} Inputs are counted
  /// in the flattened input, or, for Jacobians per sample, in a flattened sample. The Jacobian then has to − from
  /// columns, and the plan is made for these: for example ∂f/∂state or ∂f/∂control of a control model.
  ///
  /// @param from the first one
  /// @param to the one after the last
  /// @throws IllegalArgumentException if there is none, or `from` is below 0
  public JacobianOptions withInputs(int from, int to) {
    return new JacobianOptions(mode, chunk, memory, elided, costs, new Range(from, to), outputs, autotuning);
  }

  /// {@return these options for only the rows of neighbouring outputs} The Jacobian then has to − from rows, and the
  /// plan is made for these.
  ///
  /// @param from the first one
  /// @param to the one after the last
  /// @throws IllegalArgumentException if there is none, or `from` is below 0
  public JacobianOptions withOutputs(int from, int to) {
    return new JacobianOptions(mode, chunk, memory, elided, costs, inputs, new Range(from, to), autotuning);
  }
}
