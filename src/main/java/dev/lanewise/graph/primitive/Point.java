package dev.lanewise.graph.primitive;

import dev.lanewise.Tensor;
import dev.lanewise.Workspace;

/// An operation at one point: its operands' values, its result, and what it kept. The executor points it at new data
/// each time.
public final class Point {

  /// The operands' values.
  public Tensor[] in = {};
  /// The result.
  public Tensor y = Tensor.none();
  /// What [Primitive#value] kept, or none.
  public Tensor kept = Tensor.none();
  /// Where scratch comes from.
  public Workspace ws;
}
