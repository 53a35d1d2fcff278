package dev.lanewise.onnx.trace;

import dev.lanewise.Shape;
import dev.lanewise.graph.Node;
import java.util.Arrays;

/// A value that is computed from a sample, or from parameters.
///
/// | batch          | dims, of the file       | shape of the node        |
/// |----------------|-------------------------|--------------------------|
/// | −1, none       | [5, 4]                  | [5, 4]                   |
/// | 0              | [1, 5, 4]               | [5, 4]                   |
/// | 1              | [5, 1, 4]               | [5, 4]                   |
/// | 0, merged      | [5, 4], of `[B·5, 4]`   | [5, 4]                   |
/// | 0, merged      | [5, 4], of `[5·B, 4]`   | [5, 4]                   |
///
/// A node has at least one axis: `[1]` where no other is left. A merged axis contains the batch, with elements outside
/// and inside of it; like the batch's own axis, it may not be reduced, cut or reordered.
public final class Traced implements Value {

  private final Node node;
  private final int[] dims;
  private final int batch;
  private final boolean merged;
  private final int outer;

  private Traced(Node node, int[] dims, int batch, boolean merged, int outer) {
    this.node = node;
    this.dims = dims;
    this.batch = batch;
    this.merged = merged;
    this.outer = outer;
    int[] inner = inner(dims, merged ? -1 : batch);
    if (!node.shape().equals(Shape.of(inner))) {
      throw new AssertionError(node + ", expected " + Arrays.toString(inner));
    }
  }

  /// {@return a value under these dims, the batch's axis among them at length 1}
  ///
  /// @param batch that axis, or −1
  public static Traced of(Node node, int[] dims, int batch) {
    return new Traced(node, dims.clone(), batch, false, 1);
  }

  /// {@return a value with an axis that contains the batch}
  ///
  /// @param outer how many of that axis's elements are outside of the batch: 2 of `[2·B·3]`
  public static Traced merged(Node node, int[] dims, int batch, int outer) {
    return new Traced(node, dims.clone(), batch, true, outer);
  }

  /// {@return a value with another one's batch, merged in the same way or not}
  public static Traced like(Traced other, Node node, int[] dims, int batch) {
    return new Traced(node, dims.clone(), batch, other.merged, other.outer);
  }

  /// {@return these dims without one axis, `[1]` where none is left}
  ///
  /// @param axis the axis, or −1
  public static int[] inner(int[] dims, int axis) {
    int[] inner = new int[dims.length - (axis < 0 ? 0 : 1)];
    for (int from = 0, to = 0; from < dims.length; from++) {
      if (from != axis) {
        inner[to++] = dims[from];
      }
    }
    return inner.length == 0 ? new int[] {1} : inner;
  }

  /// {@return the node that computes it}
  public Node node() {
    return node;
  }

  @Override
  public int[] dims() {
    return dims.clone();
  }

  @Override
  public int rank() {
    return dims.length;
  }

  /// {@return the length of an axis; the batch's is 1}
  public int dim(int axis) {
    return dims[axis];
  }

  @Override
  public int batch() {
    return batch;
  }

  /// {@return whether there is a value for each sample}
  public boolean isBatched() {
    return batch >= 0;
  }

  /// {@return whether the batch is a part of an axis}
  public boolean isMerged() {
    return merged;
  }

  /// {@return how many elements of a merged axis are outside of the batch; else 1}
  public int outer() {
    return outer;
  }

  /// {@return whether the batch is merged as in another value, or in neither}
  public boolean isMergedAs(Traced other) {
    return merged == other.merged && outer == other.outer;
  }

  /// {@return the node's axis for one of the dims, from 0, that is not the batch's own}
  public int inner(int axis) {
    return batch >= 0 && !merged && axis > batch ? axis - 1 : axis;
  }

  /// {@return another value of the same dims}
  public Traced with(Node other) {
    return new Traced(other, dims, batch, merged, outer);
  }

  /// The dims, the batch as `B`.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("[");
    for (int axis = 0; axis < dims.length; axis++) {
      text.append(axis == 0 ? "" : ", ").append(axis == batch ? batchAxis() : "" + dims[axis]);
    }
    return text.append(']').toString();
  }

  private String batchAxis() {
    int inside = dims[batch] / outer;
    return !merged ? "B" : (outer == 1 ? "" : outer + "·") + "B" + (inside == 1 ? "" : "·" + inside);
  }
}
