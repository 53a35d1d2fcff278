package dev.lanewise.graph;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import java.util.List;

/// One value of a layer that [Graph#layer] made: its source and its operands. Writers of other formats read layers by
/// it.
///
/// @param source where it comes from
/// @param operands the values that it is computed from, by their indices in [Graph#steps], all smaller than its own
/// @param shape of one sample
/// @param batched whether there is a value for each sample, or one for all
public record Step(Source source, List<Integer> operands, Shape shape, boolean batched) {

  /// Where a value comes from.
  public sealed interface Source {

    /// The layer's input.
    record Input() implements Source {}

    /// Numbers that never change.
    ///
    /// @param values in double, a copy
    record Constant(Tensor values) implements Source {}

    /// A parameter of the expression's own.
    ///
    /// @param name the parameter's
    record Parameter(String name) implements Source {}

    /// The output of a layer that is applied to the one operand.
    ///
    /// @param name its parameters are named `name.…`
    /// @param layer the layer
    record Applied(String name, Layer layer) implements Source {}

    /// φ(W·x + b) along the last axis of the one operand: [Node#linear], with an activation that was fused into it.
    ///
    /// @param name its parameters are `name.weight` and, where there is b, `name.bias`
    /// @param bias whether there is b
    /// @param activation φ
    record Linear(String name, boolean bias, Activation activation) implements Source {}

    /// An operation on all operands.
    ///
    /// @param primitive the operation with its arguments: a record of the library's own
    record Operation(Record primitive) implements Source {}
  }

  /// Copies the list.
  public Step {
    operands = List.copyOf(operands);
  }
}
