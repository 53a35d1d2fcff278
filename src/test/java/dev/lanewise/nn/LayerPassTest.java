package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Activation;
import dev.lanewise.Precision;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is timed of convolutions: the passes that their names say, checked against plain sums.
class LayerPassTest {

  private static final List<String> PASSES = List.of("b1.value", "b3.push2", "b2.pull2", "b3.theta");

  @ParameterizedTest
  @CsvSource({"1-4.6x6.3x3, FLOAT", "4-6.5x5.3x3.g2, DOUBLE", "5-5.7x7.3x3.g5, FLOAT", "3-4.6x6.1x1, DOUBLE"})
  void whatIsTimedIsAConvolution(String name, Precision precision) {
    ConvolutionShape shape = ConvolutionShape.of(name);
    long e = (long) shape.out() * shape.in() / shape.groups() * shape.window() * shape.window() * shape.size()
        * shape.size();
    for (String pass : PASSES) {
      LayerPass of = new LayerPass(pass, shape.layer(), shape.image(), precision);
      long before = of.multiplyAdds();
      new PlainConvolution(shape).check(of);
      assertEquals(e * of.batch * of.directions, of.multiplyAdds() - before, pass);
    }
  }

  @Test
  void anotherLayerIsNoticed() {
    ConvolutionShape shape = ConvolutionShape.of("2-3.6x6.3x3");
    for (String pass : PASSES) {
      LayerPass of = new LayerPass(pass, shape.layer().withActivation(Activation.RELU), shape.image(),
          Precision.DOUBLE);
      String message = assertThrows(IllegalStateException.class, () -> new PlainConvolution(shape).check(of), pass)
          .getMessage();
      assertTrue(message.startsWith("Conv2d[in=2, out=3, "), message);
    }
  }

  @Test
  void namesThatSayNothingAreRefused() {
    ConvolutionShape shape = ConvolutionShape.of("2-3.6x6.3x3");
    for (String name : List.of("value", "b1", "b1.", "b.value", "b1.value-")) {
      assertThrows(IllegalArgumentException.class,
          () -> new LayerPass(name, shape.layer(), shape.image(), Precision.FLOAT), name);
    }
    for (String name : List.of("2-3.6x6", "2-3.6x5.3x3", "2.6x6.3x3", "2-3.6x6.3x3.2")) {
      assertThrows(IllegalArgumentException.class, () -> ConvolutionShape.of(name), name);
    }
  }
}
