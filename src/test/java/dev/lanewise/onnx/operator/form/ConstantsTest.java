package dev.lanewise.onnx.operator.form;

import static dev.lanewise.onnx.operator.numeric.Networks.assertRefused;
import static dev.lanewise.onnx.operator.numeric.Networks.assertValues;
import static dev.lanewise.onnx.operator.numeric.Networks.of;
import static dev.lanewise.onnx.operator.numeric.Networks.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.Shape;
import dev.lanewise.onnx.OnnxModels;
import dev.lanewise.onnx.format.ElementType;
import dev.lanewise.onnx.format.TensorProto;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is known when the file is read, and what of it follows from the batch.
class ConstantsTest {

  @Test
  void aConstantHasOneOfSeveralForms() throws IOException {
    Constant.assertIs(OnnxModels.opset(13).node("Constant", "-> c", "value_float", 0.5), "c", 0.5);
    Constant.assertIs(OnnxModels.opset(13).node("Constant", "-> c", "value_int", 7), "c", 7);
    Constant.assertIs(OnnxModels.opset(13).node("Constant", "-> c", "value_ints", new int[] {7, 8}), "c", 7, 8);
    Constant.assertIs(OnnxModels.opset(13).node("Constant", "-> c", "value_floats", new float[] {1, 2}), "c", 1, 2);
    Constant.assertIs(OnnxModels.opset(13)
        .node("Constant", "-> c", "value", OnnxModels.doubles(new int[] {2}, 3, 4)), "c", 3, 4);
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 1).node("Constant", "-> c", "value_string", "text")
        .node("Add", "x, c -> y").node("Constant", "-> two", "value_int", 1, "value_float", 2.0)
        .node("Add", "x, two -> z")
        .output("y");
    assertRefused("it has no value of numbers, expected attribute value, value_float", model, "y");
    assertRefused("attribute value_int is not supported", model, "z");
  }

  @Test
  void aShapeIsFilledWithOneElement() throws IOException {
    Constant.assertIs(OnnxModels.opset(13).integers("s", 2, 2)
        .node("ConstantOfShape", "s -> c", "value", OnnxModels.floats(new int[] {1}, 1.5)), "c", 1.5, 1.5, 1.5, 1.5);
    Constant.assertIs(OnnxModels.opset(13).integers("s").integers("t", 1).node("ConstantOfShape", "s -> c"), "c", 0);
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 2).integers("s", 2).integers("first", 0)
        .integers("n", -1)
        .integers("huge", 1 << 20, 1 << 20).node("Shape", "x -> shape").node("Add", "x, x -> y")
        .node("ConstantOfShape", "s -> c", "value", OnnxModels.floats(new int[] {2}, 1, 2)).node("Add", "x, c -> two")
        .node("ConstantOfShape", "n -> d").node("Add", "x, d -> negative").node("ConstantOfShape", "huge -> e")
        .node("Add", "x, e -> big").output("y");
    assertRefused("attribute value has dims [2], expected one element", model, "two");
    assertRefused("axis 0 would be -1 long, expected a length", model, "negative");
    assertRefused("elements of what is computed when the file is read", model, "big");
  }

  /// Numbers of the batch's length: one for each sample, and nothing goes over them.
  @Test
  void aShapeWithTheBatchIsFilledForEachSample() throws IOException {
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 2).node("Shape", "x -> shape").integers("first", 0)
        .node("ConstantOfShape", "shape -> ones", "value", OnnxModels.floats(new int[] {1}, 1))
        .node("Concat", "x, ones -> y", "axis", 1).node("ReduceSum", "ones, first -> n").node("Add", "x, n -> no")
        .node("Shape", "ones -> again").node("Reshape", "x, again -> same").output("y");
    assertValues(upTo(model, "y"), of(5, 6, 7, 8), 5, 6, 1, 1, 7, 8, 1, 1);
    assertValues(upTo(model, "same"), of(5, 6, 7, 8), 5, 6, 7, 8);
    assertRefused("axis 0 of [B, 2] is the batch's", model, "no");
  }

  @ParameterizedTest
  @CsvSource({"0, 9, 2 3 4", "1, 9, 3 4", "-1, 9, 4", "0, -1, 2 3", "-9, 1, 2", "2, 1, ''"})
  void aShapeIsCut(int start, int end, String expected) throws IOException {
    OnnxModels model = OnnxModels.opset(15)
        .initializer("i", OnnxModels.longs(ElementType.INT64, new int[] {2, 3, 4}, new long[24])).integers("end", 9)
        .node("Shape", "i -> s", "start", start, "end", end).node("Concat", "s, end -> c", "axis", 0);
    Constant.assertIs(model, "c", Arrays.stream((expected + " 9").strip().split(" "))
        .mapToDouble(Double::parseDouble).toArray());
  }

  @Test
  void lengthsOfTheBatchTellShapesAndNoNumbers() throws IOException {
    OnnxModels model = OnnxModels.opset(15).input("x", "batch", 2, 3).node("Shape", "x -> tail", "start", 1)
        .node("ReduceProd", "tail -> six").node("Shape", "x -> head", "end", 1).integers("rest", -1)
        .node("Concat", "head, six -> to", "axis", 0).node("Reshape", "x, to -> y").node("Size", "x -> size")
        .node("Div", "size, six -> b").node("Concat", "b, rest -> flat", "axis", 0).node("Reshape", "x, flat -> z")
        .node("Cast", "head -> float", "to", 1).node("Mul", "x, float -> no").node("Range", "zero, size, one -> r")
        .integer("zero", 0).integer("one", 1).node("Cast", "r -> rf", "to", 1).node("Mul", "x, rf -> no2").output("y");
    assertEquals(Shape.of(6), upTo(model, "y").outputShape());
    assertEquals(Shape.of(6), upTo(model, "z").outputShape());
    assertRefused("it makes floating numbers of the length of the batch", model, "no");
    assertRefused("input size depends on the length of the batch", model, "no2");
  }

  @Test
  void aRangeIsThatOfNumPy() throws IOException {
    for (List<Long> each : List.of(List.of(1L, 9L, 3L), List.of(5L, 0L, -2L), List.of(5L, 5L, 1L))) {
      double[] expected = DoubleStream.concat(LongStream
          .iterate(each.get(0), i -> each.get(2) > 0 ? i < each.get(1) : i > each.get(1), i -> i + each.get(2))
          .asDoubleStream(), DoubleStream.of(7)).toArray();
      Constant.assertIs(OnnxModels.opset(13).integer("a", each.get(0)).integer("b", each.get(1))
          .integer("c", each.get(2))
          .integers("end", 7).node("Range", "a, b, c -> r").node("Concat", "r, end -> y", "axis", 0), "y", expected);
    }
    Constant.assertIs(OnnxModels.opset(13).weights("a", new int[0], 1).weights("b", new int[0], 2)
        .weights("c", new int[0], 0.25)
        .node("Range", "a, b, c -> r"), "r", 1, 1.25, 1.5, 1.75);
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 1).integer("a", 0).integer("b", 1L << 40)
        .integer("c", 0)
        .integer("one", 1).node("Range", "a, b, c -> r").node("Gather", "x, r -> y", "axis", 1)
        .node("Range", "a, b, one -> s")
        .node("Gather", "x, s -> z", "axis", 1).output("y");
    assertRefused("expected finite bounds and a step other than 0", model, "y");
    assertRefused("expected finite bounds and a step other than 0", model, "z");
  }

  @Test
  void onesStandOnADiagonal() throws IOException {
    TensorProto like = OnnxModels.longs(ElementType.INT64, new int[] {2, 3}, new long[6]);
    Constant.assertIs(OnnxModels.opset(13).initializer("i", like).node("EyeLike", "i -> e"), "e", 1, 0, 0, 0, 1, 0);
    Constant.assertIs(OnnxModels.opset(13).initializer("i", like).node("EyeLike", "i -> e", "k", 1, "dtype", 11), "e",
        0, 1, 0, 0, 0, 1);
    Constant.assertIs(OnnxModels.opset(13).initializer("i", like)
        .node("EyeLike", "i -> e", "k", -1), "e", 0, 0, 0, 1, 0, 0);
    assertRefused("input is [B, 3], expected a matrix of one sample", OnnxModels.opset(13).input("x", "batch", 3)
        .node("EyeLike", "x -> e").node("Add", "x, e -> y").output("y"), "y");
  }
}
