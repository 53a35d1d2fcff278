package dev.lanewise.onnx.operator.form;

import dev.lanewise.onnx.trace.Operator;
import java.util.Map;

/// Operators that move elements, those that are linear in what they move, and those whose values are known when the
/// file is read.
public final class FormOperators {

  private FormOperators() {}

  /// Adds their rules by the operators' names.
  public static void addTo(Map<String, Operator> rules) {
    rules.put("Cast", Casts::cast);
    rules.put("CastLike", Casts::castLike);
    rules.put("Compress", Parts::compress);
    rules.put("Concat", Joins::concat);
    rules.put("Constant", Constants::constant);
    rules.put("ConstantOfShape", Constants::ofShape);
    rules.put("CumSum", Triangles::sums);
    rules.put("DepthToSpace", Forms::depthToSpace);
    rules.put("DequantizeLinear", Casts::dequantize);
    rules.put("Dropout", Forms::dropout);
    rules.put("Einsum", EinsteinSum::of);
    rules.put("Expand", Expansions::expand);
    rules.put("EyeLike", Constants::eyeLike);
    rules.put("Flatten", Forms::flatten);
    rules.put("Gather", Gathers::gather);
    rules.put("GatherElements", Gathers::elements);
    rules.put("GatherND", Gathers::nd);
    rules.put("Identity", call -> call.input(0));
    rules.put("Pad", Expansions::pad);
    rules.put("Range", Constants::range);
    rules.put("Reshape", Reshapes::reshape);
    rules.put("Resize", Resizes::resize);
    rules.put("Scatter", Scatters::elements);
    rules.put("ScatterElements", Scatters::elements);
    rules.put("ScatterND", Scatters::nd);
    rules.put("Shape", Constants::shape);
    rules.put("Size", Constants::size);
    rules.put("Slice", Parts::slice);
    rules.put("SpaceToDepth", Forms::spaceToDepth);
    rules.put("Split", Parts::split);
    rules.put("Squeeze", Forms::squeeze);
    rules.put("Tile", Expansions::tile);
    rules.put("Transpose", Forms::transpose);
    rules.put("Trilu", Triangles::part);
    rules.put("Unsqueeze", Forms::unsqueeze);
    rules.put("Upsample", Resizes::upsample);
  }
}
