package dev.lanewise.testkit;

import dev.lanewise.Layer;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/// The laws that every [Layer] must satisfy, for one layer.
///
/// ```java
/// LayerContract.of(new Dense(5, 3, Activation.TANH), Shape.of(5)).check();
/// ```
///
/// or law by law, in JUnit:
///
/// ```java
/// @TestFactory
/// Stream<DynamicTest> laws() {
///   return LayerContract.of(layer, sample).laws().stream().map(law -> dynamicTest(law.name(), law::check));
/// }
/// ```
///
/// The layer is tried at random points. Inputs come from `domain`; parameters come from their initializers, and each is
/// moved by up to 0.1 so that no bias is just zero. The same seed gives the same trials. The two sides of a law may
/// differ by rounding, by 256·u times the larger side or 1, whichever is more, where u is the precision's unit
/// roundoff. A computation that is repeated may not differ at all. Derivatives are compared with differences over steps
/// from 2⁻⁷ down to 2⁻¹⁷, in double, to 10⁻⁷. A layer that is deep or steep may need a larger `tolerance`.
///
/// @param layer the layer
/// @param sample the shape of one sample of the input: inputs are `[batch, …sample]`
/// @param seed what all random numbers come from
/// @param domain draws one element of an input; it should stay 0.01 away from kinks and from where the layer is
///     undefined
/// @param tolerance what all allowances for rounding are multiplied by
/// @param batches the sizes of batches to try, ascending; the middle ones serve laws that need just one
/// @param chunks the numbers of directions to try, as `batches`
public record LayerContract(
    Layer layer,
    Shape sample,
    long seed,
    ToDoubleFunction<RandomGenerator> domain,
    double tolerance,
    List<Integer> batches,
    List<Integer> chunks) {

  private static final List<Integer> ODD_SIZES = List.of(1, 2, 3, 7, 17, 33);

  /// @throws IllegalArgumentException for sizes that are missing, below 1 or not ascending, or a tolerance not above 0
  public LayerContract {
    Objects.requireNonNull(layer, "layer");
    Objects.requireNonNull(sample, "sample");
    Objects.requireNonNull(domain, "domain");
    batches = requireSizes(batches, "batches");
    chunks = requireSizes(chunks, "chunks");
    if (!(tolerance > 0)) {
      throw new IllegalArgumentException("LayerContract: tolerance is " + tolerance + ", expected more than 0");
    }
  }

  private static List<Integer> requireSizes(List<Integer> sizes, String name) {
    int before = 0;
    for (int size : sizes) {
      if (size <= before) {
        throw new IllegalArgumentException("LayerContract: " + name + " are " + sizes + ", expected ascending from 1");
      }
      before = size;
    }
    if (before == 0) {
      throw new IllegalArgumentException("LayerContract: " + name + " are " + sizes + ", expected at least one");
    }
    return List.copyOf(sizes);
  }

  /// {@return the contract of a layer with inputs `[batch, …sample]`, normally distributed; batches and chunks have 1,
  /// 2, 3, 7, 17 and 33 entries}
  public static LayerContract of(Layer layer, Shape sample) {
    return new LayerContract(layer, sample, 1, RandomGenerator::nextGaussian, 1, ODD_SIZES, ODD_SIZES);
  }

  /// {@return this contract with other random numbers}
  public LayerContract withSeed(long seed) {
    return new LayerContract(layer, sample, seed, domain, tolerance, batches, chunks);
  }

  /// {@return this contract with inputs whose elements are drawn by `domain`: for a kink at 0, `random ->
  /// random.nextDouble(0.1, 2)`}
  public LayerContract withDomain(ToDoubleFunction<RandomGenerator> domain) {
    return new LayerContract(layer, sample, seed, domain, tolerance, batches, chunks);
  }

  /// {@return this contract with all allowances for rounding multiplied by `tolerance`}
  public LayerContract withTolerance(double tolerance) {
    return new LayerContract(layer, sample, seed, domain, tolerance, batches, chunks);
  }

  /// {@return this contract with these sizes of batches: `withBatches(1)` for a layer that takes one sample only}
  public LayerContract withBatches(Integer... batches) {
    return new LayerContract(layer, sample, seed, domain, tolerance, List.of(batches), chunks);
  }

  /// {@return this contract with these numbers of directions}
  public LayerContract withChunks(Integer... chunks) {
    return new LayerContract(layer, sample, seed, domain, tolerance, batches, List.of(chunks));
  }

  /// {@return the laws that apply} Laws on parameters apply only if the layer has parameters. The independence of
  /// samples applies only if the layer does not say that it mixes them, and batches of one and of several are tried.
  /// The law on second derivatives applies only if the layer has them, and the law on a Jacobian at hand only if the
  /// layer says that there is one.
  public List<Law> laws() {
    List<Law> laws = new ArrayList<>();
    ValueLaws.addTo(laws, this);
    DerivativeLaws.addTo(laws, this);
    StructureLaws.addTo(laws, this);
    SecondDerivativeLaws.addTo(laws, this);
    MemoryLaws.addTo(laws, this);
    RefusalLaws.addTo(laws, this);
    ParameterLaws.addTo(laws, this);
    return List.copyOf(laws);
  }

  /// Puts the layer to all laws.
  ///
  /// @throws AssertionError if any law is broken; the message has every broken law
  public void check() {
    Law.checkAll(layer, laws());
  }

  /// A law that is tried at a random point in each precision.
  Law law(String name, String statement, Consumer<Trial> body) {
    return lawOnContract(name, statement, _ -> {
      for (Precision precision : Precision.values()) {
        body.accept(Trial.of(this, precision));
      }
    });
  }

  /// A law that is tried on batches of each size in each precision.
  Law lawOnEachBatch(String name, String statement, Consumer<Trial> body) {
    return lawOnContract(name, statement, _ -> {
      for (Precision precision : Precision.values()) {
        for (int batch : batches) {
          body.accept(Trial.of(this, precision, batch));
        }
      }
    });
  }

  /// A law that chooses its trials itself.
  Law lawOnContract(String name, String statement, Consumer<LayerContract> body) {
    return Law.on(layer, name, statement, () -> body.accept(this));
  }

  boolean hasParameters() {
    return layer.parameters().size() > 0;
  }

  /// Whether the layer can differentiate its pulls.
  boolean hasSecondDerivative() {
    return Law.isSupported(() -> {
      Trial trial = Trial.of(this, Precision.DOUBLE);
      Trial.Directions directions = trial.directions(1);
      trial.pullDot(trial.linearize(), directions, directions.yBar());
    });
  }

  /// Whether the layer says that samples do not affect each other, and takes both one and several.
  boolean separatesSamples() {
    return !layer.mixesSamples() && batches.getFirst() == 1 && batches.size() > 1;
  }

  /// The batch for laws that need just one: 3 of the standard ones.
  int batch() {
    return batches.get(Math.min(2, batches.size() - 1));
  }

  /// The chunk for laws that need just one: 3 of the standard ones.
  int chunk() {
    return chunks.get(Math.min(2, chunks.size() - 1));
  }
}
