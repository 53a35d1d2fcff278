package thirdparty;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanewise.Shape;
import dev.lanewise.testkit.LayerContract;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// A layer from outside keeps the contract, at widths around those of vectors.
class ScaledResidualTest {

  @TestFactory
  Stream<DynamicTest> laws() {
    return IntStream.of(1, 5, 33).boxed().flatMap(features ->
        LayerContract.of(new ScaledResidual(features, 0.7), Shape.of(features)).laws().stream()
            .map(law -> dynamicTest(law.name() + ", " + features + " features", law::check)));
  }
}
