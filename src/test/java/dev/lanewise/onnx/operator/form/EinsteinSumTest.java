package dev.lanewise.onnx.operator.form;

import static dev.lanewise.onnx.operator.numeric.Networks.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.onnx.Network;
import dev.lanewise.onnx.OnnxModels;
import dev.lanewise.onnx.OnnxOptions;
import dev.lanewise.testkit.GradCheck;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sums of products by letters, against the loops that they stand for.
class EinsteinSumTest {

  /// Every letter is 2 or 3 long: a, c, e, … and b, d, f, ….
  private static int length(int letter) {
    return letter % 2 == 1 ? 2 : 3;
  }

  /// x is the first operand, [b, i, j]; the others are weights.
  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {"bij->bij", "bij->bji", "bij->bi", "bij->b", "bij,jk->bik", "bij,bij->b",
      "bij,bkj->bik",
      "bij,bij->bij", "bij,j,i->b", "bij,jk,kl->bil", "bij,ij->bi", "bij,kl->bkl", "bij,ijk->bk", "bij,bi->bj",
      "bij,i->ijb",
      "bij,bjk,bkl->bil", "bij , jk"})
  void isTheLoopThatItStandsFor(String equation) throws IOException {
    String[] sides = equation.replace(" ", "").split("->");
    String[] terms = sides[0].split(",");
    String result = sides.length == 2 ? sides[1] : "bik";
    OnnxModels model = OnnxModels.opset(12).input("x", "batch", length('i'), length('j'));
    StringBuilder names = new StringBuilder("x");
    double[][] values = new double[terms.length][];
    for (int i = 0; i < terms.length; i++) {
      int[] dims = terms[i].chars().map(EinsteinSumTest::length).toArray();
      boolean ofBatch = i > 0 && terms[i].startsWith("b");
      values[i] = new Random(i).doubles(Arrays.stream(dims).reduce(1, (a,
          b) -> a * b) / (terms[i].startsWith("b") ? 3 : 1)
          * (i == 0 ? 2 : 1), -2, 2).toArray();
      if (ofBatch) {
        dims[0] = 1;
      }
      if (i > 0) {
        model.initializer("w" + i, OnnxModels.doubles(dims, values[i]));
        names.append(", w").append(i);
      }
    }
    Network net = model.node("Einsum", names + " -> y", "equation", equation).output("y")
        .network(OnnxOptions.defaults().precision(Precision.DOUBLE));
    Tensor x = Tensor.of(values[0], 2, length('i'), length('j'));
    double[] expected = loops(terms, values, result);
    assertArrayEquals(expected, net.forward(x).toDoubles(), 1e-12, equation);
    GradCheck.of(net.layer(), net.parameters(), x).check();
  }

  /// Of two samples, one behind the other.
  private static double[] loops(String[] terms, double[][] values, String result) {
    String letters = String.join("", terms).chars().distinct().filter(each -> each != 'b')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    String own = result.replace("b", "");
    int size = own.chars().map(EinsteinSumTest::length).reduce(1, (a, b) -> a * b);
    int loops = letters.chars().map(EinsteinSumTest::length).reduce(1, (a, b) -> a * b);
    double[] sums = new double[2 * size];
    for (int sample = 0; sample < 2; sample++) {
      for (int loop = 0; loop < loops; loop++) {
        double product = 1;
        for (int i = 0; i < terms.length; i++) {
          int samples = i == 0 ? sample * values[0].length / 2 : 0;
          product *= values[i][samples + place(terms[i].replace("b", ""), letters, loop)];
        }
        sums[sample * size + place(own, letters, loop)] += product;
      }
    }
    return sums;
  }

  private static int place(String term, String letters, int loop) {
    int place = 0;
    for (int at = 0; at < term.length(); at++) {
      int rest = loop;
      for (int letter = 0; letter < letters.indexOf(term.charAt(at)); letter++) {
        rest /= length(letters.charAt(letter));
      }
      place = place * length(term.charAt(at)) + rest % length(term.charAt(at));
    }
    return place;
  }

  @Test
  void dotsStandForAxesAndALetterTwiceForADiagonal() throws IOException {
    OnnxModels model = OnnxModels.opset(12).input("x", "batch", 2, 2).weights("w", new int[] {2, 3}, 1, 2, 3, 4, 5, 6)
        .node("Einsum", "x, w -> y", "equation", "...ij,jk->...ik").node("Einsum", "x -> d", "equation", "bii->bi")
        .node("Einsum", "x -> trace", "equation", "...ii->...")
        .node("Einsum", "x, x -> same", "equation", "...,...->...")
        .output("y");
    double[] x = {1, 2, 3, 4};
    assertArrayEquals(new double[] {9, 12, 15, 19, 26, 33}, values(model, "y", x));
    assertArrayEquals(new double[] {1, 4}, values(model, "d", x));
    assertArrayEquals(new double[] {5}, values(model, "trace", x));
    assertArrayEquals(new double[] {1, 4, 9, 16}, values(model, "same", x));
  }

  private static double[] values(OnnxModels model, String value, double... x) throws IOException {
    Network net = model.network(OnnxOptions.defaults().precision(Precision.DOUBLE).output(value));
    return net.forward(Tensor.of(x, 1, 2, 2)).toDoubles();
  }

  /// The batch inside of an axis moves with it.
  @Test
  void aMergedBatchIsALetterLikeOthers() throws IOException {
    OnnxModels model = OnnxModels.opset(12).input("x", "batch", 2, 3).weights("w", new int[] {3, 2}, 1, 2, 3, 4, 5, 6)
        .integers("rows", -1, 3).node("Reshape", "x, rows -> r").node("Einsum", "r, w -> y", "equation", "nj,jk->kn")
        .node("Einsum", "r, w -> no", "equation", "nj,jk->k").output("y");
    Network net = model.network(OnnxOptions.defaults().precision(Precision.DOUBLE));
    assertEquals(4, net.outputShape().size());
    assertArrayEquals(new double[] {22, 49, 28, 64},
        net.forward(Tensor.of(IntStream.rangeClosed(1, 6).asDoubleStream().toArray(), 1, 2, 3)).toDoubles());
    assertRefused("the batch of [B·2, 3] is letter n, expected", model, "no");
  }

  @Test
  void whatItDoesNotSayIsRefused() {
    OnnxModels model = OnnxModels.opset(12).input("x", "batch", 2).weights("w", new int[] {3, 2}, 1, 2, 3, 4, 5, 6)
        .node("Einsum", "x, w -> sum", "equation", "bi,ki->k").node("Einsum", "x, w -> few", "equation", "bi->b")
        .node("Einsum", "x, w -> rank", "equation", "bij,ki->b").node("Einsum", "x, w -> odd", "equation", "bi,ki->bz")
        .node("Einsum", "x, w -> twice", "equation", "bi,ki->bb")
        .node("Einsum", "x, w -> long", "equation", "bi,ik->bk")
        .node("Einsum", "x, w -> each", "equation", "bi,bi->b").node("Einsum", "x, w -> dots", "equation", "...i,ki->k")
        .output("sum");
    assertRefused("the batch of [B, 2] is letter b, expected the same letter in all operands and in the result",
        model,
        "sum");
    assertRefused("expected as many terms as there are operands, 2", model, "few");
    assertRefused("expected letters, one for each axis", model, "rank");
    assertRefused("expected each letter of the result once, and in an operand", model, "odd");
    assertRefused("expected each letter of the result once, and in an operand", model, "twice");
    assertRefused("letter i is 2 and 3 long, expected one", model, "long");
    assertRefused("has one value for each sample of a batch of 3, expected an axis of length 1 there", model, "each");
    assertRefused("expected the dots in the result, too", model, "dots");
  }
}
