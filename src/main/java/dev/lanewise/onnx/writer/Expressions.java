package dev.lanewise.onnx.writer;

import dev.lanewise.ParameterSpec;
import dev.lanewise.Shape;
import dev.lanewise.graph.Step;
import dev.lanewise.graph.Step.Source;
import dev.lanewise.graph.primitive.Elementwise;
import dev.lanewise.graph.primitive.Expand;
import dev.lanewise.graph.primitive.Primitive;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Writes an expression, value by value.
///
/// Broadcasting is left to the readers of a value that broadcast themselves, such as arithmetic: for those, the value
/// is written before it is repeated.
final class Expressions {

  private final FileGraph file;
  private final Layers layers;
  private final String scope;
  private final List<Step> steps;
  private final ParameterSpec spec;
  private final Weights own;
  /// The value of each step, perhaps not yet repeated.
  private final List<Written> values = new ArrayList<>();

  /// @param spec of the expression's layer, whose parameters are `own`
  Expressions(FileGraph file, Layers layers, String scope, List<Step> steps, ParameterSpec spec, Weights own) {
    this.file = file;
    this.layers = layers;
    this.scope = scope;
    this.steps = steps;
    this.spec = spec;
    this.own = own;
  }

  Written write(Written x) {
    for (Step step : steps) {
      values.add(written(step, x));
    }
    return whole(steps.size() - 1);
  }

  private Written written(Step step, Written x) {
    return switch (step.source()) {
      case Source.Input _ -> x;
      case Source.Constant constant -> new Written(file.numbers(constant.values()), step.shape(), false);
      case Source.Parameter parameter -> new Written(weight(parameter.name()), step.shape(), false);
      case Source.Linear linear -> linear(linear, whole(step.operands().getFirst()), step.shape());
      case Source.Applied applied -> applied(applied, whole(step.operands().getFirst()));
      case Source.Operation operation -> operation((Primitive) operation.primitive(), step);
    };
  }

  private String weight(String name) {
    return file.weight(own, spec.indexOf(name));
  }

  private Written applied(Source.Applied applied, Written x) {
    List<ParameterSpec.Entry> entries = applied.layer().parameters().entries();
    int from = 0;
    if (!entries.isEmpty()) {
      String first = entries.getFirst().name();
      from = spec.indexOf(first.isEmpty() || applied.name().isEmpty() ? applied.name() + first
          : applied.name() + "." + first);
    }
    return layers.write(applied.layer(), x, own.of(applied.layer(), from), scope + "/" + applied.name());
  }

  private Written linear(Source.Linear linear, Written x, Shape shape) {
    String inner = scope + "/" + linear.name();
    String weight = weight(linear.name() + ".weight");
    List<String> bias = linear.bias() ? List.of(weight(linear.name() + ".bias")) : List.of();
    Written z = x.named(affine(file, inner, x, weight, bias), shape);
    return Activations.write(file, linear.activation(), z, inner);
  }

  /// W·x + b along the last axis.
  static String affine(FileGraph file, String scope, Written x, String weight, List<String> bias) {
    if (x.shape().rank() == 1) {
      List<String> inputs = new ArrayList<>(List.of(x.name(), weight));
      inputs.addAll(bias);
      return file.node(scope, "Gemm", inputs, Attribute.of("transB", 1L));
    }
    String product = file.node(scope, "MatMul", List.of(x.name(), file.transpose(scope, weight, 1, 0)));
    return bias.isEmpty() ? product : file.node(scope, "Add", List.of(product, bias.getFirst()));
  }

  private Written operation(Primitive primitive, Step step) {
    if (primitive instanceof Expand) {
      return values.get(step.operands().getFirst());
    }
    Operations operations = new Operations(file, scope);
    if (primitive instanceof Elementwise elementwise) {
      List<Written> operands = broadcast(step);
      Shape shape = operands.size() == 1 ? operands.getFirst().shape() : step.shape();
      boolean batched = operands.stream().anyMatch(Written::batched);
      return operations.write(elementwise, operands, new Written("", shape, batched));
    }
    List<Written> operands = step.operands().stream().map(this::whole).toList();
    return operations.write(primitive, operands, new Written("", step.shape(), step.batched()));
  }

  /// Operands that ONNX broadcasts to the step's value.
  private List<Written> broadcast(Step step) {
    List<Written> operands = new ArrayList<>(step.operands().stream().map(values::get).toList());
    if (operands.size() > 1 && !together(operands, step)) {
      operands.set(0, whole(step.operands().getFirst()));
    }
    int rank = step.shape().rank();
    return operands.size() == 1 ? operands
        : operands.stream().map(operand -> aligned(file, scope, operand, rank)).toList();
  }

  private static boolean together(List<Written> operands, Step step) {
    int[] dims = new int[step.shape().rank()];
    Arrays.fill(dims, 1);
    for (Written operand : operands) {
      int missing = dims.length - operand.shape().rank();
      for (int axis = missing; axis < dims.length; axis++) {
        dims[axis] = Math.max(dims[axis], operand.shape().dim(axis - missing));
      }
    }
    return Shape.of(dims).equals(step.shape()) && operands.stream().anyMatch(Written::batched) == step.batched();
  }

  /// The value with axes of length 1 inserted after the batch, because ONNX aligns axes at the last.
  static Written aligned(FileGraph file, String scope, Written value, int rank) {
    int missing = rank - value.shape().rank();
    if (!value.batched() || missing <= 0) {
      return value;
    }
    Shape shape = value.shape();
    for (int axis = 0; axis < missing; axis++) {
      shape = shape.prepend(1);
    }
    return value.named(file.reshape(scope, value.name(), Written.dims(shape, true)), shape);
  }

  /// A step's value in its declared shape.
  private Written whole(int place) {
    Step step = steps.get(place);
    Written value = values.get(place);
    if (value.shape().equals(step.shape()) && value.batched() == step.batched()) {
      return value;
    }
    Written aligned = aligned(file, scope, value, step.shape().rank());
    String shape;
    if (step.batched() && !value.batched()) {
      shape = file.node(scope, "Concat", List.of(file.batch(scope, values.getFirst().name()),
          file.integers(step.shape().toArray())), Attribute.of("axis", 0L));
    } else { // an axis of length 1 is repeated to the other side's length
      shape = file.integers(step.batched() ? step.shape().prepend(1).toArray() : step.shape().toArray());
    }
    Written repeated = new Written(file.node(scope, "Expand", List.of(aligned.name(), shape)), step.shape(),
        step.batched());
    values.set(place, repeated);
    return repeated;
  }
}
