package dev.lanewise.nn.recurrent;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.Activation;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.nn.LayerPass;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is timed of recurrent layers, checked against their cells' formulas.
class PlainRecurrenceTest {

  private static final int STEPS = 4;
  private static final List<String> PASSES = List.of("b3.value", "b2.push3", "b2.pull", "b3.theta", "b3.pull_all");

  private static void check(Recurrent formulas, Recurrent timed, String pass) {
    new PlainRecurrence(formulas, STEPS, new LayerPass(pass, timed, Shape.of(STEPS, timed.in()), Precision.FLOAT))
        .check();
  }

  @Test
  void whatIsTimedIsTheLayer() {
    for (Recurrent layer : List.of(new Lstm(3, 5), new Gru(2, 4), new Rnn(4, 3), new Rnn(4, 3, Activation.RELU))) {
      PASSES.forEach(pass -> check(layer, layer, pass));
    }
  }

  @Test
  void anotherCellIsNoticed() {
    for (String pass : PASSES) {
      assertThrows(IllegalStateException.class, () -> check(new Rnn(4, 3), new Rnn(4, 3, Activation.RELU), pass), pass);
    }
  }
}
