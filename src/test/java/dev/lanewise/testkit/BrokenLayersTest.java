package dev.lanewise.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.nn.BatchNorm;
import dev.lanewise.nn.Dropout;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each law refuses the layer that breaks it, and none refuses the sound one.
class BrokenLayersTest {

  private static LayerContract contract(Fault fault) {
    return LayerContract.of(BrokenLayers.with(fault), Shape.of(4));
  }

  @TestFactory
  Stream<DynamicTest> soundLayerKeepsEveryLaw() {
    return contract(Fault.SOUND).laws().stream().map(law -> dynamicTest(law.name(), law::check));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SOUND")
  void brokenLayerIsRefusedByItsLaw(Fault fault) {
    Law law = law(contract(fault), fault.law);
    String message = assertThrows(AssertionError.class, law::check).getMessage();
    assertTrue(message.startsWith(fault.law + ": " + BrokenLayers.with(fault) + ": "), message);
    assertTrue(message.endsWith("(" + law.statement() + ")"), message);
  }

  @Test
  void everyLawHasALayerThatBreaksIt() {
    List<String> laws = contract(Fault.SOUND).laws().stream().map(Law::name).sorted().toList();
    List<String> broken = Arrays.stream(Fault.values()).map(fault -> fault.law).filter(law -> !law.isEmpty()).distinct()
        .sorted()
        .toList();
    assertEquals(laws, broken);
  }

  /// Faults that have nothing to do with the derivative do not set off the law on it.
  @ParameterizedTest
  @EnumSource(names = {"FORWARD_BY_ANOTHER_FORMULA", "COARSE_IN_FLOAT", "RESETS_WORKSPACE", "WRITES_BEHIND_THE_END",
      "RESIDUAL_IN_LAYER", "OPEN_DOOR", "PULL_OVERWRITES_THETA_BAR", "TRUSTS_SCRATCH"})
  void otherFaultsKeepTheLawOnTheDerivative(Fault fault) {
    law(contract(fault), "jvp-is-derivative").check();
  }

  private static Law law(LayerContract contract, String name) {
    return contract.laws().stream().filter(law -> law.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void messageNamesElementShapeAndBothSides() {
    String message = assertThrows(AssertionError.class,
        law(contract(Fault.ONE_SAMPLE_IN_OUTPUT_SHAPE), "output-shape")::check)
        .getMessage();
    assertTrue(message.contains("linearize of FLOAT [2, 4] gives FLOAT [2, 4], outputShape gives [1, 4]"), message);
    message = assertThrows(AssertionError.class, law(contract(Fault.PULL_WITHOUT_SCALE), "adjoint")::check)
        .getMessage();
    assertTrue(message.contains("<yBar, J·xDot> and <J^T·yBar, xDot>, FLOAT, x [3, 4], direction 0 of 3: "), message);
    message = assertThrows(AssertionError.class, law(contract(Fault.PUSH_ADDS), "jvp-overwrites")::check).getMessage();
    assertTrue(message.contains("yDot over zeros and over 7.25, FLOAT [3, 3, 4], element 0: "), message);
    message = assertThrows(AssertionError.class, law(contract(Fault.OPEN_DOOR), "refuses-bad-input")::check)
        .getMessage();
    assertTrue(message.contains("jvp takes xDot in another precision, expected an IllegalArgumentException"), message);
  }

  @Test
  void checkReportsEveryBrokenLaw() {
    AssertionError error = assertThrows(AssertionError.class, contract(Fault.PULL_WITHOUT_SCALE)::check);
    assertTrue(error.getMessage().contains("3 of 25 laws are broken"), error.getMessage());
    assertTrue(error.getMessage().contains("  adjoint: "), error.getMessage());
    assertTrue(error.getMessage().contains("  odd-sizes: "), error.getMessage());
    assertTrue(error.getMessage().contains("  vjp-dot-is-derivative: "), error.getMessage());
    assertEquals(3, error.getSuppressed().length);
  }

  @Test
  void lawsThatDoNotApplyAreNotThere() {
    assertTrue(contract(Fault.LEAKS_FIRST_SAMPLE).withBatches(1).laws().stream()
        .noneMatch(law -> law.name().equals("batch-independent")));
    assertTrue(LayerContract.of(new Centering(), Shape.of(4)).laws().stream()
        .map(Law::name).noneMatch(Set.of("vjp-adds-to-theta-bar", "batch-independent", "vjp-dot-is-derivative",
        "structure-is-jacobian")::contains));
    LayerContract.of(new Centering(), Shape.of(4)).check();
  }

  /// A layer that takes axis 0 for time mixes the samples, which lie there, and says nothing of it.
  @Test
  void timeBeforeTheBatchIsRefused() {
    LayerContract timeMajor = LayerContract.of(new RunningSum(0), Shape.of(5, 2));
    String message = assertThrows(AssertionError.class, law(timeMajor, "batch-independent")::check).getMessage();
    assertTrue(message.contains("xBar of sample 0 among 3 and xBar alone"), message);
    LayerContract.of(new RunningSum(1), Shape.of(5, 2)).check();
  }

  /// Statistics of the batch in training, and not a word of it.
  private record Silent(Layer layer) implements Layer {

    @Override
    public Shape outputShape(Shape input) {
      return layer.outputShape(input);
    }

    @Override
    public ParameterSpec parameters() {
      return layer.parameters();
    }

    @Override
    public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
      return layer.linearize(x, theta, ws);
    }
  }

  @Test
  void samplesMixedInTrainingOnlyAreFoundWhereTheLayerDoesNotSaySo() {
    String message = assertThrows(AssertionError.class,
        law(LayerContract.of(new Silent(new BatchNorm(4)), Shape.of(4)), "batch-independent-in-training")::check)
        .getMessage();
    assertTrue(message.contains("y in training of sample 1 and y in training of sample 1 after sample 0 changed"),
        message);
    assertTrue(LayerContract.of(new BatchNorm(4), Shape.of(4)).laws().stream()
        .noneMatch(law -> law.name().equals("batch-independent-in-training")));
    law(LayerContract.of(new Silent(new Dropout(0.5)), Shape.of(4)), "batch-independent-in-training").check();
  }

  @Test
  void optionsThatMakeNoSenseAreRefused() {
    assertRefused("batches are [], expected at least one", () -> contract(Fault.SOUND).withBatches());
    assertRefused("batches are [0], expected ascending from 1", () -> contract(Fault.SOUND).withBatches(0));
    assertRefused("chunks are [2, 2], expected ascending from 1", () -> contract(Fault.SOUND).withChunks(2, 2));
    assertRefused("tolerance is NaN, expected more than 0", () -> contract(Fault.SOUND).withTolerance(Double.NaN));
  }

  private static void assertRefused(String fault, Runnable call) {
    String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
    assertTrue(message.contains(fault), message);
  }
}
