package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.Activation;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.autodiff.chain.Chain;
import dev.lanewise.autodiff.chain.Wanted;
import dev.lanewise.autodiff.cost.MadeUpCosts;
import dev.lanewise.autodiff.plan.ChainTimes;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.recurrent.Lstm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The time of a whole batch's Jacobians, and which mode is taken, with made-up costs: a product takes m·n·k times a
/// constant, a transposition its elements times another, and each step something more.
class BatchPlanTest {

  private static final JacobianOptions AUTO = JacobianOptions.defaults().withCosts(MadeUpCosts.of(1, 1));
  private static final double STEP = new ChainTimes.Measured(MadeUpCosts.of(1, 1), Precision.FLOAT).transpose(1, 1) - 1;
  private static final int BATCH = 4;

  /// Of d inputs, five units, m outputs: a direction takes 5·(d + m) multiply-adds and 4·(d + m + 10) bytes in each
  /// sample.
  private static BatchPlan plan(int d, int m, JacobianOptions options) {
    Sequential f = Sequential.of(new Dense(d, 5, Activation.TANH), new Dense(5, m));
    Parameters theta = Parameters.initialize(f.parameters(), Precision.FLOAT, 1);
    Chain chain = new Chain(f, theta, Shape.of(1, d));
    return new BatchPlan(chain, Wanted.all(chain), BATCH, Precision.FLOAT, options);
  }

  /// Of 3 inputs and 2 outputs. Chunks change the steps, not the work: 100 multiply-adds for the values, as many for
  /// each direction, and where they are pushed 24 elements of the Jacobians to transpose.
  @ParameterizedTest
  @CsvSource({"REVERSE, 2, 4, 300", "REVERSE, 1, 6, 300", "FORWARD, 3, 5, 424", "FORWARD, 2, 8, 424",
      "FORWARD, 1, 11, 424"})
  void timesAreThoseOfAllStepsAndTheirWork(Mode mode, int chunk, int steps, double work) {
    assertEquals(steps * STEP + work, plan(3, 2, AUTO.withChunk(chunk)).nanos(mode), 1e-6);
  }

  /// Two pulls through sequences take two values of them beside, each a step.
  @Test
  void whatIsComputedAgainComesOnceAPass() {
    Lstm layer = new Lstm(2, 2).lastState();
    double value = BATCH * layer.jacobianStructure(Shape.of(1, 5, 2)).multiplyAdds();
    assertEquals(3 * STEP + 3 * value, sequences(layer).nanos(Mode.REVERSE), 1e-6);
    assertEquals(5 * STEP + 5 * value, sequences(layer.keepingEvery(2)).nanos(Mode.REVERSE), 1e-6);
  }

  private static BatchPlan sequences(Lstm f) {
    Parameters theta = Parameters.initialize(f.parameters(), Precision.FLOAT, 1);
    Chain chain = new Chain(f, theta, Shape.of(1, 5, 2));
    return new BatchPlan(chain, Wanted.all(chain), BATCH, Precision.FLOAT, AUTO.withChunk(1));
  }

  @Test
  void asManyDirectionsAsThereAreIsTheWidestChunk() {
    assertEquals(5 * STEP + 424, plan(3, 2, AUTO).nanos(Mode.FORWARD), 1e-6);
    assertEquals(4 * STEP + 300, plan(3, 2, AUTO.withChunk(3)).nanos(Mode.REVERSE), 1e-6);
  }

  @Test
  void theFasterModeOfThoseThatFitIsTaken() {
    assertEquals(Mode.REVERSE, plan(3, 2, AUTO).faster());
    assertEquals(Mode.FORWARD, plan(2, 3, AUTO).faster());
    JacobianOptions slowTranspositions = AUTO.withCosts(MadeUpCosts.of(1, 100));
    assertEquals(Mode.REVERSE, plan(2, 3, slowTranspositions).faster());
    long twoDirections = 2 * BATCH * 4 * (2 + 3 + 10);
    JacobianOptions tight = slowTranspositions.withChunk(3).withMemory(twoDirections);
    assertEquals(Mode.FORWARD, plan(2, 3, tight).faster());
    assertEquals(Mode.REVERSE, plan(3, 2, tight).faster());
    assertEquals(Mode.REVERSE, plan(2, 3, tight.withMemory(2 * twoDirections)).faster());
  }

  /// Compared with such products, steps and transpositions are nothing: as many pushes as pulls take the same time to
  /// the last bit.
  @Test
  void ofEqualTimesForwardIsTaken() {
    BatchPlan plan = plan(4, 4, AUTO.withCosts(MadeUpCosts.of(1e30, 1)));
    assertEquals(plan.nanos(Mode.REVERSE), plan.nanos(Mode.FORWARD));
    assertEquals(Mode.FORWARD, plan.faster());
  }

  /// 32 bytes for each of 2⁵⁸ − 1 = (2²⁹ − 1)·(2²⁹ + 1) directions are the most that a long counts.
  @ParameterizedTest
  @CsvSource({"536870911, 9223372036854775776", "536870912, 9223372036854775807"})
  void bytesAreCountedUpToTheLargestLong(int chunk, long bytes) {
    Dense f = new Dense(1, 1);
    Chain chain = new Chain(f, Parameters.initialize(f.parameters(), Precision.DOUBLE, 1), Shape.of(1, 1));
    JacobianOptions reverse = AUTO.withMode(Mode.REVERSE).withChunk(chunk).withMemory(1 << 20);
    String message = assertThrows(IllegalArgumentException.class,
        () -> new BatchPlan(chain, Wanted.all(chain), 536_870_913, Precision.DOUBLE, reverse)).getMessage();
    assertEquals("Jacobians of 536870913 samples by REVERSE: need " + bytes + " bytes, memory is 1048576 bytes",
        message);
  }
}
