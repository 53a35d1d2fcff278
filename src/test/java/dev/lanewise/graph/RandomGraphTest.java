package dev.lanewise.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.autodiff.Mode;
import dev.lanewise.testkit.GradCheck;
import dev.lanewise.testkit.LayerContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random graphs of all operations, with values that several read, graphs inside, parameters, constants and
/// broadcasting, keep the contract and have the derivatives of their values, by every mode.
class RandomGraphTest {

  private static final int MOST = 30;
  /// For results in float, which some thirty operations in a row round.
  private static final double TOLERANCE = 32;
  /// For those in double: what counts as roundoff must leave enough steps to see the rate of the remainders.
  private static final double TOLERANCE_OF_DOUBLES = 4;

  @Property(tries = 5, seed = "1", shrinking = ShrinkingMode.OFF)
  void graphsKeepTheContract(@ForAll @IntRange(min = 1, max = 1_000_000) int seed) {
    contract(seed).check();
  }

  @Property(tries = 15, seed = "1", shrinking = ShrinkingMode.OFF)
  void derivativesAreThoseOfTheValuesByEveryMode(@ForAll @IntRange(min = 1, max = 1_000_000) int seed) {
    check(seed).check();
  }

  /// With `-Pexhaustive`; the two above are the same on every run.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  @Tag("exhaustive")
  void thousandsOfGraphs(int thousand) {
    for (int seed = 1_000 * thousand; seed < 1_000 * (thousand + 1); seed++) {
      contract(seed).check();
      checkTwice(seed);
    }
  }

  /// Where a remainder's terms happen to cancel, its rate misleads, once in a thousand graphs: what is wrong is wrong
  /// along other directions, too.
  private static void checkTwice(int seed) {
    GradCheck check = check(seed);
    try {
      check.check();
    } catch (AssertionError first) {
      check.withSeed(-seed).check();
    }
  }

  private static LayerContract contract(int seed) {
    RandomGraph.Drawn drawn = RandomGraph.draw(seed, MOST);
    return LayerContract.of(drawn.layer(), drawn.sample()).withSeed(seed)
        .withDomain(random -> random.nextDouble(-1.5, 1.5)).withTolerance(TOLERANCE).withBatches(1, 2).withChunks(1, 3);
  }

  private static GradCheck check(int seed) {
    RandomGraph.Drawn drawn = RandomGraph.draw(seed, MOST);
    Tensor x = Tensor.zeros(Precision.DOUBLE, drawn.sample().prepend(1));
    SplittableRandom random = new SplittableRandom(seed);
    for (int place = 0; place < x.size(); place++) {
      x.set(place, random.nextDouble(-1.5, 1.5));
    }
    Parameters theta = Parameters.initialize(drawn.layer().parameters(), Precision.DOUBLE, seed);
    GradCheck check = GradCheck.of(drawn.layer(), theta, x).withSeed(seed)
        .withTolerance(TOLERANCE_OF_DOUBLES);
    for (Mode mode : Mode.values()) {
      check = check.withJacobian(mode + " in chunks", Jacobians.jacobian(drawn.layer(), theta, x, mode, 3))
          .withJacobian(mode.toString(), Jacobians.jacobian(drawn.layer(), theta, x, mode));
    }
    return check;
  }

  /// What the population is: every primitive there is, and graphs of all sizes.
  @Test
  void everyPrimitiveIsAmongThem() throws IOException {
    Set<String> found = new TreeSet<>();
    int largest = 0;
    for (int seed = 1; seed <= 100; seed++) {
      RandomGraph.Drawn drawn = RandomGraph.draw(seed, MOST);
      drawn.primitives().forEach(primitive -> found.add(primitive.getSimpleName()));
      largest = Math.max(largest, drawn.size());
    }
    assertEquals(primitives(), found);
    assertTrue(largest > MOST, "largest of " + largest + " values");
  }

  static Set<String> primitives() throws IOException {
    Path room = Path.of("src/main/java/dev/lanewise/graph/primitive");
    try (Stream<Path> files = Files.walk(room)) {
      return files.filter(Files::isRegularFile).filter(file -> read(file).contains("\npublic record "))
          .map(file -> file.getFileName().toString().replace(".java", ""))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
