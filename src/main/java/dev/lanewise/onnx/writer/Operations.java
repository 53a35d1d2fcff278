package dev.lanewise.onnx.writer;

import dev.lanewise.graph.primitive.Activate;
import dev.lanewise.graph.primitive.Divide;
import dev.lanewise.graph.primitive.Elementwise;
import dev.lanewise.graph.primitive.Minus;
import dev.lanewise.graph.primitive.PairExtremum;
import dev.lanewise.graph.primitive.Plus;
import dev.lanewise.graph.primitive.Primitive;
import dev.lanewise.graph.primitive.Rearrangement;
import dev.lanewise.graph.primitive.Scale;
import dev.lanewise.graph.primitive.Select;
import dev.lanewise.graph.primitive.Shift;
import dev.lanewise.graph.primitive.Times;
import dev.lanewise.graph.primitive.form.Concat;
import dev.lanewise.graph.primitive.form.Reshape;
import dev.lanewise.graph.primitive.form.Stack;
import dev.lanewise.graph.primitive.product.Dot;
import dev.lanewise.graph.primitive.product.MatMul;
import dev.lanewise.graph.primitive.reduction.LogSoftmax;
import dev.lanewise.graph.primitive.reduction.LogSumExp;
import dev.lanewise.graph.primitive.reduction.Product;
import dev.lanewise.graph.primitive.reduction.RowExtremum;
import dev.lanewise.graph.primitive.reduction.Softmax;
import dev.lanewise.graph.primitive.reduction.SquaredNorm;
import dev.lanewise.graph.primitive.reduction.Sum;
import dev.lanewise.onnx.format.AttributeProto;
import dev.lanewise.onnx.trace.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Operations of expressions, each as an operator of ONNX.
record Operations(FileGraph file, String scope) {

  /// The value of an element-by-element operation, whose operands broadcast.
  Written write(Elementwise primitive, List<Written> in, Written result) {
    List<String> names = in.stream().map(Written::name).toList();
    return result.named(switch (primitive) {
      case Plus _ -> file.node(scope, "Add", names);
      case Minus _ -> file.node(scope, "Sub", names);
      case Times _ -> file.node(scope, "Mul", names);
      case Divide _ -> file.node(scope, "Div", names);
      case PairExtremum extremum -> file.node(scope, extremum.isLargest() ? "Max" : "Min", names);
      case Select _ -> file.node(scope, "Where", List.of(
          file.node(scope, "Greater", List.of(names.getFirst(), file.number(0))), names.get(1), names.get(2)));
      case Shift shift -> file.node(scope, "Add", List.of(names.getFirst(), file.number(shift.offset())));
      case Scale scale -> scale.factor() == -1 ? file.node(scope, "Neg", names)
          : file.node(scope, "Mul", List.of(names.getFirst(), file.number(scale.factor())));
      case Activate activate -> Activations.write(file, activate.phi(), in.getFirst(), scope).name();
      default -> new Functions(file, scope).write(primitive, names.getFirst());
    });
  }

  /// The value of any other operation, whose operands have their declared shapes.
  Written write(Primitive primitive, List<Written> in, Written result) {
    Written a = in.getFirst();
    return result.named(switch (primitive) {
      case Rearrangement rearrangement -> new Rearrangements(file, scope, a, a.shape(), result.shape())
          .write(rearrangement);
      case Reshape _ -> file.reshape(scope, a.name(), Written.dims(result.shape(), result.batched()));
      case Concat concat -> concat(in.stream().map(Written::name).toList(), a.axis(concat.axis()));
      case Stack stack -> concat(in.stream().map(each -> file.node(scope, "Unsqueeze",
          List.of(each.name(), file.integers(a.axis(stack.axis()))))).toList(), a.axis(stack.axis()));
      case MatMul product -> product(product, in);
      case Dot _ -> sum(file.node(scope, "Mul", List.of(a.name(), in.get(1).name())), a);
      case Sum _ -> sum(a.name(), a);
      case SquaredNorm _ -> reduction("ReduceSumSquare", a);
      case Product _ -> reduction("ReduceProd", a);
      case RowExtremum extremum -> reduction(extremum.isLargest() ? "ReduceMax" : "ReduceMin", a);
      case LogSumExp _ -> reduction("ReduceLogSumExp", a);
      case Softmax _ -> file.node(scope, "Softmax", List.of(a.name()), Attribute.of("axis", -1L));
      case LogSoftmax _ -> file.node(scope, "LogSoftmax", List.of(a.name()), Attribute.of("axis", -1L));
      default -> throw new Refusal("operation " + primitive + " has no form in ONNX, expected another");
    });
  }

  private String concat(List<String> parts, int axis) {
    return file.node(scope, "Concat", parts, Attribute.of("axis", (long) axis));
  }

  /// Over the last axis, which is removed unless it is the only one.
  private String reduction(String operator, Written a) {
    return file.node(scope, operator, List.of(a.name()), Attribute.list("axes", -1), kept(a));
  }

  private String sum(String value, Written a) {
    return file.node(scope, "ReduceSum", List.of(value, file.integers(-1)), kept(a));
  }

  private static AttributeProto kept(Written a) {
    return Attribute.of("keepdims", a.shape().rank() == 1 ? 1L : 0L);
  }

  private String product(MatMul product, List<Written> in) {
    int rank = Math.max(in.get(0).shape().rank(), in.get(1).shape().rank());
    List<String> operands = new ArrayList<>();
    for (int side = 0; side < 2; side++) {
      boolean transposed = side == 0 ? product.transposeA() : product.transposeB();
      Written operand = Expressions.aligned(file, scope, in.get(side), rank);
      operands.add(transposed ? transposed(operand) : operand.name());
    }
    return file.node(scope, "MatMul", operands);
  }

  private String transposed(Written matrices) {
    int[] order = new int[matrices.rank()];
    Arrays.setAll(order, axis -> axis);
    order[order.length - 1] = order.length - 2;
    order[order.length - 2] = order.length - 1;
    return file.transpose(scope, matrices.name(), order);
  }
}
