package dev.lanewise.graph.primitive;

import dev.lanewise.Shape;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/// A primitive with operands to try it on, and what it computes in plain Java.
///
/// @param shapes its operands', of one sample
/// @param batched which of them have a batch
/// @param batchedResult whether the result has one
/// @param domain from a random number to one that the operation is smooth at
/// @param reference the result of one sample, from the operands of that sample
record PrimitiveCase(Primitive primitive, List<Shape> shapes, List<Boolean> batched, boolean batchedResult,
    DoubleUnaryOperator domain, Reference reference) {

  @FunctionalInterface
  interface Reference {
    double[] of(double[][] operands);
  }

  PrimitiveCase with(Primitive other) {
    return new PrimitiveCase(other, shapes, batched, batchedResult, domain, reference);
  }

  Shape outputShape() {
    return primitive.outputShape(shapes);
  }

  @Override
  public String toString() {
    return primitive + " of " + shapes + (batched.contains(true) ? " batched " + batched : "")
        + (batchedResult ? "" : ", no batch");
  }
}
